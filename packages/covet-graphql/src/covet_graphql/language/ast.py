"""The syntax tree: one class for each production of the grammar.

Source: GraphQL Appendix C, https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary
"""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from covet_graphql.language._location import Location
from covet_graphql.language._node import NameNode, Node
from covet_graphql.language._token import Token

# --- Names and documents


class DocumentNode(Node):
    """A whole source."""

    definitions: tuple[DefinitionNode, ...]


class DefinitionNode(Node):
    """A definition, of whatever kind."""


# --- Executable definitions


class OperationType(Enum):
    """What an operation does."""

    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"


class ExecutableDefinitionNode(DefinitionNode):
    """An operation or a fragment."""

    selection_set: SelectionSetNode
    description: StringValueNode | None = None
    variable_definitions: tuple[VariableDefinitionNode, ...] | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class OperationDefinitionNode(ExecutableDefinitionNode):
    """``query Name($variable: Type) @directive { … }``."""

    name_at = 1
    operation: OperationType
    name: NameNode | None = None


class FragmentDefinitionNode(ExecutableDefinitionNode):
    """``fragment Name on Type @directive { … }``."""

    name_at = 1
    name: NameNode
    type_condition: NamedTypeNode


class VariableDefinitionNode(Node):
    """``$variable: Type = default @directive``."""

    variable: VariableNode
    type: TypeNode
    description: StringValueNode | None = None
    default_value: ConstValueNode | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class SelectionSetNode(Node):
    """``{ field ...Spread ... on Type { … } }``."""

    selections: tuple[SelectionNode, ...]


class SelectionNode(Node):
    """A field, a fragment spread or an inline fragment."""

    directives: tuple[DirectiveNode, ...] | None = None


class FieldNode(SelectionNode):
    """``alias: name(argument: value) @directive { … }``."""

    name: NameNode
    alias: NameNode | None = None
    arguments: tuple[ArgumentNode, ...] | None = None
    selection_set: SelectionSetNode | None = None


class FragmentSpreadNode(SelectionNode):
    """``...Name @directive``."""

    name_at = 1
    name: NameNode


class InlineFragmentNode(SelectionNode):
    """``... on Type @directive { … }``."""

    selection_set: SelectionSetNode
    type_condition: NamedTypeNode | None = None


class ArgumentNode(Node):
    """``name: value``, of a field or directive."""

    name: NameNode
    value: ValueNode


class DirectiveNode(Node):
    """``@name(argument: value)``."""

    name_at = 1
    name: NameNode
    arguments: tuple[ArgumentNode, ...] | None = None


# --- Values


class ValueNode(Node):
    """A value, of whatever kind."""


class VariableNode(ValueNode):
    """``$name``."""

    name_at = 1
    name: NameNode


class IntValueNode(ValueNode):
    """An integer, as written."""

    value: str


class FloatValueNode(ValueNode):
    """A number with a fraction or an exponent, as written."""

    value: str


class StringValueNode(ValueNode):
    """A string: its value, and whether it was a block string."""

    value: str
    block: bool | None = None


class BooleanValueNode(ValueNode):
    """``true`` or ``false``."""

    value: bool


class NullValueNode(ValueNode):
    """``null``."""


class EnumValueNode(ValueNode):
    """The name of an enum value."""

    value: str


class ListValueNode(ValueNode):
    """``[value, …]``."""

    values: tuple[ValueNode, ...]


class ObjectValueNode(ValueNode):
    """``{ name: value, … }``."""

    fields: tuple[ObjectFieldNode, ...]


class ObjectFieldNode(Node):
    """``name: value``, of an input object."""

    name: NameNode
    value: ValueNode


# Values without variables have no classes of their own; these names say what a place accepts.
ConstValueNode: TypeAlias = (
    IntValueNode
    | FloatValueNode
    | StringValueNode
    | BooleanValueNode
    | NullValueNode
    | EnumValueNode
    | ListValueNode
    | ObjectValueNode
)
ConstArgumentNode: TypeAlias = ArgumentNode
ConstDirectiveNode: TypeAlias = DirectiveNode
ConstListValueNode: TypeAlias = ListValueNode
ConstObjectFieldNode: TypeAlias = ObjectFieldNode
ConstObjectValueNode: TypeAlias = ObjectValueNode


# --- Type references


class TypeNode(Node):
    """A type as a variable, field or argument names it."""


class NamedTypeNode(TypeNode):
    """``Name``."""

    name: NameNode


class ListTypeNode(TypeNode):
    """``[Type]``."""

    type: TypeNode


class NonNullTypeNode(TypeNode):
    """``Type!``."""

    type: NamedTypeNode | ListTypeNode


# --- Type system definitions


class TypeSystemDefinitionNode(DefinitionNode):
    """The definition of a schema, a type or a directive."""


class SchemaDefinitionNode(TypeSystemDefinitionNode):
    """``schema @directive { query: Query }``."""

    operation_types: tuple[OperationTypeDefinitionNode, ...]
    description: StringValueNode | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class OperationTypeDefinitionNode(Node):
    """``query: Query``, of a schema."""

    operation: OperationType
    type: NamedTypeNode


