"""The fields of selection sets that are executed as one, with all fragments put in.

Source: GraphQL §5.3.2, https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from covet_graphql.language import FieldNode, FragmentSpreadNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from covet_graphql.language import SelectionSetNode
    from covet_graphql.validation._record import Record
    from covet_graphql.validation._tables import CompositeTable, FieldTable


class OverBudget(Exception):  # noqa: N818 (no fault of the program)
    """So much was looked at again that the document is refused for it."""


class Budget:
    """How many fields may be looked at again: looking at each once is free."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, fields: int) -> None:
        """Look at *fields* again.

        Raises:
            OverBudget: That is more than is left.
        """
        self.left -= fields
        if self.left < 0:
            raise OverBudget


class MergedField(NamedTuple):
    """A field among those merged.

    Attributes:
        node: The field.
        parent: The type that it is selected from.
        table: What the schema knows of it.
        origin: The outermost fragment that it came with, if any.
    """

    node: FieldNode
    parent: CompositeTable | None
    table: FieldTable | None
    origin: str | None


def response_name(node: FieldNode) -> str:
    """Return the alias of a field, or its name when it has none."""
    return node._name if node.alias is None else node.alias.value


class DirectSelections:
    """What a selection set consists of without the fragments that it spreads.

    Attributes:
        fields: Its fields, those in inline fragments among them.
        spreads: The fragments that it spreads.
    """

    __slots__ = ("fields", "spreads")

    def __init__(self, selection_set: SelectionSetNode) -> None:
        self.fields: list[FieldNode] = []
        self.spreads: list[str] = []
        pending: list[Any] = [iter(selection_set.selections)]
        while pending:
            for node in pending[-1]:
                kind = type(node)
                if kind is FieldNode:
                    self.fields.append(node)
                elif kind is FragmentSpreadNode:
                    self.spreads.append(node._name)
                else:
                    pending.append(iter(node.selection_set.selections))
                    break
            else:
                pending.pop()


class MergedFields:
    """Finds the fields of merged selection sets.

    Attributes:
        budget: What the work is paid from.
    """

    def __init__(self, record: Record, budget: Budget) -> None:
        self._record = record
        self.budget = budget
        self._fragments: dict[str, DirectSelections] = {}

    def repeat(self, selection_set: SelectionSetNode) -> bool:
        """Return whether a response name is in a selection set more than once."""
        direct = DirectSelections(selection_set)
        names = [node._name if node.alias is None else node.alias.value for node in direct.fields]
        if direct.spreads:
            for _, fragment in self._spread(direct.spreads):
                names += map(response_name, fragment.fields)
        return len(set(names)) < len(names)

    def by_response_name(
        self, selection_sets: Iterable[SelectionSetNode]
    ) -> dict[str, list[MergedField]]:
        """Return all fields of *selection_sets* by response name."""
        field_of = self._record.field_of
        merged: dict[str, list[MergedField]] = {}
        spreads: list[str] = []
        parts: list[tuple[str | None, DirectSelections]] = []
        for selection_set in selection_sets:
            direct = DirectSelections(selection_set)
            self.budget.spend(len(direct.fields))
            parts.append((None, direct))
            spreads += direct.spreads
        for origin, direct in [*parts, *self._spread(spreads)]:
            for node in direct.fields:
                field = MergedField(*field_of[id(node)], origin)
                merged.setdefault(response_name(node), []).append(field)
        return merged

    def _spread(self, names: list[str]) -> list[tuple[str, DirectSelections]]:
        """Return the fragments called *names* and those that they spread, each once."""
        found: list[tuple[str, DirectSelections]] = []
        seen: set[str] = set()
        for origin in names:
            pending = [origin]
            while pending:
                name = pending.pop()
                fragment = self._fragment(name)
                if name not in seen and fragment is not None:
                    seen.add(name)
                    self.budget.spend(len(fragment.fields) + len(fragment.spreads))
                    found.append((origin, fragment))
                    pending += reversed(fragment.spreads)
        return found

    def _fragment(self, name: str) -> DirectSelections | None:
        fragment = self._fragments.get(name)
        if fragment is None:
            part = self._record.fragment_named.get(name)
            if part is not None:
                fragment = self._fragments[name] = DirectSelections(part.node.selection_set)
        return fragment
