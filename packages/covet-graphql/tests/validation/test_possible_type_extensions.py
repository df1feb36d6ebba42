"""Types that are extended exist and are of the extension's kind."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import PossibleTypeExtensionsRule

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
            (
                "extend type A { b: Int } type A { a: Int } scalar S extend scalar S @x "
                "enum E { A } extend enum E { B }"
            ),
            None,
        ),
        (
            (
                "extend type Query { b: Int } extend enum E { B } extend interface I { "
                "b: Int } extend input N { b: Int } extend union U = A extend scalar S "
                "@x"
            ),
            EXTENDED,
        ),
    ],
)
def test_accepts_types_of_the_kind(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(PossibleTypeExtensionsRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "extend type A { b: Int } extend scalar Aaa @x type Aa { a: Int }",
            None,
            [
                ("Cannot extend type 'A' because it is not defined. Did you mean 'Aa'?", [(1, 13)]),
                (
                    "Cannot extend type 'Aaa' because it is not defined. Did you mean 'Aa'?",
                    [(1, 40)],
                ),
            ],
        ),
        (
            (
                "type A { a: Int } extend scalar A @x extend interface A { a: Int } "
                "extend union A = A extend enum A { X } extend input A { a: Int }"
            ),
            None,
            [
                ("Cannot extend non-scalar type 'A'.", [(1, 1), (1, 19)]),
                ("Cannot extend non-interface type 'A'.", [(1, 1), (1, 38)]),
                ("Cannot extend non-union type 'A'.", [(1, 1), (1, 68)]),
                ("Cannot extend non-enum type 'A'.", [(1, 1), (1, 87)]),
                ("Cannot extend non-input object type 'A'.", [(1, 1), (1, 107)]),
            ],
        ),
        (
            (
                "extend type E { b: Int } extend enum Query { B } extend input Quer { "
                "a: Int } extend scalar U @x"
            ),
            EXTENDED,
            [
                ("Cannot extend non-object type 'E'.", [(1, 1)]),
                ("Cannot extend non-enum type 'Query'.", [(1, 26)]),
                (
                    "Cannot extend type 'Quer' because it is not defined. Did you mean 'Query'?",
                    [(1, 63)],
                ),
                ("Cannot extend non-scalar type 'U'.", [(1, 79)]),
            ],
        ),
    ],
)
def test_refuses_others(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(PossibleTypeExtensionsRule, source, extended) == errors
