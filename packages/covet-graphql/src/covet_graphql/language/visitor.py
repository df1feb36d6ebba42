"""Walking a syntax tree, and making an edited copy on the way.

Source: the order of a node's parts is that of the grammar, GraphQL Appendix C,
https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeAlias

from covet_graphql.language import ast
from covet_graphql.language.ast import QUERY_DOCUMENT_KEYS, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

VisitorKeyMap: TypeAlias = "Mapping[str, tuple[str, ...]]"


class VisitorActionEnum(Enum):
    """What a visitor's method may return besides None and a node to put in the place."""

    BREAK = True
    SKIP = False
    REMOVE = Ellipsis


VisitorAction: TypeAlias = VisitorActionEnum | None

BREAK: Final = VisitorActionEnum.BREAK
"""Stop visiting; edits so far are kept."""

SKIP: Final = VisitorActionEnum.SKIP
"""On entering: do not go below this node, and do not leave it."""

REMOVE: Final = VisitorActionEnum.REMOVE
"""Take this node out."""

IDLE: Final = None
"""Go on."""

_KINDS: Final = frozenset(
    value.kind
    for value in vars(ast).values()
    if isinstance(value, type) and issubclass(value, Node)
)


class EnterLeaveVisitor(NamedTuple):
    """The methods of a visitor for one kind of node."""

    enter: Callable[..., Any] | None
    leave: Callable[..., Any] | None


class Visitor:
    """What to do on entering and leaving nodes.

    A subclass defines ``enter`` and ``leave`` for all nodes, or ``enter_field``, ``leave_field``
    and the like for one kind, which come before the general ones. They are called with

    - ``node``, the node;
    - ``key``, its field in the node above, or its index in the list above; None for the root;
    - ``parent``, the node or list above; None for the root;
    - ``path``, the keys from the root to the node;
    - ``ancestors``, the nodes and lists from the root to the one above the parent.

    ``path`` and ``ancestors`` change during the walk: copy them to keep them. What a method
    returns says how to go on: `IDLE`, `SKIP`, `BREAK`, `REMOVE`, or a node to put in the place,
    into which the walk goes on when it was returned on entering.

    Raises:
        TypeError: A subclass has a method for a kind of node that does not exist.
    """

    BREAK: ClassVar[VisitorActionEnum] = BREAK
    SKIP: ClassVar[VisitorActionEnum] = SKIP
    REMOVE: ClassVar[VisitorActionEnum] = REMOVE
    IDLE: ClassVar[None] = IDLE

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for attribute in vars(cls):
            event, _, kind = attribute.partition("_")
            if event in ("enter", "leave") and kind and kind not in _KINDS:
                raise TypeError(f"Invalid AST node kind: {kind}.")

    def __init__(self) -> None:
        self._by_kind: dict[str, EnterLeaveVisitor] = {}

    def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
        """Return the methods to call for nodes of *kind*."""
        # subclasses need not call __init__
        by_kind: dict[str, EnterLeaveVisitor] = self.__dict__.setdefault("_by_kind", {})
        methods = by_kind.get(kind)
        if methods is None:
            enter = getattr(self, f"enter_{kind}", None) or getattr(self, "enter", None)
            leave = getattr(self, f"leave_{kind}", None) or getattr(self, "leave", None)
            methods = by_kind[kind] = EnterLeaveVisitor(enter, leave)
        return methods


class ParallelVisitor(Visitor):
    """Several visitors in one walk.

    Each goes its own way: one that skips a node is left out until the walk leaves it, one that
    breaks until the end. When one edits a node, those after it do not see that node.
    """

    def __init__(self, visitors: Collection[Visitor]) -> None:
        super().__init__()
        self.visitors: tuple[Visitor, ...] = tuple(visitors)
        # of each visitor what it leaves out: a node until it is left, or BREAK
        self._left_out: list[Any] = [None] * len(self.visitors)

    def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
        """Return methods that call those of all visitors for nodes of *kind*."""
        methods = self._by_kind.get(kind)
        if methods is None:
            each = [visitor.get_enter_leave_for_kind(kind) for visitor in self.visitors]
            enters = [(i, each[i].enter) for i in range(len(each)) if each[i].enter is not None]
            leaves = [(i, each[i].leave) for i in range(len(each))]
            methods = self._by_kind[kind] = EnterLeaveVisitor(
                self._entering(enters), self._leaving(leaves)
            )
        return methods

    def _entering(self, enters: list[tuple[int, Any]]) -> Callable[..., Any]:
        left_out = self._left_out

        def enter(node: Node, *place: Any) -> Any:
            for i, method in enters:
                if left_out[i] is None:
                    result = method(node, *place)
                    if result is SKIP or result is False:
                        left_out[i] = node
                    elif result is BREAK or result is True:
                        left_out[i] = BREAK
                    elif result is not None:
                        return result
            return None

        return enter

    def _leaving(self, leaves: list[tuple[int, Any]]) -> Callable[..., Any]:
        left_out = self._left_out

        def leave(node: Node, *place: Any) -> Any:
            for i, method in leaves:
                if left_out[i] is node:
                    left_out[i] = None
                elif left_out[i] is None and method is not None:
                    result = method(node, *place)
                    if result is BREAK or result is True:
                        left_out[i] = BREAK
                    elif result is not None and result is not SKIP and result is not False:
                        return result
            return None

        return leave


