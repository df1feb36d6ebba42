"""The table of one host: rows hung into a tree, with what each implies besides what it says.

GET implies HEAD. A trailing-slash policy implies an alias, the same template with the other
trailing slash, which is weaker than a template that was written so.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, Literal, NamedTuple, TypeVar

from covet_routing._segment import Parameter
from covet_routing._slots import slots_of
from covet_routing._template import Segment, Template
from covet_routing._trie import HeaderRules, Leaf, Node, Route, node_at, set_mount

T = TypeVar("T")

TrailingSlash = Literal["strict", "redirect", "ignore"]


class Entry(NamedTuple, Generic[T]):
    """One row of a routing table.

    Attributes:
        template: The paths that it answers.
        methods: Upper-case method names.
        payload: What a match returns.
        host: ``api.example.com`` or ``*.example.com``, lower case; None for every host.
        headers: Request headers that must be there.
        trailing_slash: What becomes of the template's paths with the other trailing slash: they
            are not found (``"strict"``), redirected here, or answered here (``"ignore"``).
    """

    template: Template
    methods: Sequence[str]
    payload: T
    host: str | None = None
    headers: HeaderRules = ()
    trailing_slash: TrailingSlash = "strict"


class Mount(NamedTuple):
    """An application that answers below a prefix what no route answers.

    ``prefix`` is literal, with a leading slash and no trailing one; empty is the root.
    """

    prefix: str
    app: object
    host: str | None = None


class Table(Generic[T]):
    """The routes of one host: the tree, and the payloads of literal paths by method and path."""

    __slots__ = ("_leaves", "_literal_leaves", "root", "static")

    def __init__(self) -> None:
        self.root: Node[T] = Node()
        self.static: dict[str, dict[str, T]] = {}
        self._leaves: list[Leaf[T]] = []
        self._literal_leaves: list[tuple[str, Leaf[T]]] = []

    def add(self, entry: Entry[T]) -> None:
        """Hang *entry* into the tree."""
        route = Route(entry.payload, slots_of(entry.template), entry.headers)
        self._hang(entry.template.segments, entry.methods, route)

    def add_alias(self, entry: Entry[T]) -> None:
        """Hang *entry* where its trailing-slash policy implies it."""
        segments = alias_segments(entry.template)
        if segments is not None:
            route = Route(
                entry.payload,
                slots_of(entry.template),
                entry.headers,
                is_alias=True,
                is_redirect=entry.trailing_slash == "redirect",
            )
            self._hang(segments, entry.methods, route)

    def add_mount(self, mount: Mount) -> None:
        """Let a mounted application answer below its prefix what nothing else does."""
        set_mount(node_at(self.root, mount.prefix.split("/")), mount.app, mount.prefix)

    def finish(self) -> None:
        """Add what depends on everything that was added."""
        for leaf in self._leaves:
            if "GET" in leaf:
                leaf["HEAD"] = _chain(leaf.get("HEAD"), leaf["GET"])
        for path, leaf in self._literal_leaves:
            for method, route in leaf.items():
                if route.arity == 0:
                    self.static.setdefault(method, {})[path] = route.payload

    def _hang(self, segments: Sequence[Segment], methods: Sequence[str], route: Route[T]) -> None:
        node = node_at(self.root, ("", *segments))
        leaf = node.leaf
        if leaf is None:
            leaf = node.leaf = {}
            self._leaves.append(leaf)
            if not route.slots.names:
                path = "/" + "/".join(map(str, segments))
                if "%" not in path:  # escaped paths are not looked up as they stand
                    self._literal_leaves.append((path, leaf))
        for method in methods:
            leaf[method] = _chain(leaf.get(method), route)


def alias_segments(template: Template) -> tuple[Segment, ...] | None:
    """Return the segments of *template* with the other trailing slash; None when it has none.

    It has none at the root, and after a parameter that takes the slash itself.
    """
    last = template.segments[-1]
    if last == "":
        return template.segments[:-1] or None
    if isinstance(last, Parameter) and last.converter.spans_segments:
        return None
    return (*template.segments, "")


def _chain(first: Route[T] | None, second: Route[T]) -> Route[T]:
    """Return the routes of two chains as one, the strongest first.

    Written comes before implied, then most headers, then most exact values.
    """
    if first is None:
        return second
    chain: Route[T] | None = None
    for route in sorted((*_links(first), *_links(second)), key=_weakness)[::-1]:
        chain = route.followed_by(chain)
    return chain or second


def _links(route: Route[T] | None) -> Iterator[Route[T]]:
    while route is not None:
        yield route
        route = route.following


def _weakness(route: Route[T]) -> tuple[object, ...]:
    """Sort key among the routes of one path and method, so that their order does not matter."""
    rules = route.headers
    any_value = sum(value is None for _, value in rules)
    return route.is_alias, -len(rules), any_value, [(name, value or "") for name, value in rules]
