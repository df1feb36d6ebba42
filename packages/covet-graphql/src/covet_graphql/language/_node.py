"""How a node of the syntax tree is declared, built, compared and turned into plain data.

A node class lists its fields as annotations, with a default where one may be left out; `NodeType`
makes slots of them. Nothing here recurses: trees may be deeper than Python's stack.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, cast, dataclass_transform

from covet_graphql.language._location import location_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language._location import Location
    from covet_graphql.language.source import Source

_WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass_transform(kw_only_default=True, eq_default=False)
class NodeType(type):
    """The type of node classes: annotated fields become slots, ``kind`` comes from the name."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> NodeType:
        """Make a node class of its annotated fields, those of its base first."""
        keys: tuple[str, ...] = getattr(bases[0], "keys", ()) if bases else ("loc",)
        defaults: dict[str, Any] = (
            dict(getattr(bases[0], "defaults", {})) if bases else {"loc": None}
        )
        declared = [
            field
            for field, annotation in namespace.get("__annotations__", {}).items()
            if not annotation.startswith("ClassVar")
        ]
        for field in declared:
            if field in namespace:
                defaults[field] = namespace.pop(field)
            else:
                defaults.pop(field, None)
        new_fields = tuple(field for field in declared if field not in keys)
        namespace.setdefault("__slots__", new_fields)
        namespace["keys"] = keys + new_fields
        namespace["defaults"] = defaults
        namespace["kind"] = _WORD_START.sub("_", name.removesuffix("Node")).lower()
        return super().__new__(mcs, name, bases, namespace)


class Node(metaclass=NodeType):
    """A node of the syntax tree.

    Fields are given by keyword; those that the grammar makes optional default to None. Lists are
    tuples. A node equals one of its class with equal fields and an equal ``loc``.

    Nodes may be shared between trees and remembered by whoever read them: treat them as frozen,
    and use ``visit`` for an edited copy.

    Attributes:
        kind: The class in words (``operation_definition``).
        keys: The names of the fields, ``loc`` first.
        defaults: The fields that may be left out, with what they are then.
        loc: Where the node was read; None when it was not read, or read without locations.
    """

    # What a reader leaves instead of `loc` and `name`, which most often nobody asks for: the index
    # of the first token and of the one behind the last, the source (None without locations), and
    # the name as text. `__getattr__` is called for slots that are still empty.
    __slots__ = ("_end", "_first", "_name", "_origin", "loc")

    kind: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    defaults: ClassVar[dict[str, Any]]
    name_at: ClassVar[int] = 0  # which of the node's tokens its name is, without what may precede

    loc: Location | None = None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Make what was left for later: ``loc`` and ``name``."""
            if name == "loc":
                origin = self._origin
                loc = self.loc = (
                    None if origin is None else location_of(origin, self._first, self._end)
                )
                return loc
            if name == "name" and "name" in self.keys:
                self.name = node = NameNode.__new__(NameNode)
                node.value = self._name
                node._origin = self._origin
                # a description and an alias (with its colon) stand before the name
                node._first = (
                    self._first
                    + self.name_at
                    + (getattr(self, "description", None) is not None)
                    + (getattr(self, "alias", None) is not None) * 2
                )
                node._end = node._first + 1
                return node
            # `_origin` comes here too while a copy is being filled
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __init__(self, *, loc: Location | None = None, **fields: Any) -> None:
        self._origin: Source | None = None
        self._first: int = 0
        self._end: int = 0
        self.loc = loc
        own = type(self).keys[1:]
        unknown = sorted(fields.keys() - set(own))
        if unknown:
            raise TypeError(
                f"{type(self).__name__} has no field {unknown[0]!r}. Its fields are {own}."
            )
        missing = [field for field in own if field not in fields and field not in self.defaults]
        if missing:
            raise TypeError(f"{type(self).__name__} needs {missing[0]!r}. Give it by keyword.")
        self._fill({**self.defaults, **fields})

    def _fill(self, fields: dict[str, Any]) -> None:
        for field in self.keys[1:]:
            value = fields[field]
            setattr(
                self,
                field,
                tuple(cast("list[object]", value)) if isinstance(value, list) else value,
            )
        if "name" in fields:
            self._name: str = getattr(fields["name"], "value", "")

    def copy_with(self, changes: dict[str, Any]) -> Self:
        """Return a copy with *changes* to its fields, at the same place."""
        copy = object.__new__(type(self))
        copy._origin, copy._first, copy._end = self._origin, self._first, self._end
        copy.loc = self.loc
        copy._fill({field: getattr(self, field) for field in self.keys[1:]} | changes)
        return copy

    def to_dict(self, locations: bool = False) -> dict[str, Any]:
        """Return the tree below the node as plain data, with offsets on request."""
        root: dict[str, Any] = {}
        open_nodes: list[tuple[Node, dict[str, Any]]] = [(self, root)]
        while open_nodes:
            node, result = open_nodes.pop()

            def plain(value: object) -> Any:
                if isinstance(value, Node):
                    below: dict[str, Any] = {}
                    open_nodes.append((value, below))
                    return below
                return value.value if isinstance(value, Enum) else value

            result["kind"] = node.kind
            for key in node.keys[1:]:
                value = getattr(node, key)
                if isinstance(value, (tuple, list)):
                    result[key] = [plain(item) for item in cast("tuple[object]", value)]
                else:
                    result[key] = plain(value)
            if locations and node.loc is not None:
                result["loc"] = {"start": node.loc.start, "end": node.loc.end}
        return root

    def _flat(self, *, places: bool) -> Iterator[object]:
        """Yield what the tree consists of, in one order that tells different trees apart."""
        pending: list[object] = [self]
        while pending:
            value = pending.pop()
            if isinstance(value, Node):
                yield value.kind
                if places:
                    yield value.loc
                pending += [getattr(value, key) for key in value.keys[1:]]
            elif isinstance(value, (tuple, list)):
                items = cast("tuple[object]", value)
                yield len(items)
                pending += items
            else:
                yield value

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Node) or type(self) is not type(other):
            return NotImplemented
        end = object()
        mine = self._flat(places=True)
        theirs = other._flat(places=True)
        return all(value == next(theirs, end) for value in mine) and next(theirs, end) is end

    def __hash__(self) -> int:
        return hash(tuple(self._flat(places=False)))

    def __repr__(self) -> str:
        name: object = getattr(self, "name", None)
        shown = type(self).__name__ + (
            f"(name={name.value!r})" if isinstance(name, NameNode) else ""
        )
        return shown if self.loc is None else f"{shown} at {self.loc}"


class NameNode(Node):
    """A name."""

    value: str
