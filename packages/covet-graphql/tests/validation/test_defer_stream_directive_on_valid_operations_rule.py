"""@defer and @stream are not in subscriptions."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import DeferStreamDirectiveOnValidOperationsRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "subscription { dog { ... @defer(if: false) { name } tags @stream(if: $v) } }",
        "{ dog { ... @defer { name } } }",
        ("{ dog { ...F } } subscription { dog { name } } fragment F on Dog { tags @stream }"),
    ],
)
def test_accepts_what_can_be_turned_off(errors_of: Errors, source: str) -> None:
    assert errors_of(DeferStreamDirectiveOnValidOperationsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            'subscription { dog { ... @defer { name } tags @stream(label: "a", if: true) } }',
            [
                (
                    "Defer directive not supported on subscription operations. Disable `@defer` by setting the `if` argument to `false`.",
                    [(1, 26)],
                ),
                (
                    "Stream directive not supported on subscription operations. Disable `@stream` by setting the `if` argument to `false`.",
                    [(1, 47)],
                ),
            ],
        ),
    ],
)
def test_refuses_others_in_subscriptions(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(DeferStreamDirectiveOnValidOperationsRule, source) == errors
