"""Walking a syntax tree, and making an edited copy on the way.

Source: the order of a node's parts is that of the grammar, GraphQL Appendix C,
https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary
"""

from __future__ import annotations

from enum import Enum
from operator import attrgetter
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


# what to do at nodes of one kind: the methods, the fields to go into, and how to get those
_Plan: TypeAlias = "tuple[Callable[..., Any] | None, Callable[..., Any] | None, tuple[str, ...], Callable[[Any], tuple[Any, ...]]]"  # noqa: E501


class _Plans(dict[str, _Plan]):
    """Plans by kind, made when first needed."""

    def __init__(self, visitor: Visitor, keys_of: VisitorKeyMap) -> None:
        super().__init__()
        self._visitor = visitor
        self._keys_of = keys_of

    def __missing__(self, kind: str) -> _Plan:
        keys = self._keys_of.get(kind, ())
        enter, leave = self._visitor.get_enter_leave_for_kind(kind)

        def values(node: Any) -> tuple[Any, ...]:
            return tuple([getattr(node, key) for key in keys])

        plan = self[kind] = (enter, leave, keys, attrgetter(*keys) if len(keys) > 1 else values)
        return plan


def _edited(container: Any, edits: list[tuple[Any, Any]]) -> Any:
    """Return a copy of a node or list with *edits* below it."""
    if isinstance(container, Node):
        return container.copy_with({key: None if new is REMOVE else new for key, new in edits})
    items: list[Any] = list(container)
    for index, new in edits:
        items[index] = new
    return tuple([item for item in items if item is not REMOVE])


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
    plans = _Plans(visitor, QUERY_DOCUMENT_KEYS if visitor_keys is None else visitor_keys)
    path: list[Any] = []
    ancestors: list[Any] = []
    # the node or list that the walk is in, what is below it by which keys, how far that is done,
    # and what was edited there; around the root there is None
    container: Any = None
    keys: Any = (None,)
    values: Any = (root,)
    index = 0
    edits: list[tuple[Any, Any]] = []
    around: list[tuple[Any, Any, Any, int, list[tuple[Any, Any]]]] = []
    stopped = False
    while True:
        if index < len(values) and not stopped:
            value = values[index]
            if value is None:
                index += 1
                continue
            key = keys[index]
            index += 1
            below: Any
            values_below: Any
            if value.__class__ is tuple:  # isinstance is slow on classes with a metaclass
                if container is not None:
                    path.append(key)
                below = range(len(value))
                values_below = value
            else:
                enter, leave, below, get_values = plans[value.kind]
                if not below and enter is None and leave is None:
                    continue
                if container is not None:
                    path.append(key)
                if enter is not None:
                    answer = enter(value, key, container, path, ancestors)
                    if answer is not None:
                        if answer is BREAK or answer is True:
                            stopped = True
                            continue
                        if answer is not SKIP and answer is not False:
                            edits.append((key, answer))
                        if not isinstance(answer, Node):
                            path[-1:] = []
                            continue
                        value = answer
                        _, leave, below, get_values = plans[value.kind]
                if not below:
                    if leave is not None:
                        answer = leave(value, key, container, path, ancestors)
                        if answer is BREAK or answer is True:
                            stopped = True
                        elif answer is not None and answer is not SKIP and answer is not False:
                            edits.append((key, answer))
                    path[-1:] = []
                    continue
                values_below = get_values(value)
            around.append((container, keys, values, index, edits))
            if container is not None:
                ancestors.append(container)
            container, keys, values, index, edits = value, below, values_below, 0, []
            continue
        if container is None:
            break
        left = container
        edited = bool(edits)
        if edited:
            left = _edited(left, edits)
        container, keys, values, index, edits = around.pop()
        if container is not None:
            ancestors.pop()
        key = keys[index - 1]
        if left.__class__ is not tuple and not stopped:
            leave = plans[left.kind][1]
            if leave is not None:
                answer = leave(left, key, container, path, ancestors)
                if answer is not None:
                    if answer is BREAK or answer is True:
                        stopped = True
                    elif answer is not SKIP and answer is not False:
                        left = answer
                        edited = True
        if edited:
            edits.append((key, left))
        path[-1:] = []
    return edits[-1][1] if edits else root
