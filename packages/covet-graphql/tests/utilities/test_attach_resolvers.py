# ruff: noqa: E501 (one case a line)
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pytest

from covet_graphql.type import GraphQLScalarType, validate_schema
from covet_graphql.utilities import (
    ResolverMap,
    ResolverMapError,
    attach_resolvers,
    build_schema,
    print_schema,
)

TEXT = """
    type Query { user(id: ID!): User, node: Node, found: [Result!] color: Color }
    type Subscription { added: User }
    type User implements Node { id: ID!, name: String, color: Color, since: Date }
    type Bot implements Node { id: ID! }
    interface Node { id: ID! }
    union Result = User | Bot
    enum Color { RED GREEN }
    scalar Date
    input UserInput { name: String }
"""
SCHEMA = build_schema(TEXT)


class Color(Enum):
    RED = "#f00"
    GREEN = "#0f0"


def resolve(*_: object) -> str:
    return "resolved"


def other(*_: object) -> str:
    return "other"


def test_functions_stand_behind_fields() -> None:
    schema = attach_resolvers(SCHEMA, {"Query": {"user": resolve}, "User": {"name": other}})

    assert schema.query_type.fields["user"].resolve is resolve
    assert schema.type_map["User"].fields["name"].resolve is other
    assert schema.type_map["User"].fields["id"].resolve is None


def test_the_given_schema_stays_as_it_is() -> None:
    schema = attach_resolvers(SCHEMA, {"Query": {"user": resolve}})

    assert SCHEMA.query_type.fields["user"].resolve is None
    assert print_schema(schema) == print_schema(SCHEMA)
    assert validate_schema(schema) == []


def test_fields_of_subscriptions_have_a_source_too() -> None:
    schema = attach_resolvers(
        SCHEMA, {"Subscription": {"added": {"subscribe": resolve, "resolve": other}}}
    )

    added = schema.subscription_type.fields["added"]
    assert (added.subscribe, added.resolve) == (resolve, other)


@pytest.mark.parametrize("name", ["Node", "Result"])
@pytest.mark.parametrize("is_direct", [True, False])
def test_abstract_types_find_the_type_of_a_value(name: str, is_direct: bool) -> None:
    schema = attach_resolvers(SCHEMA, {name: resolve if is_direct else {"__resolve_type": resolve}})

    assert schema.type_map[name].resolve_type is resolve


def test_objects_know_their_values() -> None:
    schema = attach_resolvers(SCHEMA, {"User": {"__is_type_of": resolve, "name": other}})

    assert schema.type_map["User"].is_type_of is resolve


def test_enums_have_the_members_of_an_enum_as_values() -> None:
    color = attach_resolvers(SCHEMA, {"Color": Color}).type_map["Color"]

    assert color.coerce_output_value(Color.RED) == "RED"
    assert color.coerce_input_value("GREEN") is Color.GREEN
    assert color.values["RED"].ast_node is not None


def test_some_values_of_an_enum_may_be_given() -> None:
    color = attach_resolvers(SCHEMA, {"Color": {"RED": 1}}).type_map["Color"]

    assert color.coerce_output_value(1) == "RED"
    assert color.coerce_output_value("GREEN") == "GREEN"


def test_scalars_are_coerced_by_functions() -> None:
    date = attach_resolvers(
        SCHEMA, {"Date": {"serialize": lambda date: f"on {date}", "parse_value": str.upper}}
    ).type_map["Date"]

    assert date.coerce_output_value("d") == "on d"
    assert date.coerce_input_value("d") == "D"


def test_scalars_are_coerced_as_another_does_it() -> None:
    given = GraphQLScalarType("Any", coerce_output_value=str.lower, description="not taken")

    date = attach_resolvers(SCHEMA, {"Date": given}).type_map["Date"]

    assert (date.name, date.description) == ("Date", None)
    assert date.coerce_output_value("D") == "d"


def test_input_objects_become_objects_of_a_class() -> None:
    @dataclass
    class UserInput:
        fields: dict[str, Any]

    type_ = attach_resolvers(SCHEMA, {"UserInput": UserInput}).type_map["UserInput"]

    assert type_.out_type({"name": "n"}) == UserInput({"name": "n"})


def test_decorators_collect_what_a_mapping_lists() -> None:
    resolvers = ResolverMap()

    @resolvers.field("User.name")
    @resolvers.field("Query.user")
    def resolve_user(*_: object) -> str:
        return "user"

    @resolvers.subscription("Subscription.added")
    async def added(*_: object) -> Any:
        yield 1

    @resolvers.type_resolver("Node")
    def resolve_node(*_: object) -> str:
        return "User"

    @resolvers.is_type_of("User")
    def is_user(*_: object) -> bool:
        return True

    @resolvers.enum("Color")
    class Shade(Enum):
        RED = 1
        GREEN = 2

    @resolvers.input_object("UserInput")
    class UserInput(dict[str, Any]):
        pass

    resolvers.scalar("Date", serialize=str)

    schema = attach_resolvers(SCHEMA, resolvers)

    types = schema.type_map
    assert schema.query_type.fields["user"].resolve is resolve_user
    assert types["User"].fields["name"].resolve is resolve_user
    assert types["Subscription"].fields["added"].subscribe is added
    assert types["Node"].resolve_type is resolve_node
    assert types["User"].is_type_of is is_user
    assert types["Color"].coerce_input_value("RED") is Shade.RED
    assert types["UserInput"].out_type is UserInput
    assert types["Date"].coerce_output_value(1) == "1"


