"""Whether a schema is valid: all rules of the type system.

Source: GraphQL §3, sections "Type Validation", and §3.3,
https://spec.graphql.org/September2025/#sec-Schema
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql._did_you_mean import and_list
from covet_graphql._inspect import inspect
from covet_graphql.language import OperationType
from covet_graphql.type._composite import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)
from covet_graphql.type._enum import GraphQLEnumType
from covet_graphql.type._faults import Faults, definition_nodes
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._validate_cycles import (
    validate_default_cycles,
    validate_directive_cycles,
    validate_required_cycles,
)
from covet_graphql.type._validate_types import (
    validate_arguments,
    validate_fields,
    validate_input_fields,
    validate_interfaces,
    validate_members,
    validate_values,
)
from covet_graphql.type.introspection import introspection_types
from covet_graphql.type.schema import assert_schema

if TYPE_CHECKING:
    from covet_graphql.error import GraphQLError
    from covet_graphql.language import Node
    from covet_graphql.type.schema import GraphQLSchema


def validate_schema(schema: GraphQLSchema) -> list[GraphQLError]:
    """Return the faults of *schema*, none when it is valid; looked for only once.

    Raises:
        TypeError: *schema* is no schema.
    """
    found = assert_schema(schema).validation_errors
    if found is None:
        faults = Faults()
        _validate_root_types(schema, faults)
        _validate_directives(schema, faults)
        _validate_types(schema, faults)
        found = schema._validation_errors = faults.errors  # pyright: ignore[reportPrivateUsage]
    return found


def assert_valid_schema(schema: GraphQLSchema) -> None:
    """Raise unless *schema* is valid.

    Raises:
        TypeError: It is no schema, or has faults: the message has those of all.
    """
    errors = validate_schema(schema)
    if errors:
        raise TypeError("\n\n".join(error.message for error in errors))


def _validate_root_types(schema: GraphQLSchema, faults: Faults) -> None:
    """Report faults of the types that operations begin with.

    Source: GraphQL §3.3.1, https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    """
    if schema.query_type is None:
        faults.report("Query root type must be provided.", schema.ast_node)
    operations: dict[GraphQLObjectType, list[OperationType]] = {}
    for operation in OperationType:
        root = schema.get_root_type(operation)
        if root is None:
            continue
        if isinstance(root, GraphQLObjectType):  # pyright: ignore[reportUnnecessaryIsInstance]
            operations.setdefault(root, []).append(operation)
        else:
            if_provided = "" if operation is OperationType.QUERY else " if provided"
            faults.report(
                f"{operation.value.capitalize()} root type must be Object type{if_provided},"
                f" it cannot be {inspect(root)}.",
                _root_node(schema, operation) or getattr(root, "ast_node", None),
            )
    for root, shared in operations.items():
        if len(shared) > 1:
            names = and_list([operation.value for operation in shared]).replace("'", "")
            faults.report(
                f"All root types must be different, '{root}' type is used as {names} root types.",
                *(_root_node(schema, operation) for operation in shared),
            )


def _root_node(schema: GraphQLSchema, operation: OperationType) -> Node | None:
    """Return where the type of an operation is named."""
    for node in definition_nodes(schema):
        for operation_node in node.operation_types or ():
            if operation_node.operation is operation:
                type_: Node = operation_node.type
                return type_
    return None


def _validate_directives(schema: GraphQLSchema, faults: Faults) -> None:
    """Report faults of directive definitions.

    Source: GraphQL §3.13, https://spec.graphql.org/September2025/#sec-Type-System.Directives.Type-Validation
    """
    for directive in schema.directives:
        faults.check_name(directive.name, directive.ast_node)
        if schema.get_directive(directive.name) is not directive:
            message = f"There can be only one directive named '@{directive.name}'."
            faults.report(message, directive.ast_node)
        if not directive.locations:
            message = f"Directive {directive} must include 1 or more locations."
            faults.report(message, directive.ast_node)
        validate_arguments(directive.args, str(directive), faults)
    validate_directive_cycles(schema, faults)


def _validate_types(schema: GraphQLSchema, faults: Faults) -> None:
    """Report faults of all types, each by the rules of its kind."""
    inputs: list[GraphQLInputObjectType] = []
    defaults_seen: set[str] = set()
    for type_ in schema.type_map.values():
        if introspection_types.get(type_.name) is type_:
            continue
        faults.check_name(type_.name, type_.ast_node)
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
            validate_fields(type_, faults)
            validate_interfaces(schema, type_, faults)
        elif isinstance(type_, GraphQLUnionType):
            validate_members(type_, faults)
        elif isinstance(type_, GraphQLEnumType):
            validate_values(type_, faults)
        elif isinstance(type_, GraphQLInputObjectType):
            validate_input_fields(type_, faults)
            validate_default_cycles(type_, defaults_seen, faults)
            inputs.append(type_)
    validate_required_cycles(inputs, faults)
