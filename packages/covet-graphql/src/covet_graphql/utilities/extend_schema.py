"""A schema with the definitions and extensions of a document added to it.

Source: GraphQL §3.1, https://spec.graphql.org/September2025/#sec-Type-System-Extensions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.language import (
    EnumTypeExtensionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeExtensionNode,
    ScalarTypeExtensionNode,
    UnionTypeExtensionNode,
)
from covet_graphql.type import GraphQLObjectType, assert_schema
from covet_graphql.utilities._definitions import (
    BUILT_IN_TYPES,
    DefinitionReader,
    definitions_of,
    enum_values,
    specified_by_url,
)
from covet_graphql.utilities._schema_copy import SchemaCopy
from covet_graphql.utilities.attach_resolvers import attach_resolvers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from covet_graphql.language import DocumentNode
    from covet_graphql.type import (
        GraphQLEnumType,
        GraphQLEnumValue,
        GraphQLField,
        GraphQLInputField,
        GraphQLInputObjectType,
        GraphQLInterfaceType,
        GraphQLNamedType,
        GraphQLScalarType,
        GraphQLSchema,
        GraphQLUnionType,
    )
    from covet_graphql.utilities._definitions import Definitions
    from covet_graphql.utilities.attach_resolvers import Resolvers


def extend_schema(
    schema: GraphQLSchema,
    document_ast: DocumentNode,
    assume_valid: bool = False,
    assume_valid_sdl: bool = False,
    *,
    resolvers: Resolvers | None = None,
) -> GraphQLSchema:
    """Return a schema with what *document_ast* defines and extends; *schema* stays as it is.

    A document that adds nothing gives back *schema* itself.

    Args:
        schema: What is extended.
        document_ast: Definitions and extensions.
        assume_valid: Whether the result is known to be valid, so that it need not be validated
            before it is used.
        assume_valid_sdl: Whether the document is known to be valid, so that it is not validated
            here.
        resolvers: The functions behind the result; see `attach_resolvers`.

    Raises:
        TypeError: The document breaks rules of the schema definition language, alone or with
            *schema*; all are told.
        ResolverMapError: *resolvers* do not fit the result; all faults are told.
    """
    assert_schema(schema)
    if not (assume_valid or assume_valid_sdl):
        # rules of validation use other modules of this package
        from covet_graphql.validation.validate import assert_valid_sdl_extension

        assert_valid_sdl_extension(document_ast, schema)
    found = definitions_of(document_ast)
    if found:
        schema = _ExtendedCopy(schema, found, assume_valid=assume_valid).copy()
    return schema if resolvers is None else attach_resolvers(schema, resolvers)


class _ExtendedCopy(SchemaCopy):
    """Copies a schema together with what a document adds."""

    def __init__(self, schema: GraphQLSchema, found: Definitions, *, assume_valid: bool) -> None:
        super().__init__(schema)
        self._found = found
        self._assume_valid = assume_valid
        self._reader = DefinitionReader(self.types, found.type_extensions)

    def schema_kwargs(self) -> dict[str, Any]:
        found = self._found
        for name, node in found.types.items():
            self.types[name] = BUILT_IN_TYPES.get(name) or self._reader.named_type(node)
        kwargs = super().schema_kwargs()
        kwargs["types"] = tuple(kwargs["types"])  # new fields may lead to more built-in types
        kwargs["directives"] += tuple([self._reader.directive(node) for node in found.directives])
        if found.schema is not None:
            description = found.schema.description
            kwargs["description"] = None if description is None else description.value
            kwargs["ast_node"] = found.schema
        kwargs.update(self._reader.root_types(found.schema_nodes))
        kwargs["extension_ast_nodes"] += tuple(found.schema_extensions)
        kwargs["assume_valid"] = self._assume_valid
        return kwargs

    def _extended(self, type_: GraphQLNamedType, kind: type) -> dict[str, Any]:
        extensions = self._reader.extensions(kind, type_.name)
        return {"extension_ast_nodes": (*type_.extension_ast_nodes, *extensions)}

    def scalar(self, type_: GraphQLScalarType) -> Mapping[str, Any]:
        extensions = self._reader.extensions(ScalarTypeExtensionNode, type_.name)
        url = specified_by_url(extensions)
        return {
            **self._extended(type_, ScalarTypeExtensionNode),
            "specified_by_url": type_.specified_by_url if url is None else url,
        }

    def object(self, type_: GraphQLObjectType) -> Mapping[str, Any]:
        return self._extended(type_, ObjectTypeExtensionNode)

    def interface(self, type_: GraphQLInterfaceType) -> Mapping[str, Any]:
        return self._extended(type_, InterfaceTypeExtensionNode)

    def union(self, type_: GraphQLUnionType) -> Mapping[str, Any]:
        return self._extended(type_, UnionTypeExtensionNode)

    def enum(self, type_: GraphQLEnumType) -> Mapping[str, Any]:
        return self._extended(type_, EnumTypeExtensionNode)

    def input_object(self, type_: GraphQLInputObjectType) -> Mapping[str, Any]:
        return self._extended(type_, InputObjectTypeExtensionNode)

    def _extensions(self, type_: GraphQLObjectType | GraphQLInterfaceType) -> list[Any]:
        is_object = isinstance(type_, GraphQLObjectType)
        kind = ObjectTypeExtensionNode if is_object else InterfaceTypeExtensionNode
        return self._reader.extensions(kind, type_.name)

    def fields(self, type_: GraphQLObjectType | GraphQLInterfaceType) -> dict[str, GraphQLField]:
        return {**super().fields(type_), **self._reader.fields(self._extensions(type_))}

    def interfaces(
        self, type_: GraphQLObjectType | GraphQLInterfaceType
    ) -> Collection[GraphQLInterfaceType]:
        return [*super().interfaces(type_), *self._reader.interfaces(self._extensions(type_))]

    def members(self, type_: GraphQLUnionType) -> Collection[GraphQLObjectType]:
        extensions = self._reader.extensions(UnionTypeExtensionNode, type_.name)
        return [*super().members(type_), *self._reader.members(extensions)]

    def values(self, type_: GraphQLEnumType) -> dict[str, GraphQLEnumValue]:
        extensions = self._reader.extensions(EnumTypeExtensionNode, type_.name)
        return {**super().values(type_), **enum_values(extensions)}

    def input_fields(self, type_: GraphQLInputObjectType) -> dict[str, GraphQLInputField]:
        extensions = self._reader.extensions(InputObjectTypeExtensionNode, type_.name)
        return {**super().input_fields(type_), **self._reader.input_fields(extensions)}
