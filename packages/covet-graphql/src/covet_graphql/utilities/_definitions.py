"""From definitions in the schema definition language to types and directives.

Source: GraphQL §3, https://spec.graphql.org/September2025/#sec-Type-System
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    DirectiveDefinitionNode,
    DirectiveLocation,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    StringValueNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
    print_ast,
)
from covet_graphql.type import (
    DEFAULT_DEPRECATION_REASON,
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    introspection_types,
    specified_scalar_types,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from covet_graphql.language import (
        DirectiveNode,
        DocumentNode,
        EnumValueDefinitionNode,
        FieldDefinitionNode,
        InputValueDefinitionNode,
        TypeNode,
    )
    from covet_graphql.type import GraphQLNamedType

BUILT_IN_TYPES: Final[Mapping[str, GraphQLNamedType]] = {
    **specified_scalar_types,
    **introspection_types,
}


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a document defines and extends; of several definitions of one name the last counts."""

    schema: SchemaDefinitionNode | None = None
    schema_extensions: list[SchemaExtensionNode] = field(default_factory=list)
    types: dict[str, TypeDefinitionNode] = field(default_factory=dict)
    type_extensions: dict[tuple[type, str], list[Any]] = field(default_factory=dict)
    directives: list[DirectiveDefinitionNode] = field(default_factory=list)

    @property
    def schema_nodes(self) -> list[SchemaDefinitionNode | SchemaExtensionNode]:
        """The definition of the schema itself, if there is one, and its extensions."""
        defined = [] if self.schema is None else [self.schema]
        return [*defined, *self.schema_extensions]

    def __bool__(self) -> bool:
        return bool(
            self.schema
            or self.schema_extensions
            or self.types
            or self.type_extensions
            or self.directives
        )


def definitions_of(document: DocumentNode) -> Definitions:
    """Return what *document* defines and extends; operations and fragments are left out."""
    schema: SchemaDefinitionNode | None = None
    found = Definitions()
    for node in document.definitions:
        if isinstance(node, TypeDefinitionNode):
            found.types[node._name] = node
        elif isinstance(node, TypeExtensionNode):
            found.type_extensions.setdefault((type(node), node._name), []).append(node)
        elif isinstance(node, DirectiveDefinitionNode):
            found.directives.append(node)
        elif isinstance(node, SchemaDefinitionNode):
            schema = node
        elif isinstance(node, SchemaExtensionNode):
            found.schema_extensions.append(node)
    return Definitions(
        schema, found.schema_extensions, found.types, found.type_extensions, found.directives
    )


