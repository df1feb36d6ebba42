"""Fragments are on types that have fields."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import FragmentsOnCompositeTypesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment A on Dog { name } fragment B on Pet { name } fragment C on "
            "CatOrDog { __typename }"
        ),
        "{ dog { ... on Pet { name } ... { name } ... on Unknown { a } } }",
    ],
)
def test_accepts_objects_interfaces_and_unions(errors_of: Errors, source: str) -> None:
    assert errors_of(FragmentsOnCompositeTypesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "fragment F on Int { a }",
            [
                ("Fragment 'F' cannot condition on non composite type 'Int'.", [(1, 15)]),
            ],
        ),
        (
            "fragment F on Complex { a } fragment G on Command { a }",
            [
                ("Fragment 'F' cannot condition on non composite type 'Complex'.", [(1, 15)]),
                ("Fragment 'G' cannot condition on non composite type 'Command'.", [(1, 43)]),
            ],
        ),
        (
            "{ dog { ... on String { a } } }",
            [
                ("Fragment cannot condition on non composite type 'String'.", [(1, 16)]),
            ],
        ),
    ],
)
def test_refuses_other_types(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(FragmentsOnCompositeTypesRule, source) == errors
