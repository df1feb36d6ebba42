"""Operations are of types that the schema has."""

from collections.abc import Callable

import pytest

from covet_graphql.validation import KnownOperationTypesRule

Found = list[tuple[str, list[tuple[int, int]]]]
Errors = Callable[..., Found]


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { name } }",
        "mutation { message }",
        "subscription { message }",
    ],
)
def test_accepts_operations_that_the_schema_has(errors_of: Errors, source: str) -> None:
    assert errors_of(KnownOperationTypesRule, source) == []
