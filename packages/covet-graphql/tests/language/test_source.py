"""A source decodes bytes, and counts lines as GraphQL does."""

import pytest

from covet_graphql import (
    GraphQLSyntaxError,
    Source,
    SourceLocation,
    get_location,
    parse,
    print_location,
    print_source_location,
)


def test_defaults() -> None:
    source = Source("{ a }")

    assert (source.body, source.name, source.location_offset) == (
        "{ a }",
        "GraphQL request",
        (1, 1),
    )
    assert repr(source) == "<Source name='GraphQL request'>"


def test_equal_texts_of_one_name_are_equal() -> None:
    assert Source("a") == Source("a")
    assert hash(Source("a")) == hash(Source("a"))
    assert Source("a") != Source("a", "b")
    assert Source("a") != "a"


@pytest.mark.parametrize(
    ("position", "location"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (3, 1)), (7, (4, 1))]
)
def test_lines_end_with_any_of_three_terminators(position: int, location: tuple[int, int]) -> None:
    source = Source("a\r\nb\rc\nd\u2028e")

    assert get_location(source, position) == SourceLocation(*location)


def test_unicode_line_separators_end_no_line() -> None:
    assert Source("a\u2028b\x0bc\x85d").get_location(6) == (1, 7)


def test_location_is_readable_in_every_form() -> None:
    location = SourceLocation(2, 3)

    assert location.formatted == {"line": 2, "column": 3}
    assert location == {"line": 2, "column": 3}
    assert location != {"line": 2, "column": 4}
    assert location == (2, 3)
    assert hash(location) == hash(SourceLocation(2, 3))


@pytest.mark.parametrize(
    ("offset", "part"), [((0, 1), "line"), ((1, 0), "column"), ((-1, 1), "line")]
)
def test_offsets_count_from_one(offset: tuple[int, int], part: str) -> None:
    with pytest.raises(ValueError, match=f"{part} in location_offset is 1-indexed"):
        Source("a", "b", offset)


def test_bytes_are_utf_8() -> None:
    assert Source('{ a(b: "é") }'.encode()).body == '{ a(b: "é") }'


def test_bytes_that_are_no_utf_8_are_a_syntax_error() -> None:
    with pytest.raises(GraphQLSyntaxError, match="Invalid UTF-8: byte 0xFF at offset 5") as caught:
        Source("{\né ".encode() + b"\xff }")

    assert (caught.value.line, caught.value.column) == (2, 3)


@pytest.mark.parametrize("body", [None, 3, ["{ a }"]])
def test_other_bodies_are_refused(body: object) -> None:
    with pytest.raises(TypeError, match="GraphQL source must be str or bytes"):
        parse(body)  # type: ignore[arg-type]


def test_locations_print_with_the_lines_around() -> None:
    document = parse("{\n  a\n}")
    loc = document.definitions[0].selection_set.selections[0].loc

    assert print_location(loc) == "GraphQL request:2:3\n1 | {\n2 |   a\n  |   ^\n3 | }"
    assert print_source_location(loc.source, SourceLocation(2, 3)) == print_location(loc)