class NamedTypes(dict[str, Any]):
    """Types by name, to which built-in types are added when they are asked for.

    Attributes:
        built_in: The built-in types that were asked for, in that order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.built_in: list[GraphQLNamedType] = []

    def __missing__(self, name: str) -> GraphQLNamedType:
        type_ = self[name] = BUILT_IN_TYPES.get(name)
        if type_ is None:
            raise TypeError(f"Unknown type: '{name}'.")
        self.built_in.append(type_)
        return type_


class _NonNullTypes(dict[str, GraphQLNonNull[Any]]):
    """Named types without null, by name; most types of fields are one of these."""

    def __init__(self, types: NamedTypes) -> None:
        super().__init__()
        self._types = types

    def __missing__(self, name: str) -> GraphQLNonNull[Any]:
        type_ = self[name] = GraphQLNonNull(self._types[name])
        return type_


class DefinitionReader:
    """Makes types of definitions; what they refer to is looked up when their fields are.

    Raises:
        TypeError: Something refers to a type that does not exist.
    """

    def __init__(self, types: NamedTypes, extensions: Mapping[tuple[type, str], list[Any]]) -> None:
        self._types = types
        self._extensions = extensions
        self._non_null_types = _NonNullTypes(types)

    def type_reference(self, node: TypeNode) -> Any:
        """Return the type that *node* refers to."""
        kind = type(node)
        if kind is NamedTypeNode:
            return self._types[node._name]
        inner: Any = node
        if kind is NonNullTypeNode:
            inner = inner.type
            if type(inner) is NamedTypeNode:
                return self._non_null_types[inner._name]
            inner = node
        wrappers: list[type[Any]] = []
        while type(inner) is not NamedTypeNode:
            wrappers.append(GraphQLList if type(inner) is ListTypeNode else GraphQLNonNull)
            inner = inner.type
        type_ = self._types[inner._name]
        for wrapper in reversed(wrappers):
            type_ = wrapper(type_)
        return type_

    # --- Definitions

    def named_type(self, node: TypeDefinitionNode) -> GraphQLNamedType:
        """Return the type that *node* and the extensions of its name define."""
        return _READERS[type(node)](self, node)

    def extensions(self, kind: type, name: str) -> list[Any]:
        """Return the extensions of that kind and name."""
        return self._extensions.get((kind, name), []) if self._extensions else []

    def _scalar(self, node: ScalarTypeDefinitionNode) -> GraphQLScalarType:
        extensions = self.extensions(ScalarTypeExtensionNode, node._name)
        return GraphQLScalarType(
            node._name,
            description=_description(node),
            specified_by_url=specified_by_url([node, *extensions]),
            ast_node=node,
            extension_ast_nodes=extensions,
        )

    def _object(self, node: ObjectTypeDefinitionNode) -> GraphQLObjectType:
        extensions = self.extensions(ObjectTypeExtensionNode, node._name)
        nodes = [node, *extensions]
        return GraphQLObjectType(
            node._name,
            lambda: self.fields(nodes),
            lambda: self.interfaces(nodes),
            description=_description(node),
            ast_node=node,
            extension_ast_nodes=extensions,
        )

    def _interface(self, node: InterfaceTypeDefinitionNode) -> GraphQLInterfaceType:
        extensions = self.extensions(InterfaceTypeExtensionNode, node._name)
        nodes = [node, *extensions]
        return GraphQLInterfaceType(
            node._name,
            lambda: self.fields(nodes),
            lambda: self.interfaces(nodes),
            description=_description(node),
            ast_node=node,
            extension_ast_nodes=extensions,
        )

    def _union(self, node: UnionTypeDefinitionNode) -> GraphQLUnionType:
        extensions = self.extensions(UnionTypeExtensionNode, node._name)
        nodes = [node, *extensions]
        return GraphQLUnionType(
            node._name,
            lambda: self.members(nodes),
            description=_description(node),
            ast_node=node,
            extension_ast_nodes=extensions,
        )

    def _enum(self, node: EnumTypeDefinitionNode) -> GraphQLEnumType:
        extensions = self.extensions(EnumTypeExtensionNode, node._name)
        return GraphQLEnumType(
            node._name,
            enum_values([node, *extensions]),
            description=_description(node),
            ast_node=node,
            extension_ast_nodes=extensions,
        )

    def _input_object(self, node: InputObjectTypeDefinitionNode) -> GraphQLInputObjectType:
        extensions = self.extensions(InputObjectTypeExtensionNode, node._name)
        nodes = [node, *extensions]
        return GraphQLInputObjectType(
            node._name,
            lambda: self.input_fields(nodes),
            description=_description(node),
            ast_node=node,
            extension_ast_nodes=extensions,
            is_one_of=is_one_of(node),
        )

    def directive(self, node: DirectiveDefinitionNode) -> GraphQLDirective:
        """Return the directive that *node* defines."""
        return GraphQLDirective(
            node._name,
            [DirectiveLocation[location.value] for location in node.locations],
            args=self.arguments(node.arguments or ()),
            is_repeatable=node.repeatable,
            description=_description(node),
            ast_node=node,
        )

    def root_types(
        self, nodes: Iterable[SchemaDefinitionNode | SchemaExtensionNode]
    ) -> dict[str, Any]:
        """Return the root types by operation; of several for one the last counts."""
        return {
            item.operation.value: self._types[item.type._name]
            for node in nodes
            for item in node.operation_types or ()
        }

    # --- Members

    def fields(
        self,
        nodes: Iterable[
            ObjectTypeDefinitionNode
            | ObjectTypeExtensionNode
            | InterfaceTypeDefinitionNode
            | InterfaceTypeExtensionNode
        ],
    ) -> dict[str, GraphQLField]:
        """Return the fields of a definition and its extensions."""
        return {item._name: self._field(item) for node in nodes for item in node.fields or ()}

    def _field(self, node: FieldDefinitionNode) -> GraphQLField:
        return GraphQLField(
            self.type_reference(node.type),
            self.arguments(node.arguments) if node.arguments else None,
            None,
            None,
            None if node.description is None else node.description.value,
            deprecation_reason(node) if node.directives else None,
            None,
            node,
        )

    def arguments(self, nodes: Iterable[InputValueDefinitionNode]) -> dict[str, GraphQLArgument]:
        """Return arguments by name."""
        return {node._name: GraphQLArgument(*self._input_value(node)) for node in nodes}

    def input_fields(
        self, nodes: Iterable[InputObjectTypeDefinitionNode | InputObjectTypeExtensionNode]
    ) -> dict[str, GraphQLInputField]:
        """Return the input fields of a definition and its extensions."""
        return {
            item._name: GraphQLInputField(*self._input_value(item))
            for node in nodes
            for item in node.fields or ()
        }

    def _input_value(self, node: InputValueDefinitionNode) -> tuple[Any, ...]:
        """Return the arguments of an argument or input field."""
        default = node.default_value
        return (
            self.type_reference(node.type),
            Undefined,
            None if node.description is None else node.description.value,
            deprecation_reason(node) if node.directives else None,
            None,
            None,
            node,
            None if default is None else GraphQLDefaultInput(literal=default),
        )

    def interfaces(
        self,
        nodes: Iterable[
            ObjectTypeDefinitionNode
            | ObjectTypeExtensionNode
            | InterfaceTypeDefinitionNode
            | InterfaceTypeExtensionNode
        ],
    ) -> list[GraphQLInterfaceType]:
        """Return the interfaces that a definition and its extensions implement."""
        return [self._types[item._name] for node in nodes for item in node.interfaces or ()]

    def members(
        self, nodes: Iterable[UnionTypeDefinitionNode | UnionTypeExtensionNode]
    ) -> list[GraphQLObjectType]:
        """Return the types that a union and its extensions consist of."""
        return [self._types[item._name] for node in nodes for item in node.types or ()]


_READERS: Final[dict[type, Callable[[DefinitionReader, Any], GraphQLNamedType]]] = {
    ScalarTypeDefinitionNode: DefinitionReader._scalar,
    ObjectTypeDefinitionNode: DefinitionReader._object,
    InterfaceTypeDefinitionNode: DefinitionReader._interface,
    UnionTypeDefinitionNode: DefinitionReader._union,
    EnumTypeDefinitionNode: DefinitionReader._enum,
    InputObjectTypeDefinitionNode: DefinitionReader._input_object,
}


def enum_values(
    nodes: Iterable[EnumTypeDefinitionNode | EnumTypeExtensionNode],
) -> dict[str, GraphQLEnumValue]:
    """Return the values of a definition and its extensions; each is its own name to resolvers."""
    return {
        item._name: GraphQLEnumValue(
            item._name,
            description=_description(item),
            deprecation_reason=deprecation_reason(item) if item.directives else None,
            ast_node=item,
        )
        for node in nodes
        for item in node.values or ()
    }


def _description(node: Any) -> str | None:
    description: StringValueNode | None = node.description
    return None if description is None else description.value


# --- What the specified directives say


def deprecation_reason(
    node: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode,
) -> str | None:
    """Return why something should not be used, None when it may be.

    Source: GraphQL §3.13.3, https://spec.graphql.org/September2025/#sec--deprecated
    """
    directive = _directive(node, "deprecated")
    if directive is None:
        return None
    return _text(directive, "reason", DEFAULT_DEPRECATION_REASON)


def specified_by_url(
    nodes: Iterable[ScalarTypeDefinitionNode | ScalarTypeExtensionNode],
) -> str | None:
    """Return where a scalar is specified; the last of its definition and extensions counts.

    Source: GraphQL §3.13.4, https://spec.graphql.org/September2025/#sec--specifiedBy
    """
    url: str | None = None
    for node in nodes:
        directive = _directive(node, "specifiedBy")
        if directive is not None:
            url = _text(directive, "url", None)
    return url


def is_one_of(node: InputObjectTypeDefinitionNode) -> bool:
    """Whether an input object takes exactly one of its fields.

    Source: GraphQL §3.13.5, https://spec.graphql.org/September2025/#sec--oneOf
    """
    return _directive(node, "oneOf") is not None


def _directive(node: Any, name: str) -> DirectiveNode | None:
    directives: Iterable[DirectiveNode] = node.directives or ()
    return next((directive for directive in directives if directive._name == name), None)


def _text(directive: DirectiveNode, name: str, default: str | None) -> str:
    """Return an argument that must be a string.

    Raises:
        GraphQLError: It is none, or is missing and has no default.
    """
    for argument in directive.arguments or ():
        if argument._name == name:
            if isinstance(argument.value, StringValueNode):
                return argument.value.value
            raise GraphQLError(
                f"Argument '{name}' of '@{directive._name}' must be a string,"
                f" found {print_ast(argument.value)}.",
                argument.value,
            )
    if default is None:
        raise GraphQLError(
            f"Argument '{name}' of '@{directive._name}' is required, but was not provided.",
            directive,
        )
    return default
