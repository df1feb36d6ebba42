"""Inputs as what resolvers get: from values of variables, from literals, from defaults.

Whatever a type does not take is `Undefined` here; ``validate_input_value`` and
``validate_input_literal`` say why.

Source: GraphQL §3.4 to §3.12, sections "Input Coercion",
https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.language import (
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    VariableNode,
    is_const_value_node,
    print_ast,
)
from covet_graphql.type._enum import GraphQLEnumType
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._literals import is_list_input
from covet_graphql.type._replace_variables import replace_variables
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull

if TYPE_CHECKING:
    from covet_graphql.language import ConstValueNode, ValueNode
    from covet_graphql.type._input_value import InputValue
    from covet_graphql.type.definition import (
        GraphQLInputType,
        GraphQLLeafType,
        GraphQLNullableInputType,
    )


class CoercedVariables(Protocol):
    """What a request's variables are after coercion."""

    @property
    def coerced(self) -> Mapping[str, Any]:
        """The values by name, without those that were not given."""
        ...


VariableValues: TypeAlias = "Mapping[str, Any] | CoercedVariables"

_NO_VARIABLES: Mapping[str, Any] = {}
_CONTAINERS = (ListValueNode, ObjectValueNode)
_IMMUTABLE = frozenset((bool, float, int, str, type(None)))


def coerced_values(variable_values: VariableValues | None) -> Mapping[str, Any]:
    """Return the values of variables by name."""
    if variable_values is None:
        return _NO_VARIABLES
    if isinstance(variable_values, Mapping):
        return variable_values
    return variable_values.coerced


def coerce_input_value(input_value: Any, type_: GraphQLInputType) -> Any:
    """Return what resolvers get for the value of a variable, `Undefined` when it is not of *type_*.

    Args:
        input_value: Plain data, as JSON is read; None is null.
        type_: An input type.
    """
    try:
        return _value(input_value, type_)
    except RecursionError:  # nested deeper than Python's stack
        return Undefined


def coerce_input_literal(
    value_node: ValueNode,
    type_: GraphQLInputType,
    variable_values: VariableValues | None = None,
) -> Any:
    """Return what resolvers get for a literal, `Undefined` when it is not of *type_*.

    Args:
        value_node: The literal.
        type_: An input type.
        variable_values: The values of the variables in it after coercion; one that is missing
            leaves out the field that it stands for, and is null in a list.
    """
    try:
        return _literal(value_node, type_, coerced_values(variable_values))
    except RecursionError:
        return Undefined


def coerce_default_value(arg_or_input_field: InputValue) -> Any:
    """Return what resolvers get when nothing is given, `Undefined` when there is no default.

    Raises:
        TypeError: The default is not of its type.
    """
    default = arg_or_input_field.default
    if default is None:
        return arg_or_input_field.default_value
    coerced = arg_or_input_field._coerced_default  # pyright: ignore[reportPrivateUsage]
    if coerced is not Undefined:
        return coerced
    type_ = arg_or_input_field.type
    if default.literal is None:
        coerced = coerce_input_value(default.value, type_)
    else:
        coerced = coerce_input_literal(default.literal, type_)
    if coerced is Undefined:
        shown = inspect(default.value) if default.literal is None else print_ast(default.literal)
        raise TypeError(f"Default value {shown} is not of type {type_}.")
    if type(coerced) in _IMMUTABLE:  # anything else a resolver may change: make it anew each time
        arg_or_input_field._coerced_default = coerced  # pyright: ignore[reportPrivateUsage]
    return coerced


def leaf_of_literal(
    node: ValueNode, type_: GraphQLLeafType, variables: Mapping[str, Any], hide_suggestions: bool
) -> Any:
    """Return what a scalar or enum makes of a literal, or raise what it raises."""
    if isinstance(type_, GraphQLEnumType):
        return type_.coerce_input_literal(node, hide_suggestions)
    if type_.coerce_input_literal is not None:
        is_const = not isinstance(node, _CONTAINERS) or is_const_value_node(node)
        return type_.coerce_input_literal(
            cast("ConstValueNode", node) if is_const else replace_variables(node, variables)
        )
    return type_.parse_literal(node, dict(variables)) if variables else type_.parse_literal(node)


