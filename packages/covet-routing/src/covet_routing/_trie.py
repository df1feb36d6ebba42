"""The tree of segments that a table of templates becomes.

A node stands for a position between segments. Its literal children come first; its branches
(segments with parameters) follow from the most to the least specific; then the parameters that
span segments, the longest remainder first; then an application mounted there. Walking depth first
in that order and stopping at the first route that answers the method *is* the precedence, so it
does not depend on the order in which routes were added.
"""

import functools
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from covet_routing._converters import TEXT, Converter
from covet_routing._segment import Mixed, Parameter
from covet_routing._slots import Slots
from covet_routing._template import Segment

T = TypeVar("T")

HeaderRules = tuple[tuple[str, str | None], ...]
"""Pairs of lower-case header name and exact value; None for any value."""

Read = Callable[[str], tuple[object, ...] | None]

_LITERAL_WITH_PARAMETER, _TYPED, _UNTYPED, _SPAN = range(4)


class Route(Generic[T]):
    """One payload as it hangs in the tree, with what is needed to answer for it.

    Attributes:
        arity: The number of parameters when untyped segments are all there is to it; -1 when
            there is more: a converter, a header, a redirect.
        places: Those of the slots, at hand.
        fill: Makes the parameters of a split path; None when only the search can.
        following: The next route of the same path and method, for when the headers do not fit.
    """

    __slots__ = (
        "arity", "fill", "following", "headers", "is_alias", "is_redirect", "payload",
        "places", "slots",
    )  # fmt: skip

    def __init__(
        self,
        payload: T,
        slots: Slots,
        headers: HeaderRules = (),
        *,
        is_alias: bool = False,
        is_redirect: bool = False,
        following: "Route[T] | None" = None,
    ) -> None:
        self.payload = payload
        self.slots = slots
        self.places = slots.places
        self.headers = headers
        self.is_alias = is_alias
        self.is_redirect = is_redirect
        self.following = following
        self.fill = None if headers or is_redirect else slots.fill
        self.arity = len(slots.names) if self.fill and slots.is_untyped else -1

    def followed_by(self, following: "Route[T] | None") -> "Route[T]":
        """Return a copy with another route to try after it."""
        return Route(
            self.payload,
            self.slots,
            self.headers,
            is_alias=self.is_alias,
            is_redirect=self.is_redirect,
            following=following,
        )


Leaf = dict[str, Route[T]]
"""Routes of one path by method."""


class Options(Generic[T]):
    """What may lead on from a node besides a literal, in order of precedence.

    ``branches`` are (rank, read, child); ``spans`` are (rank, remainder, read, child): they take
    all segments but the last *remainder* ones.
    """

    __slots__ = ("branches", "mount", "spans")

    def __init__(self) -> None:
        self.branches: tuple[Branch[T], ...] = ()
        self.spans: tuple[Span[T], ...] = ()
        self.mount: tuple[object, str] | None = None


class Node(dict[str, "Node[T]"], Generic[T]):
    """A position in the tree: the mapping from literal segments to the nodes after them.

    ``only`` is the node after the single parameter where literals are the only other choice.
    """

    __slots__ = ("leaf", "only", "options")

    def __init__(self) -> None:
        super().__init__()
        self.leaf: Leaf[T] | None = None
        self.only: Node[T] | None = None
        self.options: Options[T] | None = None


class Branch(NamedTuple, Generic[T]):
    """A way on from a node that one segment with parameters takes."""

    rank: tuple[object, ...]
    read: Read
    child: Node[T]


class Span(NamedTuple, Generic[T]):
    """A way on that takes all segments but the last *remainder* ones."""

    rank: tuple[object, ...]
    remainder: int
    read: Callable[[str], object]
    child: Node[T]


def node_at(root: Node[T], segments: Sequence[Segment]) -> Node[T]:
    """Return the node at the end of *segments* below *root*, growing the tree as needed."""
    node = root
    for index, segment in enumerate(segments):
        if isinstance(segment, str):
            child = node.get(segment)
            if child is None:
                child = node[segment] = Node()
            node = child
        else:
            remainder = len(segments) - index - 1
            node = _beyond(node, segment, segment_rank(segment, remainder), remainder)
    return node


def set_mount(node: Node[T], app: object, prefix: str) -> None:
    """Let *app* answer what lies below *node* and nothing else answers."""
    if node.options is None:
        node.options = Options()
    node.options.mount = (app, prefix)
    node.only = None


def _beyond(
    node: Node[T], segment: Parameter | Mixed, rank: tuple[object, ...], remainder: int
) -> Node[T]:
    options = node.options
    if options is None:
        options = node.options = Options()
    for branch in options.branches:
        if branch.rank == rank:
            return branch.child
    for span in options.spans:
        if span.rank == rank:
            return span.child
    child: Node[T] = Node()
    if isinstance(segment, Mixed):
        branches = (*options.branches, Branch(rank, segment.read, child))
        options.branches = tuple(sorted(branches, key=itemgetter(0)))
    elif segment.converter.spans_segments:
        spans = (*options.spans, Span(rank, remainder, segment.converter.read, child))
        options.spans = tuple(sorted(spans, key=itemgetter(0)))
    else:
        branches = (*options.branches, Branch(rank, _reader(segment.converter), child))
        options.branches = tuple(sorted(branches, key=itemgetter(0)))
    ways = len(options.branches) + len(options.spans) + (options.mount is not None)
    node.only = child if ways == 1 and rank[0] in {_TYPED, _UNTYPED} else None
    return child


@functools.lru_cache(maxsize=1024)
def segment_rank(segment: Parameter | Mixed, remainder: int) -> tuple[object, ...]:
    """Return the precedence of *segment*: smaller is tried first, equal means the same segment.

    Literal with parameter (most literal text, then most typed parameters, then the converters'
    priorities), then typed (by priority), then untyped, then spanning (most of the *remainder*,
    the segments after it, first).
    """
    if isinstance(segment, Mixed):
        typed = [parameter for parameter in segment.parameters if parameter.is_typed]
        return (
            _LITERAL_WITH_PARAMETER,
            -sum(map(len, segment.literals)),
            -len(typed),
            tuple(parameter.converter.priority for parameter in typed),
            segment.literals,
            tuple(parameter.converter_name for parameter in segment.parameters),
        )
    converter = segment.converter
    if converter.spans_segments:
        return (_SPAN, -remainder, converter.priority, segment.converter_name)
    if segment.is_typed:
        return (_TYPED, converter.priority, segment.converter_name)
    return (_UNTYPED,)


def _read_text(text: str) -> tuple[str]:
    return (text,)


@functools.lru_cache(maxsize=256)
def _reader(converter: Converter[Any]) -> Read:
    """Return *converter* in the form that a mixed segment's read has."""
    if converter is TEXT:
        return _read_text

    def read(text: str) -> tuple[object] | None:
        try:
            return (converter.read(text),)
        except ValueError:
            return None

    return read
