"""Types with fields or members: objects, interfaces and unions.

Source: GraphQL §3.6 to §3.8, https://spec.graphql.org/September2025/#sec-Objects
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from covet_graphql.type._field import GraphQLField
from covet_graphql.type._named import GraphQLNamedType, GraphQLNamedTypeKwargs, GraphQLType
from covet_graphql.type._thunk import (
    ThunkCollection,
    ThunkMapping,
    as_collection,
    as_named,
    resolve_part,
)

if TYPE_CHECKING:
    from covet_graphql.language import (
        InterfaceTypeDefinitionNode,
        InterfaceTypeExtensionNode,
        ObjectTypeDefinitionNode,
        ObjectTypeExtensionNode,
        UnionTypeDefinitionNode,
        UnionTypeExtensionNode,
    )
    from covet_graphql.type.definition import GraphQLOutputType

GraphQLFieldMap: TypeAlias = dict[str, GraphQLField]

# called as f(value, info), and as f(value, info, abstract_type)
GraphQLIsTypeOfFn: TypeAlias = Callable[[Any, Any], Awaitable[bool] | bool]
GraphQLTypeResolver: TypeAlias = Callable[[Any, Any, Any], Awaitable[str | None] | str | None]


class _FieldsTypeKwargs(GraphQLNamedTypeKwargs, total=False):
    fields: GraphQLFieldMap
    interfaces: tuple[GraphQLInterfaceType, ...]


class GraphQLObjectTypeKwargs(_FieldsTypeKwargs, total=False):
    """The arguments of `GraphQLObjectType`."""

    is_type_of: GraphQLIsTypeOfFn | None


class GraphQLInterfaceTypeKwargs(_FieldsTypeKwargs, total=False):
    """The arguments of `GraphQLInterfaceType`."""

    resolve_type: GraphQLTypeResolver | None


class GraphQLUnionTypeKwargs(GraphQLNamedTypeKwargs, total=False):
    """The arguments of `GraphQLUnionType`."""

    types: tuple[GraphQLObjectType, ...]
    resolve_type: GraphQLTypeResolver | None


class _FieldsType(GraphQLNamedType):
    """A type with fields, which may implement interfaces."""

    # as given; once resolved, what that gave, so that functions and all they hold can go
    _fields: ThunkMapping[GraphQLField | GraphQLOutputType]
    _interfaces: ThunkCollection[GraphQLInterfaceType] | None

    @cached_property
    def fields(self) -> GraphQLFieldMap:
        """The fields by name.

        Raises:
            TypeError: The function given for them raises, or returns no mapping to fields.
            GraphQLError: A name is no name.
        """
        given = resolve_part(self._fields, self.name, "fields")
        fields = as_named(given, GraphQLField, self.name, "fields")
        self._fields = fields
        return fields

    @cached_property
    def interfaces(self) -> tuple[GraphQLInterfaceType, ...]:
        """The interfaces that the type says it implements.

        Raises:
            TypeError: The function given for them raises, or returns no list.
        """
        given = resolve_part(self._interfaces, self.name, "interfaces")
        interfaces = self._interfaces = as_collection(given, self.name, "interfaces")
        return interfaces

    def to_kwargs(self) -> _FieldsTypeKwargs:
        return _FieldsTypeKwargs(
            **super().to_kwargs(), fields=self.fields.copy(), interfaces=self.interfaces
        )

    def referenced_types(self) -> list[GraphQLType]:
        """Return the interfaces, and the types of each field and its arguments."""
        types: list[GraphQLType] = [*self.interfaces]
        for field in self.fields.values():
            types.append(field.type)
            if field.args:
                types += [arg.type for arg in field.args.values()]
        return types


class GraphQLObjectType(_FieldsType):
    """An object type.

    Args:
        name: The name.
        fields: The fields by name, or a function that returns them; of a field that is nothing
            but a type the type will do.
        interfaces: The interfaces that it implements, or a function that returns them.
        is_type_of: Called as ``is_type_of(value, info)``: whether *value* is of this type.
        extensions: Whatever belongs to the type and is not of GraphQL.
        description: What the type is for, as Markdown.
    """

    is_type_of: GraphQLIsTypeOfFn | None
    ast_node: ObjectTypeDefinitionNode | None
    extension_ast_nodes: tuple[ObjectTypeExtensionNode, ...]

    def __init__(
        self,
        name: str,
        fields: ThunkMapping[GraphQLField | GraphQLOutputType],
        interfaces: ThunkCollection[GraphQLInterfaceType] | None = None,
        is_type_of: GraphQLIsTypeOfFn | None = None,
        extensions: dict[str, Any] | None = None,
        description: str | None = None,
        ast_node: ObjectTypeDefinitionNode | None = None,
        extension_ast_nodes: Collection[ObjectTypeExtensionNode] | None = None,
    ) -> None:
        super().__init__(name, description, extensions, ast_node, extension_ast_nodes)
        self._fields = fields
        self._interfaces = interfaces
        self.is_type_of = is_type_of

    def to_kwargs(self) -> GraphQLObjectTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLObjectTypeKwargs(**super().to_kwargs(), is_type_of=self.is_type_of)


class GraphQLInterfaceType(_FieldsType):
    """An interface type.

    Args:
        name: The name.
        fields: The fields by name, or a function that returns them; of a field that is nothing
            but a type the type will do.
        interfaces: The interfaces that it implements, or a function that returns them.
        resolve_type: Called as ``resolve_type(value, info, interface)`` for the name of the
            object type that *value* is of.
        description: What the type is for, as Markdown.
        extensions: Whatever belongs to the type and is not of GraphQL.
    """

    resolve_type: GraphQLTypeResolver | None
    ast_node: InterfaceTypeDefinitionNode | None
    extension_ast_nodes: tuple[InterfaceTypeExtensionNode, ...]

    def __init__(
        self,
        name: str,
        fields: ThunkMapping[GraphQLField | GraphQLOutputType],
        interfaces: ThunkCollection[GraphQLInterfaceType] | None = None,
        resolve_type: GraphQLTypeResolver | None = None,
        description: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: InterfaceTypeDefinitionNode | None = None,
        extension_ast_nodes: Collection[InterfaceTypeExtensionNode] | None = None,
    ) -> None:
        super().__init__(name, description, extensions, ast_node, extension_ast_nodes)
        self._fields = fields
        self._interfaces = interfaces
        self.resolve_type = resolve_type

    def to_kwargs(self) -> GraphQLInterfaceTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLInterfaceTypeKwargs(**super().to_kwargs(), resolve_type=self.resolve_type)


class GraphQLUnionType(GraphQLNamedType):
    """A union type.

    Args:
        name: The name.
        types: The object types that it consists of, or a function that returns them.
        resolve_type: Called as ``resolve_type(value, info, union)`` for the name of the object
            type that *value* is of.
        description: What the type is for, as Markdown.
        extensions: Whatever belongs to the type and is not of GraphQL.
    """

    resolve_type: GraphQLTypeResolver | None
    ast_node: UnionTypeDefinitionNode | None
    extension_ast_nodes: tuple[UnionTypeExtensionNode, ...]
    _types: ThunkCollection[GraphQLObjectType]

    def __init__(
        self,
        name: str,
        types: ThunkCollection[GraphQLObjectType],
        resolve_type: GraphQLTypeResolver | None = None,
        description: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: UnionTypeDefinitionNode | None = None,
        extension_ast_nodes: Collection[UnionTypeExtensionNode] | None = None,
    ) -> None:
        super().__init__(name, description, extensions, ast_node, extension_ast_nodes)
        self._types = types
        self.resolve_type = resolve_type

    @cached_property
    def types(self) -> tuple[GraphQLObjectType, ...]:
        """The types that it consists of.

        Raises:
            TypeError: The function given for them raises, or returns no list.
        """
        given = resolve_part(self._types, self.name, "types")
        types = self._types = as_collection(given, self.name, "types")
        return types

    def to_kwargs(self) -> GraphQLUnionTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLUnionTypeKwargs(
            **super().to_kwargs(), types=self.types, resolve_type=self.resolve_type
        )

    def referenced_types(self) -> tuple[GraphQLObjectType, ...]:
        """Return the types that it consists of."""
        return self.types
