"""No two arguments of a field or directive have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueArgumentNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ args { two(a: 1, b: 2) int(a: 1) } dog @onField(a: 1, b: 1) { name } }",
    ],
)
def test_accepts_different_names(errors_of: Errors, source: str) -> None:
    assert errors_of(UniqueArgumentNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ args { two(a: 1, b: 2, a: 3, b: 4, a: 5) } }",
            [
                ("There can be only one argument named 'a'.", [(1, 14), (1, 26), (1, 38)]),
                ("There can be only one argument named 'b'.", [(1, 20), (1, 32)]),
            ],
        ),
        (
            "{ dog @skip(if: true, if: false) { name } }",
            [
                ("There can be only one argument named 'if'.", [(1, 13), (1, 23)]),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(UniqueArgumentNamesRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            "type A @a(x: 1, y: 2) { a: Int }",
            None,
        ),
    ],
)
def test_accepts_directives_of_definitions_with_different_arguments(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(UniqueArgumentNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "type A @a(x: 1, x: 2) { a: Int }",
            None,
            [
                ("There can be only one argument named 'x'.", [(1, 11), (1, 17)]),
            ],
        ),
    ],
)
def test_refuses_an_argument_of_a_definition_again(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueArgumentNamesRule, source, extended) == errors
