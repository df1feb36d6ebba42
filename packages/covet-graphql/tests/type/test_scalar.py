"""Scalar types: functions by their names of all ages, and what is made of those left out."""

import copy
import pickle
from typing import Any

import pytest

from covet_graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLString,
    StringValueNode,
    Undefined,
    ValueNode,
    parse_value,
    print_ast,
)


def shout(value: Any) -> str:
    return f"{value}!"


def whisper(value: Any) -> str:
    return f"({value})"


def test_without_functions_values_pass_unchanged() -> None:
    json = GraphQLScalarType("JSON")

    assert json.coerce_output_value({"a": 1}) == json.serialize({"a": 1}) == {"a": 1}
    assert json.coerce_input_value([1]) == json.parse_value([1]) == [1]
    assert json.parse_literal(parse_value("{a: [1, 2.5, A, null]}")) == {"a": [1, 2.5, "A", None]}
    assert (json.coerce_input_literal, json.value_to_literal) == (None, None)


@pytest.mark.parametrize("name", ["coerce_output_value", "serialize", "serialize_fn"])
def test_result_coercion_is_given_by_any_of_its_names(name: str) -> None:
    loud = GraphQLScalarType("Loud", **{name: shout})  # type: ignore[arg-type]

    assert loud.coerce_output_value("a") == loud.serialize("a") == "a!"
    assert loud.coerce_input_value("a") == "a"


@pytest.mark.parametrize("name", ["coerce_input_value", "parse_value", "parse_value_fn"])
def test_input_coercion_is_given_by_any_of_its_names(name: str) -> None:
    loud = GraphQLScalarType("Loud", **{name: shout})  # type: ignore[arg-type]

    assert loud.coerce_input_value("a") == loud.parse_value("a") == "a!"
    assert loud.parse_literal(parse_value('"a"')) == "a!"
    assert loud.coerce_output_value("a") == "a"


def test_either_name_may_differ_from_the_other() -> None:
    both = GraphQLScalarType("Both", serialize=shout, coerce_output_value=whisper)

    assert (both.serialize("a"), both.coerce_output_value("a")) == ("a!", "(a)")


def test_graphql_cores_names_win_over_those_of_this_project() -> None:
    both = GraphQLScalarType("Both", shout, shout, serialize_fn=whisper, parse_value_fn=whisper)

    assert (both.serialize("a"), both.parse_value("a")) == ("a!", "a!")


def test_a_subclass_may_define_the_functions() -> None:
    class Loud(GraphQLScalarType):
        @staticmethod
        def serialize(value: Any) -> str:
            return shout(value)

        @staticmethod
        def coerce_input_value(value: Any) -> str:
            return whisper(value)

        def parse_literal(self, node: ValueNode, variables: Any = None) -> str:
            return print_ast(node)

    loud = Loud("Loud")

    assert (loud.coerce_output_value("a"), loud.coerce_input_value("a")) == ("a!", "(a)")
    assert loud.parse_literal(parse_value("[$a]")) == "[$a]"


def test_literals_without_variables_go_to_their_own_function() -> None:
    loud = GraphQLScalarType(
        "Loud", coerce_input_value=shout, coerce_input_literal=lambda node: print_ast(node)
    )

    assert loud.parse_literal(parse_value("[1]")) == "[1]"
    assert loud.parse_literal(parse_value("[$a]"), {"a": 1}) == "[1]!"


def test_parse_literal_gets_the_variables() -> None:
    seen: list[Any] = []
    scalar = GraphQLScalarType(
        "S", parse_value=shout, parse_literal=lambda node, variables=None: seen.append(variables)
    )

    scalar.parse_literal(parse_value("$a"), {"a": 1})

    assert seen == [{"a": 1}]


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ({"parse_literal": shout}, "S must provide both 'parse_value' and 'parse_literal'"),
        (
            {"coerce_input_literal": shout},
            "S must provide both 'coerce_input_value' and 'coerce_input_literal'",
        ),
    ],
)
def test_literals_need_the_function_for_values(functions: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        GraphQLScalarType("S", **functions)


def test_arguments_make_an_equal_type() -> None:
    scalar = GraphQLScalarType(
        "Url",
        coerce_output_value=shout,
        coerce_input_value=whisper,
        coerce_input_literal=print_ast,
        value_to_literal=lambda value: StringValueNode(value=value),
        parse_literal=print_ast,
        description="Where.",
        specified_by_url="https://example.org",
        extensions={"a": 1},
    )

    same = copy.copy(scalar)

    assert (
        same.to_kwargs()
        == scalar.to_kwargs()
        == {
            "name": "Url",
            "description": "Where.",
            "extensions": {"a": 1},
            "ast_node": None,
            "extension_ast_nodes": (),
            "serialize": shout,
            "parse_value": whisper,
            "parse_literal": print_ast,
            "coerce_output_value": shout,
            "coerce_input_value": whisper,
            "coerce_input_literal": print_ast,
            "value_to_literal": scalar.value_to_literal,
            "specified_by_url": "https://example.org",
        }
    )
    plain = GraphQLScalarType("Plain").to_kwargs()
    assert {name for name, value in plain.items() if value} == {"name"}


def test_built_in_types_exist_once() -> None:
    assert copy.deepcopy(GraphQLString) is GraphQLString
    assert pickle.loads(pickle.dumps([GraphQLString]))[0] is GraphQLString  # noqa: S301
    with pytest.raises(TypeError, match="Redefinition of reserved type 'String'"):
        GraphQLScalarType("String")


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(GraphQLError, match="Names must only contain"):
        GraphQLScalarType("a b")


def test_a_type_shows_as_its_name() -> None:
    scalar = GraphQLScalarType("Date")

    assert (str(scalar), repr(scalar)) == ("Date", "<GraphQLScalarType 'Date'>")
    assert scalar.to_schema_string() == "scalar Date"
    assert scalar.referenced_types() == ()


def test_undefined_is_what_a_function_returns_for_what_it_does_not_take() -> None:
    never = GraphQLScalarType("Never", coerce_input_value=lambda value: Undefined)

    assert never.coerce_input_value(1) is Undefined
