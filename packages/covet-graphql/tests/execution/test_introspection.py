"""Introspection: made once, and the same as others make it."""

from typing import Any

import graphql as core
import pytest

from covet_graphql import parse
from covet_graphql.execution import execute_sync
from covet_graphql.utilities import (
    build_schema,
    get_introspection_query,
    introspection_from_schema,
)

SDL = '''
"""What there is"""
type Query { a(x: Int = 5, y: [In!]): [A!] @deprecated(reason: "old") i: I u: U }
type A implements I { id: ID! e: E }
type B { u: U }
interface I { id: ID! }
union U = A | B
enum E { RED GREEN @deprecated }
input In @oneOf { a: Int b: String }
scalar Date @specifiedBy(url: "https://example.org/date")
directive @mark(by: String = "me") repeatable on FIELD
'''


@pytest.mark.parametrize("tier", ["plan", "source"])
def test_agrees_with_graphql_core(tier: Any) -> None:
    source = core.get_introspection_query()
    expected = core.execute_sync(core.build_schema(SDL), core.parse(source)).data

    result = execute_sync(build_schema(SDL), parse(source), tier=tier)

    def by_name(data: Any) -> Any:
        data["__schema"]["types"].sort(key=lambda one: one["name"])
        data["__schema"]["directives"].sort(key=lambda one: one["name"])
        return data

    assert result.errors is None
    assert by_name(result.data)["__schema"].keys() == by_name(expected)["__schema"].keys()
    own = {one["name"]: one for one in result.data["__schema"]["types"]}
    for one in expected["__schema"]["types"]:
        if not one["name"].startswith("__"):
            assert own[one["name"]] == one


def test_agrees_with_the_direct_reader_of_schemas() -> None:
    schema = build_schema(SDL)

    source = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        one_of=True,
    )

    result = execute_sync(schema, parse(source))

    assert result.data == introspection_from_schema(schema)


@pytest.mark.parametrize("tier", ["plan", "source"])
def test_what_is_always_the_same_is_shared(tier: Any) -> None:
    schema, source = build_schema(SDL), parse('{ __type(name: "A") { fields { name } } a { id } }')

    first = execute_sync(schema, source, {"a": [{"id": 1}]}, tier=tier)
    again = execute_sync(schema, source, {"a": [{"id": 2}]}, tier=tier)

    assert first.data is not None
    assert again.data is not None
    assert first.data["__type"] is again.data["__type"]
    assert again.data["a"] == [{"id": "2"}]


@pytest.mark.parametrize("tier", ["plan", "source"])
def test_what_depends_on_variables_is_not(tier: Any) -> None:
    source = parse(
        "query ($n: String!, $d: Boolean) {"
        " __type(name: $n) { name }"
        ' q: __type(name: "Query") { fields(includeDeprecated: $d) { name } } }'
    )
    schema = build_schema(SDL)

    for name, deprecated, count in [("A", True, 3), ("Nope", False, 2), ("B", True, 3)]:
        result = execute_sync(
            schema, source, variable_values={"n": name, "d": deprecated}, tier=tier
        )
        assert result.data is not None
        assert result.data["__type"] == (None if name == "Nope" else {"name": name})
        assert len(result.data["q"]["fields"]) == count


def test_errors_in_it_are_told_each_time() -> None:
    schema, source = build_schema(SDL), parse("{ __type(name: 5) { name } }")

    for _ in range(3):
        result = execute_sync(schema, source)
        assert result.data == {"__type": None}
        assert [error.path for error in result.errors or ()] == [["__type"]]
