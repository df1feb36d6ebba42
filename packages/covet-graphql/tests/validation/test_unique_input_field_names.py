"""No two fields of an input object have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueInputFieldNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            "{ args { complex(a: {requiredField: true, nested: {requiredField: "
            "true}}) unknown(a: {b: {b: 1}}) } }"
        ),
    ],
)
def test_accepts_different_names(errors_of: Errors, source: str) -> None:
    assert errors_of(UniqueInputFieldNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            (
                "{ args { complex(a: {intField: 1, intField: 2, nested: {intField: 1, "
                "intField: 1}}) unknown(a: [{b: 1, b: 2, b: 3}]) } }"
            ),
            [
                ("There can be only one input field named 'intField'.", [(1, 22), (1, 35)]),
                ("There can be only one input field named 'intField'.", [(1, 57), (1, 70)]),
                ("There can be only one input field named 'b'.", [(1, 98), (1, 104)]),
                ("There can be only one input field named 'b'.", [(1, 98), (1, 110)]),
            ],
        ),
        (
            "query ($a: Complex = {intField: 1, intField: 2}) { dog { name } }",
            [
                ("There can be only one input field named 'intField'.", [(1, 23), (1, 36)]),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(UniqueInputFieldNamesRule, source) == errors


@pytest.mark.parametrize(
    ("source", "extended"),
    [
        (
            "input A { a: A = {b: 1, c: 2} }",
            None,
        ),
    ],
)
def test_accepts_defaults_with_different_fields(
    sdl_errors_of: Errors, source: str, extended: str | None
) -> None:
    assert sdl_errors_of(UniqueInputFieldNamesRule, source, extended) == []


@pytest.mark.parametrize(
    ("source", "extended", "errors"),
    [
        (
            "input A { a: A = {b: 1, b: 2} } type T { a(x: A = {c: 1, c: 2}): Int }",
            None,
            [
                ("There can be only one input field named 'b'.", [(1, 19), (1, 25)]),
                ("There can be only one input field named 'c'.", [(1, 52), (1, 58)]),
            ],
        ),
    ],
)
def test_refuses_a_field_of_a_default_again(
    sdl_errors_of: Errors, source: str, extended: str | None, errors: Found
) -> None:
    assert sdl_errors_of(UniqueInputFieldNamesRule, source, extended) == errors
