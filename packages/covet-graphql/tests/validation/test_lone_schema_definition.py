"""There is one schema definition."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import LoneSchemaDefinitionRule

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
            "schema { query: A } type A { a: Int }",
            None,
        ),
        (
            "extend schema { mutation: M }",
            EXTENDED,
        ),
    ],
)
def test_accepts_one(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(LoneSchemaDefinitionRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "schema { query: A } schema { query: A } schema { query: B }",
            None,
            [
                ("Must provide only one schema definition.", [(1, 21)]),
                ("Must provide only one schema definition.", [(1, 41)]),
            ],
        ),
        (
            "schema { query: A }",
            EXTENDED,
            [
                ("Cannot define a new schema within a schema extension.", [(1, 1)]),
            ],
        ),
    ],
)
def test_refuses_more(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(LoneSchemaDefinitionRule, source, extended) == errors
