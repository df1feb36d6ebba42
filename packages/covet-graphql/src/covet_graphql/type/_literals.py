"""Values as literals, by their types.

External values are what variables hold; internal values are what resolvers give and get.

Source: GraphQL §3.4.2, https://spec.graphql.org/September2025/#sec-Input-and-Output-Types
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    BooleanValueNode,
    ConstValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
)
from covet_graphql.type._enum import GraphQLEnumType
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._predicates import is_required_input_field
from covet_graphql.type._scalar import GraphQLScalarType
from covet_graphql.type._scalar_values import id_to_literal
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull

if TYPE_CHECKING:
    from covet_graphql.type._input_value import InputValue
    from covet_graphql.type.definition import GraphQLInputType


def value_to_literal(value: Any, type_: GraphQLInputType) -> ConstValueNode | None:
    """Return the literal of an external value, None when the type does not take it.

    Args:
        value: What a variable could hold: None, booleans, numbers, text, lists, mappings.
        type_: An input type. Scalars decide by their ``value_to_literal``; without one they take
            whatever has a literal.

    Raises:
        TypeError: A scalar without ``value_to_literal`` gets what has no literal.
    """
    if isinstance(type_, GraphQLNonNull):
        return None if value is None else value_to_literal(value, type_.of_type)
    if value is Undefined:
        return None
    if value is None:
        return NullValueNode()
    if isinstance(type_, GraphQLList):
        if not is_list_input(value):
            return value_to_literal(value, type_.of_type)
        items: list[ConstValueNode] = []
        for item in value:
            literal = value_to_literal(item, type_.of_type)
            if literal is None:
                return None
            items.append(literal)
        return ListValueNode(values=tuple(items))
    if isinstance(type_, GraphQLInputObjectType):
        return _object_to_literal(value, type_)
    own = type_.value_to_literal
    return untyped_to_literal(value) if own is None else own(value)


def _object_to_literal(value: Any, type_: GraphQLInputObjectType) -> ObjectValueNode | None:
    if not isinstance(value, Mapping):
        return None
    given = cast("Mapping[str, Any]", value)
    fields = type_.fields
    if any(name not in fields and given[name] is not Undefined for name in given):
        return None
    literals: list[tuple[str, ConstValueNode]] = []
    for name, field in fields.items():
        item = given.get(name, Undefined)
        if item is Undefined:
            if is_required_input_field(field):
                return None
            continue
        literal = value_to_literal(item, field.type)
        if literal is None:
            return None
        literals.append((name, literal))
    return _object_node(literals)


def _object_node(literals: list[tuple[str, ConstValueNode]]) -> ObjectValueNode:
    return ObjectValueNode(
        fields=tuple(
            [
                ObjectFieldNode(name=NameNode(value=name), value=literal)
                for name, literal in literals
            ]
        )
    )


def untyped_to_literal(value: Any) -> ConstValueNode:
    """Return the literal of an external value that no type says anything about.

    Raises:
        TypeError: It has none.
    """
    if value is None or value is Undefined:
        return NullValueNode()
    if isinstance(value, bool):
        return BooleanValueNode(value=value)
    if isinstance(value, str):
        return StringValueNode(value=value)
    if isinstance(value, int):
        return IntValueNode(value=str(int(value)))
    if isinstance(value, float) and math.isfinite(value):
        return FloatValueNode(value=repr(float(value)))
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, object]", value).items()
        if all(
            isinstance(name, str) and name.isidentifier() and name.isascii() for name, _ in items
        ):
            return _object_node([(name, untyped_to_literal(item)) for name, item in items])
    elif is_list_input(value):
        listed = cast("Iterable[object]", value)
        return ListValueNode(values=tuple([untyped_to_literal(item) for item in listed]))
    raise TypeError(f"Cannot convert value to AST: {inspect(cast('object', value))}.")


def ast_from_value(value: Any, type_: GraphQLInputType) -> ConstValueNode | None:
    """Return the literal of an internal value, None when there is none.

    Leaves go through their result coercion, since that is the way back to what clients see.

    Raises:
        GraphQLError: The type of a leaf does not have such a value.
        TypeError: What a scalar makes of a leaf has no literal.
    """
    if isinstance(type_, GraphQLNonNull):
        return None if value is None else ast_from_value(value, type_.of_type)
    if value is Undefined:
        return None
    if value is None:
        return NullValueNode()
    if isinstance(type_, GraphQLList):
        if not is_list_input(value):
            return ast_from_value(value, type_.of_type)
        items = [ast_from_value(item, type_.of_type) for item in value]
        return ListValueNode(values=tuple([item for item in items if item is not None]))
    if isinstance(type_, GraphQLInputObjectType):
        if not isinstance(value, Mapping):
            return None
        given = cast("Mapping[str, Any]", value)
        return _object_node(
            [
                (name, literal)
                for name, field in type_.fields.items()
                if name in given
                and (literal := ast_from_value(given[name], field.type)) is not None
            ]
        )
    return _leaf(type_.coerce_output_value(value), type_)


def _leaf(external: Any, type_: GraphQLScalarType | GraphQLEnumType) -> ConstValueNode | None:
    if external is None or external is Undefined:
        return None
    if isinstance(external, str):
        if isinstance(type_, GraphQLEnumType):
            return EnumValueNode(value=external)
        if type_.name == "ID":
            return id_to_literal(external)
    elif isinstance(external, float) and external.is_integer():
        return FloatValueNode(value=repr(external).removesuffix(".0"))
    return untyped_to_literal(external)


def is_list_input(value: Any) -> bool:
    """Whether *value* stands for a list: anything to iterate that is no text and no mapping."""
    return isinstance(value, Iterable) and not isinstance(
        value, (str, bytes, bytearray, memoryview, Mapping)
    )


def get_default_value_ast(arg_or_input_field: InputValue) -> ConstValueNode | None:
    """Return the literal of the default of an argument or input field, None without one.

    Raises:
        GraphQLError: The type does not have such a value.
        TypeError: The default has no literal.
    """
    default = arg_or_input_field.default
    if default is None:
        return ast_from_value(arg_or_input_field.default_value, arg_or_input_field.type)
    if default.literal is not None:
        return default.literal
    literal = value_to_literal(default.value, arg_or_input_field.type)
    if literal is None:
        raise GraphQLError(
            f"Default value {inspect(default.value)} is none of type {arg_or_input_field.type}."
        )
    return literal
