"""Schemas: which types they have, and how those relate."""

import copy
import weakref
from typing import Any

import pytest

from covet_graphql import (
    GraphQLDirective,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    OperationType,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    parse,
    specified_directives,
)

NODE = GraphQLInterfaceType("Node", {"id": GraphQLInt})
NAMED = GraphQLInterfaceType("Named", {"id": GraphQLInt}, [NODE])
DOG = GraphQLObjectType("Dog", {"id": GraphQLInt}, lambda: [NAMED, NODE])
CAT = GraphQLObjectType("Cat", {"id": GraphQLInt}, [NODE])
PET = GraphQLUnionType("Pet", [CAT, DOG])
ROCK = GraphQLObjectType("Rock", {"id": GraphQLInt})
QUERY = GraphQLObjectType("Query", {"node": NODE, "pet": PET, "rock": ROCK})


@pytest.fixture
def schema() -> GraphQLSchema:
    return GraphQLSchema(QUERY)


def own_types(schema: GraphQLSchema) -> list[str]:
    return [name for name in schema.type_map if not name.startswith("__")]


def test_types_are_found_through_fields_arguments_interfaces_and_unions(
    schema: GraphQLSchema,
) -> None:
    assert own_types(schema) == [
        "Query", "Node", "Int", "Pet", "Cat", "Dog", "Named", "Rock", "Boolean", "String",
    ]  # fmt: skip
    assert schema.get_type("Dog") is DOG
    assert schema.get_type("Wolf") is None


def test_types_of_arguments_inputs_and_directives_are_found() -> None:
    inner = GraphQLInputObjectType("Inner", {"a": GraphQLScalarType("A")})
    outer = GraphQLInputObjectType("Outer", {"inner": GraphQLList(GraphQLNonNull(inner))})
    used = GraphQLDirective("used", ["FIELD"], {"x": GraphQLScalarType("X")})

    schema = GraphQLSchema(
        GraphQLObjectType("Query", {"a": GraphQLField(GraphQLInt, {"outer": outer})}),
        directives=[used],
    )

    assert own_types(schema) == [
        "Query", "Int", "Outer", "Inner", "A", "X", "String", "Boolean",
    ]  # fmt: skip


def test_given_types_keep_their_order() -> None:
    schema = GraphQLSchema(QUERY, types=[DOG, QUERY, CAT, DOG])

    assert own_types(schema)[:4] == ["Dog", "Named", "Node", "Int"]
    assert own_types(schema)[4:] == ["Query", "Pet", "Rock", "Cat", "Boolean", "String"]


def test_chains_of_types_may_be_longer_than_the_stack() -> None:
    type_: Any = GraphQLString
    for number in range(5_000):
        type_ = GraphQLObjectType(f"T{number}", {"next": type_})

    assert len(GraphQLSchema(type_).type_map) > 5_000


