"""Literals fit the types that are expected where they are."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import ValuesOfCorrectTypeRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            '{ args { int(a: -7) float(a: 1) x: float(a: 1.5) string(a: """b""") '
            'boolean(a: true) id(a: 1) y: id(a: "x") command(a: SIT) any(a: {b: [1, '
            '"c", $d]}) } }'
        ),
        (
            '{ args { int(a: null) list(a: ["a", null]) x: list(a: "a") '
            "nonNullList(a: [1]) y: nonNullList(a: 1) nestedList(a: [[1], 2, null]) "
            "} }"
        ),
        (
            "{ args { complex(a: {requiredField: true, nested: {requiredField: "
            'false, listField: "a"}}) x: complex(a: null) oneOf(a: {a: "x"}) y: '
            "oneOf(a: {nested: {b: $v}}) } }"
        ),
        (
            "query ($a: Int = 1, $b: Complex = {requiredField: true}, $c: [Int!] = "
            "[1], $d: Dog = {a: 1}, $e: Unknown = 1) { dog { name } }"
        ),
        "{ unknown(a: 1) dog(b: {c: 1}) @unknown(d: 2) { name } }",
        "{ args { int(a: 999999999) x: int(a: 2147483647) y: float(a: 99999999999) } }",
    ],
)
def test_accepts_values_that_fit(errors_of: Errors, source: str) -> None:
    assert errors_of(ValuesOfCorrectTypeRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            (
                '{ args { int(a: "1") a: int(a: 1.0) b: int(a: true) c: int(a: SIT) d: '
                "int(a: 2147483648) } }"
            ),
            [
                ('Int cannot represent non-integer value: "1"', [(1, 17)]),
                ("Int cannot represent non-integer value: 1.0", [(1, 32)]),
                ("Int cannot represent non-integer value: true", [(1, 47)]),
                ("Int cannot represent non-integer value: SIT", [(1, 63)]),
                ("Int cannot represent non 32-bit signed integer value: 2147483648", [(1, 78)]),
            ],
        ),
        (
            (
                '{ args { float(a: "1") string(a: 1) a: string(a: X) boolean(a: 2) b: '
                'boolean(a: "true") id(a: 1.5) c: id(a: true) } }'
            ),
            [
                ('Float cannot represent non numeric value: "1"', [(1, 19)]),
                ("String cannot represent a non string value: 1", [(1, 34)]),
                ("String cannot represent a non string value: X", [(1, 50)]),
                ("Boolean cannot represent a non boolean value: 2", [(1, 64)]),
                ('Boolean cannot represent a non boolean value: "true"', [(1, 81)]),
                ("ID cannot represent a non-string and non-integer value: 1.5", [(1, 95)]),
                ("ID cannot represent a non-string and non-integer value: true", [(1, 109)]),
            ],
        ),
        (
            (
                '{ args { command(a: "SIT") a: command(a: 1) b: command(a: SITT) c: '
                "command(a: sit) } }"
            ),
            [
                (
                    "Enum 'Command' cannot represent non-enum value: \"SIT\". Did you mean the enum value 'SIT'?",
                    [(1, 21)],
                ),
                ("Enum 'Command' cannot represent non-enum value: 1.", [(1, 42)]),
                (
                    "Value 'SITT' does not exist in 'Command' enum. Did you mean the enum value 'SIT'?",
                    [(1, 59)],
                ),
                (
                    "Value 'sit' does not exist in 'Command' enum. Did you mean the enum value 'SIT'?",
                    [(1, 79)],
                ),
            ],
        ),
        (
            (
                '{ args { nonNull(a: null) nonNullList(a: [1, null, "x"]) a: '
                'nonNullList(a: null) list(a: ["a", 1]) nestedList(a: [["x"], "y"]) } }'
            ),
            [
                ("Expected value of non-null type 'Int!' not to be None.", [(1, 21)]),
                ("Expected value of non-null type 'Int!' not to be None.", [(1, 46)]),
                ('Int cannot represent non-integer value: "x"', [(1, 52)]),
                ("Expected value of non-null type '[Int!]!' not to be None.", [(1, 76)]),
                ("String cannot represent a non string value: 1", [(1, 96)]),
                ('Int cannot represent non-integer value: "x"', [(1, 116)]),
                ('Int cannot represent non-integer value: "y"', [(1, 122)]),
            ],
        ),
        (
            (
                "{ args { complex(a: {}) a: complex(a: {requiredField: 1}) b: "
                "complex(a: {requiredField: true, nonNullField: null}) } }"
            ),
            [
                (
                    "Expected value of type 'Complex' to include required field 'requiredField', found: {  }.",
                    [(1, 21)],
                ),
                ("Boolean cannot represent a non boolean value: 1", [(1, 55)]),
                ("Expected value of non-null type 'Boolean!' not to be None.", [(1, 109)]),
            ],
        ),
        (
            (
                "{ args { complex(a: {requiredField: true, intfield: 1, other: 2}) a: "
                "complex(a: 1) b: complex(a: [1]) c: complex(a: {requiredField: true, "
                'nested: {intField: "x"}}) } }'
            ),
            [
                (
                    "Expected value of type 'Complex' not to include unknown field 'intfield'. Did you mean 'intField', 'listField', or 'stringField'? Found: { requiredField: true, intfield: 1, other: 2 }.",
                    [(1, 43)],
                ),
                (
                    "Expected value of type 'Complex' not to include unknown field 'other', found: { requiredField: true, intfield: 1, other: 2 }.",
                    [(1, 56)],
                ),
                ("Expected value of type 'Complex' to be an object, found: 1.", [(1, 81)]),
                ("Expected value of type 'Complex' to be an object, found: [1].", [(1, 98)]),
                (
                    "Expected value of type 'Complex' to include required field 'requiredField', found: { intField: \"x\" }.",
                    [(1, 147)],
                ),
                ('Int cannot represent non-integer value: "x"', [(1, 158)]),
            ],
        ),
        (
            (
                '{ args { oneOf(a: {}) a: oneOf(a: {a: "x", b: 1}) b: oneOf(a: {a: '
                "null}) c: oneOf(a: {nested: {}}) d: oneOf(a: {b: 1, b: 2}) } }"
            ),
            [
                (
                    "Within OneOf Input Object type 'OneOf', exactly one field must be specified, and the value for that field must be non-null.",
                    [(1, 19)],
                ),
                (
                    "Within OneOf Input Object type 'OneOf', exactly one field must be specified, and the value for that field must be non-null.",
                    [(1, 35)],
                ),
                (
                    "Within OneOf Input Object type 'OneOf', exactly one field must be specified, and the value for that field must be non-null.",
                    [(1, 63)],
                ),
                (
                    "Within OneOf Input Object type 'OneOf', exactly one field must be specified, and the value for that field must be non-null.",
                    [(1, 95)],
                ),
                (
                    "Within OneOf Input Object type 'OneOf', exactly one field must be specified, and the value for that field must be non-null.",
                    [(1, 112)],
                ),
            ],
        ),
        (
            (
                'query ($a: Int = "x", $b: Int! = null, $c: Complex = {requiredField: '
                '3}, $d: [Int] = [1, "a"]) { dog { name @skip(if: 1) } }'
            ),
            [
                ('Int cannot represent non-integer value: "x"', [(1, 18)]),
                ("Expected value of non-null type 'Int!' not to be None.", [(1, 34)]),
                ("Boolean cannot represent a non boolean value: 3", [(1, 70)]),
                ('Int cannot represent non-integer value: "a"', [(1, 90)]),
                ("Boolean cannot represent a non boolean value: 1", [(1, 119)]),
            ],
        ),
    ],
)
def test_refuses_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(ValuesOfCorrectTypeRule, source) == errors
