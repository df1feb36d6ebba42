"""The schema is not introspected."""

# ruff: noqa: E501 (one message a line)

from collections.abc import Callable

import pytest

from covet_graphql.validation import NoSchemaIntrospectionCustomRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ __typename dog { __typename name } unknown { a } }",
    ],
)
def test_accepts_type_names(errors_of: Errors, source: str) -> None:
    assert errors_of(NoSchemaIntrospectionCustomRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            '{ __schema { types { name } } a: __type(name: "a") { fields { name } } }',
            [
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field '__schema'.",
                    [(1, 3)],
                ),
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field 'types'.",
                    [(1, 14)],
                ),
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field '__type'.",
                    [(1, 31)],
                ),
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field 'fields'.",
                    [(1, 54)],
                ),
            ],
        ),
    ],
)
def test_refuses_the_schema(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(NoSchemaIntrospectionCustomRule, source) == errors
