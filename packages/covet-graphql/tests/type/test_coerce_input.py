"""What resolvers get for inputs; `test_oracle` compares random ones."""

from typing import Any, NamedTuple

import pytest

from covet_graphql import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
    coerce_input_literal,
    coerce_input_value,
    parse_value,
    print_ast,
)
from covet_graphql.utilities.coerce_input_value import coerce_default_value

INPUT = GraphQLInputObjectType(
    "Input",
    lambda: {
        "a": GraphQLInputField(GraphQLInt, out_name="renamed"),
        "b": GraphQLInputField(GraphQLNonNull(GraphQLInt), default=GraphQLDefaultInput(7)),
        "inner": INPUT,
    },
)
EITHER = GraphQLInputObjectType("Either", {"x": GraphQLInt, "y": GraphQLInt}, is_one_of=True)


def test_fields_have_the_names_and_types_that_resolvers_want() -> None:
    class Point(NamedTuple):
        x: int
        y: int = 0

    point = GraphQLInputObjectType(
        "Point", {"x": GraphQLInt, "y": GraphQLInt}, out_type=lambda fields: Point(**fields)
    )

    assert coerce_input_value({"a": 1, "inner": {}}, INPUT) == {
        "renamed": 1,
        "b": 7,
        "inner": {"b": 7},
    }
    assert coerce_input_value([{"x": 1}], GraphQLList(point)) == [Point(1)]


@pytest.mark.parametrize("value", [(1, 2), {1, 2}, iter([1, 2]), range(1, 3)])
def test_whatever_is_iterated_is_a_list(value: Any) -> None:
    assert coerce_input_value(value, GraphQLList(GraphQLInt)) == [1, 2]


@pytest.mark.parametrize("value", ["ab", b"ab", {"a": 1}])
def test_texts_and_mappings_are_no_lists(value: Any) -> None:
    anything = GraphQLScalarType("Any")

    assert coerce_input_value(value, GraphQLList(anything)) == [value]


def test_what_a_scalar_raises_makes_the_input_unfit() -> None:
    def refuse(_value: Any) -> Any:
        raise ZeroDivisionError

    never = GraphQLScalarType("Never", coerce_input_value=refuse)

    assert coerce_input_value(1, never) is Undefined
    assert coerce_input_literal(parse_value("1"), never) is Undefined


# --- Variables in literals


@pytest.mark.parametrize(
    ("literal", "variables", "coerced"),
    [
        ("{a: $v}", {"v": 1}, {"renamed": 1, "b": 7}),
        ("{a: $v}", {"v": None}, {"renamed": None, "b": 7}),
        ("{a: $v}", {}, {"b": 7}),
        ("{b: $v}", {}, {"b": 7}),
        ("{b: $v}", {"v": None}, Undefined),
        ("$v", {"v": {"b": 3}}, {"b": 3}),
        ("$v", {}, Undefined),
        ("null", {}, None),
    ],
)
def test_variables_stand_for_their_values(literal: str, variables: Any, coerced: Any) -> None:
    assert coerce_input_literal(parse_value(literal), INPUT, variables) == coerced


def test_variables_may_come_with_their_sources() -> None:
    class Values(NamedTuple):
        sources: dict[str, Any]
        coerced: dict[str, Any]

    assert coerce_input_literal(parse_value("$v"), GraphQLInt, Values({}, {"v": 1})) == 1


@pytest.mark.parametrize(
    ("literal", "item", "coerced"),
    [
        ("[1, $missing]", GraphQLInt, [1, None]),
        ("[1, $missing]", GraphQLNonNull(GraphQLInt), Undefined),
        ("[1, $null]", GraphQLNonNull(GraphQLInt), Undefined),
        ("$one", GraphQLInt, 1),
    ],
)
def test_missing_variables_are_null_in_lists(literal: str, item: Any, coerced: Any) -> None:
    variables = {"null": None, "one": 1}

    assert coerce_input_literal(parse_value(literal), GraphQLList(item), variables) == coerced


