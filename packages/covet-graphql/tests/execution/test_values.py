"""Values of variables, arguments and directives."""

from typing import Any

import pytest

from covet_graphql import FieldNode, GraphQLError, parse
from covet_graphql.execution import (
    VariableValues,
    get_argument_values,
    get_directive_values,
    get_variable_values,
)
from covet_graphql.type import (
    GraphQLArgument,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLSkipDirective,
)
from covet_graphql.utilities import build_schema

SCHEMA = build_schema("type Query { a(n: Int): Int } input In { a: Int! } type O { a: Int }")


def variables(definitions: str, inputs: dict[str, Any], **options: Any) -> Any:
    operation = parse(f"query ({definitions}) {{ a }}").definitions[0]
    return get_variable_values(
        SCHEMA,
        operation.variable_definitions,  # type: ignore[attr-defined]
        inputs,
        **options,
    )


def field(source: str) -> FieldNode:
    selected = parse(f"{{ {source} }}").definitions[0].selection_set.selections[0]  # type: ignore[attr-defined]
    assert isinstance(selected, FieldNode)
    return selected


def test_variables_are_coerced() -> None:
    values = variables("$a: Int, $b: In, $c: Int = 3, $d: Int", {"a": 1.0, "b": {"a": 2}, "x": 1})

    assert isinstance(values, VariableValues)
    assert values == values.coerced == {"a": 1, "b": {"a": 2}, "c": 3}


@pytest.mark.parametrize("type_", ["O", "Nope", "[O!]"])
def test_variables_have_input_types(type_: str) -> None:
    (error,) = variables(f"$a: {type_}", {})

    assert error.message == (
        f"Variable '$a' expected value of type '{type_}' which cannot be used as an input type."
    )


def test_defaults_that_do_not_fit_are_errors() -> None:
    (error,) = variables('$a: Int = "x"', {})

    assert error.message == (
        "Variable '$a' has invalid default value: Int cannot represent non-integer value: \"x\""
    )
    assert [tuple(place) for place in error.locations] == [(1, 8)]


def test_errors_are_counted() -> None:
    errors = variables("$a: Int!, $b: Int!, $c: Int!", {}, max_errors=2)

    assert [error.message.split(":")[0] for error in errors] == [
        "Variable '$a' has invalid value",
        "Variable '$b' has invalid value",
        "Too many errors processing variables, error limit reached. Execution aborted.",
    ]


def test_arguments_have_the_names_that_resolvers_get() -> None:
    definition = GraphQLField(GraphQLInt, {"a": GraphQLArgument(GraphQLInt, out_name="b")})

    assert get_argument_values(definition, field("f(a: 1)")) == {"b": 1}


def test_a_variable_that_is_null_is_refused_where_null_is() -> None:
    definition = GraphQLField(GraphQLInt, {"a": GraphQLArgument(GraphQLNonNull(GraphQLInt), 5)})

    assert get_argument_values(definition, field("f(a: $v)"), {}) == {"a": 5}
    with pytest.raises(GraphQLError, match="not to be None"):
        get_argument_values(definition, field("f(a: $v)"), {"v": None})


def test_errors_are_where_the_value_is() -> None:
    definition = GraphQLField(GraphQLInt, {"a": GraphQLArgument(GraphQLInt)})

    with pytest.raises(GraphQLError) as caught:
        get_argument_values(definition, field('f(a: "x")'))

    assert caught.value.locations is not None
    assert [tuple(place) for place in caught.value.locations] == [(1, 8)]


def test_directives_that_are_not_there_have_no_values() -> None:
    node = field("f @skip(if: $v)")

    assert get_directive_values(GraphQLSkipDirective, node, {"v": True}) == {"if": True}
    assert get_directive_values(GraphQLIncludeDirective, node) is None
    assert get_directive_values(GraphQLIncludeDirective, field("f")) is None
