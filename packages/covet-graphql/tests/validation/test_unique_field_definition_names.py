"""No two fields of a type have one name."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueFieldDefinitionNamesRule

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
            "type A { a: Int b: Int } type B { a: Int } input N { a: Int }",
            None,
        ),
        (
            "extend type Query { b: Int } extend input S { a: Int }",
            EXTENDED,
        ),
    ],
)
def test_accepts_different_names(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(UniqueFieldDefinitionNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                "type A { a: Int a: Int } extend type A { a: Int } interface I { a: Int "
                "a: Int } input N { a: Int a: Int }"
            ),
            None,
            [
                ("Field 'A.a' can only be defined once.", [(1, 10), (1, 17)]),
                ("Field 'A.a' can only be defined once.", [(1, 10), (1, 42)]),
                ("Field 'I.a' can only be defined once.", [(1, 65), (1, 72)]),
                ("Field 'N.a' can only be defined once.", [(1, 91), (1, 98)]),
            ],
        ),
        (
            (
                "extend type Query { a: Int } extend interface I { a: Int } extend "
                "input N { a: Int }"
            ),
            EXTENDED,
            [
                (
                    "Field 'Query.a' already exists in the schema. It cannot also be defined in this type extension.",
                    [(1, 21)],
                ),
                (
                    "Field 'I.a' already exists in the schema. It cannot also be defined in this type extension.",
                    [(1, 51)],
                ),
                (
                    "Field 'N.a' already exists in the schema. It cannot also be defined in this type extension.",
                    [(1, 77)],
                ),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueFieldDefinitionNamesRule, source, extended) == errors
