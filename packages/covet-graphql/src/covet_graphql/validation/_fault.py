"""An error with its place in the walk, and the order of such places."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from covet_graphql.error import GraphQLError
    from covet_graphql.language import Node


class Fault(NamedTuple):
    """An error that a rule found.

    Attributes:
        error: What is wrong.
        at: The node at which a walk through the document would find it.
        leaving: Whether that is when the walk leaves the node, with all below it seen.
    """

    error: GraphQLError
    at: Node
    leaving: bool = False


def place(fault: Fault) -> tuple[int, int, int]:
    """Return the moment of the walk at which *fault* is found, as a key to sort by.

    Moments are counted in tokens. Where one node ends and the next begins, the first is left
    before the second is entered; of nodes with one beginning the outer one is entered first, and
    of nodes with one end the inner one is left first. Nodes that no parser made have no moment.
    """
    node = fault.at
    if fault.leaving:
        return node._end, 0, -node._first
    return node._first, 1, -node._end
