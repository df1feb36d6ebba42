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
_MAX_TABLES: Final = 16
_ATTRIBUTE: Final = "_compiled_operations"


class SchemaCache:
    """What was compiled for one schema.

    Documents are known by identity: an equal one is another one. When there are too many, those
    go that were not asked for since there were too many the last time.
    """

    __slots__ = ("_operations", "_tables", "schema")

    def __init__(self, schema: GraphQLSchema) -> None:
        assert_valid_schema(schema)
        self.schema = schema
        self._tables: dict[tuple[Any, ...], SchemaTables] = {}
        self._operations: dict[tuple[Any, ...], CompiledOperation] = {}

    def operation(
        self,
        document: DocumentNode,
        operation_name: str | None,
        field_resolver: GraphQLFieldResolver | None,
        type_resolver: GraphQLTypeResolver | None,
        middleware: Middleware,
        tier: Tier,
    ) -> CompiledOperation:
        """Return an operation of *document*, compiled unless it is here already."""
        if type(middleware) is list:
            middleware = tuple(middleware)
        key = (id(document), operation_name, field_resolver, type_resolver, middleware, tier)
        found = self._operations.get(key)
        if found is not None and found.document is document:
            found.was_used = True
            return found
        tables = self._tables_for(field_resolver, type_resolver, middleware)
        compiled = CompiledOperation(tables, document, operation_name, tier)
        if len(self._operations) >= _MAX_OPERATIONS:
            self._make_room()
        self._operations[key] = compiled
        return compiled

    def _make_room(self) -> None:
        used = {key: found for key, found in self._operations.items() if found.was_used}
        for found in used.values():
            found.was_used = False
        if len(used) >= _MAX_OPERATIONS:  # all are in use: a quarter has to go nevertheless
            used = dict(list(used.items())[_MAX_OPERATIONS // 4 :])
        self._operations = used

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


def compiled_operation(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation_name: str | None,
    field_resolver: GraphQLFieldResolver | None,
    type_resolver: GraphQLTypeResolver | None,
    middleware: Middleware,
    tier: Tier,
) -> CompiledOperation:
    """Return an operation of *document* compiled for *schema*, now or earlier.

    Raises:
        GraphQLError: The document has no such operation, or the schema no type for it.
        TypeError: The schema is invalid.
    """
    cache: SchemaCache | None = getattr(schema, _ATTRIBUTE, None)
    if cache is None or cache.schema is not schema:
        cache = SchemaCache(schema)
        setattr(schema, _ATTRIBUTE, cache)
    return cache.operation(
        document, operation_name, field_resolver, type_resolver, middleware, tier
    )
