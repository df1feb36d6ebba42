"""Walking through two documents side by side, and noting what differs."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard

from covet_openapi._json import JsonObject, strings_in

from ._changes import Change, Changes
from ._rules import RULES

Direction: TypeAlias = Literal["request", "response"]
"""Whether a client sends a value or receives it."""

ABSENT: Any = object()
"""The value of what is not there, which is not null."""

_OTHER: Mapping[Direction, Direction] = {"request": "response", "response": "request"}


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def opposite(direction: Direction) -> Direction:
    """Return the direction of what is sent where *direction* is what is received."""
    return _OTHER[direction]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value of a document, and where it is."""

    root: JsonObject
    value: Any
    pointer: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether there is nothing here, not even null."""
        return self.value is ABSENT

    def member(self, key: str | int) -> "Node":
        """Return the member or item *key*, at its place also if it is absent."""
        value: Any = ABSENT
        if is_object(self.value):
            value = self.value.get(str(key), ABSENT)
        elif is_array(self.value) and isinstance(key, int):
            value = self.value[key]
        escaped = str(key).replace("~", "~0").replace("/", "~1")  # RFC 6901 §3
        return Node(self.root, value, f"{self.pointer}/{escaped}")

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of the member *key*, or *default*."""
        found = self.member(key)
        return found.value_or(default)

    def value_or(self, default: Any) -> Any:
        """Return the value, or *default* where there is none."""
        return default if self.is_absent else self.value

    @property
    def keys(self) -> list[str]:
        """The names of the members, empty if this is no object."""
        return [*self.value] if is_object(self.value) else []

    @property
    def items(self) -> list["Node"]:
        """The items, empty if this is no array."""
        length = len(self.value) if is_array(self.value) else 0
        return [self.member(index) for index in range(length)]

    def resolve(self) -> "Node":
        """Return what this refers to, with what stands beside the reference over it."""
        node, seen = self, set[str]()
        beside: JsonObject = {}
        while isinstance(reference := node.get("$ref"), str):
            target = Node(self.root, self.root)
            for part in reference[2:].split("/") if reference.startswith("#/") else ("",):
                target = target.member(part.replace("~1", "/").replace("~0", "~"))
            if reference in seen or not is_object(target.value):
                return self  # it leads nowhere, or in a circle
            seen.add(reference)
            beside = {**{key: node.get(key) for key in node.keys if key != "$ref"}, **beside}
            node = target
        return Node(self.root, {**node.value, **beside}, node.pointer) if beside else node


def nowhere(node: Node) -> Node:
    """Return nothing, in the document of *node*."""
    return Node(node.root, ABSENT, node.pointer)


@dataclass(slots=True)
class Walk:
    """A comparison under way."""

    changes: dict[Change, None] = field(default_factory=dict[Change, None])
    visited: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    affected: frozenset[str] = frozenset()
    """References to components that differ, or lead to some that do."""

    def note(self, rule: str, old: Node, new: Node, /, **facts: Any) -> None:
        """Note a change that *rule* knows, at *new*, or at *old* if there is nothing new."""
        at = old if new.is_absent else new
        shown = {name: _shown(value) for name, value in facts.items()}
        reason = RULES[rule].reason.format(**{"name": "", "old": "", "new": "", **shown})
        change = Change(
            rule, RULES[rule].severity, at.pointer, "old" if new.is_absent else "new", reason
        )
        self.changes.setdefault(change)

    def is_same(self, old: Node, new: Node) -> bool:
        """Return whether the two say the same, references included."""
        if old.value != new.value:
            return False
        if not self.affected:
            return True
        return not any(text in self.affected for text in strings_in(new.value))

    @property
    def result(self) -> Changes:
        """What was noted."""
        return Changes(
            tuple(change for change in self.changes if change.severity == "breaking"),
            tuple(change for change in self.changes if change.severity == "risky"),
            tuple(change for change in self.changes if change.severity == "safe"),
        )


Handler: TypeAlias = Callable[[Node, Node], None]


def compare_fields(
    walk: Walk, old: Node, new: Node, handlers: Mapping[str, Handler], known: Iterable[str] = ()
) -> None:
    """Hand each field that differs to its handler; the *known* ones were seen to elsewhere.

    Texts for readers and extensions are seen to here, and so is what is no field at all, or says
    the same in other words.
    """
    known = frozenset(known)
    for key in dict.fromkeys([*old.keys, *new.keys]):
        before, after = old.member(key), new.member(key)
        if key in known or walk.is_same(before, after):
            continue
        handler = handlers.get(key)
        if handler is not None:
            count = len(walk.changes)
            handler(before, after)
            if len(walk.changes) == count and before.value != after.value:
                walk.note("written-otherwise", before, after, name=key)
        elif key in DOCUMENTATION:
            walk.note("documentation-changed", before, after, name=key)
        elif key.startswith("x-"):
            walk.note("extension-changed", before, after, name=key)
        else:
            walk.note("field-changed", before, after, name=key)


DOCUMENTATION = frozenset({"description", "summary", "externalDocs", "example", "examples"})


def _shown(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def names_of(values: Any) -> Sequence[str]:
    """Return the texts in *values*, if that is a list."""
    return [value for value in values if isinstance(value, str)] if is_array(values) else []
