"""What a schema coordinate such as ``Type.field(argument:)`` stands for in a schema.

Source: GraphQL §2.14, https://spec.graphql.org/September2025/#sec-Schema-Coordinates
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from covet_graphql.language import (
    ArgumentCoordinateNode,
    DirectiveArgumentCoordinateNode,
    DirectiveCoordinateNode,
    MemberCoordinateNode,
    TypeCoordinateNode,
    parse_schema_coordinate,
)
from covet_graphql.type import (
    GraphQLArgument,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
)

if TYPE_CHECKING:
    from covet_graphql.language import SchemaCoordinateNode, Source
    from covet_graphql.type import GraphQLSchema


class ResolvedNamedType(NamedTuple):
    """``Type``."""

    type: GraphQLNamedType
    kind: str = "NamedType"


class ResolvedField(NamedTuple):
    """``Type.field``, of an object or interface."""

    type: GraphQLObjectType | GraphQLInterfaceType
    field: GraphQLField
    kind: str = "Field"


class ResolvedInputField(NamedTuple):
    """``Type.field``, of an input object."""

    type: GraphQLInputObjectType
    input_field: GraphQLInputField
    kind: str = "InputField"


class ResolvedEnumValue(NamedTuple):
    """``Enum.VALUE``."""

    type: GraphQLEnumType
    enum_value: GraphQLEnumValue
    kind: str = "EnumValue"


class ResolvedFieldArgument(NamedTuple):
    """``Type.field(argument:)``."""

    type: GraphQLObjectType | GraphQLInterfaceType
    field: GraphQLField
    field_argument: GraphQLArgument
    kind: str = "FieldArgument"


class ResolvedDirective(NamedTuple):
    """``@directive``."""

    directive: GraphQLDirective
    kind: str = "Directive"


class ResolvedDirectiveArgument(NamedTuple):
    """``@directive(argument:)``."""

    directive: GraphQLDirective
    directive_argument: GraphQLArgument
    kind: str = "DirectiveArgument"


ResolvedSchemaElement: TypeAlias = (
    ResolvedNamedType
    | ResolvedField
    | ResolvedInputField
    | ResolvedEnumValue
    | ResolvedFieldArgument
    | ResolvedDirective
    | ResolvedDirectiveArgument
)


def resolve_schema_coordinate(
    schema: GraphQLSchema, schema_coordinate: str | Source
) -> ResolvedSchemaElement | None:
    """Return what *schema_coordinate* stands for, None when the last part of it does not exist.

    Raises:
        GraphQLSyntaxError: *schema_coordinate* is no coordinate.
        TypeError: What contains the last part does not exist, or has no such parts.

    Source: GraphQL §2.14, https://spec.graphql.org/September2025/#sec-Schema-Coordinates
    """
    return resolve_ast_schema_coordinate(schema, parse_schema_coordinate(schema_coordinate))


def resolve_ast_schema_coordinate(
    schema: GraphQLSchema, schema_coordinate: SchemaCoordinateNode
) -> ResolvedSchemaElement | None:
    """Return what a parsed coordinate stands for; see `resolve_schema_coordinate`."""
    name = schema_coordinate.name.value
    match schema_coordinate:
        case TypeCoordinateNode():
            type_ = schema.get_type(name)
            return None if type_ is None else ResolvedNamedType(type_)
        case MemberCoordinateNode():
            return _member(schema, name, schema_coordinate.member_name.value)
        case ArgumentCoordinateNode():
            return _field_argument(
                schema,
                name,
                schema_coordinate.field_name.value,
                schema_coordinate.argument_name.value,
            )
        case DirectiveCoordinateNode():
            directive = schema.get_directive(name)
            return None if directive is None else ResolvedDirective(directive)
        case DirectiveArgumentCoordinateNode():
            return _directive_argument(schema, name, schema_coordinate.argument_name.value)


def _type(schema: GraphQLSchema, name: str) -> GraphQLNamedType:
    type_ = schema.get_type(name)
    if type_ is None:
        raise TypeError(f"Expected '{name}' to be defined as a type in the schema.")
    return type_


def _member(
    schema: GraphQLSchema, type_name: str, name: str
) -> ResolvedField | ResolvedInputField | ResolvedEnumValue | None:
    """MemberCoordinate."""
    type_ = _type(schema, type_name)
    if isinstance(type_, GraphQLEnumType):
        enum_value = type_.values.get(name)
        return None if enum_value is None else ResolvedEnumValue(type_, enum_value)
    if isinstance(type_, GraphQLInputObjectType):
        input_field = type_.fields.get(name)
        return None if input_field is None else ResolvedInputField(type_, input_field)
    if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
        field = schema.get_field(type_, name)
        return None if field is None else ResolvedField(type_, field)
    raise TypeError(
        f"Expected '{type_name}' to be an Enum, Input Object, Object or Interface type."
    )


def _field_argument(
    schema: GraphQLSchema, type_name: str, field_name: str, name: str
) -> ResolvedFieldArgument | None:
    """ArgumentCoordinate."""
    type_ = _type(schema, type_name)
    if not isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
        raise TypeError(f"Expected '{type_name}' to be an object type or interface type.")
    field = schema.get_field(type_, field_name)
    if field is None:
        raise TypeError(
            f"Expected '{field_name}' to exist as a field of type '{type_name}' in the schema."
        )
    argument = field.args.get(name)
    return None if argument is None else ResolvedFieldArgument(type_, field, argument)


def _directive_argument(
    schema: GraphQLSchema, directive_name: str, name: str
) -> ResolvedDirectiveArgument | None:
    """DirectiveArgumentCoordinate."""
    directive = schema.get_directive(directive_name)
    if directive is None:
        raise TypeError(f"Expected '{directive_name}' to be defined as a directive in the schema.")
    argument = directive.args.get(name)
    return None if argument is None else ResolvedDirectiveArgument(directive, argument)
