"""The operations that were compiled for a schema lately, kept with the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql.execution._tables import SchemaTables
from covet_graphql.execution._tiers import compile_reached
from covet_graphql.execution.compiled import CompiledOperation
from covet_graphql.execution.default_resolvers import (
    default_field_resolver,
    default_type_resolver,
)
from covet_graphql.execution.middleware import MiddlewareManager
from covet_graphql.type import assert_valid_schema

if TYPE_CHECKING:
    from covet_graphql.execution._tiers import Tier
    from covet_graphql.execution.middleware import Middleware
    from covet_graphql.language import DocumentNode
    from covet_graphql.type import GraphQLFieldResolver, GraphQLSchema, GraphQLTypeResolver

_MAX_OPERATIONS: Final = 512
_MAX_NEW: Final = 64
_MAX_TABLES: Final = 16
_ATTRIBUTE: Final = "_compiled_operations"


class SchemaCache:
    """What was compiled for one schema.

    Documents are known by identity: an equal one is another one. An operation that is new stays
    for a few others, and for long once it was asked for again: keeping all that come but once
    would cost each of them more memory than the processor has at hand. When there are too many
    that are to stay, those go that were not asked for since there were too many the last time.

    Attributes:
        schema: The schema.
        operations: The operations that were asked for again.
    """

    __slots__ = ("_new", "_tables", "operations", "schema")

    def __init__(self, schema: GraphQLSchema) -> None:
        assert_valid_schema(schema)
        self.schema = schema
        self.operations: dict[tuple[Any, ...], CompiledOperation] = {}
        self._new: dict[tuple[Any, ...], CompiledOperation] = {}
        self._tables: dict[tuple[Any, ...], SchemaTables] = {}

    def compile(
        self,
        key: tuple[Any, ...],
        document: DocumentNode,
        operation_name: str | None,
        resolvers: tuple[Any, ...],
        tier: Tier,
    ) -> CompiledOperation:
        """Return an operation of *document* that is not among those asked for again."""
        found = self._new.pop(key, None)
        if found is not None and found.document is document:
            if len(self.operations) >= _MAX_OPERATIONS:
                self._make_room()
            self.operations[key] = found
            return found
        compiled = CompiledOperation(self._tables_for(*resolvers), document, operation_name, tier)
        if len(self._new) >= _MAX_NEW:
            del self._new[next(iter(self._new))]
        self._new[key] = compiled
        return compiled

    def _make_room(self) -> None:
        used = {key: found for key, found in self.operations.items() if found.was_used}
        for found in used.values():
            found.was_used = False
        if len(used) >= _MAX_OPERATIONS:  # all are in use: a quarter has to go nevertheless
            used = dict(list(used.items())[_MAX_OPERATIONS // 4 :])
        self.operations = used

    def _tables_for(
        self,
        field_resolver: GraphQLFieldResolver | None,
        type_resolver: GraphQLTypeResolver | None,
        middleware: Middleware,
    ) -> SchemaTables:
        key = (field_resolver, type_resolver, middleware)
        tables = self._tables.get(key)
        if tables is None:
            if isinstance(middleware, (tuple, list)):
                middleware = MiddlewareManager(*middleware)
            tables = SchemaTables(
                self.schema,
                field_resolver or default_field_resolver,
                type_resolver or default_type_resolver,
                middleware,
                compile_reached,
            )
            if len(self._tables) >= _MAX_TABLES:
                del self._tables[next(iter(self._tables))]
            self._tables[key] = tables
        return tables

    def __reduce__(self) -> Any:
        return _nothing_yet, ()  # a copy of a schema compiles its operations itself


def _nothing_yet() -> None:
    return None


def compile_operation(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    middleware: Middleware = None,
    tier: Tier = "auto",
) -> CompiledOperation:
    """Return an operation of *document* ready to be executed, the same one for the same arguments.

    Args:
        schema: The schema, which must not change from now on.
        document: What `parse` returned, valid for *schema*.
        operation_name: Which operation, where *document* has several.
        field_resolver: For fields without a resolver, by default `default_field_resolver`.
        type_resolver: For abstract types without one, by default `default_type_resolver`.
        middleware: What stands around all resolvers.
        tier: ``"plan"`` walks a plan of the operation each time, ``"source"`` makes Python source
            of it at the first run, ``"auto"`` does so once that is worth it.

    Raises:
        GraphQLError: The document has no such operation, or the schema no type for it.
        TypeError: The schema is invalid.
    """
    cache: SchemaCache | None = getattr(schema, _ATTRIBUTE, None)
    if cache is None or cache.schema is not schema:
        cache = SchemaCache(schema)
        setattr(schema, _ATTRIBUTE, cache)
    if type(middleware) is list:
        middleware = tuple(middleware)
    key = (id(document), operation_name, field_resolver, type_resolver, middleware, tier)
    found = cache.operations.get(key)
    if found is not None and found.document is document:
        found.was_used = True
        return found
    return cache.compile(
        key, document, operation_name, (field_resolver, type_resolver, middleware), tier
    )
