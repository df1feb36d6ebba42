"""Executing documents: resolvers, infos and options."""

from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql import GraphQLError, parse
from covet_graphql.execution import (
    ExecutionResult,
    default_field_resolver,
    default_type_resolver,
    execute,
    execute_sync,
    mask_unexpected_errors,
)
from covet_graphql.type import GraphQLResolveInfo, GraphQLSchema
from covet_graphql.utilities import build_schema

Run = Callable[..., ExecutionResult]

SDL = """
type Query { a(n: Int, l: [Int]): String c: C i: I u: U }
type C implements I { x: Int! c: C }
type D implements I { x: Int! }
interface I { x: Int! }
union U = C | D
"""


def schema_with(**resolvers: Callable[..., Any]) -> GraphQLSchema:
    schema = build_schema(SDL)
    assert schema.query_type is not None
    for name, resolve in resolvers.items():
        schema.query_type.fields[name].resolve = resolve
    return schema


def test_resolvers_are_told_about_their_field(run: Run) -> None:
    infos: list[GraphQLResolveInfo[Any]] = []

    def resolve(source: Any, info: GraphQLResolveInfo[Any], n: int) -> str:
        assert source is root
        infos.append(info)
        return str(n)

    schema = schema_with(a=resolve)
    root = {"root": 1}
    source = "query ($v: Int = 3) { z: a(n: $v) ...F } fragment F on Query { z: a(n: $v) }"
    run(schema, source, root, context_value="context")

    assert len(infos) == 2
    for info in infos:
        assert isinstance(info, GraphQLResolveInfo)
        assert info.field_name == "a"
        assert [node.alias and node.alias.value for node in info.field_nodes] == ["z", "z"]
        assert str(info.return_type) == "String"
        assert info.parent_type is schema.query_type
        assert info.path.as_list() == ["z"]
        assert info.schema is schema
        assert list(info.fragments) == ["F"]
        assert info.root_value is root
        assert info.operation.operation.value == "query"
        assert info.variable_values == {"v": 3}
        assert info.variable_values.coerced == {"v": 3}
        assert info.context == "context"
        assert info.is_awaitable("x") is False


def test_paths_lead_through_lists_and_objects(run: Run) -> None:
    schema = build_schema("type Query { l: [[N]] } type N { x: Int n: N }")
    schema.type_map["N"].fields["x"].resolve = (  # type: ignore[attr-defined]
        lambda _source, info: paths.append((info.path.as_list(), info.path.typename))
    )
    paths: list[Any] = []

    run(schema, "{ l { n { x } } }", {"l": [[None, {"n": {}}]]})

    assert paths == [(["l", 0, 1, "n", "x"], "N")] * 2


def test_a_field_resolver_of_ones_own(run: Run) -> None:
    def resolve(source: Any, info: Any, **_arguments: Any) -> Any:
        return 5 if info.field_name == "x" else {"value": source}

    result = run(SDL, "{ c { x c { x } } }", field_resolver=resolve)

    assert result.data == {"c": {"x": 5, "c": {"x": 5}}}


def test_a_type_resolver_of_ones_own(run: Run) -> None:
    def resolve(value: Any, _info: Any, type_: Any) -> str:
        assert str(type_) in ("I", "U")
        return str(value["kind"])

    root = {"i": {"kind": "C", "x": 1}, "u": {"kind": "D", "x": 2}}

    result = run(SDL, "{ i { __typename x } u { ... on D { x } } }", root, type_resolver=resolve)

    assert result.data == {"i": {"__typename": "C", "x": 1}, "u": {"x": 2}}


def test_resolve_type_and_is_type_of(run: Run) -> None:
    schema = build_schema(SDL)
    types: Any = schema.type_map
    types["I"].resolve_type = lambda value, _info, _type: value["kind"]
    types["C"].is_type_of = lambda value, _info: value["kind"] == "C"
    types["D"].is_type_of = lambda value, _info: value["kind"] == "D"
    root: Any = {"i": {"kind": "C", "x": 1}, "u": {"kind": "D", "x": 2}, "c": {"kind": "D"}}

    result = run(schema, "{ i { x } u { __typename } c { x } }", root)

    assert result.data == {"i": {"x": 1}, "u": {"__typename": "D"}, "c": None}
    assert [error.message for error in result.errors or ()] == [
        "Expected value of type 'C' but got: {'kind': 'D'}."
    ]


@pytest.mark.parametrize("answer", [5, GraphQLError])
def test_resolve_type_returns_a_name(run: Run, answer: Any) -> None:
    schema = build_schema(SDL)
    schema.type_map["I"].resolve_type = lambda *_: answer  # type: ignore[attr-defined]

    result = run(schema, "{ i { x } }", {"i": {}})

    assert result.data == {"i": None}
    assert result.errors is not None
    assert "which is not a valid Object type name." in result.errors[0].message


