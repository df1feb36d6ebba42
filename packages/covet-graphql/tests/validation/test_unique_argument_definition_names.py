"""No two arguments of a field or directive definition have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueArgumentDefinitionNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            (
                "type A { a(x: Int, y: Int): Int b(x: Int): Int } directive @a(x: Int) "
                "on FIELD scalar S"
            ),
            None,
        ),
    ],
)
def test_accepts_different_names(sdl_errors_of: Errors, source: str, extended: str | None) -> None:
    assert sdl_errors_of(UniqueArgumentDefinitionNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            (
                "type A { a(x: Int, x: Int): Int } interface I { a(x: Int, y: Int, x: "
                "Int): Int } directive @a(x: Int, x: Int) on FIELD extend type A { b(y: "
                "Int, y: Int): Int }"
            ),
            None,
            [
                ("Argument 'A.a(x:)' can only be defined once.", [(1, 12), (1, 20)]),
                ("Argument 'I.a(x:)' can only be defined once.", [(1, 51), (1, 67)]),
                ("Argument '@a(x:)' can only be defined once.", [(1, 95), (1, 103)]),
                ("Argument 'A.b(y:)' can only be defined once.", [(1, 138), (1, 146)]),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueArgumentDefinitionNamesRule, source, extended) == errors
