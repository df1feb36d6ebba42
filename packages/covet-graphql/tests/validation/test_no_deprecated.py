"""Nothing deprecated is used."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import NoDeprecatedCustomRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            "{ dog { name @onField(a: 1) } args { command(a: SIT) complex(a: "
            "{requiredField: true}) x: command(a: UNKNOWN) y: complex(a: {unknown: "
            "1}) z: int(b: 1) } unknown @unknown(a: 1) }"
        ),
    ],
)
def test_accepts_what_is_not_deprecated(errors_of: Errors, source: str) -> None:
    assert errors_of(NoDeprecatedCustomRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            (
                "{ dog { old isAtLocation(old: 1) name @onField(a: 1, old: 2) } args { "
                "command(a: ROLL) complex(a: {old: 1, nested: {old: 2}}) } }"
            ),
            [
                ("The field Dog.old is deprecated. fo", [(1, 9)]),
                ("The argument 'Dog.isAtLocation(old:)' is deprecated. ao", [(1, 26)]),
                ("The argument '@onField(old:)' is deprecated. do", [(1, 54)]),
                ("The enum value 'Command.ROLL' is deprecated. No longer supported", [(1, 82)]),
                ("The input field Complex.old is deprecated. io", [(1, 100)]),
                ("The input field Complex.old is deprecated. io", [(1, 117)]),
            ],
        ),
        (
            "query ($a: Command = ROLL) { args { command(a: $a) } }",
            [
                ("The enum value 'Command.ROLL' is deprecated. No longer supported", [(1, 22)]),
            ],
        ),
    ],
)
def test_refuses_what_is(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(NoDeprecatedCustomRule, source) == errors
