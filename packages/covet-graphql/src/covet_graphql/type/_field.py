"""Fields of objects and interfaces.

Source: GraphQL §3.6, https://spec.graphql.org/September2025/#sec-Objects
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from covet_graphql._inspect import inspect
from covet_graphql.language import FieldDefinitionNode
from covet_graphql.type._element import Element
from covet_graphql.type._input_value import GraphQLArgument
from covet_graphql.type._named import GraphQLType
from covet_graphql.type._thunk import as_named

if TYPE_CHECKING:
    from covet_graphql.type.definition import GraphQLInputType, GraphQLOutputType

GraphQLFieldResolver: TypeAlias = Callable[..., Any]
GraphQLArgumentMap: TypeAlias = dict[str, GraphQLArgument]


class GraphQLFieldKwargs(TypedDict, total=False):
    """The arguments of `GraphQLField`."""

    type_: GraphQLOutputType
    args: GraphQLArgumentMap | None
    resolve: GraphQLFieldResolver | None
    subscribe: GraphQLFieldResolver | None
    description: str | None
    deprecation_reason: str | None
    extensions: dict[str, Any]
    ast_node: FieldDefinitionNode | None


class GraphQLField(Element):
    """A field of an object or interface.

    Args:
        type_: The type of its values, an output type.
        args: Its arguments by name; of an argument that is nothing but a type the type will do.
        resolve: Called as ``resolve(parent, info, **arguments)`` for its value.
        subscribe: Called likewise for the events, of a field of the subscription type.
        description: What it is for, as Markdown.
        deprecation_reason: Why it should not be used, None when it may be.
        extensions: Whatever belongs to it and is not of GraphQL.
        ast_node: The definition that it was read from.
        resolver: Another name of *resolve*.

    Raises:
        TypeError: *type_* or the type of an argument is no type.
        GraphQLError: An argument's name is no name.
    """

    __slots__ = ("args", "resolve", "subscribe", "type")

    type: GraphQLOutputType
    args: GraphQLArgumentMap
    resolve: GraphQLFieldResolver | None
    subscribe: GraphQLFieldResolver | None
    extensions: dict[str, Any]
    ast_node: FieldDefinitionNode | None

    def __init__(
        self,
        type_: GraphQLOutputType,
        args: Mapping[str, GraphQLArgument | GraphQLInputType] | None = None,
        resolve: GraphQLFieldResolver | None = None,
        subscribe: GraphQLFieldResolver | None = None,
        description: str | None = None,
        deprecation_reason: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: FieldDefinitionNode | None = None,
        *,
        resolver: GraphQLFieldResolver | None = None,
    ) -> None:
        if not isinstance(type_, GraphQLType):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"Expected {inspect(type_)} to be a GraphQL type.")
        self.type = type_
        self.args = as_named(args, GraphQLArgument, "Field", "args") if args else {}
        self.resolve = resolver if resolve is None else resolve
        self.subscribe = subscribe
        self.description = description
        self.deprecation_reason = deprecation_reason
        self.extensions = {} if extensions is None else extensions
        self.ast_node = ast_node

    def to_kwargs(self) -> GraphQLFieldKwargs:
        """Return the arguments that make an equal field."""
        return GraphQLFieldKwargs(
            type_=self.type,
            args=self.args or None,
            resolve=self.resolve,
            subscribe=self.subscribe,
            description=self.description,
            deprecation_reason=self.deprecation_reason,
            extensions=self.extensions,
            ast_node=self.ast_node,
        )

    def __str__(self) -> str:
        return f"Field: {self.type}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.type!r}>"
