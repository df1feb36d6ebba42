"""What a type is: each predicate, and the assertion of the same name."""

from typing import Any

import pytest

import covet_graphql
from covet_graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
)

SCALAR = GraphQLScalarType("S")
OBJECT = GraphQLObjectType("O", {"a": SCALAR})
TYPES: dict[str, Any] = {
    "scalar": SCALAR,
    "object": OBJECT,
    "interface": GraphQLInterfaceType("F", {"a": SCALAR}),
    "union": GraphQLUnionType("U", [OBJECT]),
    "enum": GraphQLEnumType("E", {"A": 1}),
    "input_object": GraphQLInputObjectType("I", {"a": SCALAR}),
    "list": GraphQLList(SCALAR),
    "non_null": GraphQLNonNull(SCALAR),
    "list of objects": GraphQLList(OBJECT),
}
KINDS: dict[str, tuple[str, set[str]]] = {
    "type": ("type", set(TYPES)),
    "scalar_type": ("Scalar type", {"scalar"}),
    "object_type": ("Object type", {"object"}),
    "interface_type": ("Interface type", {"interface"}),
    "union_type": ("Union type", {"union"}),
    "enum_type": ("Enum type", {"enum"}),
    "input_object_type": ("Input Object type", {"input_object"}),
    "list_type": ("List type", {"list", "list of objects"}),
    "non_null_type": ("Non-Null type", {"non_null"}),
    "input_type": ("input type", {"scalar", "enum", "input_object", "list", "non_null"}),
    "output_type": ("output type", set(TYPES) - {"input_object"}),
    "leaf_type": ("leaf type", {"scalar", "enum"}),
    "composite_type": ("composite type", {"object", "interface", "union"}),
    "abstract_type": ("abstract type", {"interface", "union"}),
    "wrapping_type": ("wrapping type", {"list", "non_null", "list of objects"}),
    "nullable_type": ("nullable type", set(TYPES) - {"non_null"}),
    "named_type": ("named type", set(TYPES) - {"list", "non_null", "list of objects"}),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*TYPES, "none"])
def test_predicates_and_assertions_agree(kind: str, name: str) -> None:
    value = TYPES.get(name)
    described, members = KINDS[kind]
    assert_ = getattr(covet_graphql, f"assert_{kind}")

    assert getattr(covet_graphql, f"is_{kind}")(value) is (name in members)

    if name in members:
        assert assert_(value) is value
    else:
        with pytest.raises(TypeError) as caught:
            assert_(value)
        assert str(caught.value) == f"Expected {value} to be a GraphQL {described}."


ELEMENTS: dict[str, Any] = {
    "field": GraphQLField(SCALAR),
    "argument": GraphQLArgument(SCALAR),
    "input_field": GraphQLInputField(SCALAR),
    "enum_value": GraphQLEnumValue(1),
    "directive": covet_graphql.GraphQLSkipDirective,
    "schema": covet_graphql.GraphQLSchema(OBJECT),
}


@pytest.mark.parametrize("kind", ELEMENTS)
@pytest.mark.parametrize("name", ELEMENTS)
def test_elements_are_told_apart(kind: str, name: str) -> None:
    value = ELEMENTS[name]
    assert_ = getattr(covet_graphql, f"assert_{kind}")

    assert getattr(covet_graphql, f"is_{kind}")(value) is (kind == name)

    if kind == name:
        assert assert_(value) is value
    else:
        with pytest.raises(TypeError, match=r"Expected .* to be a GraphQL"):
            assert_(value)


def test_wrappers_are_taken_off() -> None:
    listed = GraphQLList(GraphQLNonNull(OBJECT))

    assert get_named_type(GraphQLNonNull(listed)) is OBJECT
    assert get_named_type(OBJECT) is OBJECT
    assert get_nullable_type(GraphQLNonNull(listed)) is listed
    assert get_nullable_type(listed) is listed
    assert get_named_type(None) is get_nullable_type(None) is None
