"""Functions around resolvers."""

from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql.execution import ExecutionResult, MiddlewareManager
from covet_graphql.utilities import build_schema

Run = Callable[..., ExecutionResult]
SDL = "type Query { a(n: Int): String b: B } type B { c: String }"


class Marking:
    """Marks what resolvers return."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def resolve(self, next_: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
        value = next_(source, info, **arguments)
        return f"{self.mark}({value})" if isinstance(value, str) else value


def shouting(next_: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
    value = next_(source, info, **arguments)
    return value.upper() if isinstance(value, str) else value


def test_the_last_one_is_outermost(run: Run) -> None:
    root = {"a": "a", "b": {"c": "c"}}

    result = run(SDL, "{ a b { c __typename } }", root, middleware=[shouting, Marking("m")])

    assert result.data == {"a": "m(A)", "b": {"c": "m(C)", "__typename": "m(B)"}}


def test_middleware_gets_the_arguments(run: Run) -> None:
    seen: list[Any] = []

    def watching(next_: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
        seen.append((info.field_name, arguments))
        return next_(source, info, **arguments)

    run(SDL, "{ a(n: 1) }", {}, middleware=(watching,))

    assert seen == [("a", {"n": 1})] * 2


def test_introspection_goes_through_it_as_well(run: Run) -> None:
    result = run(SDL, "{ __schema { queryType { name } } }", middleware=[shouting])

    assert result.data == {"__schema": {"queryType": {"name": "QUERY"}}}


def test_a_manager_wraps_each_resolver_once(run: Run) -> None:
    manager = MiddlewareManager(shouting)

    def resolver(_source: Any, _info: Any) -> str:
        return "x"

    assert manager.get_field_resolver(resolver) is manager.get_field_resolver(resolver)
    assert run(build_schema(SDL), "{ a }", {"a": "a"}, middleware=manager).data == {"a": "A"}


def test_anything_else_is_no_middleware() -> None:
    with pytest.raises(TypeError, match="5 is no middleware"):
        MiddlewareManager(5)
