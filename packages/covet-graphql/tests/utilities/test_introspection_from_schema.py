from typing import Any

from covet_graphql.type import GraphQLObjectType, GraphQLSchema, GraphQLString
from covet_graphql.utilities import build_schema, introspection_from_schema

SCHEMA = build_schema("""
    "All" schema { query: Query }
    type Query implements Node { id: ID!, any(old: Int @deprecated, new: [E!] = [A]): Any }
    interface Node { id: ID! }
    union Any = Query
    enum E { "a" A  B @deprecated(reason: "b") }
    input In @oneOf { a: Int, b: Int @deprecated }
    scalar Date @specifiedBy(url: "u")
    directive @d(a: Int = 1) repeatable on FIELD | ENUM
""")


def type_of(name: str, **options: bool) -> dict[str, Any]:
    types = introspection_from_schema(SCHEMA, **options)["__schema"]["types"]
    return next(type_ for type_ in types if type_["name"] == name)


def test_the_schema_tells_its_root_types() -> None:
    schema = introspection_from_schema(SCHEMA)["__schema"]

    assert [*schema] == [
        "description", "queryType", "mutationType", "subscriptionType", "types", "directives",
    ]  # fmt: skip
    assert schema["description"] == "All"
    assert schema["queryType"] == {"name": "Query", "kind": "OBJECT"}
    assert schema["mutationType"] is schema["subscriptionType"] is None
    assert [type_["name"] for type_ in schema["types"]] == [*SCHEMA.type_map]


def test_members_that_a_kind_does_not_have_are_null() -> None:
    assert type_of("Date") == {
        "kind": "SCALAR",
        "name": "Date",
        "description": None,
        "specifiedByURL": "u",
        "isOneOf": None,
        "fields": None,
        "inputFields": None,
        "interfaces": None,
        "enumValues": None,
        "possibleTypes": None,
    }


def test_objects_tell_fields_and_interfaces() -> None:
    query = type_of("Query")

    assert query["interfaces"] == [{"kind": "INTERFACE", "name": "Node", "ofType": None}]
    assert query["fields"][0] == {
        "name": "id",
        "description": None,
        "args": [],
        "type": {
            "kind": "NON_NULL",
            "name": None,
            "ofType": {"name": "ID", "kind": "SCALAR", "ofType": None},
        },
        "isDeprecated": False,
        "deprecationReason": None,
    }


def test_arguments_tell_defaults_and_deprecation() -> None:
    old, new = type_of("Query")["fields"][1]["args"]

    assert (old["isDeprecated"], old["deprecationReason"]) == (True, "No longer supported")
    assert old["defaultValue"] is None
    assert new["defaultValue"] == "[A]"


def test_deprecated_arguments_are_hidden_from_those_who_do_not_know_of_them() -> None:
    arguments = type_of("Query", input_value_deprecation=False)["fields"][1]["args"]

    assert [argument["name"] for argument in arguments] == ["new"]
    assert "isDeprecated" not in arguments[0]
    assert len(type_of("In", input_value_deprecation=False)["inputFields"]) == 1


def test_abstract_types_tell_possible_types() -> None:
    query = {"kind": "OBJECT", "name": "Query", "ofType": None}

    assert type_of("Node")["possibleTypes"] == type_of("Any")["possibleTypes"] == [query]
    assert type_of("Any")["interfaces"] is None
    assert type_of("Node")["interfaces"] == []


def test_enums_tell_values() -> None:
    assert type_of("E")["enumValues"] == [
        {"name": "A", "description": "a", "isDeprecated": False, "deprecationReason": None},
        {"name": "B", "description": None, "isDeprecated": True, "deprecationReason": "b"},
    ]


def test_input_objects_tell_whether_they_take_one_field() -> None:
    assert type_of("In")["isOneOf"] is True
    assert type_of("Query")["isOneOf"] is None


def test_directives_tell_where_they_stand() -> None:
    directive = introspection_from_schema(SCHEMA)["__schema"]["directives"][0]

    assert [*directive] == ["name", "description", "isRepeatable", "locations", "args"]
    assert directive["isRepeatable"] is True
    assert directive["locations"] == ["FIELD", "ENUM"]
    assert directive["args"][0]["defaultValue"] == "1"


def test_options_leave_out_what_is_not_asked_for() -> None:
    result = introspection_from_schema(
        SCHEMA, False, False, False, False, False, one_of=False
    )["__schema"]  # fmt: skip

    assert "description" not in str(result).replace("'description': {", "").split("__Schema")[0]
    assert "isRepeatable" not in result["directives"][0]
    assert not {"specifiedByURL", "isOneOf"} & {*type_of("E", specified_by_url=False, one_of=False)}


def test_types_are_followed_however_deep() -> None:
    depth = 3_000
    schema = build_schema(f"type Query {{ a: {'[' * depth}Int{']' * depth} }}")

    type_ = introspection_from_schema(schema)["__schema"]["types"][0]["fields"][0]["type"]

    for _ in range(depth):
        assert type_["kind"] == "LIST"
        type_ = type_["ofType"]
    assert type_ == {"name": "Int", "kind": "SCALAR", "ofType": None}


def test_subclasses_of_types_have_the_kind_of_what_they_extend() -> None:
    class Root(GraphQLObjectType):
        pass

    schema = GraphQLSchema(Root("Query", {"a": GraphQLString}))

    assert introspection_from_schema(schema)["__schema"]["types"][0]["kind"] == "OBJECT"
