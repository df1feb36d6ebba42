"""No two values of an enum have one name."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueEnumValueNamesRule

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
            "enum A { X Y } enum B { X } extend enum B { Y }",
            None,
        ),
        (
            "extend enum E { B } extend enum S { A }",
            EXTENDED,
        ),
    ],
)
def test_accepts_different_names(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(UniqueEnumValueNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "enum A { X Y X } extend enum A { Y }",
            None,
            [
                ("Enum value 'A.X' can only be defined once.", [(1, 10), (1, 14)]),
                ("Enum value 'A.Y' can only be defined once.", [(1, 12), (1, 34)]),
            ],
        ),
        (
            "extend enum E { A B }",
            EXTENDED,
            [
                (
                    "Enum value 'E.A' already exists in the schema. It cannot also be defined in this type extension.",
                    [(1, 17)],
                ),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueEnumValueNamesRule, source, extended) == errors
