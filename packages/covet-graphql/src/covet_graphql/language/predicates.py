"""What a node is, in the grammar's terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from covet_graphql.language.ast import (
    ArgumentCoordinateNode,
    DefinitionNode,
    DirectiveArgumentCoordinateNode,
    DirectiveCoordinateNode,
    ExecutableDefinitionNode,
    ListValueNode,
    MemberCoordinateNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SchemaExtensionNode,
    SelectionNode,
    TypeCoordinateNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    TypeNode,
    TypeSystemDefinitionNode,
    ValueNode,
    VariableNode,
)

if TYPE_CHECKING:
    from covet_graphql.language.ast import (
        ConstValueNode,
        SchemaCoordinateNode,
        TypeSystemExtensionNode,
    )


def is_definition_node(node: Node) -> TypeGuard[DefinitionNode]:
    """Whether *node* is a definition or an extension."""
    return isinstance(node, DefinitionNode)


def is_executable_definition_node(node: Node) -> TypeGuard[ExecutableDefinitionNode]:
    """Whether *node* is an operation or a fragment."""
    return isinstance(node, ExecutableDefinitionNode)


def is_subscription_operation_definition_node(node: Node) -> TypeGuard[OperationDefinitionNode]:
    """Whether *node* is a subscription."""
    return (
        isinstance(node, OperationDefinitionNode) and node.operation is OperationType.SUBSCRIPTION
    )


def is_selection_node(node: Node) -> TypeGuard[SelectionNode]:
    """Whether *node* is a field, a fragment spread or an inline fragment."""
    return isinstance(node, SelectionNode)


def is_value_node(node: Node) -> TypeGuard[ValueNode]:
    """Whether *node* is a value."""
    return isinstance(node, ValueNode)


def is_const_value_node(node: Node) -> TypeGuard[ConstValueNode]:
    """Whether *node* is a value without variables, however deep."""
    pending: list[Node] = [node]
    while pending:
        value = pending.pop()
        if isinstance(value, VariableNode) or not isinstance(value, ValueNode):
            return False
        if isinstance(value, ListValueNode):
            pending += value.values
        elif isinstance(value, ObjectValueNode):
            pending += [field.value for field in value.fields]
    return True


def is_type_node(node: Node) -> TypeGuard[TypeNode]:
    """Whether *node* is a type reference."""
    return isinstance(node, TypeNode)


def is_type_system_definition_node(node: Node) -> TypeGuard[TypeSystemDefinitionNode]:
    """Whether *node* defines a schema, a type or a directive."""
    return isinstance(node, TypeSystemDefinitionNode)


def is_type_definition_node(node: Node) -> TypeGuard[TypeDefinitionNode]:
    """Whether *node* defines a type."""
    return isinstance(node, TypeDefinitionNode)


def is_type_system_extension_node(node: Node) -> TypeGuard[TypeSystemExtensionNode]:
    """Whether *node* extends a schema or a type."""
    return isinstance(node, (SchemaExtensionNode, TypeExtensionNode))


def is_type_extension_node(node: Node) -> TypeGuard[TypeExtensionNode]:
    """Whether *node* extends a type."""
    return isinstance(node, TypeExtensionNode)


def is_schema_coordinate_node(node: Node) -> TypeGuard[SchemaCoordinateNode]:
    """Whether *node* is a schema coordinate."""
    return isinstance(
        node,
        (
            TypeCoordinateNode,
            MemberCoordinateNode,
            ArgumentCoordinateNode,
            DirectiveCoordinateNode,
            DirectiveArgumentCoordinateNode,
        ),
    )
