"""From schema to text in the schema definition language.

Source: GraphQL §3, https://spec.graphql.org/September2025/#sec-Type-System
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from covet_graphql._inspect import inspect
from covet_graphql.language import print_ast
from covet_graphql.language.block_string import is_printable_as_block_string, print_block_string
from covet_graphql.language.print_string import print_string
from covet_graphql.type import (
    DEFAULT_DEPRECATION_REASON,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
)
from covet_graphql.utilities.ast_from_value import ast_from_value
from covet_graphql.utilities.get_default_value_ast import get_default_value_ast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLDirective,
        GraphQLField,
        GraphQLInputField,
        GraphQLInputObjectType,
        GraphQLInputType,
        GraphQLSchema,
    )

_INDENT = "  "


class _Described(Protocol):
    """What a list of members needs to know of each."""

    description: str | None


def print_schema(schema: GraphQLSchema) -> str:
    """Return the text of a schema without what every schema has.

    ``print_schema(build_schema(print_schema(schema))) == print_schema(schema)``. Directives that
    are applied to the schema are not shown, but for the specified ones.
    """
    types = [
        type_
        for type_ in schema.type_map.values()
        if not is_specified_scalar_type(type_) and not is_introspection_type(type_)
    ]
    directives = [item for item in schema.directives if not is_specified_directive(item)]
    return _print_definitions(schema, directives, types)


def print_introspection_schema(schema: GraphQLSchema) -> str:
    """Return the text of what every schema has: the introspection types, the built-in directives.

    Source: GraphQL §4.2, https://spec.graphql.org/September2025/#sec-Schema-Introspection
    """
    types = [type_ for type_ in schema.type_map.values() if is_introspection_type(type_)]
    directives = [item for item in schema.directives if is_specified_directive(item)]
    return _print_definitions(schema, directives, types)


def _print_definitions(
    schema: GraphQLSchema,
    directives: Iterable[GraphQLDirective],
    types: Iterable[GraphQLNamedType],
) -> str:
    definitions = [
        _print_schema_definition(schema),
        *[print_directive(directive) for directive in directives],
        *[print_type(type_) for type_ in types],
    ]
    return "\n\n".join([text for text in definitions if text])


def _print_schema_definition(schema: GraphQLSchema) -> str:
    """Return the definition of the schema itself, or nothing when it may be left out.

    Source: GraphQL §3.3.1, https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    """
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    named = [f"  {operation}: {root.name}\n" for operation, root in roots.items() if root]
    is_presumed = all(
        schema.type_map.get(operation.capitalize()) is root for operation, root in roots.items()
    )
    if not named or (is_presumed and schema.description is None):
        return ""
    return f"{_print_description(schema.description)}schema {{\n{''.join(named)}}}"


def print_type(type_: GraphQLNamedType) -> str:
    """Return the definition of a type.

    Raises:
        TypeError: *type_* is no named type.
    """
    if not isinstance(type_, GraphQLNamedType):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{inspect(type_)} has no definition: only types with a name have one.")
    head = _print_description(type_.description)
    if isinstance(type_, GraphQLScalarType):
        url = type_.specified_by_url
        specified = "" if url is None else f" @specifiedBy(url: {print_string(url)})"
        return f"{head}scalar {type_.name}{specified}"
    if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
        keyword = "type" if isinstance(type_, GraphQLObjectType) else "interface"
        interfaces = " & ".join([interface.name for interface in type_.interfaces])
        implements = f" implements {interfaces}" if interfaces else ""
        return f"{head}{keyword} {type_.name}{implements}{_print_fields(type_.fields)}"
    if isinstance(type_, GraphQLUnionType):
        members = " | ".join([member.name for member in type_.types])
        return f"{head}union {type_.name}{f' = {members}' if members else ''}"
    if isinstance(type_, GraphQLEnumType):
        values = {
            name: f"{name}{_print_deprecated(value.deprecation_reason)}"
            for name, value in type_.values.items()
        }
        return f"{head}enum {type_.name}{_print_block(type_.values, values)}"
    return f"{head}{_print_input_object(cast('GraphQLInputObjectType', type_))}"


def _print_input_object(type_: GraphQLInputObjectType) -> str:
    fields = {name: _print_input_value(name, field) for name, field in type_.fields.items()}
    one_of = " @oneOf" if type_.is_one_of else ""
    return f"input {type_.name}{one_of}{_print_block(type_.fields, fields)}"


def print_directive(directive: GraphQLDirective) -> str:
    """Return the definition of a directive."""
    head = f"{_print_description(directive.description)}directive @{directive.name}"
    repeatable = " repeatable" if directive.is_repeatable else ""
    locations = " | ".join([location.name for location in directive.locations])
    return f"{head}{_print_arguments(directive.args, '')}{repeatable} on {locations}"


def print_value(value: Any, type_: GraphQLInputType) -> str:
    """Return a value of Python as a literal of *type_*.

    Raises:
        GraphQLError: *type_* has no such value.
        TypeError: *value* cannot be written as a literal.
    """
    literal = ast_from_value(value, type_)
    if literal is None:
        raise TypeError(f"{inspect(value)} is no value of type '{type_}' and has no literal.")
    return print_ast(literal)


def _print_fields(fields: Mapping[str, GraphQLField]) -> str:
    return _print_block(
        fields,
        {
            name: f"{name}{_print_arguments(field.args, _INDENT) if field.args else ''}: "
            f"{field.type}{_print_deprecated(field.deprecation_reason)}"
            for name, field in fields.items()
        },
    )


def _print_block(members: Mapping[str, _Described], printed: Mapping[str, str]) -> str:
    """Return members in braces, or nothing when there are none."""
    return f" {{\n{_lines(members, printed, _INDENT)}\n}}" if printed else ""


def _print_arguments(arguments: Mapping[str, GraphQLArgument], indent: str) -> str:
    """Return arguments in parentheses, on one line when none is described."""
    if not arguments:
        return ""
    printed = {name: _print_input_value(name, argument) for name, argument in arguments.items()}
    if all(argument.description is None for argument in arguments.values()):
        return f"({', '.join(printed.values())})"
    return f"(\n{_lines(arguments, printed, indent + _INDENT)}\n{indent})"


def _lines(members: Mapping[str, _Described], printed: Mapping[str, str], indent: str) -> str:
    """Return members on a line each, with descriptions set off from what precedes them."""
    lines: list[str] = []
    for name, text in printed.items():
        description = members[name].description
        if description is not None:
            if lines:
                lines.append("")
            lines.append(_print_description(description, indent)[:-1])
        lines.append(f"{indent}{text}")
    return "\n".join(lines)


def _print_input_value(name: str, value: GraphQLArgument | GraphQLInputField) -> str:
    default = get_default_value_ast(value)
    shown = "" if default is None else f" = {print_ast(default)}"
    return f"{name}: {value.type}{shown}{_print_deprecated(value.deprecation_reason)}"


def _print_deprecated(reason: str | None) -> str:
    if reason is None:
        return ""
    if reason == DEFAULT_DEPRECATION_REASON:
        return " @deprecated"
    return f" @deprecated(reason: {print_string(reason)})"


def _print_description(description: str | None, indent: str = "") -> str:
    """Return a description and the line feed behind it, or nothing."""
    if description is None:
        return ""
    if is_printable_as_block_string(description):
        text = print_block_string(description)
    else:
        text = print_string(description)
    return f"{indent}{text.replace(chr(10), chr(10) + indent)}\n"
