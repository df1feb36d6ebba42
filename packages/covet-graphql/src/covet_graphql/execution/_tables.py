"""What a schema says of fields, looked up once for all operations.

Source: GraphQL §6.4, https://spec.graphql.org/September2025/#sec-Executing-Fields
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from covet_graphql.execution.complete import completer, leaf_of
from covet_graphql.execution.default_resolvers import default_field_resolver
from covet_graphql.type import (
    GraphQLList,
    GraphQLNonNull,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    get_nullable_type,
    introspection_types,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from covet_graphql.execution.complete import Completer
    from covet_graphql.execution.middleware import MiddlewareManager
    from covet_graphql.execution.plan import OperationPlan, SelectionPlan
    from covet_graphql.language import FieldNode
    from covet_graphql.type import (
        GraphQLField,
        GraphQLFieldResolver,
        GraphQLObjectType,
        GraphQLOutputType,
        GraphQLSchema,
        GraphQLTypeResolver,
    )


class FieldTable:
    """What a schema says of one field.

    Attributes:
        name: Its name.
        parent_type: The object type that has it.
        parent_name: The name of that.
        definition: The field.
        type: The type of its value.
        resolve: Its resolver, None for the default one.
        constant: Its value, when that is always the same: that of ``__typename``.
        info: What its resolver gets, when that is always the same: of fields about the schema.
        complete: Completes its value.
        leaf: Completes its value when that is of a leaf type, else None.
        nullable: Whether the value may be null, then whether its items may be, and so on.
        if_null: The message for null where that is not allowed.
        timeout_seconds: How long it may be awaited, None for as long as the request says.
    """

    __slots__ = (
        "complete",
        "constant",
        "definition",
        "if_null",
        "info",
        "leaf",
        "name",
        "nullable",
        "parent_name",
        "parent_type",
        "resolve",
        "timeout_seconds",
        "type",
    )

    def __init__(
        self,
        name: str,
        parent_type: GraphQLObjectType,
        definition: GraphQLField,
        resolve: GraphQLFieldResolver | None,
        info: Any,
    ) -> None:
        message = f"Cannot return null for non-nullable field {parent_type.name}.{name}."
        self.name: str = name
        self.parent_type: GraphQLObjectType = parent_type
        self.parent_name: str = parent_type.name
        self.definition: GraphQLField = definition
        self.type: GraphQLOutputType = definition.type
        self.resolve: GraphQLFieldResolver | None = resolve
        self.constant: str | None = None
        self.info: Any = None
        if resolve is definition.resolve:
            if definition is TypeNameMetaFieldDef:
                self.constant = parent_type.name
            elif (
                definition is SchemaMetaFieldDef
                or definition is TypeMetaFieldDef
                or introspection_types.get(parent_type.name) is parent_type
            ):
                self.info = info
        self.complete: Completer = completer(definition.type, message)
        self.leaf: Callable[[Any], Any] | None = leaf_of(definition.type, message)
        self.nullable: tuple[bool, ...] = tuple(_nullability(definition.type))
        self.if_null: str = message
        self.timeout_seconds: float | None = definition.extensions.get("timeout_seconds")


class SchemaTables:
    """What a schema says of its fields, with the resolvers that a request chose.

    Attributes:
        schema: The schema.
        type_resolver: Resolves abstract types that have no resolver of their own.
        compile_reached: Makes source of a selection that a hot plan has just reached.
    """

    __slots__ = (
        "_field_resolver",
        "_fields",
        "_info",
        "_middleware",
        "compile_reached",
        "schema",
        "type_resolver",
    )

    def __init__(
        self,
        schema: GraphQLSchema,
        field_resolver: GraphQLFieldResolver,
        type_resolver: GraphQLTypeResolver,
        middleware: MiddlewareManager | None,
        compile_reached: Callable[[SelectionPlan, OperationPlan], None],
    ) -> None:
        self.schema: GraphQLSchema = schema
        self.compile_reached: Callable[[SelectionPlan, OperationPlan], None] = compile_reached
        self.type_resolver: GraphQLTypeResolver = type_resolver
        self._field_resolver: GraphQLFieldResolver = field_resolver
        self._middleware: MiddlewareManager | None = middleware
        self._info = SimpleNamespace(schema=schema)  # all that resolvers of introspection read
        self._fields: dict[GraphQLObjectType, dict[str, FieldTable]] = {}

    def field_table(self, type_: GraphQLObjectType, node: FieldNode) -> FieldTable | None:
        """Return what the schema says of the field that *node* names, None if there is none."""
        name = node._name
        tables = self._fields.get(type_)
        if tables is None:
            tables = self._fields[type_] = {}
        table = tables.get(name)
        if table is None:
            definition = self.schema.get_field(type_, name)
            if definition is None:
                return None
            table = tables[name] = FieldTable(
                name, type_, definition, self._resolver(definition.resolve), self._info
            )
        return table

    def _resolver(self, resolve: GraphQLFieldResolver | None) -> GraphQLFieldResolver | None:
        """Return what resolves a field with this resolver; None reads its source directly."""
        resolve = resolve or self._field_resolver
        if self._middleware is not None:
            return self._middleware.get_field_resolver(resolve)
        return None if resolve is default_field_resolver else resolve


def _nullability(type_: GraphQLOutputType) -> Iterator[bool]:
    """Yield whether null may be a value of *type_*, then whether it may be an item, and so on."""
    while True:
        yield not isinstance(type_, GraphQLNonNull)
        inner = get_nullable_type(type_)
        if not isinstance(inner, GraphQLList):
            return
        type_ = inner.of_type
