"""A schema: the types and directives of a service, and where operations begin.

Source: GraphQL §3.3, https://spec.graphql.org/September2025/#sec-Schema
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias, TypedDict, TypeGuard, cast

from covet_graphql._inspect import inspect
from covet_graphql.language import OperationType, SchemaDefinitionNode, SchemaExtensionNode
from covet_graphql.type._composite import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)
from covet_graphql.type._named import GraphQLNamedType, GraphQLType
from covet_graphql.type._wrapping import GraphQLWrappingType
from covet_graphql.type.directives import (
    GraphQLDirective,
    assert_directive,
    specified_directives,
)
from covet_graphql.type.introspection import (
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    introspection_types,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from covet_graphql.error import GraphQLError
    from covet_graphql.type._field import GraphQLField
    from covet_graphql.type.definition import GraphQLAbstractType, GraphQLCompositeType

TypeMap: TypeAlias = dict[str, GraphQLNamedType]


class CompleteTypes(tuple[GraphQLNamedType, ...]):
    """Types together with all that they lead to, in order; whoever gives them saves the search."""

    __slots__ = ()


class InterfaceImplementations(NamedTuple):
    """The types that implement an interface."""

    objects: list[GraphQLObjectType]
    interfaces: list[GraphQLInterfaceType]


class GraphQLSchemaKwargs(TypedDict, total=False):
    """The arguments of `GraphQLSchema`."""

    query: GraphQLObjectType | None
    mutation: GraphQLObjectType | None
    subscription: GraphQLObjectType | None
    types: tuple[GraphQLNamedType, ...] | None
    directives: tuple[GraphQLDirective, ...]
    description: str | None
    extensions: dict[str, Any]
    ast_node: SchemaDefinitionNode | None
    extension_ast_nodes: tuple[SchemaExtensionNode, ...]
    assume_valid: bool


class GraphQLSchema:
    """A schema; frozen in spirit once it is made.

    Functions given for fields and the like are called here, so that their errors come at once.
    Whether the schema is valid is another question: see ``validate_schema``.

    Args:
        query: The type of queries.
        mutation: The type of mutations.
        subscription: The type of subscriptions.
        types: Types that no field leads to, such as those behind interfaces.
        directives: All directives, by default the built-in ones.
        description: What the schema is for, as Markdown.
        extensions: Whatever belongs to the schema and is not of GraphQL.
        ast_node: The definition that it was read from.
        extension_ast_nodes: The extensions that were read into it.
        assume_valid: Never to look whether it is valid.

    Attributes:
        type_map: All types by name, in the order in which the definitions lead to them.

    Raises:
        TypeError: Two types have one name, something is no type, or a function for a part of a
            type failed.
        GraphQLError: A name in a type is no name.
    """

    query_type: GraphQLObjectType | None
    mutation_type: GraphQLObjectType | None
    subscription_type: GraphQLObjectType | None
    type_map: TypeMap
    directives: tuple[GraphQLDirective, ...]
    description: str | None
    extensions: dict[str, Any]
    ast_node: SchemaDefinitionNode | None
    extension_ast_nodes: tuple[SchemaExtensionNode, ...]
    assume_valid: bool
    # what validation found; None until it looked, and empty when it need not
    _validation_errors: list[GraphQLError] | None

    def __init__(
        self,
        query: GraphQLObjectType | None = None,
        mutation: GraphQLObjectType | None = None,
        subscription: GraphQLObjectType | None = None,
        types: Collection[GraphQLNamedType] | None = None,
        directives: Collection[GraphQLDirective] | None = None,
        description: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: SchemaDefinitionNode | None = None,
        extension_ast_nodes: Collection[SchemaExtensionNode] | None = None,
        assume_valid: bool = False,
    ) -> None:
        self.query_type = query
        self.mutation_type = mutation
        self.subscription_type = subscription
        self.directives = specified_directives if directives is None else tuple(directives)
        self.description = description
        self.extensions = {} if extensions is None else extensions
        self.ast_node = ast_node
        self.extension_ast_nodes = tuple(extension_ast_nodes) if extension_ast_nodes else ()
        self.assume_valid = assume_valid
        self._validation_errors = [] if assume_valid else None
        for directive in self.directives:
            assert_directive(directive)
        self._directives_by_name = {
            directive.name: directive for directive in reversed(self.directives)
        }

        beginnings: list[GraphQLType] = [
            root for root in (query, mutation, subscription) if root is not None
        ]
        for directive in self.directives:
            beginnings += [arg.type for arg in directive.args.values()]
        beginnings.append(introspection_types["__Schema"])
        self.type_map = _type_map(types or (), beginnings)
        self._implementations = _implementations(self.type_map.values())
        self._sub_types: dict[str, frozenset[str]] = {}

    def to_kwargs(self) -> GraphQLSchemaKwargs:
        """Return the arguments that make an equal schema."""
        return GraphQLSchemaKwargs(
            query=self.query_type,
            mutation=self.mutation_type,
            subscription=self.subscription_type,
            types=tuple(self.type_map.values()),
            directives=self.directives,
            description=self.description,
            extensions=self.extensions,
            ast_node=self.ast_node,
            extension_ast_nodes=self.extension_ast_nodes,
            assume_valid=self.assume_valid,
        )

    @property
    def validation_errors(self) -> list[GraphQLError] | None:
        """What validation found, None while nobody validated the schema."""
        return self._validation_errors

    def get_root_type(self, operation: OperationType) -> GraphQLObjectType | None:
        """Return the type that operations of this kind begin with, None when there are none."""
        if operation is OperationType.QUERY:
            return self.query_type
        if operation is OperationType.MUTATION:
            return self.mutation_type
        return self.subscription_type

    def get_type(self, name: str) -> GraphQLNamedType | None:
        """Return the type called *name*, None when there is none."""
        return self.type_map.get(name)

    def get_directive(self, name: str) -> GraphQLDirective | None:
        """Return the directive called *name*, without ``@``; None when there is none."""
        return self._directives_by_name.get(name)

    def get_field(self, parent_type: GraphQLCompositeType, field_name: str) -> GraphQLField | None:
        """Return what selecting *field_name* on *parent_type* means, None when that is nothing.

        ``__typename`` is a field of all composite types, ``__schema`` and ``__type`` of the query
        type.

        Source: GraphQL §4.1 and §4.2,
        https://spec.graphql.org/September2025/#sec-Type-Name-Introspection
        """
        if field_name.startswith("__"):
            if field_name == "__typename":
                return TypeNameMetaFieldDef
            if parent_type is self.query_type:
                if field_name == "__schema":
                    return SchemaMetaFieldDef
                if field_name == "__type":
                    return TypeMetaFieldDef
        if isinstance(parent_type, GraphQLUnionType):
            return None
        return parent_type.fields.get(field_name)

    def get_possible_types(
        self, abstract_type: GraphQLAbstractType
    ) -> Collection[GraphQLObjectType]:
        """Return the object types that a value of *abstract_type* may be of.

        Source: GraphQL §5.5.2.3, https://spec.graphql.org/September2025/#GetPossibleTypes()
        """
        if isinstance(abstract_type, GraphQLUnionType):
            return abstract_type.types
        return self.get_implementations(abstract_type).objects

    def get_implementations(self, interface_type: GraphQLInterfaceType) -> InterfaceImplementations:
        """Return the types that implement *interface_type*."""
        found = self._implementations.get(interface_type.name)
        return InterfaceImplementations([], []) if found is None else found

    def is_sub_type(
        self, abstract_type: GraphQLAbstractType, maybe_sub_type: GraphQLNamedType
    ) -> bool:
        """Whether *maybe_sub_type* is a member of a union or implements an interface."""
        names = self._sub_types.get(abstract_type.name)
        if names is None:
            if isinstance(abstract_type, GraphQLUnionType):
                names = frozenset([type_.name for type_ in abstract_type.types])
            else:
                objects, interfaces = self.get_implementations(abstract_type)
                names = frozenset([type_.name for type_ in (*objects, *interfaces)])
            self._sub_types[abstract_type.name] = names
        return maybe_sub_type.name in names

    def to_schema_string(self) -> str:
        """Return the schema in the schema definition language."""
        # printing stands above the types, like everything that only reads them
        from covet_graphql.utilities.print_schema import print_schema

        return print_schema(self)

    def __copy__(self) -> Self:
        return type(self)(**self.to_kwargs())


def is_schema(schema: Any) -> TypeGuard[GraphQLSchema]:
    """Whether *schema* is a schema."""
    return isinstance(schema, GraphQLSchema)


def assert_schema(schema: Any) -> GraphQLSchema:
    """Return *schema*, which must be a schema.

    Raises:
        TypeError: It is none.
    """
    if not is_schema(schema):
        raise TypeError(f"Expected {inspect(schema)} to be a GraphQL schema.")
    return schema


def _type_map(types: Collection[GraphQLType], beginnings: Collection[GraphQLType]) -> TypeMap:
    """Return all types that are given or that these lead to, each before what it leads to itself.

    Those of *types* keep their order: what leads to one that comes later does not bring it forward.
    """
    type_map: TypeMap = {}
    seen: set[Any] = set(types)  # with and without wrappers, most of which come many times
    pending: list[Any] = [*beginnings]
    pending.reverse()
    if isinstance(types, CompleteTypes):
        type_map = {type_.name: type_ for type_ in types}
    else:
        pending += [(type_,) for type_ in reversed(dict.fromkeys(types))]
    while pending:
        type_ = pending.pop()
        if isinstance(type_, tuple):
            (type_,) = cast("tuple[GraphQLType]", type_)  # one of *types*, whose turn has come
        elif type_ in seen:
            continue
        else:
            seen.add(type_)
        if isinstance(type_, GraphQLWrappingType):
            pending.append(cast("GraphQLWrappingType[GraphQLType]", type_).of_type)
            continue
        if not isinstance(type_, GraphQLNamedType):
            raise TypeError(f"Expected {inspect(type_)} to be a GraphQL named type.")
        if type_.name in type_map:
            raise TypeError(
                "Schema must contain uniquely named types"
                f" but contains multiple types named {type_.name!r}."
            )
        type_map[type_.name] = type_
        pending += reversed(type_.referenced_types())
    return type_map


def _implementations(types: Iterable[GraphQLNamedType]) -> dict[str, InterfaceImplementations]:
    """Return for each interface by its name the types that implement it."""
    found: dict[str, InterfaceImplementations] = {}
    for type_ in types:
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
            for interface in type_.interfaces:
                # whether it is one is for validation to say
                if isinstance(interface, GraphQLInterfaceType):  # pyright: ignore[reportUnnecessaryIsInstance]
                    known = found.setdefault(interface.name, InterfaceImplementations([], []))
                    implementations: list[Any] = (
                        known.objects if isinstance(type_, GraphQLObjectType) else known.interfaces
                    )
                    implementations.append(type_)
    return found
