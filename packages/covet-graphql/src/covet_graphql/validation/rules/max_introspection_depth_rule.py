"""Introspection does not nest lists of types without end."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from covet_graphql.error import GraphQLError
from covet_graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import SelectionSetNode
    from covet_graphql.validation._record import Record

_MAX_LISTS: Final = 2  # within one another; the standard introspection query has one
_LISTS: Final = frozenset({"fields", "inputFields", "interfaces", "possibleTypes"})
_ROOTS: Final = frozenset({"__schema", "__type"})


class MaxIntrospectionDepthRule(RecordRule):
    """Introspection does not nest lists of types, which would multiply its result.

    Source: CVE-2024-40094 of graphql-java is such a document.
    """

    reads: ClassVar[str] = "nested"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find introspection that nests too many lists."""
        harmless: set[tuple[str, int]] = set()
        for node, _, _ in record.nested:
            if node._name in _ROOTS and _nests_too_many(record, node.selection_set, harmless):
                yield Fault(GraphQLError("Maximum introspection depth exceeded", node), node)


def _nests_too_many(
    record: Record, selection_set: SelectionSetNode | None, harmless: set[tuple[str, int]]
) -> bool:
    """Return whether a selection set does; add fragments, with the lists around, that do not."""
    pending = [(selection_set, 0)]
    seen: set[tuple[str, int]] = set()
    while pending:
        selected, lists = pending.pop()
        for node in () if selected is None else selected.selections:
            if isinstance(node, FieldNode):
                below = lists + (node._name in _LISTS)
                if below > _MAX_LISTS:
                    return True
                pending.append((node.selection_set, below))
            elif isinstance(node, InlineFragmentNode):
                pending.append((node.selection_set, lists))
            elif isinstance(node, FragmentSpreadNode):
                key = (node._name, lists)
                fragment = record.fragment_named.get(node._name)
                if fragment is not None and key not in seen and key not in harmless:
                    seen.add(key)
                    pending.append((fragment.node.selection_set, lists))
    harmless |= seen
    return False
