"""A syntax tree as plain data."""

from __future__ import annotations

from enum import Enum
from typing import Any, cast

from covet_graphql.language import Node


def ast_to_dict(node: Any, locations: bool = False) -> Any:
    """Return the tree below *node*, or below each of several, as plain data.

    Args:
        node: A node, a list or tuple of nodes, or the value of a node's field.
        locations: Whether to add offsets into the source, as ``loc``.
    """
    if isinstance(node, Node):
        return node.to_dict(locations)
    if isinstance(node, (list, tuple)):
        return [ast_to_dict(item, locations) for item in cast("list[Any]", node)]
    return node.value if isinstance(node, Enum) else node
