"""Executing in the tests of this folder: by each tier, with the same answers."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql import parse
from covet_graphql.execution import ExecutionResult, execute
from covet_graphql.type import GraphQLSchema
from covet_graphql.utilities import build_schema

Run = Callable[..., ExecutionResult]


@pytest.fixture
def run() -> Run:
    """Return a function that executes a source by each tier and returns the equal results."""

    def run(
        schema: GraphQLSchema | str, source: str, root_value: Any = None, **options: Any
    ) -> ExecutionResult:
        if isinstance(schema, str):
            schema = build_schema(schema)
        document = parse(source)

        async def executed(tier: Any) -> ExecutionResult:
            result = execute(schema, document, root_value, tier=tier, **options)
            if asyncio.iscoroutine(result):
                result = await result
            assert asyncio.all_tasks() == {asyncio.current_task()}
            return result

        by_plan = asyncio.run(executed("plan"))
        by_source = asyncio.run(executed("source"))
        assert by_source.formatted == by_plan.formatted
        assert repr(by_source.data) == repr(by_plan.data)  # equal order, too
        return by_source

    return run
