"""The values of variables, and of the arguments of fields and directives.

Source: GraphQL §6.1.2 and §6.4.1,
https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values
"""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false
# pyright: reportPrivateUsage=false

from __future__ import annotations

from enum import Enum
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    NullValueNode,
    StringValueNode,
    VariableNode,
    print_ast,
)
from covet_graphql.type import GraphQLNonNull, is_input_type
from covet_graphql.utilities.coerce_input_value import (
    coerce_default_value,
    coerce_input_literal,
    coerce_input_value,
)
from covet_graphql.utilities.type_from_ast import type_from_ast
from covet_graphql.utilities.validate_input_literal import validate_input_literal
from covet_graphql.utilities.validate_input_value import validate_input_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from covet_graphql.language import (
        DirectiveNode,
        FieldNode,
        SelectionNode,
        ValueNode,
        VariableDefinitionNode,
    )
    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLDirective,
        GraphQLField,
        GraphQLInputType,
        GraphQLSchema,
    )

_SIMPLE_LITERALS: Final = frozenset(
    {
        BooleanValueNode,
        EnumValueNode,
        FloatValueNode,
        IntValueNode,
        NullValueNode,
        StringValueNode,
    }
)
_CONSTANT_TYPES: Final = frozenset({bool, float, int, NoneType, str})


class VariableValues(dict[str, Any]):
    """The coerced values of variables by name; those without a value are missing."""

    __slots__ = ()

    @property
    def coerced(self) -> dict[str, Any]:
        """The same, as graphql-core calls it."""
        return self


VariableValuesOrErrors: TypeAlias = VariableValues | list[GraphQLError]

NO_VARIABLES: Final = VariableValues()


def get_variable_values(
    schema: GraphQLSchema,
    var_def_nodes: Collection[VariableDefinitionNode],
    inputs: Mapping[str, Any],
    max_errors: int | None = None,
    hide_suggestions: bool = False,
) -> VariableValuesOrErrors:
    """Return the coerced values of variables, or what is wrong with *inputs*.

    Inputs for which there is no variable are ignored.

    Args:
        schema: Knows the types.
        var_def_nodes: The definitions of the variables.
        inputs: Their values as the client gave them, by name.
        max_errors: How many errors to tell before giving up, None for all.
        hide_suggestions: Not to say what might have been meant.

    Source: https://spec.graphql.org/September2025/#CoerceVariableValues()
    """
    errors: list[GraphQLError] = []
    values = VariableValues()
    for node in var_def_nodes:
        found = _variable_value(schema, node, inputs, values, hide_suggestions)
        for error in found:
            if max_errors is not None and len(errors) >= max_errors:
                errors.append(
                    GraphQLError(
                        "Too many errors processing variables,"
                        " error limit reached. Execution aborted."
                    )
                )
                return errors
            errors.append(error)
    return errors or values


def _variable_value(
    schema: GraphQLSchema,
    node: VariableDefinitionNode,
    inputs: Mapping[str, Any],
    values: VariableValues,
    hide_suggestions: bool,
) -> list[GraphQLError]:
    """Put the value of one variable into *values*, or return what is wrong with it."""
    name = node.variable._name
    type_: Any = type_from_ast(schema, node.type)
    if not is_input_type(type_):
        return [
            GraphQLError(
                f"Variable '${name}' expected value of type '{print_ast(node.type)}'"
                " which cannot be used as an input type.",
                node.type,
            )
        ]
    value = inputs.get(name, Undefined)
    if value is Undefined:
        if node.default_value is not None:
            value = coerce_input_literal(node.default_value, type_)
            if value is Undefined:
                what = f"Variable '${name}' has invalid default value"
                return _literal_faults(node.default_value, type_, what, node)
            values[name] = value
        elif isinstance(type_, GraphQLNonNull):
            return [
                GraphQLError(
                    f"Variable '${name}' has invalid value: Expected a value of non-null type"
                    f" '{type_}' to be provided.",
                    node,
                )
            ]
        return []
    coerced = coerce_input_value(value, type_)
    if coerced is not Undefined:
        values[name] = coerced
        return []
    errors: list[GraphQLError] = []

    def tell(error: GraphQLError, path: list[str | int]) -> None:
        errors.append(
            GraphQLError(
                f"Variable '${name}' has invalid value{_at(path)}: {error.message}",
                node,
                original_error=error,
            )
        )

    validate_input_value(value, type_, tell, hide_suggestions)
    return errors


