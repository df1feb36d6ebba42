"""Introspection does not nest lists of types without end."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import MaxIntrospectionDepthRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ __schema { types { fields { type { fields { name } } } } } }",
        "{ dog { name } __typename }",
        (
            '{ __type(name: "a") { ...T ...Unknown } } fragment T on __Type { '
            "ofType { ...T } fields { name } }"
        ),
    ],
)
def test_accepts_two_lists_within_one_another(errors_of: Errors, source: str) -> None:
    assert errors_of(MaxIntrospectionDepthRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            ("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"),
            [
                ("Maximum introspection depth exceeded", [(1, 3)]),
            ],
        ),
        (
            (
                '{ __type(name: "a") { interfaces { possibleTypes { ... { inputFields { '
                "name } } } } } }"
            ),
            [
                ("Maximum introspection depth exceeded", [(1, 3)]),
            ],
        ),
        (
            (
                '{ __type(name: "a") { ...T } } fragment T on __Type { fields { type { '
                "...U } } } fragment U on __Type { fields { type { fields { name } } } "
                "}"
            ),
            [
                ("Maximum introspection depth exceeded", [(1, 3)]),
            ],
        ),
    ],
)
def test_refuses_three(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(MaxIntrospectionDepthRule, source) == errors
