"""What a resolver is told besides its parent and arguments.

Source: GraphQL §6.4, https://spec.graphql.org/September2025/#sec-Executing-Fields
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from covet_graphql.language import FieldNode, FragmentDefinitionNode, OperationDefinitionNode
    from covet_graphql.type._composite import GraphQLObjectType
    from covet_graphql.type.definition import GraphQLOutputType
    from covet_graphql.type.schema import GraphQLSchema

TContext = TypeVar("TContext")


class ResponsePath(NamedTuple):
    """A place in a response, from the leaf upwards.

    Attributes:
        prev: The place above, None at the top.
        key: The response key, or the index in a list.
        typename: The name of the object type that the key is a field of, None for an index.
    """

    prev: ResponsePath | None
    key: str | int
    typename: str | None

    def add_key(self, key: str | int, typename: str | None = None) -> ResponsePath:
        """Return the place below this one."""
        return ResponsePath(self, key, typename)

    def as_list(self) -> list[str | int]:
        """Return the keys from the top down."""
        keys: list[str | int] = []
        path: ResponsePath | None = self
        while path is not None:
            keys.append(path.key)
            path = path.prev
        keys.reverse()
        return keys


class GraphQLResolveInfoHelpers(NamedTuple):
    """What resolvers use to start work of their own.

    Attributes:
        gather: Waits for several awaitables and returns their results in order.
        track: Makes the executor wait for awaitables before the request ends.
    """

    gather: Callable[[Sequence[Awaitable[Any]]], Awaitable[list[Any]]]
    track: Callable[[Sequence[Any]], None]


class GraphQLResolveInfo(NamedTuple, Generic[TContext]):
    """The field that a resolver is called for, and the request.

    Attributes:
        field_name: The name of the field in the schema.
        field_nodes: The selections of it, merged into one.
        return_type: The type of the field.
        parent_type: The object type that it is a field of.
        path: Its place in the response.
        schema: The schema.
        fragments: The fragments of the document, by name.
        root_value: What the operation started from.
        operation: The operation.
        variable_values: The variables' values after coercion, by name.
        context: What the caller passed for the whole request.
        is_awaitable: Whether a value will be awaited.
        abort_signal: Tells when the request is given up, None when nothing will.
        async_helpers: What starts work of one's own.
    """

    field_name: str
    field_nodes: list[FieldNode]
    return_type: GraphQLOutputType
    parent_type: GraphQLObjectType
    path: ResponsePath
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    root_value: Any
    operation: OperationDefinitionNode
    variable_values: Any
    context: TContext
    is_awaitable: Callable[[Any], bool]
    abort_signal: Any = None
    async_helpers: GraphQLResolveInfoHelpers | None = None