def nullable_input(type_: GraphQLInputType) -> GraphQLNullableInputType:
    """Return an input type without the non-null around it."""
    if isinstance(type_, GraphQLNonNull):
        nullable: GraphQLNullableInputType = type_.of_type
        return nullable
    return type_


def _value(value: Any, type_: GraphQLInputType) -> Any:
    nullable = nullable_input(type_)
    if value is None or value is Undefined:
        return None if nullable is type_ else Undefined
    if isinstance(nullable, GraphQLList):
        of_type = nullable.of_type
        if not is_list_input(value):
            value = (value,)
        items: list[Any] = []
        for item in value:
            coerced = _value(item, of_type)
            if coerced is Undefined:
                return Undefined
            items.append(coerced)
        return items
    if isinstance(nullable, GraphQLInputObjectType):
        if not isinstance(value, Mapping):
            return Undefined
        given = {
            name: item
            for name, item in cast("Mapping[str, object]", value).items()
            if item is not Undefined
        }
        if nullable.is_one_of and (len(given) != 1 or None in given.values()):
            return Undefined
        return _object(given, nullable, _value)
    try:
        return nullable.coerce_input_value(value)
    except Exception:
        return Undefined


def _literal(node: ValueNode, type_: GraphQLInputType, variables: Mapping[str, Any]) -> Any:
    if isinstance(node, VariableNode):  # was coerced to the type that the operation says
        value = variables.get(node.name.value, Undefined)
        return Undefined if value is None and isinstance(type_, GraphQLNonNull) else value
    nullable = nullable_input(type_)
    if isinstance(node, NullValueNode):
        return None if nullable is type_ else Undefined
    if isinstance(nullable, GraphQLList):
        return _list_of_literal(node, nullable.of_type, variables)
    if isinstance(nullable, GraphQLInputObjectType):
        if not isinstance(node, ObjectValueNode):
            return Undefined
        given = {
            field.name.value: field.value
            for field in node.fields
            if not is_missing_variable(field.value, variables)
        }
        if nullable.is_one_of and (
            (len(given), len(node.fields)) != (1, 1)
            or any(_is_null(value, variables) for value in given.values())
        ):
            return Undefined
        return _object(given, nullable, lambda value, of: _literal(value, of, variables))
    try:
        return leaf_of_literal(node, nullable, variables, True)
    except Exception:
        return Undefined


def _list_of_literal(
    node: ValueNode, of_type: GraphQLInputType, variables: Mapping[str, Any]
) -> Any:
    items: list[Any] = []
    for item in node.values if isinstance(node, ListValueNode) else (node,):
        coerced = _literal(item, of_type, variables)
        if coerced is Undefined:
            if isinstance(of_type, GraphQLNonNull) or not is_missing_variable(item, variables):
                return Undefined
            coerced = None
        items.append(coerced)
    return items


def is_missing_variable(node: ValueNode, variables: Mapping[str, Any]) -> bool:
    """Whether *node* is a variable that has no value."""
    return isinstance(node, VariableNode) and (
        variables.get(node.name.value, Undefined) is Undefined
    )


def _is_null(node: ValueNode, variables: Mapping[str, Any]) -> bool:
    return isinstance(node, NullValueNode) or (
        isinstance(node, VariableNode) and variables.get(node.name.value) is None
    )


def _object(
    given: Mapping[str, Any],
    type_: GraphQLInputObjectType,
    coerce: Callable[[Any, GraphQLInputType], Any],
) -> Any:
    """Return the object of the *given* fields and the defaults of the others."""
    coerced_fields: dict[str, Any] = {}
    known = 0
    for name, field in type_.fields.items():
        if name in given:
            known += 1
            coerced = coerce(given[name], field.type)
            if coerced is Undefined:
                return Undefined
        elif field.has_default:
            coerced = coerce_default_value(field)
        elif isinstance(field.type, GraphQLNonNull):
            return Undefined
        else:
            continue
        coerced_fields[field.out_name or name] = coerced
    return type_.out_type(coerced_fields) if known == len(given) else Undefined
