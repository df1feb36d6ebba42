"""Operations define the variables that they use."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import NoUndefinedVariablesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "query ($a: Int) { args { int(a: $a) } }",
        (
            "query ($a: Int) { ...A } fragment A on Query { ...B } fragment B on "
            "Query { args { int(a: $a) complex(a: {intField: $a}) list(a: [$a]) } }"
        ),
        "query ($a: Boolean!) { dog @skip(if: $a) { name } }",
    ],
)
def test_accepts_defined_variables(errors_of: Errors, source: str) -> None:
    assert errors_of(NoUndefinedVariablesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ args { int(a: $a) } }",
            [
                ("Variable '$a' is not defined.", [(1, 17), (1, 1)]),
            ],
        ),
        (
            "query Q($a: Int) { args { int(a: $b) } }",
            [
                ("Variable '$b' is not defined by operation 'Q'.", [(1, 34), (1, 1)]),
            ],
        ),
        (
            (
                "query A($a: Int) { ...F } query B { ...F } fragment F on Query { args "
                "{ int(a: $a) list(a: [$b]) } }"
            ),
            [
                ("Variable '$b' is not defined by operation 'A'.", [(1, 93), (1, 1)]),
                ("Variable '$a' is not defined by operation 'B'.", [(1, 80), (1, 27)]),
                ("Variable '$b' is not defined by operation 'B'.", [(1, 93), (1, 27)]),
            ],
        ),
        (
            "{ dog @skip(if: $a) { name } ...F @include(if: $b) }",
            [
                ("Variable '$a' is not defined.", [(1, 17), (1, 1)]),
                ("Variable '$b' is not defined.", [(1, 48), (1, 1)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(NoUndefinedVariablesRule, source) == errors