def test_unknown_fields_and_fragments_are_left_out(run: Run) -> None:
    source = "{ nope ...G ...F c { x nope } } fragment F on Nope { a }"

    assert run(SDL, source, {"c": {"x": 1}}).data == {"c": {"x": 1}}


def test_errors_of_the_machine_are_errors_of_the_field(run: Run) -> None:
    def endless(source: Any, info: Any) -> Any:
        return endless(source, info)

    result = run(schema_with(c=endless), "{ c { x } }")

    assert result.data == {"c": None}
    assert result.errors is not None
    assert isinstance(result.errors[0].original_error, RecursionError)


def test_what_is_no_error_is_not_caught() -> None:
    def stop(_source: Any, _info: Any) -> None:
        raise KeyboardInterrupt

    for tier in ("plan", "source"):
        with pytest.raises(KeyboardInterrupt):
            execute(schema_with(a=stop), parse("{ a }"), tier=tier)  # type: ignore[arg-type]


def test_an_invalid_schema_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Query root type must be provided\."):
        execute(GraphQLSchema(), parse("{ a }"))


def test_suggestions_can_be_hidden(run: Run) -> None:
    schema = "enum E { RED } type Query { a(e: E): Int }"
    source = "query ($e: E) { a(e: $e) }"

    shown = run(schema, source, variable_values={"e": "RAD"})
    hidden = run(schema, source, variable_values={"e": "RAD"}, hide_suggestions=True)

    assert shown.errors is not None
    assert hidden.errors is not None
    assert "Did you mean" in shown.errors[0].message
    assert "Did you mean" not in hidden.errors[0].message


def test_only_so_many_coercion_errors_are_told(run: Run) -> None:
    result = run(
        "type Query { a(l: [Int]): Int }",
        "query ($l: [Int]) { a(l: $l) }",
        variable_values={"l": ["x"] * 9},
        max_coercion_errors=3,
    )

    assert result.errors is not None
    assert len(result.errors) == 4
    assert result.errors[3].message == (
        "Too many errors processing variables, error limit reached. Execution aborted."
    )


def test_errors_can_be_masked(run: Run) -> None:
    def fail(_source: Any, _info: Any) -> None:
        raise ValueError("secret")

    def tell(_source: Any, _info: Any) -> None:
        raise GraphQLError("for you", extensions={"code": "X"})

    schema = schema_with(a=fail, c=tell)
    result = run(schema, "{ a c { x } }", mask_error=mask_unexpected_errors)

    assert result.formatted["errors"] == [
        {
            "message": "Unexpected error.",
            "locations": [{"line": 1, "column": 3}],
            "path": ["a"],
        },
        {
            "message": "for you",
            "locations": [{"line": 1, "column": 5}],
            "path": ["c"],
            "extensions": {"code": "X"},
        },
    ]
    refused = run(SDL, "query A { a }", operation_name="B", mask_error=mask_unexpected_errors)
    assert refused.errors is not None
    assert refused.errors[0].message == "Unknown operation named 'B'."


def test_execute_sync_returns_the_result_at_once() -> None:
    schema = build_schema(SDL)

    assert execute_sync(schema, parse("{ a }"), {"a": "x"}) == ({"a": "x"}, None)
    assert execute_sync(schema, parse("query A { a }"), operation_name="B").data is None
    failed = execute_sync(
        schema, parse("query ($v: Int!) { a(n: $v) }"), mask_error=lambda error: error
    )
    assert failed.data is None


# --- Default resolvers


class Private:
    __typename = "C"


class PrivateBelow(Private):
    pass


def test_default_resolvers_can_be_called(run: Run) -> None:
    schema = schema_with(
        a=lambda source, info, **args: default_field_resolver(source, info, **args)
    )
    called = {"a": lambda _info, **arguments: repr(arguments)}

    assert run(schema, "{ a(n: 1) }", called).data == {"a": "{'n': 1}"}
    assert run(schema, "{ a }", {"a": "x"}).data == {"a": "x"}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"__typename": "C"}, "C"),
        (Private(), "C"),
        (PrivateBelow(), "C"),
        ({}, None),
        (object(), None),
        ({"__typename": 5}, None),
    ],
)
def test_type_names_are_found_in_values(value: Any, name: str | None) -> None:
    schema = build_schema(SDL)
    found: list[Any] = []

    def resolve(value: Any, info: Any, type_: Any) -> Any:
        found.append(default_type_resolver(value, info, type_))

    execute_sync(schema, parse("{ u { __typename } }"), {"u": value}, type_resolver=resolve)

    assert found == [name]


def test_a_type_name_that_a_value_has_as_an_attribute(run: Run) -> None:
    value = type("Value", (), {})()
    setattr(value, "__typename", "D")

    assert run(SDL, "{ u { __typename } }", {"u": value}).data == {"u": {"__typename": "D"}}
