"""Any exception, told where in the response it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.error.graphql_error import GraphQLError

if TYPE_CHECKING:
    from collections.abc import Collection

    from covet_graphql.language.ast import Node


def located_error(
    original_error: Exception,
    nodes: Collection[Node] | None = None,
    path: Collection[str | int] | None = None,
) -> GraphQLError:
    """Return *original_error* as a GraphQLError at *nodes* and *path*.

    A GraphQLError that has a path already was located nearer to its cause and is returned as it is.
    """
    if isinstance(original_error, GraphQLError):
        if original_error.path is not None:
            return original_error
        return GraphQLError(
            original_error.message,
            original_error.nodes or nodes,
            original_error.source,
            original_error.positions,
            path,
            original_error,
        )
    return GraphQLError(str(original_error), nodes, None, None, path, original_error)
