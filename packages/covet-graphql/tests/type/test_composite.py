"""Objects, interfaces and unions."""

import copy
import pickle
from typing import Any

import pytest

from covet_graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLString,
    GraphQLUnionType,
    ObjectTypeDefinitionNode,
    parse,
)

WITH_FIELDS: list[Any] = [GraphQLObjectType, GraphQLInterfaceType]


@pytest.mark.parametrize("make", WITH_FIELDS)
def test_a_type_will_do_for_a_field(make: Any) -> None:
    given = GraphQLField(GraphQLInt)

    type_ = make("T", {"a": given, "b": GraphQLString})

    assert type_.fields == {"a": given, "b": GraphQLField(GraphQLString)}
    assert type_.fields is type_.fields


@pytest.mark.parametrize("make", WITH_FIELDS)
def test_functions_make_cycles_possible(make: Any) -> None:
    node = GraphQLInterfaceType("Node", lambda: {"self": node})
    person = make("Person", lambda: {"friends": GraphQLList(person)}, lambda: [node])

    assert person.fields["friends"].type.of_type is person
    assert person.interfaces == (node,)
    assert node.fields["self"].type is node


@pytest.mark.parametrize("make", WITH_FIELDS)
def test_functions_are_called_once_and_then_forgotten(make: Any) -> None:
    calls: list[str] = []

    def fields() -> dict[str, Any]:
        calls.append("fields")
        return {"a": GraphQLInt}

    type_ = make("T", fields)

    assert (calls, list(type_.fields), list(type_.fields)) == (["fields"], ["a"], ["a"])
    assert calls == ["fields"]
    assert fields not in vars(type_).values()


@pytest.mark.parametrize("make", WITH_FIELDS)
@pytest.mark.parametrize(
    ("fields", "error", "message"),
    [
        (None, TypeError, "T fields must be a mapping with names as keys.*, not None."),
        (lambda: ["a"], TypeError, r"T fields must be a mapping.*, not \['a'\]."),
        ({"a": 5}, TypeError, "Expected 5 to be a GraphQL type."),
        ({"a b": GraphQLInt}, GraphQLError, "Names must only contain"),
        (lambda: missing, TypeError, "T fields cannot be resolved. name 'missing' is not defined"),  # type: ignore[name-defined] # noqa: F821
    ],
)
def test_fields_are_a_mapping_from_names(make: Any, fields: Any, error: Any, message: str) -> None:
    type_ = make("T", fields)

    with pytest.raises(error, match=message):
        type_.fields  # noqa: B018


def test_a_graphql_error_of_a_function_stays_one() -> None:
    def fields() -> Any:
        raise GraphQLError("No fields today.")

    type_ = GraphQLObjectType("T", fields)

    with pytest.raises(GraphQLError, match=r"T fields cannot be resolved\. No fields today\."):
        type_.fields  # noqa: B018


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda given: GraphQLObjectType("T", {}, given), "interfaces"),
        (lambda given: GraphQLInterfaceType("T", {}, given), "interfaces"),
        (lambda given: GraphQLUnionType("T", given), "types"),
    ],
    ids=["object", "interface", "union"],
)
@pytest.mark.parametrize("given", [5, "Node", {"a": 1}, lambda: 5])
def test_listed_types_are_a_list(make: Any, part: str, given: Any) -> None:
    with pytest.raises(TypeError, match=f"T {part} must be a list of types"):
        getattr(make(given), part)


def test_a_union_lists_its_types() -> None:
    one = GraphQLObjectType("One", {"a": GraphQLInt})
    two = GraphQLObjectType("Two", {"a": GraphQLInt})

    assert GraphQLUnionType("U", [one, two]).types == (one, two)
    assert GraphQLUnionType("U", lambda: (two,)).types == (two,)


def test_definitions_refer_to_types_in_their_order() -> None:
    node = GraphQLInterfaceType("Node", {"a": GraphQLInt})
    inputs = GraphQLInputObjectType("In", {"a": GraphQLInt, "b": GraphQLString})
    thing = GraphQLObjectType(
        "Thing", {"a": GraphQLField(GraphQLInt, {"x": inputs}), "b": GraphQLString}, [node]
    )

    assert list(thing.referenced_types()) == [node, GraphQLInt, inputs, GraphQLString]
    assert list(inputs.referenced_types()) == [GraphQLInt, GraphQLString]
    assert list(GraphQLUnionType("U", [thing]).referenced_types()) == [thing]


@pytest.mark.parametrize(
    "type_",
    [
        GraphQLObjectType(
            "T", {"a": GraphQLInt}, [GraphQLInterfaceType("I", {})], is_type_of=lambda *_: True
        ),
        GraphQLInterfaceType("T", {"a": GraphQLInt}, resolve_type=lambda *_: "T"),
        GraphQLUnionType("T", [GraphQLObjectType("O", {})], lambda *_: "O"),
        GraphQLNamedType("T", "Described.", {"a": 1}),
    ],
    ids=lambda type_: type(type_).__name__,
)
def test_arguments_make_an_equal_type(type_: GraphQLNamedType) -> None:
    same = copy.copy(type_)

    assert same is not type_
    assert same.to_kwargs() == type_.to_kwargs()


def test_types_keep_where_they_were_read() -> None:
    definition, extension = parse("type T { a: Int } extend type T { b: Int }").definitions
    assert isinstance(definition, ObjectTypeDefinitionNode)

    type_ = GraphQLObjectType("T", {}, ast_node=definition, extension_ast_nodes=[extension])  # type: ignore[list-item]

    assert (type_.ast_node, type_.extension_ast_nodes) == (definition, (extension,))


def test_cyclic_types_are_copied_whole_and_pickled() -> None:
    person = GraphQLObjectType("Person", lambda: {"friend": person, "name": GraphQLString})
    assert list(person.fields) == ["friend", "name"]

    for other in (copy.deepcopy(person), pickle.loads(pickle.dumps(person))):  # noqa: S301
        assert other is not person
        assert other.fields["friend"].type is other
        assert other.fields["name"].type is GraphQLString


def test_a_definition_prints_its_body_and_names_what_it_refers_to() -> None:
    node = GraphQLInterfaceType("Node", {"id": GraphQLInt}, description="By number.")
    person = GraphQLObjectType("Person", lambda: {"id": GraphQLInt, "friend": person}, [node])
    someone = GraphQLUnionType("Someone", [person])

    assert person.to_schema_string() == (
        "type Person implements Node {\n  id: Int\n  friend: Person\n}"
    )
    assert node.to_schema_string() == '"""By number."""\ninterface Node {\n  id: Int\n}'
    assert someone.to_schema_string() == "union Someone = Person"
    assert GraphQLList(person).to_schema_string() == "[Person]"
