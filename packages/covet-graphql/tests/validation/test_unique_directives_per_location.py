"""Directives that are not repeatable are at most once at a place."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueDirectivesPerLocationRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    "source",
    [
        "{ dog @skip(if: true) @include(if: true) { name @skip(if: true) } }",
        "{ dog { name @onField(a: 1) @onField(a: 2) } }",
        "{ dog @unknown @unknown { name } }",
    ],
)
def test_accepts_one_at_a_place(errors_of: Errors, source: str) -> None:
    assert errors_of(UniqueDirectivesPerLocationRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog @skip(if: true) @skip(if: false) @skip(if: true) { name } }",
            [
                (
                    "The directive '@skip' can only be used once at this location.",
                    [(1, 7), (1, 23)],
                ),
                (
                    "The directive '@skip' can only be used once at this location.",
                    [(1, 7), (1, 40)],
                ),
            ],
        ),
        (
            (
                "query @onQuery @onQuery { dog { ... @include(if: true) @include(if: "
                "true) { name } } }"
            ),
            [
                (
                    "The directive '@onQuery' can only be used once at this location.",
                    [(1, 7), (1, 16)],
                ),
                (
                    "The directive '@include' can only be used once at this location.",
                    [(1, 37), (1, 56)],
                ),
            ],
        ),
    ],
)
def test_refuses_several(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(UniqueDirectivesPerLocationRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            (
                "type A @a @b { a: Int @deprecated } type B @a { b: Int } directive @a "
                "on OBJECT directive @b repeatable on OBJECT extend type A @b"
            ),
            None,
        ),
    ],
)
def test_accepts_definitions_with_each_directive_once(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(UniqueDirectivesPerLocationRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                "type A @a @a { a: Int @deprecated @deprecated } extend type A @a "
                "schema @a { query: A } extend schema @a directive @a on OBJECT"
            ),
            None,
            [
                ("The directive '@a' can only be used once at this location.", [(1, 8), (1, 11)]),
                (
                    "The directive '@deprecated' can only be used once at this location.",
                    [(1, 23), (1, 35)],
                ),
                ("The directive '@a' can only be used once at this location.", [(1, 8), (1, 63)]),
                ("The directive '@a' can only be used once at this location.", [(1, 73), (1, 103)]),
            ],
        ),
        (
            "extend type Query @d(a: 1) extend type Query @d(a: 1)",
            EXTENDED,
            [
                ("The directive '@d' can only be used once at this location.", [(1, 19), (1, 46)]),
            ],
        ),
    ],
)
def test_refuses_a_directive_of_a_definition_again(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueDirectivesPerLocationRule, source, extended) == errors
