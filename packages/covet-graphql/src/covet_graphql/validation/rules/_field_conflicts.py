"""Why two fields cannot be merged, for people: fields are compared two by two.

Only documents that are to be refused anyway get here.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from covet_graphql.validation.rules._merge_check import canonical_arguments, is_streamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import FieldNode
    from covet_graphql.validation.rules._merged_fields import MergedField, MergedFields

# Errors stay smaller than what they refuse.
_MAX_REASON: Final = 1_000
_MAX_NODES: Final = 20


class Conflict:
    """Two fields that cannot be merged.

    Attributes:
        reason: Why.
        first: The first field and those below it that cannot be merged.
        second: The second field and those below it.
    """

    __slots__ = ("first", "reason", "second")

    def __init__(self, reason: str, first: list[FieldNode], second: list[FieldNode]) -> None:
        cut = len(reason) > _MAX_REASON
        self.reason = f"{reason[:_MAX_REASON]}..." if cut else reason
        self.first = first[:_MAX_NODES]
        self.second = second[:_MAX_NODES]


class _Pair:
    """Two fields whose selection sets are being compared."""

    __slots__ = ("conflicts", "first", "name", "pairs", "second")

    def __init__(
        self,
        name: str,
        first: MergedField,
        second: MergedField,
        pairs: Iterator[tuple[str, MergedField, MergedField, bool]],
    ) -> None:
        self.name = name
        self.first = first
        self.second = second
        self.pairs = pairs
        self.conflicts: list[tuple[str, Conflict]] = []

    def conflict(self) -> Conflict | None:
        """Return the conflicts below the two fields as one."""
        if not self.conflicts:
            return None
        return Conflict(
            " and ".join(
                [
                    f"subfields '{name}' conflict because {below.reason}"
                    for name, below in self.conflicts
                ]
            ),
            [self.first.node, *[node for _, below in self.conflicts for node in below.first]],
            [self.second.node, *[node for _, below in self.conflicts for node in below.second]],
        )


class FieldConflicts:
    """Compares fields two by two."""

    def __init__(self, fields: MergedFields) -> None:
        self._fields = fields
        self._compared: set[tuple[int, int, bool]] = set()

    def conflict(self, name: str, first: MergedField, second: MergedField) -> Conflict | None:
        """Return why two fields of one response *name* cannot be merged, None if they can."""
        exclusive = _are_exclusive(first, second)
        conflict = _direct_conflict(first, second, exclusive)
        if conflict is not None:
            return conflict
        open_ = [_Pair(name, first, second, self._below(first, second, exclusive))]
        while True:
            top = open_[-1]
            for below_name, one, other, exclusive in top.pairs:
                conflict = _direct_conflict(one, other, exclusive)
                if conflict is None:
                    pairs = self._below(one, other, exclusive)
                    open_.append(_Pair(below_name, one, other, pairs))
                    break
                top.conflicts.append((below_name, conflict))
            else:
                open_.pop()
                conflict = top.conflict()
                if not open_:
                    return conflict
                if conflict is not None:
                    open_[-1].conflicts.append((top.name, conflict))

    def _below(
        self, first: MergedField, second: MergedField, exclusive: bool
    ) -> Iterator[tuple[str, MergedField, MergedField, bool]]:
        """Yield the pairs of fields with one response name below two fields."""
        one = first.below
        other = second.below
        if one is None or other is None:
            return
        key = (id(one[0]), id(other[0]), exclusive)
        if key in self._compared:
            return
        self._compared.add(key)
        below_first = self._fields.by_response_name([one])
        below_second = self._fields.by_response_name([other])
        for name, fields in below_first.items():
            for field in fields:
                for opposite in below_second.get(name, ()):
                    self._fields.budget.spend(1)
                    # what is in one fragment is compared where that is defined
                    shared = field.origin is not None and field.origin == opposite.origin
                    if opposite.node is not field.node and not shared:
                        yield name, field, opposite, exclusive or _are_exclusive(field, opposite)


def _are_exclusive(first: MergedField, second: MergedField) -> bool:
    """Return whether no object can have both fields."""
    one = first.parent
    other = second.parent
    return (
        one is not None
        and other is not None
        and one is not other
        and one.is_object
        and other.is_object
    )


def _direct_conflict(first: MergedField, second: MergedField, exclusive: bool) -> Conflict | None:
    """Return why two fields cannot be merged, whatever is below them."""
    reason = ""
    if not exclusive:
        if first.node._name != second.node._name:
            reason = f"'{first.node._name}' and '{second.node._name}' are different fields"
        elif canonical_arguments(first.node) != canonical_arguments(second.node):
            reason = "they have differing arguments"
        elif is_streamed(first.node) or is_streamed(second.node):
            reason = "they have overlapping stream directives"
    one = first.table
    other = second.table
    if not reason and one is not None and other is not None and one.shape != other.shape:
        types = f"'{one.definition.type}' and '{other.definition.type}'"
        reason = f"they return conflicting types {types}"
    return Conflict(reason, [first.node], [second.node]) if reason else None
