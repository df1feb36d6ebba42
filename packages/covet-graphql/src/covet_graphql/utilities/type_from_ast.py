"""The type that a type reference of a document means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.language import ListTypeNode, NonNullTypeNode
from covet_graphql.type import GraphQLList, GraphQLNonNull

if TYPE_CHECKING:
    from covet_graphql.language import TypeNode
    from covet_graphql.type import GraphQLSchema, GraphQLType


def type_from_ast(schema: GraphQLSchema, type_node: TypeNode) -> GraphQLType | None:
    """Return the type that *type_node* refers to, None when *schema* has none of its name.

    Source: GraphQL §2.11, https://spec.graphql.org/September2025/#sec-Type-References
    """
    wrappers: list[type[GraphQLList[Any] | GraphQLNonNull[Any]]] = []
    node: Any = type_node
    while isinstance(node, (ListTypeNode, NonNullTypeNode)):
        wrappers.append(GraphQLList if isinstance(node, ListTypeNode) else GraphQLNonNull)
        node = node.type
    type_: GraphQLType | None = schema.get_type(node.name.value)
    if type_ is not None:
        for wrapper in reversed(wrappers):
            type_ = wrapper(type_)
    return type_
