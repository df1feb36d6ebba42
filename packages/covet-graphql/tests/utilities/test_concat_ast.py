"""Documents are joined."""

from covet_graphql import (
    concat_ast,
    parse,
    print_ast,
)


def test_documents_are_joined() -> None:
    document = concat_ast([parse("{ a }"), parse("type T"), parse("type U")])

    assert print_ast(document, 0) == "{ a }\n\ntype T\n\ntype U"
    assert document.loc is None
    assert document.definitions[2].loc == (0, 6)