def get_argument_values(
    type_def: GraphQLField | GraphQLDirective,
    node: FieldNode | DirectiveNode,
    variable_values: Mapping[str, Any] | None = None,
    hide_suggestions: bool = False,
) -> dict[str, Any]:
    """Return the coerced values of the arguments that *node* gives to a field or directive.

    They have the names that resolvers get; those without a value are missing.

    Raises:
        GraphQLError: A value is unfit, or a required one is missing.

    Source: https://spec.graphql.org/September2025/#CoerceArgumentValues()
    """
    values: dict[str, Any] = {}
    given = {argument._name: argument.value for argument in node.arguments or ()}
    variables = NO_VARIABLES if variable_values is None else variable_values
    for name, argument in type_def.args.items():
        value = _argument_value(name, argument, given.get(name), node, variables, hide_suggestions)
        if value is not Undefined:
            values[argument.out_name or name] = value
    return values


def _argument_value(
    name: str,
    argument: GraphQLArgument,
    value_node: ValueNode | None,
    node: FieldNode | DirectiveNode,
    variables: Mapping[str, Any],
    hide_suggestions: bool,
) -> Any:
    """Return the value of one argument, `Undefined` when there is none."""
    type_: Any = argument.type
    if isinstance(value_node, VariableNode):
        value = variables.get(value_node._name, Undefined)
        if value is not Undefined:
            if value is not None or not isinstance(type_, GraphQLNonNull):
                return value
        elif argument.has_default:
            return coerce_default_value(argument)
        elif not isinstance(type_, GraphQLNonNull):
            return Undefined
    elif value_node is not None:
        value = coerce_input_literal(value_node, type_, variables)
        if value is not Undefined:
            return value
    elif argument.has_default:
        return coerce_default_value(argument)
    elif isinstance(type_, GraphQLNonNull):
        raise GraphQLError(f"Argument '{name}' of required type '{type_}' was not provided.", node)
    else:
        return Undefined
    what = f"Argument '{name}' has invalid value"
    raise _literal_faults(value_node, type_, what, None, variables, hide_suggestions)[0]


def get_directive_values(
    directive_def: GraphQLDirective,
    node: SelectionNode | Any,
    variable_values: Mapping[str, Any] | None = None,
    hide_suggestions: bool = False,
) -> dict[str, Any] | None:
    """Return the coerced values of the arguments of a directive at *node*, None without it.

    Raises:
        GraphQLError: A value is unfit, or a required one is missing.
    """
    name = directive_def.name
    for directive in node.directives or ():
        if directive._name == name:
            return get_argument_values(directive_def, directive, variable_values, hide_suggestions)
    return None


def constant_arguments(definition: GraphQLField, node: FieldNode) -> dict[str, Any] | None:
    """Return the values of the arguments that *node* gives, None where requests differ in them.

    They differ by variables, in lists and objects, which a resolver might change, and in errors,
    which are raised anew each time.
    """
    if not definition.args:
        return {}
    for argument in node.arguments or ():
        if type(argument.value) not in _SIMPLE_LITERALS:
            return None
    try:
        values = get_argument_values(definition, node)
    except GraphQLError:
        return None
    is_constant = all(
        type(value) in _CONSTANT_TYPES or isinstance(value, Enum) for value in values.values()
    )
    return values if is_constant else None


def _literal_faults(
    value_node: ValueNode,
    type_: GraphQLInputType,
    what: str,
    node: VariableDefinitionNode | None,
    variables: Mapping[str, Any] | None = None,
    hide_suggestions: bool = False,
) -> list[GraphQLError]:
    """Return what is wrong with a literal, at *node* or where exactly it is wrong."""
    errors: list[GraphQLError] = []

    def tell(error: GraphQLError, path: list[str | int]) -> None:
        places = node or error.nodes or value_node
        message = f"{what}{_at(path)}: {error.message}"
        errors.append(GraphQLError(message, places, original_error=error))

    validate_input_literal(value_node, type_, tell, variables, hide_suggestions=hide_suggestions)
    return errors


def _at(path: list[str | int]) -> str:
    """Return *path* within an input as a message shows it."""
    steps = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return f" at {steps}" if steps else ""