class _Frame:
    """A node or list that the walk is in, what is below it still to visit, and its edits."""

    __slots__ = ("edits", "index", "keys", "node", "values")

    def __init__(self, node: Any, keys: Any, values: Any) -> None:
        self.node = node
        self.keys = keys
        self.values = values
        self.index = 0
        self.edits: list[tuple[Any, Any]] = []

    def edited(self) -> Any:
        """Return the node or list, or a copy of it when something below it was edited."""
        if not self.edits:
            return self.node
        if isinstance(self.node, Node):
            changes = {key: None if value is REMOVE else value for key, value in self.edits}
            return self.node.copy_with(changes)
        items = list(self.node)
        for index, value in self.edits:
            items[index] = value
        return tuple(item for item in items if item is not REMOVE)


def visit(root: Node, visitor: Visitor, visitor_keys: VisitorKeyMap | None = None) -> Any:
    """Walk *root* depth first and return it, or an edited copy when *visitor* edits.

    Unedited parts of the tree are shared with the copy. A field that is removed becomes None.

    Args:
        root: The node to begin with.
        visitor: What to do on the way; see `Visitor`.
        visitor_keys: The fields to go into for each kind, by default `QUERY_DOCUMENT_KEYS`.

    Raises:
        TypeError: *root* is no node or *visitor* no visitor.
    """
    if not isinstance(root, Node):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"Not an AST Node: {root!r}.")
    if not isinstance(visitor, Visitor):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"Not an AST Visitor: {visitor!r}.")
    keys_of = QUERY_DOCUMENT_KEYS if visitor_keys is None else visitor_keys
    methods_for = visitor.get_enter_leave_for_kind
    path: list[Any] = []
    ancestors: list[Any] = []
    outermost = _Frame((root,), range(1), (root,))
    frames: list[_Frame] = [outermost]
    stopped = False
    while frames:
        frame = frames[-1]
        if frame.index < len(frame.values) and not stopped:
            key = frame.keys[frame.index]
            value = frame.values[frame.index]
            frame.index += 1
            if value is None:
                continue
            is_root = frame is outermost
            parent = None if is_root else frame.node
            if not is_root:
                path.append(key)
            if isinstance(value, Node):
                enter = methods_for(value.kind).enter
                if enter is not None:
                    place = (None if is_root else key, parent, path, ancestors)
                    result = enter(value, *place)
                    if result is not None:
                        if result is BREAK or result is True:
                            stopped = True
                            continue
                        if result is SKIP or result is False:
                            path[-1:] = []
                            continue
                        frame.edits.append((key, result))
                        if not isinstance(result, Node):
                            path[-1:] = []
                            continue
                        value = result
                keys = keys_of.get(value.kind, ())
                below = _Frame(value, keys, [getattr(value, each) for each in keys])
            else:
                below = _Frame(value, range(len(value)), value)
            frames.append(below)
            if not is_root:
                ancestors.append(parent)
            continue
        frames.pop()
        if frame is outermost:
            break
        above = frames[-1]
        is_root = above is outermost
        if not is_root:
            ancestors.pop()
        key = above.keys[above.index - 1]
        node = frame.edited()
        edited = node is not frame.node
        if isinstance(node, Node) and not stopped:
            leave = methods_for(node.kind).leave
            if leave is not None:
                parent = None if is_root else above.node
                result = leave(node, None if is_root else key, parent, path, ancestors)
                if result is BREAK or result is True:
                    stopped = True
                elif result is not None and result is not SKIP and result is not False:
                    node = result
                    edited = True
        if edited:
            above.edits.append((key, node))
        path[-1:] = []
    return outermost.edits[-1][1] if outermost.edits else root