@pytest.mark.parametrize(
    ("literal", "variables", "coerced"),
    [
        ("{x: $v}", {"v": 1}, {"x": 1}),
        ("{x: $v}", {"v": None}, Undefined),
        ("{x: $v}", {}, Undefined),
        ("{x: 1, y: $v}", {}, Undefined),
        ("{x: 1, y: null}", {}, Undefined),
        ("{x: null}", {}, Undefined),
        ("{}", {}, Undefined),
    ],
)
def test_one_of_takes_exactly_one_value(literal: str, variables: Any, coerced: Any) -> None:
    assert coerce_input_literal(parse_value(literal), EITHER, variables) == coerced


def test_literals_of_scalars_have_values_in_the_place_of_variables() -> None:
    shown = GraphQLScalarType(
        "Shown", coerce_input_value=str, coerce_input_literal=lambda node: print_ast(node)
    )
    older = GraphQLScalarType(
        "Older",
        parse_value=str,
        parse_literal=lambda node, variables=None: (print_ast(node), variables),
    )
    node = parse_value("{a: [$v], b: $missing}")

    assert coerce_input_literal(node, shown, {"v": 1}) == "{ a: [1] }"
    assert coerce_input_literal(node, older, {"v": 1})[1] == {"v": 1}
    assert coerce_input_literal(parse_value("1"), older) == ("1", None)


# --- Defaults


@pytest.mark.parametrize(
    ("default", "coerced"),
    [
        ({}, Undefined),
        ({"default_value": "as it is"}, "as it is"),
        ({"default": GraphQLDefaultInput(5)}, 5),
        ({"default": GraphQLDefaultInput(literal=parse_value("5"))}, 5),
    ],
    ids=["none", "internal", "external", "literal"],
)
def test_defaults_are_coerced_unless_internal(default: Any, coerced: Any) -> None:
    argument = GraphQLArgument(GraphQLInt, **default)

    assert coerce_default_value(argument) == coerced
    assert coerce_default_value(argument) == coerced  # remembered


def test_defaults_that_may_be_changed_are_made_anew() -> None:
    argument = GraphQLArgument(GraphQLList(GraphQLInt), default=GraphQLDefaultInput([1]))

    coerce_default_value(argument).append(2)

    assert coerce_default_value(argument) == [1]


@pytest.mark.parametrize(
    ("default", "shown"),
    [(GraphQLDefaultInput("PINK"), "'PINK'"), (GraphQLDefaultInput(literal=parse_value("5")), "5")],
)
def test_a_default_of_another_type_is_an_error(default: Any, shown: str) -> None:
    colour = GraphQLEnumType("Colour", {"RED": 1})

    with pytest.raises(TypeError, match=f"Default value {shown} is not of type Colour"):
        coerce_default_value(GraphQLArgument(colour, default=default))


# --- Depth


def test_inputs_nested_deeper_than_the_stack_are_unfit() -> None:
    depth = 5_000
    value: Any = {}
    for _ in range(depth):
        value = {"inner": value}
    literal = parse_value("{inner: " * depth + "{}" + "}" * depth)

    assert coerce_input_value(value, INPUT) is Undefined
    assert coerce_input_literal(literal, INPUT) is Undefined


def test_a_scalar_may_use_up_the_stack() -> None:
    def recurse(value: Any) -> Any:
        return recurse(value)

    deep = GraphQLScalarType("Deep", coerce_input_value=recurse)

    assert coerce_input_value(1, deep) is Undefined
    assert coerce_input_literal(parse_value("1"), deep) is Undefined


def test_inputs_nested_as_deep_as_clients_nest_them_are_not() -> None:
    value: Any = {}
    for _ in range(100):
        value = {"inner": value}

    assert coerce_input_value(value, INPUT) is not Undefined
    assert coerce_input_value("text", GraphQLString) == "text"
