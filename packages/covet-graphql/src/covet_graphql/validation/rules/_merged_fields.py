"""The fields of selection sets that are executed as one, with all fragments put in.

Source: GraphQL §5.3.2, https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from covet_graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from covet_graphql.language import SelectionSetNode
    from covet_graphql.validation._record import Record
    from covet_graphql.validation._tables import CompositeTable, FieldTable, SchemaTables

_ONLY_FIELDS: Final = frozenset({FieldNode})


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

    @property
    def below(self) -> Selections | None:
        """What is selected below the field, if anything is."""
        if self.node.selection_set is None:
            return None
        return self.node.selection_set, None if self.table is None else self.table.selects


Selections: TypeAlias = "tuple[SelectionSetNode, CompositeTable | None]"
"""A selection set and the type that it selects from."""


def response_name(node: FieldNode) -> str:
    """Return the alias of a field, or its name when it has none."""
    return node._name if node.alias is None else node.alias.value


class _Direct:
    """What a selection set consists of without the fragments that it spreads.

    Attributes:
        fields: Its fields, those in inline fragments among them, with the types that have them.
        spreads: The fragments that it spreads.
    """

    __slots__ = ("fields", "spreads")

    def __init__(self, selections: Selections, tables: SchemaTables | None) -> None:
        self.fields: list[tuple[FieldNode, CompositeTable | None]] = []
        self.spreads: list[str] = []
        selection_set, table = selections
        pending: list[tuple[Any, CompositeTable | None]] = []
        rest: Any = iter(selection_set.selections)
        while True:
            for node in rest:
                kind = node.__class__
                if kind is FieldNode:
                    self.fields.append((node, table))
                elif kind is FragmentSpreadNode:
                    self.spreads.append(node._name)
                else:
                    pending.append((rest, table))
                    rest = iter(node.selection_set.selections)
                    condition = node.type_condition
                    if condition is not None:
                        table = None if tables is None else tables.composites[condition._name]
                    break
            else:
                if not pending:
                    return
                rest, table = pending.pop()


class MergedFields:
    """Finds the fields of merged selection sets.

    Attributes:
        budget: What the work is paid from.
    """

    def __init__(self, record: Record, budget: Budget) -> None:
        self.budget = budget
        self._record = record
        self._fragments: dict[str, _Direct] = {}

    def need_check(self, selections: Selections) -> bool:
        """Return whether a response name repeats, unless plainly for one field without more."""
        nodes: Any = selections[0].selections
        if len(nodes) == 1 and type(nodes[0]) is not InlineFragmentNode:
            return False  # a fragment is checked where it is defined
        if _ONLY_FIELDS.issuperset(map(type, nodes)):
            names = {node._name if node.alias is None else node.alias.value for node in nodes}
            if len(names) == len(nodes):
                return False
        direct = _Direct(selections, self._record.tables)
        fields = direct.fields
        if direct.spreads:
            fields = fields.copy()
            for _, fragment in self._spread(direct.spreads):
                fields += fragment.fields
        first: dict[str, tuple[FieldNode, CompositeTable | None]] = {}
        for found in fields:
            node, parent = found
            other = first.setdefault(response_name(node), found)
            if other is not found and (
                node._name != other[0]._name
                or parent is not other[1]
                or node.selection_set is not None
                or node.arguments is not None
                or node.directives is not None
                or other[0].arguments is not None
                or other[0].directives is not None
            ):
                return True
        return False

    def repeated(self, several: Iterable[Selections]) -> Iterator[list[MergedField]]:
        """Yield the fields of one response name, for each that repeats."""
        for same in self._by_response_name(several).values():
            if len(same) > 1:
                yield list(map(_merged, same))

    def by_response_name(self, several: Iterable[Selections]) -> dict[str, list[MergedField]]:
        """Return all fields by response name."""
        grouped = self._by_response_name(several)
        return {name: list(map(_merged, same)) for name, same in grouped.items()}

    def _by_response_name(self, several: Iterable[Selections]) -> dict[str, list[_Found]]:
        grouped: dict[str, list[_Found]] = {}
        spreads: list[str] = []
        parts: list[tuple[str | None, _Direct]] = []
        for selections in several:
            direct = _Direct(selections, self._record.tables)
            self.budget.spend(len(direct.fields))
            parts.append((None, direct))
            spreads += direct.spreads
        seen: set[int] = set()  # a fragment in itself brings its fields again
        for origin, direct in [*parts, *self._spread(spreads)]:
            for node, parent in direct.fields:
                if id(node) not in seen:
                    seen.add(id(node))
                    grouped.setdefault(response_name(node), []).append((node, parent, origin))
        return grouped

    def _spread(self, names: list[str]) -> list[tuple[str, _Direct]]:
        """Return the fragments called *names* and those that they spread, each once."""
        found: list[tuple[str, _Direct]] = []
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

    def _fragment(self, name: str) -> _Direct | None:
        fragment = self._fragments.get(name)
        if fragment is None:
            part = self._record.fragment_named.get(name)
            if part is not None:
                selections = (part.node.selection_set, part.table)
                fragment = self._fragments[name] = _Direct(selections, self._record.tables)
        return fragment


_Found: TypeAlias = "tuple[FieldNode, CompositeTable | None, str | None]"


def _merged(found: _Found) -> MergedField:
    node, parent, origin = found
    table = None if parent is None else parent.fields[node._name]
    return MergedField(node, parent, table, origin)
