"""From text in the schema definition language to a schema.

Source: GraphQL §3, https://spec.graphql.org/September2025/#sec-Type-System
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language import parse
from covet_graphql.type import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    specified_directives,
)
from covet_graphql.type.schema import CompleteTypes
from covet_graphql.utilities._definitions import (
    BUILT_IN_TYPES,
    DefinitionReader,
    NamedTypes,
    definitions_of,
)
from covet_graphql.utilities.attach_resolvers import attach_resolvers

if TYPE_CHECKING:
    from covet_graphql.language import DocumentNode, Source
    from covet_graphql.type import GraphQLNamedType
    from covet_graphql.utilities.attach_resolvers import Resolvers

_OPERATIONS = ("query", "mutation", "subscription")


def build_schema(
    source: str | bytes | Source,
    assume_valid: bool = False,
    assume_valid_sdl: bool = False,
    no_location: bool = False,
    max_tokens: int | None = None,
    *,
    max_depth: int | None = None,
    max_source_length: int | None = None,
    resolvers: Resolvers | None = None,
) -> GraphQLSchema:
    """Return the schema that a text defines.

        schema = build_schema("type Query { now: DateTime }  scalar DateTime", resolvers={
            "Query": {"now": lambda root, info: datetime.now(UTC)},
            "DateTime": {"serialize": datetime.isoformat},
        })

    Args:
        source: The text; bytes are UTF-8.
        assume_valid: Whether the schema is known to be valid, so that it need not be validated
            before it is used.
        assume_valid_sdl: Whether the text is known to be valid, so that it is not validated here.
        no_location: Leave ``loc`` of all nodes None, which lets go of the source.
        max_tokens: Refuse texts of more tokens than this.
        max_depth: Refuse values and list types that are nested deeper than this.
        max_source_length: Refuse texts of more code points than this.
        resolvers: What the text cannot say: the functions behind fields, scalars and abstract
            types, and the Python values of enums; see `attach_resolvers`.

    Raises:
        GraphQLSyntaxError: The text is no document.
        TypeError: The document breaks rules of the schema definition language; all are told.
        ResolverMapError: *resolvers* do not fit the schema; all faults are told.
    """
    document = parse(
        source, no_location, max_tokens, max_depth=max_depth, max_source_length=max_source_length
    )
    return build_ast_schema(document, assume_valid, assume_valid_sdl, resolvers=resolvers)


def build_ast_schema(
    document_ast: DocumentNode,
    assume_valid: bool = False,
    assume_valid_sdl: bool = False,
    *,
    resolvers: Resolvers | None = None,
) -> GraphQLSchema:
    """Return the schema that a document defines; see `build_schema`.

    Without a definition of the schema itself the object types called Query, Mutation and
    Subscription are its root types.

    Source: GraphQL §3.3.1, https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    """
    if not (assume_valid or assume_valid_sdl):
        # rules of validation use other modules of this package
        from covet_graphql.validation.validate import assert_valid_sdl

        assert_valid_sdl(document_ast)
    found = definitions_of(document_ast)
    types = NamedTypes()
    reader = DefinitionReader(types, found.type_extensions)
    for name, node in found.types.items():
        types[name] = BUILT_IN_TYPES.get(name) or reader.named_type(node)
    all_types = _complete(types)
    directives = [reader.directive(node) for node in found.directives]
    defined = {directive.name for directive in directives}
    directives += [item for item in specified_directives if item.name not in defined]
    roots = reader.root_types(found.schema_nodes)
    if found.schema is None:
        presumed = {name: types.get(name.capitalize()) for name in _OPERATIONS}
        roots.update({name: root for name, root in presumed.items() if root is not None})
    description = found.schema and found.schema.description
    schema = GraphQLSchema(
        **roots,
        types=all_types,
        directives=directives,
        description=description.value if description else None,
        ast_node=found.schema,
        extension_ast_nodes=found.schema_extensions,
        assume_valid=assume_valid,
    )
    return schema if resolvers is None else attach_resolvers(schema, resolvers)


def _complete(types: NamedTypes) -> CompleteTypes:
    """Return defined types, each followed by the built-in types that it is the first to use."""
    complete: list[GraphQLNamedType] = []
    seen = 0
    for type_ in list(types.values()):
        complete.append(type_)
        # what is looked at is read now, so that what is wrong with it is told now
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
            _ = type_.interfaces, type_.fields
        elif isinstance(type_, GraphQLInputObjectType):
            _ = type_.fields
        elif isinstance(type_, GraphQLUnionType):
            _ = type_.types
        complete += types.built_in[seen:]
        seen = len(types.built_in)
    return CompleteTypes(complete)
