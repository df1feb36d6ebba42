"""No two types have one name."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueTypeNamesRule

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
            "type A { a: Int } scalar B directive @A on FIELD",
            None,
        ),
        (
            "type A { a: Int }",
            EXTENDED,
        ),
    ],
)
def test_accepts_different_names(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(UniqueTypeNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "type A { a: Int } scalar A enum A { X }",
            None,
            [
                ("There can be only one type named 'A'.", [(1, 6), (1, 26)]),
                ("There can be only one type named 'A'.", [(1, 6), (1, 33)]),
            ],
        ),
        (
            "scalar E type Query { a: Int }",
            EXTENDED,
            [
                (
                    "Type 'E' already exists in the schema. It cannot also be defined in this type definition.",
                    [(1, 8)],
                ),
                (
                    "Type 'Query' already exists in the schema. It cannot also be defined in this type definition.",
                    [(1, 15)],
                ),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueTypeNamesRule, source, extended) == errors
