"""Variables are used where values of their type can be."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import VariablesInAllowedPositionRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            "query ($a: Int, $b: Int!, $c: [Int!]!, $d: [Int]) { args { int(a: $a) "
            "x: int(a: $b) nonNull(a: $b) nonNullList(a: $c) nestedList(a: [$d]) y: "
            "nonNullList(a: [$b]) } }"
        ),
        (
            "query ($a: Int = 1, $b: Int) { args { nonNull(a: $a) optional(b: $b) "
            "complex(a: {requiredField: true, nonNullField: $c}) } }"
        ),
        (
            "query ($a: String!, $c: [Int!]!) { args { oneOf(a: {a: $a}) x: list(a: "
            "[$a]) y: any(a: [$a]) nestedList(a: [$c]) } }"
        ),
        "query ($a: Unknown) { args { int(a: $a) float(b: $a) } }",
        ("query ($a: Boolean!) { ...F } fragment F on Query { dog @skip(if: $a) { ...F } }"),
    ],
)
def test_accepts_types_that_fit(errors_of: Errors, source: str) -> None:
    assert errors_of(VariablesInAllowedPositionRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            (
                "query ($a: Int, $b: String, $c: Int = null) { args { nonNull(a: $a) "
                "int(a: $b) x: nonNull(a: $c) y: nonNullList(a: [$a]) } }"
            ),
            [
                (
                    "Variable '$a' of type 'Int' used in position expecting type 'Int!'.",
                    [(1, 8), (1, 65)],
                ),
                (
                    "Variable '$b' of type 'String' used in position expecting type 'Int'.",
                    [(1, 17), (1, 76)],
                ),
                (
                    "Variable '$c' of type 'Int' used in position expecting type 'Int!'.",
                    [(1, 29), (1, 94)],
                ),
                (
                    "Variable '$a' of type 'Int' used in position expecting type 'Int!'.",
                    [(1, 8), (1, 117)],
                ),
            ],
        ),
        (
            (
                "query ($a: Int, $b: [Int], $c: [Int!]) { args { list(a: $a) int(a: $b) "
                "nonNullList(a: $c) x: nonNullList(a: $b) } }"
            ),
            [
                (
                    "Variable '$a' of type 'Int' used in position expecting type '[String]'.",
                    [(1, 8), (1, 57)],
                ),
                (
                    "Variable '$b' of type '[Int]' used in position expecting type 'Int'.",
                    [(1, 17), (1, 68)],
                ),
                (
                    "Variable '$c' of type '[Int!]' used in position expecting type '[Int!]!'.",
                    [(1, 28), (1, 87)],
                ),
                (
                    "Variable '$b' of type '[Int]' used in position expecting type '[Int!]!'.",
                    [(1, 17), (1, 109)],
                ),
            ],
        ),
        (
            (
                "query ($a: String, $b: Int) { args { oneOf(a: {a: $a}) x: oneOf(a: {b: "
                "$a}) y: oneOf(a: {nested: {b: $b}}) } }"
            ),
            [
                (
                    "Variable '$a' is of type 'String' but must be non-nullable to be used for OneOf Input Object 'OneOf'.",
                    [(1, 8), (1, 51)],
                ),
                (
                    "Variable '$a' of type 'String' used in position expecting type 'Int'.",
                    [(1, 8), (1, 72)],
                ),
                (
                    "Variable '$a' is of type 'String' but must be non-nullable to be used for OneOf Input Object 'OneOf'.",
                    [(1, 8), (1, 72)],
                ),
                (
                    "Variable '$b' is of type 'Int' but must be non-nullable to be used for OneOf Input Object 'OneOf'.",
                    [(1, 20), (1, 102)],
                ),
            ],
        ),
        (
            (
                "query A($a: String) { ...F } query B($a: Int) { ...F } fragment F on "
                "Query { args { int(a: $a) } }"
            ),
            [
                (
                    "Variable '$a' of type 'String' used in position expecting type 'Int'.",
                    [(1, 9), (1, 92)],
                ),
            ],
        ),
        (
            "query ($a: Boolean) { dog @skip(if: $a) { name } }",
            [
                (
                    "Variable '$a' of type 'Boolean' used in position expecting type 'Boolean!'.",
                    [(1, 8), (1, 37)],
                ),
            ],
        ),
        (
            "query ($a: Dog) { args { int(a: $a) } }",
            [
                (
                    "Variable '$a' of type 'Dog' used in position expecting type 'Int'.",
                    [(1, 8), (1, 33)],
                ),
            ],
        ),
        (
            "query ($a: Int, $a: String) { args { int(a: $a) } }",
            [
                (
                    "Variable '$a' of type 'String' used in position expecting type 'Int'.",
                    [(1, 17), (1, 45)],
                ),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(VariablesInAllowedPositionRule, source) == errors


def test_items_of_lists_have_to_fit(errors_of: Errors) -> None:
    source = "query ($a: [Int]!, $b: [[Int]!]!) { args { nonNullList(a: $a) nestedList(a: $b) } }"

    assert errors_of(VariablesInAllowedPositionRule, source) == [
        (
            "Variable '$a' of type '[Int]!' used in position expecting type '[Int!]!'.",
            [(1, 8), (1, 59)],
        ),
    ]


def test_places_that_nobody_knows_take_anything(errors_of: Errors) -> None:
    source = "query ($a: String) { args { any(a: [$a]) unknown(a: $a) int(a: $a) } }"

    assert len(errors_of(VariablesInAllowedPositionRule, source)) == 1
