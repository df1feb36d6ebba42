"""The operation of a request is the one it names, or the only one."""

import pytest

from covet_graphql import (
    get_operation_ast,
    parse,
    print_ast,
)


@pytest.mark.parametrize(
    ("source", "name", "found"),
    [
        ("{ a }", None, "{ a }"),
        ("query A { a }", None, "query A { a }"),
        ("query A { a } query B { b }", None, None),
        ("query A { a } query B { b }", "B", "query B { b }"),
        ("{ a } query B { b }", "C", None),
        ("query A { a }", "", None),
        ("fragment F on T { a }", None, None),
        ("type A", None, None),
    ],
)
def test_the_operation_of_a_request_is_found(source: str, name: str | None, found: str) -> None:
    operation = get_operation_ast(parse(source), name)

    assert (operation and print_ast(operation, 0)) == found
