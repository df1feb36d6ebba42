"""Subscriptions have one root field."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import SingleFieldSubscriptionsRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "subscription { message }",
        "subscription S { ...F } fragment F on Subscription { message ...F }",
        "subscription { message message }",
        "subscription { ... on Subscription { message } ... on Dog { name } ...Unknown }",
        "{ dog { name } cat { name } }",
        "subscription { dog { name @skip(if: true) __typename } }",
    ],
)
def test_accepts_one_field(errors_of: Errors, source: str) -> None:
    assert errors_of(SingleFieldSubscriptionsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "subscription S { message number }",
            [
                ("Subscription 'S' must select only one top level field.", [(1, 26)]),
            ],
        ),
        (
            "subscription { ...F number } fragment F on Subscription { message }",
            [
                ("Anonymous Subscription must select only one top level field.", [(1, 21)]),
            ],
        ),
        (
            "subscription { ... { message } a: message }",
            [
                ("Anonymous Subscription must select only one top level field.", [(1, 32)]),
            ],
        ),
        (
            "subscription { ... on Dog { name } }",
            [
                ("Anonymous Subscription must select one top level field.", [(1, 14)]),
            ],
        ),
        (
            "subscription { __typename }",
            [
                (
                    "Anonymous Subscription must not select an introspection top level field.",
                    [(1, 16)],
                ),
            ],
        ),
        (
            "subscription S { __typename message }",
            [
                ("Subscription 'S' must select only one top level field.", [(1, 29)]),
                ("Subscription 'S' must not select an introspection top level field.", [(1, 18)]),
            ],
        ),
        (
            "subscription { message @skip(if: true) }",
            [
                (
                    "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection.",
                    [(1, 24)],
                ),
            ],
        ),
        (
            "subscription { ... @include(if: true) { message } }",
            [
                (
                    "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection.",
                    [(1, 20)],
                ),
            ],
        ),
    ],
)
def test_refuses_another_number(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(SingleFieldSubscriptionsRule, source) == errors
