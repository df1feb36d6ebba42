"""Executable documents consist of operations and fragments."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import ExecutableDefinitionsRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "query Q { dog { name } } { cat { name } } fragment F on Dog { name }",
    ],
)
def test_accepts_operations_and_fragments(errors_of: Errors, source: str) -> None:
    assert errors_of(ExecutableDefinitionsRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "{ dog { name } } type X { a: Int } extend type Dog { a: Int }",
            [
                ("The 'X' definition is not executable.", [(1, 18)]),
                ("The 'Dog' definition is not executable.", [(1, 36)]),
            ],
        ),
        (
            "schema { query: Query } extend schema @d directive @d on SCHEMA",
            [
                ("The schema definition is not executable.", [(1, 1)]),
                ("The schema definition is not executable.", [(1, 25)]),
                ("The 'd' definition is not executable.", [(1, 42)]),
            ],
        ),
    ],
)
def test_refuses_type_system_definitions(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(ExecutableDefinitionsRule, source) == errors
