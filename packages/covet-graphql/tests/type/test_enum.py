"""Enum types: from names in documents to what resolvers have, and back."""

import copy
from enum import Enum
from typing import Any

import pytest

from covet_graphql import (
    EnumTypeDefinitionNode,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLError,
    Undefined,
    parse,
    parse_value,
    print_ast,
)


class Episode(Enum):
    """Films."""

    NEW_HOPE = 4
    EMPIRE = 5
    AGAIN = 5  # an alias of EMPIRE


@pytest.fixture
def colour() -> GraphQLEnumType:
    return GraphQLEnumType("Colour", {"RED": 0, "GREEN": "g", "BLUE": None, "LIST": [1, 2]})


@pytest.mark.parametrize(
    ("value", "name"), [(0, "RED"), ("g", "GREEN"), ("BLUE", "BLUE"), ([1, 2], "LIST")]
)
def test_what_resolvers_give_becomes_a_name(colour: GraphQLEnumType, value: Any, name: str) -> None:
    assert colour.coerce_output_value(value) == colour.serialize(value) == name


@pytest.mark.parametrize("value", ["RED", None, 7, [3], {}, Undefined, Episode.EMPIRE])
def test_other_values_are_refused(colour: GraphQLEnumType, value: Any) -> None:
    with pytest.raises(GraphQLError, match="Enum 'Colour' cannot represent value: "):
        colour.coerce_output_value(value)


def test_names_become_what_resolvers_get(colour: GraphQLEnumType) -> None:
    names = ["RED", "GREEN", "BLUE"]

    assert [colour.coerce_input_value(name) for name in names] == [0, "g", None]
    assert [colour.parse_value(name) for name in names] == [0, "g", None]
    assert [colour.coerce_input_literal(parse_value(name)) for name in names] == [0, "g", None]
    assert [colour.parse_literal(parse_value(name), {}) for name in names] == [0, "g", None]


def test_of_two_names_for_one_value_the_first_counts() -> None:
    both = GraphQLEnumType("Both", {"A": 1, "B": 1})

    assert both.coerce_output_value(1) == "A"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("REDD", "Value 'REDD' does not exist in 'Colour' enum."),
        (0, "Enum 'Colour' cannot represent non-string value: 0."),
    ],
)
def test_other_inputs_are_refused(colour: GraphQLEnumType, value: Any, message: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        colour.coerce_input_value(value, hide_suggestions=True)
    assert caught.value.message == message
    assert caught.value.nodes is None


@pytest.mark.parametrize(
    ("literal", "message"),
    [
        ("REDD", "Value 'REDD' does not exist in 'Colour' enum."),
        ('"RED"', "Enum 'Colour' cannot represent non-enum value: \"RED\"."),
        ("true", "Enum 'Colour' cannot represent non-enum value: true."),
    ],
)
def test_other_literals_are_refused_where_they_stand(
    colour: GraphQLEnumType, literal: str, message: str
) -> None:
    node = parse_value(literal)

    with pytest.raises(GraphQLError) as caught:
        colour.coerce_input_literal(node, hide_suggestions=True)
    assert caught.value.message == message
    assert caught.value.nodes == [node]


def test_near_names_are_suggested_unless_hidden(colour: GraphQLEnumType) -> None:
    for refuse in (
        lambda: colour.coerce_input_value("red"),
        lambda: colour.coerce_input_literal(parse_value("red")),
        lambda: colour.coerce_input_literal(parse_value('"RED"')),
    ):
        with pytest.raises(GraphQLError, match=" Did you mean the enum value 'RED'"):
            refuse()


def test_names_have_literals(colour: GraphQLEnumType) -> None:
    literal = colour.value_to_literal("RED")

    assert literal is not None
    assert print_ast(literal) == "RED"
    assert colour.value_to_literal(0) is None
    assert colour.value_to_literal("PINK") is None


@pytest.mark.parametrize(
    ("names_as_values", "values"),
    [
        (False, {"NEW_HOPE": 4, "EMPIRE": 5, "AGAIN": 5}),
        (True, {"NEW_HOPE": "NEW_HOPE", "EMPIRE": "EMPIRE", "AGAIN": "AGAIN"}),
        (None, {"NEW_HOPE": Episode.NEW_HOPE, "EMPIRE": Episode.EMPIRE, "AGAIN": Episode.EMPIRE}),
    ],
)
def test_a_python_enum_gives_values_names_or_members(
    names_as_values: bool | None, values: dict[str, Any]
) -> None:
    episode = GraphQLEnumType("Episode", Episode, names_as_values)

    assert {name: value.value for name, value in episode.values.items()} == values
    assert episode.coerce_output_value(values["EMPIRE"]) == "EMPIRE"


def test_values_may_come_later() -> None:
    later = GraphQLEnumType("Later", lambda: {"A": 1})
    python = GraphQLEnumType("Python", lambda: Episode)

    assert later.coerce_input_value("A") == 1
    assert python.coerce_input_value("NEW_HOPE") == 4


def test_values_may_be_described() -> None:
    value = GraphQLEnumValue(1, "One.", "Use TWO.", {"a": 1})
    enum = GraphQLEnumType("E", {"ONE": value})

    assert enum.values["ONE"] is value
    assert (value.description, value.deprecation_reason) == ("One.", "Use TWO.")
    assert value == copy.copy(value) != GraphQLEnumValue(1)
    assert repr(value) == "<GraphQLEnumValue 1>"


@pytest.mark.parametrize("values", [None, 5, ["A"], int, lambda: "A"])
def test_values_are_a_mapping_or_an_enum(values: Any) -> None:
    enum = GraphQLEnumType("E", values)

    with pytest.raises(TypeError, match="E values must be an Enum or a mapping with value names"):
        enum.values  # noqa: B018


@pytest.mark.parametrize(
    ("values", "message"),
    [({"a b": 1}, "Names must only contain"), ({"true": 1}, "Enum values cannot be named: true.")],
)
def test_names_are_checked(values: dict[str, Any], message: str) -> None:
    enum = GraphQLEnumType("E", values)

    with pytest.raises(GraphQLError, match=message):
        enum.values  # noqa: B018


def test_arguments_make_an_equal_type(colour: GraphQLEnumType) -> None:
    node = parse("enum Colour { RED }").definitions[0]
    assert isinstance(node, EnumTypeDefinitionNode)
    described = GraphQLEnumType(
        "Colour", colour.values, description="Light.", extensions={"a": 1}, ast_node=node
    )

    same = copy.copy(described)

    assert same.to_kwargs() == described.to_kwargs()
    assert same.ast_node is node
    assert same.to_schema_string() == (
        '"""Light."""\nenum Colour {\n  RED\n  GREEN\n  BLUE\n  LIST\n}'
    )
