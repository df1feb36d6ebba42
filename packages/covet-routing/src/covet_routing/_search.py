"""The search that backtracks: every way through the tree for one request, best first.

It visits each node of the tree at most once, so its cost is bounded by the table, whatever the
path.
"""

from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from covet_routing._trie import Node, Options, Route

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """A route, and the converted values of its parameters from left to right."""

    route: Route[T]
    values: tuple[object, ...]


class MountFound(NamedTuple):
    """A mounted application, and how many pieces of the path its prefix took."""

    app: object
    prefix: str
    taken: int


class Search(Generic[T]):
    """One request's depth-first way through the tree.

    ``pieces`` is the path split at its slashes and decoded. ``allowed`` collects the methods of
    every leaf that the path reaches before a route is found, from one `find` to the next.
    """

    __slots__ = ("allowed", "headers", "method", "pieces")

    def __init__(self, method: str, pieces: Sequence[str], headers: Mapping[str, str]) -> None:
        self.method = method
        self.pieces = pieces
        self.headers = headers
        self.allowed: set[str] = set()

    def find(
        self, node: Node[T], index: int = 0, values: tuple[object, ...] = ()
    ) -> Found[T] | MountFound | None:
        """Return the best answer below *node* for the pieces from *index* on."""
        pieces = self.pieces
        while index < len(pieces):
            piece = pieces[index]  # a slash in it was %2F: data to a parameter, and in no literal
            child = node.get(piece)
            options = node.options
            if options is not None:
                if child is not None:
                    found = self.find(child, index + 1, values)
                    if found is not None:
                        return found
                if node.only is None:
                    return self._find_beyond(options, index, values)
                child = node.only
                more = options.branches[0].read(piece) if piece else None
                if more is None:
                    return None
                values += more
            elif child is None:
                return None
            node = child
            index += 1
        if node.leaf is not None and (route := self._choose(node.leaf)) is not None:
            return Found(route, values)
        if node.options is None or node.options.mount is None:
            return None
        return MountFound(*node.options.mount, index)

    def _find_beyond(
        self, options: Options[T], index: int, values: tuple[object, ...]
    ) -> Found[T] | MountFound | None:
        """Return the best answer that does not begin with a literal."""
        pieces = self.pieces
        piece = pieces[index]
        for _, read, child in options.branches if piece else ():
            if (more := read(piece)) is not None:
                found = self.find(child, index + 1, values + more)
                if found is not None:
                    return found
        for _, remainder, convert, child in options.spans:
            stop = len(pieces) - remainder
            if stop > index:
                try:
                    value = convert("/".join(pieces[index:stop]))
                except ValueError:
                    continue
                found = self.find(child, stop, (*values, value))
                if found is not None:
                    return found
        return None if options.mount is None else MountFound(*options.mount, index)

    def _choose(self, leaf: Mapping[str, Route[T]]) -> Route[T] | None:
        """Return the leaf's route for the method and headers; otherwise note what it allows."""
        chosen = self._fitting(leaf.get(self.method))
        if chosen is None:
            self.allowed.update(method for method, route in leaf.items() if self._fitting(route))
        return chosen

    def _fitting(self, route: Route[T] | None) -> Route[T] | None:
        """Return the first of *route* and those that follow it whose headers are there."""
        while route is not None:
            for name, wanted in route.headers:
                value = self.headers.get(name)
                if value is None or wanted not in {None, value}:
                    break
            else:
                return route
            route = route.following
        return None
