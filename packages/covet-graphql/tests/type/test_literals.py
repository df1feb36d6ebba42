"""Values as literals; `test_oracle` compares random ones."""

import datetime
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_graphql import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLString,
    IntValueNode,
    Undefined,
    ast_from_value,
    coerce_input_literal,
    get_default_value_ast,
    parse_value,
    print_ast,
    value_to_literal,
)

ANY = GraphQLScalarType("Any")
COLOUR = GraphQLEnumType("Colour", {"RED": 1})
POINT = GraphQLInputObjectType(
    "Point",
    {
        "x": GraphQLNonNull(GraphQLInt),
        "y": GraphQLInputField(GraphQLNonNull(GraphQLInt), default_value=0),
        "c": COLOUR,
    },
)


def written(value: Any, type_: Any) -> str | None:
    literal = value_to_literal(value, type_)
    return None if literal is None else print_ast(literal)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z]+", fullmatch=True), inner)
    ),
    max_leaves=8,
)  # fmt: skip


@given(value=JSON)
def test_plain_data_survives_as_a_literal(value: Any) -> None:
    literal = value_to_literal(value, ANY)

    assert literal is not None
    assert coerce_input_literal(parse_value(print_ast(literal)), ANY) == value


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (None, GraphQLInt, "null"),
        (None, GraphQLNonNull(GraphQLInt), None),
        (Undefined, GraphQLInt, None),
        ([1, None], GraphQLList(GraphQLInt), "[1, null]"),
        ((1, 2), GraphQLList(GraphQLInt), "[1, 2]"),
        (1, GraphQLList(GraphQLInt), "1"),
        (["x"], GraphQLList(GraphQLInt), None),
        ("RED", COLOUR, "RED"),
        (1, COLOUR, None),
        ({"x": 1}, POINT, "{ x: 1 }"),
        ({"y": 2, "x": 1, "c": None}, POINT, "{ x: 1, y: 2, c: null }"),
        ({"x": 1, "z": Undefined}, POINT, "{ x: 1 }"),
        ({"x": 1, "z": 1}, POINT, None),
        ({"y": 1}, POINT, None),
        ({"x": "1"}, POINT, None),
        ([1], POINT, None),
        ({"a": Undefined}, ANY, "{ a: null }"),
    ],
)
def test_types_decide_what_has_a_literal(value: Any, type_: Any, text: str | None) -> None:
    assert written(value, type_) == text


def test_scalars_write_their_own_literals() -> None:
    doubled = GraphQLScalarType(
        "Doubled", value_to_literal=lambda value: IntValueNode(value=str(value * 2))
    )

    assert written([1, 2], GraphQLList(doubled)) == "[2, 4]"


@pytest.mark.parametrize("value", [math.nan, math.inf, datetime.date.min, b"x", {"a b": 1}, {1: 1}])
def test_some_values_have_no_literal(value: Any) -> None:
    with pytest.raises(TypeError, match="Cannot convert value to AST: "):
        value_to_literal(value, ANY)


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (1, COLOUR, "RED"),
        ([1], GraphQLList(GraphQLNonNull(COLOUR)), "[RED]"),
        (1, GraphQLList(COLOUR), "RED"),
        (None, GraphQLInt, "null"),
        ({"x": 1, "c": 1, "z": 1}, POINT, "{ x: 1, c: RED }"),
        ({"x": None}, POINT, "{  }"),
        (1.0, GraphQLFloat, "1"),
        (1.5, GraphQLFloat, "1.5"),
        ("12", GraphQLID, "12"),
        ("x", GraphQLID, '"x"'),
        (5, GraphQLString, '"5"'),
        ({"a": [1]}, ANY, "{ a: [1] }"),
    ],
)
def test_internal_values_are_written_as_clients_see_them(value: Any, type_: Any, text: str) -> None:
    literal = ast_from_value(value, type_)

    assert literal is not None
    assert print_ast(literal) == text


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (Undefined, GraphQLInt),
        (None, GraphQLNonNull(GraphQLInt)),
        ([1], POINT),
        (1, GraphQLScalarType("Nothing", coerce_output_value=lambda value: None)),
    ],
)
def test_some_internal_values_have_no_literal(value: Any, type_: Any) -> None:
    assert ast_from_value(value, type_) is None


def test_internal_values_are_of_their_type() -> None:
    with pytest.raises(GraphQLError, match="Int cannot represent non-integer value: 'x'"):
        ast_from_value("x", GraphQLInt)


@pytest.mark.parametrize(
    ("default", "text"),
    [
        ({"default_value": 1}, "RED"),
        ({"default": GraphQLDefaultInput("RED")}, "RED"),
        ({"default": GraphQLDefaultInput(literal=parse_value("PINK"))}, "PINK"),
    ],
    ids=["internal", "external", "literal"],
)
def test_defaults_are_written_as_clients_see_them(default: Any, text: str) -> None:
    literal = get_default_value_ast(GraphQLArgument(COLOUR, **default))

    assert literal is not None
    assert print_ast(literal) == text


def test_without_default_there_is_no_literal() -> None:
    assert get_default_value_ast(GraphQLArgument(COLOUR)) is None


def test_a_default_of_another_type_has_no_literal() -> None:
    argument = GraphQLArgument(COLOUR, default=GraphQLDefaultInput(1))

    with pytest.raises(GraphQLError, match="Default value 1 is none of type Colour"):
        get_default_value_ast(argument)
