"""@defer and @stream are not on root fields of mutations and subscriptions."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import DeferStreamDirectiveOnRootField

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "mutation { dog { ... @defer { name } tags @stream } }",
        "{ ... @defer { dog { name } } }",
        "subscription { message }",
    ],
)
def test_accepts_them_below(errors_of: Errors, source: str) -> None:
    assert errors_of(DeferStreamDirectiveOnRootField, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "mutation { ... @defer { message } dogs @stream { name } }",
            [
                ("Defer directive cannot be used on root mutation type 'Mutation'.", [(1, 16)]),
                ("Stream directive cannot be used on root mutation type 'Mutation'.", [(1, 40)]),
            ],
        ),
        (
            "subscription { ...F } fragment F on Subscription { ... @defer { message } }",
            [
                (
                    "Defer directive cannot be used on root subscription type 'Subscription'.",
                    [(1, 56)],
                ),
            ],
        ),
    ],
)
def test_refuses_them_on_root_fields(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(DeferStreamDirectiveOnRootField, source) == errors