class TypeDefinitionNode(TypeSystemDefinitionNode):
    """The definition of a type, of whatever kind."""

    name_at = 1
    name: NameNode
    description: StringValueNode | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class ScalarTypeDefinitionNode(TypeDefinitionNode):
    """``scalar Name``."""


class ObjectTypeDefinitionNode(TypeDefinitionNode):
    """``type Name implements Interface { field: Type }``."""

    interfaces: tuple[NamedTypeNode, ...] | None = None
    fields: tuple[FieldDefinitionNode, ...] | None = None


class FieldDefinitionNode(DefinitionNode):
    """``name(argument: Type): Type``, of an object or interface."""

    name: NameNode
    type: TypeNode
    description: StringValueNode | None = None
    arguments: tuple[InputValueDefinitionNode, ...] | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class InputValueDefinitionNode(DefinitionNode):
    """``name: Type = default``, an argument or the field of an input object."""

    name: NameNode
    type: TypeNode
    description: StringValueNode | None = None
    default_value: ConstValueNode | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class InterfaceTypeDefinitionNode(TypeDefinitionNode):
    """``interface Name { field: Type }``."""

    interfaces: tuple[NamedTypeNode, ...] | None = None
    fields: tuple[FieldDefinitionNode, ...] | None = None


class UnionTypeDefinitionNode(TypeDefinitionNode):
    """``union Name = Type | Type``."""

    types: tuple[NamedTypeNode, ...] | None = None


class EnumTypeDefinitionNode(TypeDefinitionNode):
    """``enum Name { VALUE }``."""

    values: tuple[EnumValueDefinitionNode, ...] | None = None


class EnumValueDefinitionNode(DefinitionNode):
    """``VALUE``, of an enum."""

    name: NameNode
    description: StringValueNode | None = None
    directives: tuple[DirectiveNode, ...] | None = None


class InputObjectTypeDefinitionNode(TypeDefinitionNode):
    """``input Name { field: Type = default }``."""

    fields: tuple[InputValueDefinitionNode, ...] | None = None


class DirectiveDefinitionNode(TypeSystemDefinitionNode):
    """``directive @name(argument: Type) repeatable on FIELD``."""

    name_at = 2
    name: NameNode
    locations: tuple[NameNode, ...]
    description: StringValueNode | None = None
    arguments: tuple[InputValueDefinitionNode, ...] | None = None
    repeatable: bool = False


# --- Type system extensions


class SchemaExtensionNode(DefinitionNode):
    """``extend schema @directive { mutation: Mutation }``."""

    directives: tuple[DirectiveNode, ...] | None = None
    operation_types: tuple[OperationTypeDefinitionNode, ...] | None = None


class TypeExtensionNode(TypeSystemDefinitionNode):
    """The extension of a type, of whatever kind."""

    name_at = 2
    name: NameNode
    directives: tuple[DirectiveNode, ...] | None = None


class ScalarTypeExtensionNode(TypeExtensionNode):
    """``extend scalar Name @directive``."""


class ObjectTypeExtensionNode(TypeExtensionNode):
    """``extend type Name { field: Type }``."""

    interfaces: tuple[NamedTypeNode, ...] | None = None
    fields: tuple[FieldDefinitionNode, ...] | None = None


class InterfaceTypeExtensionNode(TypeExtensionNode):
    """``extend interface Name { field: Type }``."""

    interfaces: tuple[NamedTypeNode, ...] | None = None
    fields: tuple[FieldDefinitionNode, ...] | None = None


class UnionTypeExtensionNode(TypeExtensionNode):
    """``extend union Name = Type``."""

    types: tuple[NamedTypeNode, ...] | None = None


class EnumTypeExtensionNode(TypeExtensionNode):
    """``extend enum Name { VALUE }``."""

    values: tuple[EnumValueDefinitionNode, ...] | None = None


class InputObjectTypeExtensionNode(TypeExtensionNode):
    """``extend input Name { field: Type }``."""

    fields: tuple[InputValueDefinitionNode, ...] | None = None


TypeSystemExtensionNode: TypeAlias = SchemaExtensionNode | TypeExtensionNode


# --- Schema coordinates


class TypeCoordinateNode(Node):
    """``Type``."""

    name: NameNode


class MemberCoordinateNode(Node):
    """``Type.member``."""

    name: NameNode
    member_name: NameNode


class ArgumentCoordinateNode(Node):
    """``Type.field(argument:)``."""

    name: NameNode
    field_name: NameNode
    argument_name: NameNode


class DirectiveCoordinateNode(Node):
    """``@directive``."""

    name: NameNode


class DirectiveArgumentCoordinateNode(Node):
    """``@directive(argument:)``."""

    name: NameNode
    argument_name: NameNode


