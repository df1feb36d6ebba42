"""A schema has one root type for each operation type."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueOperationTypesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            "schema { query: A mutation: A } extend schema { subscription: A }",
            None,
        ),
        (
            "extend schema { mutation: M }",
            EXTENDED,
        ),
        (
            "extend schema @a",
            None,
        ),
    ],
)
def test_accepts_one_type_each(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(UniqueOperationTypesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "schema { query: A query: B } extend schema { query: C }",
            None,
            [
                ("There can be only one query type in schema.", [(1, 10), (1, 19)]),
                ("There can be only one query type in schema.", [(1, 10), (1, 46)]),
            ],
        ),
        (
            "extend schema { query: A mutation: B }",
            EXTENDED,
            [
                (
                    "Type for query already defined in the schema. It cannot be redefined.",
                    [(1, 17)],
                ),
            ],
        ),
    ],
)
def test_refuses_more(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueOperationTypesRule, source, extended) == errors