def test_several_maps_go_together() -> None:
    users, dates = ResolverMap(), ResolverMap()
    users.field("Query.user")(resolve)
    dates.scalar("Date", GraphQLScalarType("Any", serialize=str))

    schema = build_schema(TEXT, resolvers=[users, dates, {"User": {"name": other}}])

    assert schema.query_type.fields["user"].resolve is resolve
    assert schema.type_map["Date"].coerce_output_value(1) == "1"
    assert schema.type_map["User"].fields["name"].resolve is other


@pytest.mark.parametrize("coordinate", ["user", "Query.", ".user", "Query.user(id:)", "@tag"])
def test_decorators_for_fields_need_coordinates_of_fields(coordinate: str) -> None:
    with pytest.raises(ValueError, match="is no coordinate of a field") as caught:
        ResolverMap().field(coordinate)

    assert repr(coordinate) in str(caught.value)


def faults(resolvers: Any) -> tuple[str, ...]:
    with pytest.raises(ResolverMapError) as caught:
        attach_resolvers(SCHEMA, resolvers)
    return caught.value.faults


PLACE = f"{__file__}:{{}}"
HERE = f" (resolve, {PLACE.format(resolve.__code__.co_firstlineno)})"
THERE = f" (other, {PLACE.format(other.__code__.co_firstlineno)})"


@pytest.mark.parametrize(
    ("resolvers", "fault"),
    [
        ({"Usr": {"name": resolve}}, "'Usr' is no type of the schema. Did you mean 'User'?"),
        (
            {"User": {"nam": resolve}},
            f"'User.nam' is no field of the schema{HERE}. Did you mean 'User.name'?",
        ),
        ({"String": {"serialize": resolve}}, "'String' is built in and stays as it is."),
        ({"__Type": {"name": resolve}}, "'__Type' is built in and stays as it is."),
        ({"Query": resolve}, "'Query' is an object type, which takes a mapping of functions, not <function resolve>."),
        ({"Date": 5}, "'Date' is a scalar, which takes a mapping of functions, not 5."),
        ({"Date": {"serialise": resolve}}, f"'Date' is a scalar and has no 'serialise'{HERE}. Did you mean 'serialize'?"),
        ({"Date": {"serialize": 5}}, "'serialize' of 'Date' cannot be called: 5."),
        ({"Query": {"user": 5}}, "'resolve' of 'Query.user' cannot be called: 5."),
        ({"Query": {"user": {"resolver": resolve}}}, f"'Query.user' is a field and has no 'resolver'{HERE}. Did you mean 'resolve'?"),
        ({"Query": {"__resolve_type": resolve}}, f"'Query' is an object type and has no 'resolve_type'{HERE}."),
        ({"Node": {"id": resolve}}, f"'Node.id' is no field of an object type, but of an interface{HERE}. Resolve it in the object types that implement the interface."),
        ({"Result": {"id": resolve}}, f"'Result.id' is no field of an object type, but of a union{HERE}."),
        ({"Node": 5}, "'resolve_type' of 'Node' cannot be called: 5."),
        ({"Color": 5}, "'Color' takes an Enum or a mapping of names, not 5."),
        ({"Color": {"BLUE": 1, "PINK": 2}}, "'Color' has no 'BLUE' and 'PINK' in the schema."),
        ({"UserInput": 5}, "'out_type' of 'UserInput' cannot be called: 5."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(resolvers: Any, fault: str) -> None:
    assert faults(resolvers) == (fault,)


def test_enums_of_python_must_have_all_values_and_no_others() -> None:
    class Few(Enum):
        RED = 1

    class Many(Enum):
        RED = 1
        GREEN = 2
        BLUE = 3

    assert faults({"Color": Few})[0].startswith("'Color' lacks 'GREEN' in Python (Few, ")
    assert faults({"Color": Many})[0].startswith("'Color' has no 'BLUE' in the schema (Many, ")


def test_a_field_has_one_resolver() -> None:
    resolvers = ResolverMap()
    resolvers.field("Query.user")(resolve)

    assert faults([resolvers, {"Query": {"user": other}}]) == (
        f"'resolve' of 'Query.user' is given twice{HERE}{THERE}.",
    )


def test_all_faults_are_told_at_once() -> None:
    resolvers = ResolverMap()
    resolvers.field("Usr.name")(resolve)
    resolvers.field("User.nam")(other)

    with pytest.raises(ResolverMapError) as caught:
        build_schema(TEXT, resolvers=[resolvers, {"Color": 5}])

    assert str(caught.value) == (
        "Resolvers do not fit the schema: 3 at fault.\n"
        f"- 'Usr' is no type of the schema{HERE}. Did you mean 'User'?\n"
        f"- 'User.nam' is no field of the schema{THERE}. Did you mean 'User.name'?\n"
        "- 'Color' takes an Enum or a mapping of names, not 5."
    )


@pytest.mark.parametrize("function", [len, str.upper, type("Called", (), {"__call__": resolve})()])
def test_functions_that_have_no_place_are_told_without(function: Callable[..., Any]) -> None:
    assert faults({"Query": {"usr": function}}) == (
        "'Query.usr' is no field of the schema. Did you mean 'Query.user'?",
    )
