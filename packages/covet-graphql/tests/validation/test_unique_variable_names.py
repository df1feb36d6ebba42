"""No two variables of an operation have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueVariableNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "query A($a: Int, $b: Int) { dog { name } } query B($a: Int) { dog { name } }",
    ],
)
def test_accepts_different_names(errors_of: Errors, source: str) -> None:
    assert errors_of(UniqueVariableNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "query ($a: Int, $a: Int, $b: Int, $a: String) { dog { name } }",
            [
                ("There can be only one variable named '$a'.", [(1, 9), (1, 18), (1, 36)]),
            ],
        ),
        (
            (
                "query A($x: Int, $x: Int) { dog { name } } query B($y: Int, $y: Int) { "
                "dog { name } }"
            ),
            [
                ("There can be only one variable named '$x'.", [(1, 10), (1, 19)]),
                ("There can be only one variable named '$y'.", [(1, 53), (1, 62)]),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(UniqueVariableNamesRule, source) == errors
