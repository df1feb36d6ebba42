"""What the walk and the rules ask of a schema, in flat tables that are made when first asked for.

A table knows the types below it as tables, so that a step of the walk is one look-up by name.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from weakref import WeakKeyDictionary, proxy

from covet_graphql.language import (
    BooleanValueNode,
    IntValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationType,
    StringValueNode,
)
from covet_graphql.type import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    GraphQLUnionType,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    get_named_type,
    is_input_type,
    is_required_argument,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Mapping

    from covet_graphql.language import DirectiveLocation, Node, TypeNode
    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLDirective,
        GraphQLField,
        GraphQLInputField,
        GraphQLNamedType,
        GraphQLSchema,
    )

CompositeType: TypeAlias = "GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType"

# Literals of these classes fit the type whatever their text is.
_ACCEPTED: Final[dict[Any, frozenset[type[Node]]]] = {
    GraphQLString: frozenset({StringValueNode}),
    GraphQLBoolean: frozenset({BooleanValueNode}),
    GraphQLID: frozenset({StringValueNode, IntValueNode}),
}
_NONE_ACCEPTED: Final[frozenset[type[Node]]] = frozenset()


class Position:
    """A place for a value: an argument, an input field, a list's item or a variable's default.

    Attributes:
        type: The type expected there.
        text: The type as text; equal texts are equal types of one schema.
        named: The type without its wrappers.
        definition: The argument or input field; None for what else holds values.
        has_default: Whether the definition gives a default value.
        is_input: Whether the type can be that of a value; that of a variable may not.
        accepted: The classes of literals that fit whatever their text is.
        enum_values: The names of the values of an enum; none for other types.
    """

    __slots__ = (
        "_item",
        "accepted",
        "definition",
        "enum_values",
        "has_default",
        "is_input",
        "named",
        "text",
        "type",
    )

    def __init__(
        self, type_: Any, definition: GraphQLArgument | GraphQLInputField | None = None
    ) -> None:
        self.type: Any = type_
        self.text: str = str(type_)
        self.named: Any = _named(type_)
        self.is_input: bool = is_input_type(self.named)
        self.definition: GraphQLArgument | GraphQLInputField | None = definition
        self.has_default: bool = definition is not None and definition.has_default
        self.accepted: frozenset[type[Node]] = _ACCEPTED.get(self.named, _NONE_ACCEPTED)
        self.enum_values: Container[str] = _names_of_values(self.named)
        self._item: Position | None = None

    @property
    def is_list(self) -> bool:
        """Whether the type is a list, which may be non-null."""
        return is_list(nullable(self.type))

    @property
    def item(self) -> Position:
        """The place of the items of the list that the type is."""
        item = self._item
        if item is None:
            item = self._item = Position(nullable(self.type).of_type)
        return item


def _named(type_: Any) -> Any:
    return cast("Any", get_named_type(type_))


def _names_of_values(type_: Any) -> Container[str]:
    return frozenset(type_.values) if isinstance(type_, GraphQLEnumType) else ()


def is_list(type_: Any) -> bool:
    """Return whether *type_* is a list that may be null."""
    return isinstance(type_, GraphQLList)


def is_non_null(type_: Any) -> bool:
    """Return whether *type_* is non-null."""
    return isinstance(type_, GraphQLNonNull)


def nullable(type_: Any) -> Any:
    """Return *type_* without non-null around it."""
    return type_.of_type if is_non_null(type_) else type_


class FieldTable:
    """A field that can be selected.

    Attributes:
        definition: The field.
        selects: The type whose fields are selected below it; None for a leaf.
        arguments: The places of its arguments, by name.
        required: The names of the arguments that must be given.
        shape: What values of fields with one response name must be alike in, as text: lists,
            nulls, and of leaves the type.
    """

    __slots__ = ("arguments", "definition", "required", "selects", "shape")

    def __init__(self, definition: GraphQLField, selects: CompositeTable | None) -> None:
        self.definition: GraphQLField = definition
        self.selects: CompositeTable | None = selects
        self.arguments: dict[str, Position]
        self.required: tuple[str, ...]
        self.arguments, self.required = _arguments(definition.args)
        type_ = str(definition.type)
        self.shape: str = type_ if selects is None else type_.replace(selects.name, "{}")


class DirectiveTable:
    """A directive that can be applied.

    Attributes:
        definition: The directive.
        arguments: The places of its arguments, by name.
        required: The names of the arguments that must be given.
    """

    __slots__ = ("arguments", "definition", "required")

    def __init__(self, definition: GraphQLDirective) -> None:
        self.definition: GraphQLDirective = definition
        self.arguments: dict[str, Position]
        self.required: tuple[str, ...]
        self.arguments, self.required = _arguments(definition.args)


def _arguments(args: Mapping[str, GraphQLArgument]) -> tuple[dict[str, Position], tuple[str, ...]]:
    if not args:
        return NO_POSITIONS, ()
    positions = {name: Position(argument.type, argument) for name, argument in args.items()}
    return positions, tuple([name for name in args if is_required_argument(args[name])])


NO_POSITIONS: Final[dict[str, Position]] = {}
"""The places of something that is known to have none."""

UNKNOWN_POSITIONS: Final[dict[str, Position]] = {}
"""The places of something that nobody knows."""


class _Fields(dict[str, "FieldTable | None"]):
    """The fields of one type by name, made when first looked up; None where there is none."""

    def __init__(self, type_: CompositeType, tables: SchemaTables) -> None:
        super().__init__()
        self._type: CompositeType = type_
        self._tables: SchemaTables = tables

    def __missing__(self, name: str) -> FieldTable | None:
        definition: GraphQLField | None = None
        if name == "__typename":
            definition = TypeNameMetaFieldDef
        elif name[:2] == "__" and self._tables.query_type is self._type:
            definition = _ROOT_META_FIELDS.get(name)
        if definition is None and not isinstance(self._type, GraphQLUnionType):
            definition = self._type.fields.get(name)
        if definition is None:
            return None  # not kept: clients choose what they ask for
        selects = self._tables.composites[get_named_type(definition.type).name]
        table = self[name] = FieldTable(definition, selects)
        return table


_ROOT_META_FIELDS: Final = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class CompositeTable:
    """An object, interface or union type.

    Attributes:
        type: The type.
        name: Its name.
        is_object: Whether it is an object type.
        fields: Its fields by name, those that introspection adds among them.
    """

    def __init__(self, type_: CompositeType, tables: SchemaTables) -> None:
        self.type: CompositeType = type_
        self.name: str = type_.name
        self.is_object: bool = isinstance(type_, GraphQLObjectType)
        self.fields: dict[str, FieldTable | None] = _Fields(type_, tables)
        self._tables: SchemaTables = tables

    @cached_property
    def possible(self) -> frozenset[str]:
        """The names of the object types that a value of the type can have."""
        if isinstance(self.type, GraphQLObjectType):
            return frozenset({self.name})
        types = self._tables.schema.get_possible_types(self.type)
        return frozenset({type_.name for type_ in types})

    def overlaps(self, other: CompositeTable) -> bool:
        """Return whether a value can be of this type and of *other*."""
        return self is other or not self.possible.isdisjoint(other.possible)


class _Composites(dict[str, "CompositeTable | None"]):
    """The composite types of a schema by name, made when first looked up; None for others."""

    def __init__(self, tables: SchemaTables, types: Mapping[str, GraphQLNamedType]) -> None:
        super().__init__()
        self._tables: SchemaTables = tables
        self._types: Mapping[str, GraphQLNamedType] = types

    def __missing__(self, name: str) -> CompositeTable | None:
        type_ = self._types.get(name)
        if not isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType, GraphQLUnionType)):
            return None
        table = self[name] = CompositeTable(type_, self._tables)
        return table


class _InputFields(dict[GraphQLInputObjectType, "dict[str, Position]"]):
    """The places of the fields of input object types, made when first looked up."""

    def __missing__(self, type_: GraphQLInputObjectType) -> dict[str, Position]:
        positions = self[type_] = {
            name: Position(field.type, field) for name, field in type_.fields.items()
        }
        return positions


class SchemaTables:
    """The tables of one schema.

    Attributes:
        schema: The schema, which the tables do not keep alive.
        types: Its types by name.
        composites: The tables of its composite types by name; None for what else there is.
        input_fields: The places of the fields of its input object types.
        directives: Its directives by name.
        directive_locations: Where they may be.
        query_type: Its root type for queries.
        roots: The tables of its root types; None where there is none.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema: GraphQLSchema = proxy(schema)
        self.types: Mapping[str, GraphQLNamedType] = schema.type_map
        self.query_type: GraphQLObjectType | None = schema.query_type
        self.composites: dict[str, CompositeTable | None] = _Composites(self, self.types)
        self.input_fields: dict[GraphQLInputObjectType, dict[str, Position]] = _InputFields()
        self.directives: dict[str, DirectiveTable] = {
            directive.name: DirectiveTable(directive) for directive in schema.directives
        }
        self.directive_locations: dict[str, Collection[DirectiveLocation]] = {
            directive.name: directive.locations for directive in schema.directives
        }
        root_types = {
            OperationType.QUERY: schema.query_type,
            OperationType.MUTATION: schema.mutation_type,
            OperationType.SUBSCRIPTION: schema.subscription_type,
        }
        self.roots: dict[OperationType, CompositeTable | None] = {
            operation: None if type_ is None else self.composites[type_.name]
            for operation, type_ in root_types.items()
        }
        self._by_reference: dict[tuple[str, bool], Position] = {}

    def position_of(self, node: TypeNode) -> Position | None:
        """Return the place of a variable of the type that *node* names, None for no type."""
        inner = node.type if isinstance(node, NonNullTypeNode) else node
        if not isinstance(inner, NamedTypeNode):
            type_ = self._type_of(node)
            return None if type_ is None else Position(type_)
        key = (inner._name, inner is not node)  # pyright: ignore[reportPrivateUsage]
        position = self._by_reference.get(key)
        if position is None:
            type_ = self._type_of(node)
            if type_ is not None:  # others are not kept: clients choose what they name
                position = self._by_reference[key] = Position(type_)
        return position

    def _type_of(self, node: Any) -> Any:
        wrappers: list[Any] = []
        while not isinstance(node, NamedTypeNode):
            wrappers.append(GraphQLNonNull if isinstance(node, NonNullTypeNode) else GraphQLList)
            node = node.type
        type_: Any = self.types.get(node._name)  # pyright: ignore[reportPrivateUsage]
        if type_ is not None:
            for wrapper in reversed(wrappers):
                type_ = wrapper(type_)
        return type_


_TABLES: Final[WeakKeyDictionary[GraphQLSchema, SchemaTables]] = WeakKeyDictionary()


def tables_of(schema: GraphQLSchema) -> SchemaTables:
    """Return the tables of *schema*, which live as long as it does."""
    tables = _TABLES.get(schema)
    if tables is None:
        tables = _TABLES[schema] = SchemaTables(schema)
    return tables
