"""What a client may see of errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from covet_graphql.error import GraphQLError

ErrorMask: TypeAlias = Callable[[GraphQLError], GraphQLError]
"""Returns for an error the one that the client is to see."""


def mask_unexpected_errors(error: GraphQLError) -> GraphQLError:
    """Return *error* when it was made to be seen, else one that says no more than where it was.

    Made to be seen are errors of the request itself, and what resolvers raise as `GraphQLError`.
    """
    original = error.original_error
    while isinstance(original, GraphQLError):
        original = original.original_error
    if original is None:
        return error
    return GraphQLError("Unexpected error.", error.nodes, path=error.path)