def test_names_are_unique() -> None:
    other = GraphQLObjectType("Query", {"a": GraphQLObjectType("Rock", {"a": GraphQLInt})})
    message = "Schema must contain uniquely named types but contains multiple types named 'Rock'"

    with pytest.raises(TypeError, match=message):
        GraphQLSchema(other, types=[ROCK])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"query": 5}, "Expected 5 to be a GraphQL named type"),
        ({"types": ["Query"]}, "Expected 'Query' to be a GraphQL named type"),
        ({"directives": ["skip"]}, "Expected 'skip' to be a GraphQL directive"),
    ],
)
def test_schemas_are_of_types_and_directives(arguments: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        GraphQLSchema(**arguments)


def test_functions_for_fields_are_called_at_once() -> None:
    def fields() -> Any:
        raise LookupError("not there")

    with pytest.raises(TypeError, match="Query fields cannot be resolved. not there"):  # noqa: RUF043
        GraphQLSchema(GraphQLObjectType("Query", fields))


def test_operations_begin_with_their_types() -> None:
    mutation = GraphQLObjectType("M", {"a": GraphQLInt})
    subscription = GraphQLObjectType("S", {"a": GraphQLInt})
    schema = GraphQLSchema(QUERY, mutation, subscription)

    roots = [schema.get_root_type(operation) for operation in OperationType]

    assert roots == [QUERY, mutation, subscription]
    assert GraphQLSchema(QUERY).get_root_type(OperationType.MUTATION) is None


def test_abstract_types_know_their_objects(schema: GraphQLSchema) -> None:
    assert list(schema.get_possible_types(PET)) == [CAT, DOG]
    assert list(schema.get_possible_types(NODE)) == [CAT, DOG]
    assert schema.get_implementations(NODE) == ([CAT, DOG], [NAMED])
    assert schema.get_implementations(GraphQLInterfaceType("Lonely", {})) == ([], [])


@pytest.mark.parametrize(
    ("abstract", "members"), [(PET, {CAT, DOG}), (NODE, {CAT, DOG, NAMED}), (NAMED, {DOG})]
)
def test_sub_types_are_members_and_implementers(
    schema: GraphQLSchema, abstract: Any, members: set[Any]
) -> None:
    for type_ in (CAT, DOG, NAMED, NODE, ROCK, PET):
        assert schema.is_sub_type(abstract, type_) is (type_ in members)
        assert schema.is_sub_type(abstract, type_) is (type_ in members)  # remembered


def test_directives_are_the_built_in_ones_unless_given(schema: GraphQLSchema) -> None:
    mine = GraphQLDirective("mine", ["FIELD"])

    assert schema.directives == specified_directives
    assert schema.get_directive("skip") is specified_directives[1]
    assert GraphQLSchema(QUERY, directives=[mine]).get_directive("mine") is mine
    assert GraphQLSchema(QUERY, directives=[mine]).get_directive("skip") is None


def test_fields_of_introspection_are_where_they_belong(schema: GraphQLSchema) -> None:
    for type_ in (QUERY, DOG, NODE, PET):
        assert schema.get_field(type_, "__typename") is TypeNameMetaFieldDef
    assert schema.get_field(QUERY, "__schema") is SchemaMetaFieldDef
    assert schema.get_field(QUERY, "__type") is TypeMetaFieldDef
    assert schema.get_field(DOG, "__schema") is schema.get_field(DOG, "__type") is None
    assert schema.get_field(QUERY, "__other") is None
    assert schema.get_field(DOG, "id") is DOG.fields["id"]
    assert schema.get_field(DOG, "name") is schema.get_field(PET, "id") is None


def test_arguments_make_an_equal_schema() -> None:
    definition, extension = parse("schema { query: Query } extend schema @a").definitions
    arguments: dict[str, Any] = {
        "query": QUERY,
        "description": "All.",
        "extensions": {"a": 1},
        "ast_node": definition,
        "extension_ast_nodes": (extension,),
    }

    schema = GraphQLSchema(**arguments)

    assert schema.to_kwargs().items() >= arguments.items()
    assert copy.copy(schema).to_kwargs() == schema.to_kwargs()
    assert not schema.to_kwargs()["assume_valid"]


def test_schemas_are_copied_whole(schema: GraphQLSchema) -> None:
    other = copy.deepcopy(schema)

    assert list(other.type_map) == list(schema.type_map)
    assert other.get_type("Dog") is not DOG
    assert other.get_type("Int") is GraphQLInt
    assert other.is_sub_type(other.type_map["Node"], other.type_map["Dog"])  # type: ignore[arg-type]


def test_schemas_may_be_referred_to_weakly(schema: GraphQLSchema) -> None:
    assert weakref.ref(schema)() is schema


def test_a_schema_prints_its_definitions_each_once(schema: GraphQLSchema) -> None:
    text = schema.to_schema_string()

    assert text.startswith("type Query {\n  node: Node\n  pet: Pet\n  rock: Rock\n}\n\n")
    assert text.count("type Dog implements Named & Node {") == 1
    assert "scalar" not in text
