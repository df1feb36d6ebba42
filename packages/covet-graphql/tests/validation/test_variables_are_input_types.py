"""Variables are of input types."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import VariablesAreInputTypesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "query ($a: Int, $b: [Complex!]!, $c: Command, $d: Unknown) { dog { name } }",
    ],
)
def test_accepts_input_types(errors_of: Errors, source: str) -> None:
    assert errors_of(VariablesAreInputTypesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "query ($a: Dog, $b: [[CatOrDog!]]!, $c: Pet!) { dog { name } }",
            [
                ("Variable '$a' cannot be non-input type 'Dog'.", [(1, 12)]),
                ("Variable '$b' cannot be non-input type '[[CatOrDog!]]!'.", [(1, 21)]),
                ("Variable '$c' cannot be non-input type 'Pet!'.", [(1, 41)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(VariablesAreInputTypesRule, source) == errors
