"""Input objects."""

import copy
from typing import Any

import pytest

from covet_graphql import (
    GraphQLError,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLString,
)


def test_a_type_will_do_for_a_field() -> None:
    given = GraphQLInputField(GraphQLInt)

    point = GraphQLInputObjectType("Point", {"x": given, "y": GraphQLInt})

    assert point.fields == {"x": given, "y": GraphQLInputField(GraphQLInt)}
    assert not point.is_one_of


def test_functions_make_cycles_possible() -> None:
    tree = GraphQLInputObjectType("Tree", lambda: {"left": tree, "right": tree})

    assert tree.fields["left"].type is tree


@pytest.mark.parametrize(
    ("fields", "error", "message"),
    [
        (5, TypeError, "I fields must be a mapping with names as keys.*, not 5."),
        ({"a": 5}, TypeError, "Expected 5 to be a GraphQL type."),
        ({"a b": GraphQLInt}, GraphQLError, "Names must only contain"),
        (lambda: 1 / 0, TypeError, "I fields cannot be resolved. division by zero"),
    ],
)
def test_fields_are_a_mapping_from_names(fields: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        GraphQLInputObjectType("I", fields).fields  # noqa: B018


def test_what_resolvers_get_is_made_by_a_function_or_a_subclass() -> None:
    class Pair(GraphQLInputObjectType):
        @staticmethod
        def out_type(value: dict[str, Any]) -> tuple[Any, ...]:
            return tuple(value.values())

    fields = {"a": GraphQLInt}

    assert GraphQLInputObjectType("I", fields).out_type({"a": 1}) == {"a": 1}
    assert GraphQLInputObjectType("I", fields, out_type=len).out_type({"a": 1}) == 1
    assert Pair("I", fields).out_type({"a": 1}) == (1,)


def test_arguments_make_an_equal_type() -> None:
    either = GraphQLInputObjectType(
        "Either", {"a": GraphQLInt, "b": GraphQLString}, "One.", tuple, {"x": 1}, is_one_of=True
    )

    same = copy.copy(either)

    assert same.to_kwargs() == either.to_kwargs()
    assert same.is_one_of
    assert same.to_schema_string() == (
        '"""One."""\ninput Either @oneOf {\n  a: Int\n  b: String\n}'
    )
