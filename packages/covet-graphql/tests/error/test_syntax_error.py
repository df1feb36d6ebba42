"""A syntax error says where and shows it."""

import pytest

from covet_graphql import GraphQLSyntaxError, Source, SourceLocation, parse


def test_parts_are_attributes() -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse("{\n  user(\n}")

    error = caught.value
    assert error.description == "Expected Name, found '}'."
    assert error.message == "Syntax Error: Expected Name, found '}'."
    assert (error.line, error.column) == (3, 1)
    assert error.locations == [SourceLocation(3, 1)]
    assert error.excerpt == "GraphQL request:3:1\n2 |   user(\n3 | }\n  | ^"
    assert str(error) == f"{error.message}\n\n{error.excerpt}"


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_columns_begin_again_on_every_line(newline: str) -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(f"{{{newline}a{newline}  ?")

    assert (caught.value.line, caught.value.column) == (3, 3)


def test_excerpt_counts_from_where_the_source_stands_in_its_file() -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(Source("{ ? }", "app.py", SourceLocation(10, 5)))

    assert (caught.value.line, caught.value.column) == (1, 3)
    assert caught.value.excerpt == "app.py:10:7\n10 |     { ? }\n   |       ^"


def test_excerpt_of_a_long_line_shows_the_part() -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse("{ " + "a " * 100 + "? " + "b " * 200 + "}")

    assert caught.value.excerpt.splitlines() == [
        "GraphQL request:1:203",
        "1 | { " + "a " * 39,
        "  | " + "a " * 40,
        "  | " + "a " * 21 + "? " + "b " * 18,
        "  | " + " " * 42 + "^",
        "  | " + "b " * 40,
    ]