SchemaCoordinateNode: TypeAlias = (
    TypeCoordinateNode
    | MemberCoordinateNode
    | ArgumentCoordinateNode
    | DirectiveCoordinateNode
    | DirectiveArgumentCoordinateNode
)


QUERY_DOCUMENT_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "name": (),
    "document": ("definitions",),
    "operation_definition": (
        "description",
        "name",
        "variable_definitions",
        "directives",
        "selection_set",
    ),
    "variable_definition": ("description", "variable", "type", "default_value", "directives"),
    "variable": ("name",),
    "selection_set": ("selections",),
    "field": ("alias", "name", "arguments", "directives", "selection_set"),
    "argument": ("name", "value"),
    "fragment_spread": ("name", "directives"),
    "inline_fragment": ("type_condition", "directives", "selection_set"),
    "fragment_definition": (
        "description",
        "name",
        "variable_definitions",
        "type_condition",
        "directives",
        "selection_set",
    ),
    "list_value": ("values",),
    "object_value": ("fields",),
    "object_field": ("name", "value"),
    "directive": ("name", "arguments"),
    "named_type": ("name",),
    "list_type": ("type",),
    "non_null_type": ("type",),
    "schema_definition": ("description", "directives", "operation_types"),
    "operation_type_definition": ("type",),
    "scalar_type_definition": ("description", "name", "directives"),
    "object_type_definition": ("description", "name", "interfaces", "directives", "fields"),
    "field_definition": ("description", "name", "arguments", "type", "directives"),
    "input_value_definition": ("description", "name", "type", "default_value", "directives"),
    "interface_type_definition": ("description", "name", "interfaces", "directives", "fields"),
    "union_type_definition": ("description", "name", "directives", "types"),
    "enum_type_definition": ("description", "name", "directives", "values"),
    "enum_value_definition": ("description", "name", "directives"),
    "input_object_type_definition": ("description", "name", "directives", "fields"),
    "directive_definition": ("description", "name", "arguments", "locations"),
    "schema_extension": ("directives", "operation_types"),
    "scalar_type_extension": ("name", "directives"),
    "object_type_extension": ("name", "interfaces", "directives", "fields"),
    "interface_type_extension": ("name", "interfaces", "directives", "fields"),
    "union_type_extension": ("name", "directives", "types"),
    "enum_type_extension": ("name", "directives", "values"),
    "input_object_type_extension": ("name", "directives", "fields"),
    "type_coordinate": ("name",),
    "member_coordinate": ("name", "member_name"),
    "argument_coordinate": ("name", "field_name", "argument_name"),
    "directive_coordinate": ("name",),
    "directive_argument_coordinate": ("name", "argument_name"),
}
"""The fields of each kind that hold nodes, in the order of the source."""

__all__ = [
    "QUERY_DOCUMENT_KEYS",
    "ArgumentCoordinateNode",
    "ArgumentNode",
    "BooleanValueNode",
    "ConstArgumentNode",
    "ConstDirectiveNode",
    "ConstListValueNode",
    "ConstObjectFieldNode",
    "ConstObjectValueNode",
    "ConstValueNode",
    "DefinitionNode",
    "DirectiveArgumentCoordinateNode",
    "DirectiveCoordinateNode",
    "DirectiveDefinitionNode",
    "DirectiveNode",
    "DocumentNode",
    "EnumTypeDefinitionNode",
    "EnumTypeExtensionNode",
    "EnumValueDefinitionNode",
    "EnumValueNode",
    "ExecutableDefinitionNode",
    "FieldDefinitionNode",
    "FieldNode",
    "FloatValueNode",
    "FragmentDefinitionNode",
    "FragmentSpreadNode",
    "InlineFragmentNode",
    "InputObjectTypeDefinitionNode",
    "InputObjectTypeExtensionNode",
    "InputValueDefinitionNode",
    "IntValueNode",
    "InterfaceTypeDefinitionNode",
    "InterfaceTypeExtensionNode",
    "ListTypeNode",
    "ListValueNode",
    "Location",
    "MemberCoordinateNode",
    "NameNode",
    "NamedTypeNode",
    "Node",
    "NonNullTypeNode",
    "NullValueNode",
    "ObjectFieldNode",
    "ObjectTypeDefinitionNode",
    "ObjectTypeExtensionNode",
    "ObjectValueNode",
    "OperationDefinitionNode",
    "OperationType",
    "OperationTypeDefinitionNode",
    "ScalarTypeDefinitionNode",
    "ScalarTypeExtensionNode",
    "SchemaCoordinateNode",
    "SchemaDefinitionNode",
    "SchemaExtensionNode",
    "SelectionNode",
    "SelectionSetNode",
    "StringValueNode",
    "Token",
    "TypeCoordinateNode",
    "TypeDefinitionNode",
    "TypeExtensionNode",
    "TypeNode",
    "TypeSystemDefinitionNode",
    "TypeSystemExtensionNode",
    "UnionTypeDefinitionNode",
    "UnionTypeExtensionNode",
    "ValueNode",
    "VariableDefinitionNode",
    "VariableNode",
]
