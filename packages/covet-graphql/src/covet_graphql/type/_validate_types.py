"""The rules for each kind of type.

Source: GraphQL §3.6 to §3.10, sections "Type Validation",
https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from covet_graphql._inspect import inspect
from covet_graphql.type._comparators import is_equal_type, is_type_sub_type_of
from covet_graphql.type._composite import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)
from covet_graphql.type._faults import (
    Faults,
    definition_nodes,
    deprecation_node,
    named_nodes,
    type_node,
)
from covet_graphql.type._predicates import (
    is_input_type,
    is_output_type,
    is_required_argument,
    is_required_input_field,
)
from covet_graphql.type._validate_defaults import validate_default
from covet_graphql.type._wrapping import GraphQLNonNull

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.type._enum import GraphQLEnumType
    from covet_graphql.type._field import GraphQLField
    from covet_graphql.type._input_object import GraphQLInputObjectType
    from covet_graphql.type._input_value import GraphQLArgument
    from covet_graphql.type.schema import GraphQLSchema

FieldsType: TypeAlias = GraphQLObjectType | GraphQLInterfaceType


def validate_arguments(args: Mapping[str, GraphQLArgument], owner: str, faults: Faults) -> None:
    """Report faults of the arguments of a field or directive.

    Source: GraphQL §3.6, rule 2.4, https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
    """
    for name, arg in args.items():
        coordinate = f"{owner}({name}:)"
        faults.check_name(name, arg.ast_node)
        if not is_input_type(arg.type):
            faults.report(
                f"The type of {coordinate} must be Input Type but got: {arg.type}.",
                arg.ast_node if owner.startswith("@") else type_node(arg),
            )
        if arg.deprecation_reason is not None and is_required_argument(arg):
            faults.report(
                f"Required argument {coordinate} cannot be deprecated.",
                deprecation_node(arg),
                type_node(arg),
            )
        validate_default(arg, coordinate, faults)


def validate_fields(type_: FieldsType, faults: Faults) -> None:
    """Report faults of the fields of an object or interface."""
    if not type_.fields:
        message = f"Type {type_} must define one or more fields."
        faults.report(message, *definition_nodes(type_))
    for name, field in type_.fields.items():
        faults.check_name(name, field.ast_node)
        if not is_output_type(field.type):
            faults.report(
                f"The type of {type_}.{name} must be Output Type but got: {field.type}.",
                type_node(field),
            )
        if field.args:
            validate_arguments(field.args, f"{type_}.{name}", faults)


def validate_interfaces(schema: GraphQLSchema, type_: FieldsType, faults: Faults) -> None:
    """Report where a type does not implement what it says that it implements."""
    known: set[str] = set()
    for interface in type_.interfaces:
        nodes = named_nodes(type_, "interfaces", str(interface))
        if not isinstance(interface, GraphQLInterfaceType):  # pyright: ignore[reportUnnecessaryIsInstance]
            faults.report(
                f"Type {type_} must only implement Interface types,"
                f" it cannot implement {inspect(interface)}.",
                *nodes,
            )
        elif interface is type_:
            faults.report(
                f"Type {type_} cannot implement itself"
                " because it would create a circular reference.",
                *nodes,
            )
        elif interface.name in known:
            faults.report(f"Type {type_} can only implement {interface} once.", *nodes)
        else:
            known.add(interface.name)
            _validate_ancestors(type_, interface, faults)
            for field_name, interface_field in interface.fields.items():
                field = type_.fields.get(field_name)
                if field is None:
                    faults.report(
                        f"Interface field {interface}.{field_name} expected"
                        f" but {type_} does not provide it.",
                        interface_field.ast_node,
                        *definition_nodes(type_),
                    )
                else:
                    _validate_implementation(
                        schema,
                        field,
                        f"{type_}.{field_name}",
                        interface_field,
                        f"{interface}.{field_name}",
                        faults,
                    )


def _validate_ancestors(type_: FieldsType, interface: GraphQLInterfaceType, faults: Faults) -> None:
    """IsValidImplementation(), rule 1: what an interface implements, its implementers do too."""
    own = type_.interfaces
    for ancestor in interface.interfaces:
        if ancestor in own:
            continue
        nodes = (
            *named_nodes(interface, "interfaces", str(ancestor)),
            *named_nodes(type_, "interfaces", interface.name),
        )
        if ancestor is type_:
            faults.report(
                f"Type {type_} cannot implement {interface}"
                " because it would create a circular reference.",
                *nodes,
            )
        else:
            faults.report(
                f"Type {type_} must implement {ancestor} because it is implemented by {interface}.",
                *nodes,
            )


def _validate_implementation(
    schema: GraphQLSchema,
    field: GraphQLField,
    coordinate: str,
    interface_field: GraphQLField,
    interface_coordinate: str,
    faults: Faults,
) -> None:
    """IsValidImplementation(), rules 2.3 to 2.6, for one field."""
    if not is_type_sub_type_of(schema, field.type, interface_field.type):
        faults.report(
            f"Interface field {interface_coordinate} expects type {interface_field.type}"
            f" but {coordinate} is type {field.type}.",
            type_node(interface_field),
            type_node(field),
        )
    for name, interface_arg in interface_field.args.items():
        arg = field.args.get(name)
        if arg is None:
            faults.report(
                f"Interface field argument {interface_coordinate}({name}:) expected"
                f" but {coordinate} does not provide it.",
                interface_arg.ast_node,
                field.ast_node,
            )
        elif not is_equal_type(interface_arg.type, arg.type):
            faults.report(
                f"Interface field argument {interface_coordinate}({name}:) expects type"
                f" {interface_arg.type} but {coordinate}({name}:) is type {arg.type}.",
                type_node(interface_arg),
                type_node(arg),
            )
    for name, arg in field.args.items():
        if name not in interface_field.args and is_required_argument(arg):
            faults.report(
                f"Argument '{coordinate}({name}:)' must not be required type '{arg.type}'"
                f" if not provided by the Interface field '{interface_coordinate}'.",
                arg.ast_node,
                interface_field.ast_node,
            )
    if field.deprecation_reason is not None and interface_field.deprecation_reason is None:
        faults.report(
            f"Interface field {interface_coordinate} is not deprecated,"
            f" so implementation field {coordinate} must not be deprecated.",
            deprecation_node(field),
            type_node(field),
        )


def validate_members(union: GraphQLUnionType, faults: Faults) -> None:
    """Report faults of the members of a union."""
    if not union.types:
        message = f"Union type {union} must define one or more member types."
        faults.report(message, *definition_nodes(union))
    known: set[str] = set()
    for member in union.types:
        nodes = named_nodes(union, "types", str(member))
        if not isinstance(member, GraphQLObjectType):  # pyright: ignore[reportUnnecessaryIsInstance]
            faults.report(
                f"Union type {union} can only include Object types,"
                f" it cannot include {inspect(member)}.",
                *nodes,
            )
        elif member.name in known:
            faults.report(f"Union type {union} can only include type {member} once.", *nodes)
        else:
            known.add(member.name)


def validate_values(enum: GraphQLEnumType, faults: Faults) -> None:
    """Report faults of the values of an enum."""
    if not enum.values:
        message = f"Enum type {enum} must define one or more values."
        faults.report(message, *definition_nodes(enum))
    for name, value in enum.values.items():
        faults.check_name(name, value.ast_node)


def validate_input_fields(input_object: GraphQLInputObjectType, faults: Faults) -> None:
    """Report faults of the fields of an input object."""
    if not input_object.fields:
        message = f"Input Object type {input_object} must define one or more fields."
        faults.report(message, *definition_nodes(input_object))
    for name, field in input_object.fields.items():
        coordinate = f"{input_object}.{name}"
        faults.check_name(name, field.ast_node)
        if not is_input_type(field.type):
            faults.report(
                f"The type of {coordinate} must be Input Type but got: {field.type}.",
                type_node(field),
            )
        if field.deprecation_reason is not None and is_required_input_field(field):
            faults.report(
                f"Required input field {coordinate} cannot be deprecated.",
                deprecation_node(field),
                type_node(field),
            )
        validate_default(field, coordinate, faults)
        if input_object.is_one_of:
            if isinstance(field.type, GraphQLNonNull):
                message = f"OneOf input field {coordinate} must be nullable."
                faults.report(message, type_node(field))
            if field.has_default:
                message = f"OneOf input field {coordinate} cannot have a default value."
                faults.report(message, field.ast_node)
