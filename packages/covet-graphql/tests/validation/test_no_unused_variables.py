"""Operations use the variables that they define."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import NoUnusedVariablesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "query ($a: Int) { args { int(a: $a) } }",
        "query ($a: Int) { ...A } fragment A on Query { args { int(a: $a) } }",
    ],
)
def test_accepts_variables_in_use(errors_of: Errors, source: str) -> None:
    assert errors_of(NoUnusedVariablesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "query ($a: Int, $b: Int) { args { int(a: $b) } }",
            [
                ("Variable '$a' is never used.", [(1, 8)]),
            ],
        ),
        (
            (
                "query A($a: Int) { dog { name } } query B($a: Int) { ...F } fragment F "
                "on Query { args { int(a: $a) } }"
            ),
            [
                ("Variable '$a' is never used in operation 'A'.", [(1, 9)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(NoUnusedVariablesRule, source) == errors
