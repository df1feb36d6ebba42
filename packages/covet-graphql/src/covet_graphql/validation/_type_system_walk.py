"""The walk through one type system definition or extension.

What such definitions have in common with operations goes into the same lists, so that one rule
serves both: directives, their arguments, input objects and names of types. The rules about the
definitions as such read the definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from covet_graphql.language import (
    DirectiveDefinitionNode,
    DirectiveLocation,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from covet_graphql.language import (
        DirectiveNode,
        InputValueDefinitionNode,
        Node,
        TypeNode,
        ValueNode,
    )


class Observer(Protocol):
    """Who is told what the definitions consist of."""

    def see_named_type(self, node: NamedTypeNode) -> None:
        """See the name of a type."""

    def see_constant(self, value: ValueNode) -> None:
        """See a default value."""

    def see_directives(
        self, owner: Node, directives: tuple[DirectiveNode, ...], location: DirectiveLocation
    ) -> None:
        """See the directives of a definition or of a part of it."""


def named_type_node(node: TypeNode) -> NamedTypeNode:
    """Return the name inside a type reference."""
    inner: Any = node
    while type(inner) is not NamedTypeNode:
        inner = inner.type
    return inner


def walk_type_system(node: Node, observer: Observer) -> None:
    """Tell *observer* what the definition or extension *node* consists of, in its order."""
    _WALKS[type(node)](node, observer)


def _directives(node: Any, location: DirectiveLocation, observer: Observer) -> None:
    if node.directives:
        observer.see_directives(node, node.directives, location)


def _schema(node: Any, observer: Observer) -> None:
    _directives(node, DirectiveLocation.SCHEMA, observer)
    for operation_type in node.operation_types or ():
        observer.see_named_type(operation_type.type)


def _scalar(node: Any, observer: Observer) -> None:
    _directives(node, DirectiveLocation.SCALAR, observer)


def _object(node: Any, observer: Observer) -> None:
    _with_fields(node, DirectiveLocation.OBJECT, observer)


def _interface(node: Any, observer: Observer) -> None:
    _with_fields(node, DirectiveLocation.INTERFACE, observer)


def _with_fields(node: Any, location: DirectiveLocation, observer: Observer) -> None:
    for interface in node.interfaces or ():
        observer.see_named_type(interface)
    _directives(node, location, observer)
    for field in node.fields or ():
        if field.arguments:
            _input_values(field.arguments, DirectiveLocation.ARGUMENT_DEFINITION, observer)
        observer.see_named_type(named_type_node(field.type))
        _directives(field, DirectiveLocation.FIELD_DEFINITION, observer)


def _union(node: Any, observer: Observer) -> None:
    _directives(node, DirectiveLocation.UNION, observer)
    for member in node.types or ():
        observer.see_named_type(member)


def _enum(node: Any, observer: Observer) -> None:
    _directives(node, DirectiveLocation.ENUM, observer)
    for value in node.values or ():
        _directives(value, DirectiveLocation.ENUM_VALUE, observer)


def _input_object(node: Any, observer: Observer) -> None:
    _directives(node, DirectiveLocation.INPUT_OBJECT, observer)
    _input_values(node.fields or (), DirectiveLocation.INPUT_FIELD_DEFINITION, observer)


def _directive(node: Any, observer: Observer) -> None:
    _input_values(node.arguments or (), DirectiveLocation.ARGUMENT_DEFINITION, observer)


def _input_values(
    nodes: Iterable[InputValueDefinitionNode], location: DirectiveLocation, observer: Observer
) -> None:
    for node in nodes:
        observer.see_named_type(named_type_node(node.type))
        if node.default_value is not None:
            observer.see_constant(node.default_value)
        _directives(node, location, observer)


_WALKS: Final[dict[type[Node], Callable[[Any, Observer], None]]] = {
    SchemaDefinitionNode: _schema,
    SchemaExtensionNode: _schema,
    ScalarTypeDefinitionNode: _scalar,
    ScalarTypeExtensionNode: _scalar,
    ObjectTypeDefinitionNode: _object,
    ObjectTypeExtensionNode: _object,
    InterfaceTypeDefinitionNode: _interface,
    InterfaceTypeExtensionNode: _interface,
    UnionTypeDefinitionNode: _union,
    UnionTypeExtensionNode: _union,
    EnumTypeDefinitionNode: _enum,
    EnumTypeExtensionNode: _enum,
    InputObjectTypeDefinitionNode: _input_object,
    InputObjectTypeExtensionNode: _input_object,
    DirectiveDefinitionNode: _directive,
}
