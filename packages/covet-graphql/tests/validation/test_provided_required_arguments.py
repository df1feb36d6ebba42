"""Fields and directives are given the arguments that they require."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import (
    ProvidedRequiredArgumentsOnDirectivesRule,
    ProvidedRequiredArgumentsRule,
)

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]
EXTENDED = (
    "type Query { a: Int } enum E { A } interface I { a: Int } input N { a: Int } "
    "union U = Query scalar S directive @d(a: Int!) on OBJECT | FIELD_DEFINITION"
)


@pytest.mark.parametrize(
    "source",
    [
        (
            "{ args { two(a: 1, b: 2) nonNull(a: $a) optional int } dog @skip(if: "
            "true) { name @onField(a: 1) } }"
        ),
        "{ unknown dog @unknown { name } }",
    ],
)
def test_accepts_what_is_required(errors_of: Errors, source: str) -> None:
    assert errors_of(ProvidedRequiredArgumentsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ args { two nonNull x: two(b: 1) } }",
            [
                (
                    "Argument 'Args.two(a:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 10)],
                ),
                (
                    "Argument 'Args.two(b:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 10)],
                ),
                (
                    "Argument 'Args.nonNull(a:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 14)],
                ),
                (
                    "Argument 'Args.two(a:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 22)],
                ),
            ],
        ),
        (
            "{ dog @skip @include { name @onField(b: []) } }",
            [
                (
                    "Argument '@skip(if:)' of type 'Boolean!' is required, but it was not provided.",
                    [(1, 7)],
                ),
                (
                    "Argument '@include(if:)' of type 'Boolean!' is required, but it was not provided.",
                    [(1, 13)],
                ),
                (
                    "Argument '@onField(a:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 29)],
                ),
            ],
        ),
        (
            "{ __type { name } }",
            [
                (
                    "Argument '<meta>.__type(name:)' of type 'String!' is required, but it was not provided.",
                    [(1, 3)],
                ),
            ],
        ),
    ],
)
def test_refuses_without(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(ProvidedRequiredArgumentsRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            (
                "type A @a(x: 1) { a: Int @unknown } directive @a(x: Int!, y: Int, z: "
                "Int! = 1) on OBJECT"
            ),
            None,
        ),
    ],
)
def test_accepts_directives_with_what_they_require(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(ProvidedRequiredArgumentsOnDirectivesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                "type A @a(y: 1) { a: Int } directive @a(x: Int!, y: Int, z: [Int!]!) "
                "on OBJECT scalar S @specifiedBy"
            ),
            None,
            [
                (
                    "Argument '@a(x:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 8)],
                ),
                (
                    "Argument '@a(z:)' of type '[Int!]!' is required, but it was not provided.",
                    [(1, 8)],
                ),
                (
                    "Argument '@specifiedBy(url:)' of type 'String!' is required, but it was not provided.",
                    [(1, 89)],
                ),
            ],
        ),
        (
            "extend type Query @d",
            EXTENDED,
            [
                (
                    "Argument '@d(a:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 19)],
                ),
            ],
        ),
    ],
)
def test_refuses_directives_without(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(ProvidedRequiredArgumentsOnDirectivesRule, source, extended) == errors
