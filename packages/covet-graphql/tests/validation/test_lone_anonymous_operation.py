"""An operation without a name is the only one."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import LoneAnonymousOperationRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { name } }",
        "{ dog { ...F } } fragment F on Dog { name }",
        "query A { dog { name } } query B { dog { name } }",
    ],
)
def test_accepts_one_without_a_name(errors_of: Errors, source: str) -> None:
    assert errors_of(LoneAnonymousOperationRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { name } } { cat { name } }",
            [
                ("This anonymous operation must be the only defined operation.", [(1, 1)]),
                ("This anonymous operation must be the only defined operation.", [(1, 18)]),
            ],
        ),
        (
            "{ dog { name } } mutation M { message }",
            [
                ("This anonymous operation must be the only defined operation.", [(1, 1)]),
            ],
        ),
    ],
)
def test_refuses_one_beside_others(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(LoneAnonymousOperationRule, source) == errors
