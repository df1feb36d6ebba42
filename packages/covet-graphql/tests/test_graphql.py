"""From source to result in one call."""

import asyncio
from typing import Any

import pytest

from covet_graphql import Source
from covet_graphql.execution import ExecutionResult
from covet_graphql.graphql import graphql, graphql_sync
from covet_graphql.type import GraphQLSchema
from covet_graphql.utilities import build_schema
from covet_graphql.validation import specified_rules

SCHEMA = build_schema("type Query { name(n: Int): String later: Int }")


@pytest.fixture(params=["graphql", "graphql_sync"])
def answer(request: pytest.FixtureRequest) -> Any:
    def asynchronous(*arguments: Any, **options: Any) -> ExecutionResult:
        return asyncio.run(graphql(*arguments, **options))

    return asynchronous if request.param == "graphql" else graphql_sync


def messages(result: ExecutionResult) -> list[str]:
    return [error.message for error in result.errors or ()]


def test_a_source_is_executed(answer: Any) -> None:
    root = {"name": lambda _info, n: f"{n}"}
    source = Source("query A { later } query B($n: Int) { name(n: $n) }")

    result = answer(SCHEMA, source, root, None, {"n": 5}, "B")

    assert result == ({"name": "5"}, None)


def test_what_is_no_graphql_is_told(answer: Any) -> None:
    result = answer(SCHEMA, "{")

    assert messages(result) == ["Syntax Error: Expected Name, found <EOF>."]
    assert "data" not in result.formatted


def test_what_is_invalid_is_told(answer: Any) -> None:
    assert messages(answer(SCHEMA, "{ nam }")) == [
        "Cannot query field 'nam' on type 'Query'. Did you mean 'name'?"
    ]
    assert messages(answer(SCHEMA, "{ nam }", hide_suggestions=True)) == [
        "Cannot query field 'nam' on type 'Query'."
    ]


def test_an_invalid_schema_is_told(answer: Any) -> None:
    assert messages(answer(GraphQLSchema(), "{ a }")) == ["Query root type must be provided."]


def test_rules_and_limits_can_be_chosen(answer: Any) -> None:
    assert answer(SCHEMA, "{ nam }", rules=[]).data == {}
    assert messages(answer(SCHEMA, "{ nam }", rules=specified_rules[:1])) == []
    assert messages(answer(SCHEMA, "{ name later }", max_tokens=3)) == [
        "Syntax Error: Document contains more than 3 tokens. Parsing aborted."
    ]


def test_locations_can_be_left_out(answer: Any) -> None:
    (error,) = answer(SCHEMA, "{ nam }", no_location=True).errors

    assert error.locations is None


def test_errors_of_requests_are_masked_too(answer: Any) -> None:
    def mask(error: Any) -> Any:
        error.message = "hidden"
        return error

    assert messages(answer(SCHEMA, "{", mask_error=mask)) == ["hidden"]


def test_graphql_awaits() -> None:
    async def later(_info: Any) -> int:
        await asyncio.sleep(0)
        return 5

    assert asyncio.run(graphql(SCHEMA, "{ later }", {"later": later})).data == {"later": 5}
    with pytest.raises(RuntimeError):
        graphql_sync(SCHEMA, "{ later }", {"later": later}, check_sync=True)
