"""Fields, arguments and input fields."""

import copy
from typing import Any

import pytest

from covet_graphql import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLError,
    GraphQLField,
    GraphQLInputField,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLString,
    Undefined,
    is_required_argument,
    is_required_input_field,
    parse_value,
)


def test_a_type_will_do_for_an_argument() -> None:
    given = GraphQLArgument(GraphQLInt)

    field = GraphQLField(GraphQLString, {"a": GraphQLInt, "b": given})

    assert field.args == {"a": GraphQLArgument(GraphQLInt), "b": given}
    assert field.args["b"] is given


def test_a_resolver_is_given_by_either_name() -> None:
    def one(*_: Any) -> int:
        return 1

    def two(*_: Any) -> int:
        return 2

    assert GraphQLField(GraphQLInt, resolver=one).resolve is one
    assert GraphQLField(GraphQLInt, None, two).resolve is two
    assert GraphQLField(GraphQLInt, resolve=two, resolver=one).resolve is two


def test_a_resolver_may_be_attached_later() -> None:
    field = GraphQLField(GraphQLInt)

    field.resolve = field.subscribe = lambda *_: 1

    assert field.to_kwargs()["resolve"] is field.resolve


@pytest.mark.parametrize("make", [GraphQLField, GraphQLArgument, GraphQLInputField])
def test_elements_are_equal_when_all_of_them_is(make: Any) -> None:
    element = make(GraphQLInt, description="d", deprecation_reason="r", extensions={"a": 1})

    assert element == copy.copy(element) == make(**element.to_kwargs())
    assert element != make(GraphQLInt)
    assert element != "Int"
    with pytest.raises(TypeError, match="unhashable"):
        hash(element)


def test_elements_of_different_kinds_are_never_equal() -> None:
    assert GraphQLArgument(GraphQLInt) != GraphQLInputField(GraphQLInt)


@pytest.mark.parametrize("make", [GraphQLField, GraphQLArgument, GraphQLInputField])
@pytest.mark.parametrize("type_", [None, 5, "Int", int])
def test_types_are_types(make: Any, type_: Any) -> None:
    with pytest.raises(TypeError, match=r"Expected .* to be a GraphQL type"):
        make(type_)


@pytest.mark.parametrize(
    ("args", "error", "message"),
    [
        (["a"], TypeError, r"Field args must be a mapping with names as keys.*, not \['a'\]."),
        ({"a": 5}, TypeError, "Expected 5 to be a GraphQL type."),
        ({"a-b": GraphQLInt}, GraphQLError, "Names must only contain"),
        ({5: GraphQLInt}, TypeError, "Expected name to be a string."),
    ],
)
def test_arguments_are_a_mapping_from_names(args: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        GraphQLField(GraphQLString, args)


def test_elements_show_their_type() -> None:
    assert str(GraphQLField(GraphQLNonNull(GraphQLInt))) == "Field: Int!"
    assert repr(GraphQLField(GraphQLInt)) == "<GraphQLField <GraphQLScalarType 'Int'>>"
    assert repr(GraphQLArgument(GraphQLInt)) == "<GraphQLArgument <GraphQLScalarType 'Int'>>"


@pytest.mark.parametrize(
    ("default", "is_required"),
    [
        ({}, True),
        ({"default_value": 5}, False),
        ({"default_value": None}, False),
        ({"default": GraphQLDefaultInput(5)}, False),
        ({"default": GraphQLDefaultInput(literal=parse_value("5"))}, False),
    ],
    ids=str,
)
def test_non_null_without_default_is_required(default: Any, is_required: bool) -> None:
    argument = GraphQLArgument(GraphQLNonNull(GraphQLInt), **default)
    field = GraphQLInputField(GraphQLNonNull(GraphQLInt), **default)

    assert is_required_argument(argument) is is_required_input_field(field) is is_required
    assert argument.has_default is not is_required
    assert not is_required_argument(GraphQLArgument(GraphQLInt, **default))


def test_a_default_is_a_value_or_a_literal() -> None:
    literal = parse_value("5", no_location=True)

    assert GraphQLDefaultInput(None).value is None
    assert GraphQLDefaultInput(literal=literal).value is Undefined
    assert GraphQLDefaultInput(5) == GraphQLDefaultInput(5) != GraphQLDefaultInput(6)
    assert GraphQLDefaultInput(5) != 5
    assert repr(GraphQLDefaultInput([5])) == "GraphQLDefaultInput([5])"
    assert repr(GraphQLDefaultInput(literal=literal)) == "GraphQLDefaultInput(IntValueNode)"
    for arguments in ((), (5, literal)):
        with pytest.raises(TypeError, match="either a value or a literal"):
            GraphQLDefaultInput(*arguments)
