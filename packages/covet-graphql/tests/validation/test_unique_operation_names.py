"""No two operations have one name."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import UniqueOperationNamesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "fragment A on Dog { name }",
        "query A { dog { name } } query B { dog { name } }",
        "{ dog { name } } query A { dog { name } }",
        "query F { dog { ...F } } fragment F on Dog { name }",
    ],
)
def test_accepts_different_names(errors_of: Errors, source: str) -> None:
    assert errors_of(UniqueOperationNamesRule, source) == []


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "query A { dog { name } } query A { cat { name } }",
            [
                ("There can be only one operation named 'A'.", [(1, 7), (1, 32)]),
            ],
        ),
        (
            "query A { dog { name } } mutation A { message } subscription A { message }",
            [
                ("There can be only one operation named 'A'.", [(1, 7), (1, 35)]),
                ("There can be only one operation named 'A'.", [(1, 7), (1, 62)]),
            ],
        ),
    ],
)
def test_refuses_a_name_of_several(errors_of: Errors, source: str, errors: Found) -> None:
    assert errors_of(UniqueOperationNamesRule, source) == errors
