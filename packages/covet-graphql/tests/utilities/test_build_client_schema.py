import copy
from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql import GraphQLError
from covet_graphql.type import validate_schema
from covet_graphql.utilities import (
    IntrospectionQuery,
    build_client_schema,
    build_schema,
    introspection_from_schema,
    print_schema,
)

TEXT = '''"""All"""
schema {
  query: Root
  mutation: Change
  subscription: Events
}

"""Where it stands"""
directive @d(a: Int! = 1, b: In) repeatable on FIELD | OBJECT

"""Begin"""
type Root implements Node & Named {
  id: ID!

  """Name"""
  name(upper: Boolean = false, old: Int @deprecated): String
  any: [[Any!]!] @deprecated(reason: "x")
}

type Change {
  a(in: In): Float
}

type Events {
  a: E
}

interface Node {
  id: ID!
}

interface Named implements Node {
  id: ID!
  name: String
}

union Any = Root | Change

enum E {
  """a"""
  A
  B @deprecated
}

input In @oneOf {
  a: Int
  b: String @deprecated
}

input Other {
  text: String = "a\\nb"
  list: [E!] = [A, B]
  in: In = { a: 1 }
}

scalar Date @specifiedBy(url: "u")'''
SCHEMA = build_schema(TEXT)
INTROSPECTION = introspection_from_schema(SCHEMA)


def test_the_schema_is_the_one_that_was_introspected() -> None:
    client = build_client_schema(INTROSPECTION)

    assert print_schema(client) == TEXT
    assert validate_schema(client) == []
    assert introspection_from_schema(client) == INTROSPECTION


def test_built_in_types_are_the_built_in_ones() -> None:
    client = build_client_schema(INTROSPECTION)

    assert client.type_map["String"] is SCHEMA.type_map["String"]
    assert client.type_map["__Type"] is SCHEMA.type_map["__Type"]


def test_enums_have_their_names_as_values() -> None:
    client = build_client_schema(INTROSPECTION)

    assert client.type_map["E"].coerce_output_value("A") == "A"


def test_less_than_all_may_be_introspected() -> None:
    introspection = introspection_from_schema(
        SCHEMA, False, False, False, False, False, one_of=False
    )  # fmt: skip
    for type_ in introspection["__schema"]["types"]:
        if type_["kind"] == "INTERFACE":
            del type_["interfaces"]  # as services of before 2020 answer
    del introspection["__schema"]["directives"]

    client = build_client_schema(introspection)

    assert client.description is None
    assert client.directives == ()
    assert client.type_map["Root"].interfaces[0] is client.type_map["Node"]
    assert not client.type_map["In"].is_one_of


def test_a_schema_may_be_taken_as_valid() -> None:
    assert build_client_schema(INTROSPECTION).validation_errors is None
    assert build_client_schema(INTROSPECTION, assume_valid=True).validation_errors == []


def part(schema: dict[str, Any], name: str) -> dict[str, Any]:
    return next(type_ for type_ in schema["types"] if type_["name"] == name)


def changed(change: Callable[[dict[str, Any]], object]) -> IntrospectionQuery:
    introspection = copy.deepcopy(INTROSPECTION)
    change(introspection["__schema"])
    return introspection


@pytest.mark.parametrize("data", [None, {}, {"__schema": None}, [], "x", {"data": INTROSPECTION}])
def test_what_is_no_introspection_result_is_refused(data: Any) -> None:
    with pytest.raises(
        TypeError, match="passing the 'data' attribute of an introspection response"
    ):
        build_client_schema(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.pop("types"), "Introspection result missing types: "),
        (lambda s: s["types"].remove(part(s, "Root")), "unknown type: Root."),
        (
            lambda s: s["types"].remove(part(s, "E")),
            "Events fields cannot be resolved. Invalid or incomplete schema, unknown type: E.",
        ),
        (lambda s: part(s, "Root").pop("kind"), "Invalid or incomplete introspection result."),
        (lambda s: part(s, "Root").update(kind="FOO"), "incomplete introspection result."),
        (lambda s: part(s, "Root").pop("name"), "Introspection result missing type name: "),
        (
            lambda s: part(s, "Root").pop("fields"),
            "Root fields cannot be resolved. Introspection result missing fields: ",
        ),
        (lambda s: part(s, "Root").update(interfaces=None), "result missing interfaces: "),
        (lambda s: part(s, "Root")["fields"][0].pop("args"), "result missing field args: "),
        (lambda s: part(s, "Root")["fields"][0].pop("type"), "result missing field type: "),
        (lambda s: part(s, "Any").pop("possibleTypes"), "result missing possibleTypes: "),
        (lambda s: part(s, "E").pop("enumValues"), "result missing enumValues: "),
        (lambda s: part(s, "In").pop("inputFields"), "result missing inputFields: "),
        (lambda s: s["directives"][0].pop("args"), "result missing directive args: "),
        (lambda s: s["directives"][0].pop("locations"), "result missing directive locations: "),
        (
            lambda s: part(s, "Root")["fields"][2]["type"]["ofType"].pop("ofType"),
            "Root fields cannot be resolved. Decorated type deeper than introspection query.",
        ),
        (
            lambda s: part(s, "Root")["fields"][0].update(type={"kind": "OBJECT"}),
            "Root fields cannot be resolved. Unknown type reference: {'kind': 'OBJECT'}.",
        ),
        (
            lambda s: part(s, "Root")["fields"][0].update(type={"kind": "ENUM", "name": "In"}),
            "Introspection must provide output type for fields, but received: In.",
        ),
        (
            lambda s: part(s, "In")["inputFields"][0].update(type={"kind": "ENUM", "name": "Root"}),
            "Introspection must provide input type for input fields, but received: Root.",
        ),
        (
            lambda s: part(s, "Change")["fields"][0]["args"][0].update(type={"name": "Any"}),
            "Introspection must provide input type for arguments, but received: Any.",
        ),
        (
            lambda s: part(s, "Root").update(interfaces=[{"kind": "OBJECT", "name": "Change"}]),
            "Expected Change to be a GraphQL Interface type.",
        ),
        (
            lambda s: part(s, "Any").update(possibleTypes=[{"kind": "OBJECT", "name": "Node"}]),
            "Expected Node to be a GraphQL Object type.",
        ),
        (
            lambda s: s.update(queryType={"kind": "OBJECT", "name": "E"}),
            "Expected E to be a GraphQL Object type.",
        ),
    ],
)
def test_incomplete_results_are_refused(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(TypeError) as caught:
        build_client_schema(changed(change))

    assert message in str(caught.value)


def test_defaults_must_be_values() -> None:
    broken = changed(
        lambda s: part(s, "Other")["inputFields"][0].update(defaultValue="{")
    )  # fmt: skip

    with pytest.raises(GraphQLError, match=r"Other fields cannot be resolved\. Syntax Error: "):
        build_client_schema(broken)


def test_types_are_followed_however_deep() -> None:
    depth = 3_000
    schema = build_schema(f"type Query {{ a: {'[' * depth}Int{']' * depth} }}")

    client = build_client_schema(introspection_from_schema(schema))

    assert str(client.query_type.fields["a"].type) == f"{'[' * depth}Int{']' * depth}"
