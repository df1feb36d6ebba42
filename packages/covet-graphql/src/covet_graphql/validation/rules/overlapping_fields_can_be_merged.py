"""Fields with one response name can be merged.

Source: GraphQL §5.3.2, https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._field_conflicts import FieldConflicts
from covet_graphql.validation.rules._merge_check import MergeCheck, are_equal_leaves
from covet_graphql.validation.rules._merged_fields import Budget, MergedFields, OverBudget
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record
    from covet_graphql.validation.rules._merged_fields import MergedField, Selections


class OverlappingFieldsCanBeMergedRule(RecordRule, ValidationRule):
    """Fields with one response name can be merged: nobody need guess which of them is meant.

    Nothing is compared unless a response name repeats. Documents that repeat so many names, or
    spread so large fragments so often, that a comparison would take long are refused.

    Attributes:
        max_comparisons: How many fields may be looked at more than once; a subclass may say.

    Source: https://spec.graphql.org/September2025/#sec-Field-Selection-Merging; for the limit
    CVE-2023-26144, https://nvd.nist.gov/vuln/detail/CVE-2023-26144
    """

    reads: ClassVar[str] = "fields"
    max_comparisons: ClassVar[int] = 100_000

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fields that cannot be merged."""
        budget = Budget(cls.max_comparisons)
        fields = MergedFields(record, budget)
        checked = MergeCheck(fields)
        conflicts = _Conflicts(fields)
        try:
            for selections in _selections(record):
                if fields.need_check(selections) and not checked.can_merge(selections):
                    yield from conflicts.of(selections)
        except OverBudget:
            message = (
                "Too many fields share their response names or fragments to compare them all"
                f" (more than {cls.max_comparisons} comparisons)."
            )
            yield Fault(GraphQLError(message), record.document, leaving=True)


def _selections(record: Record) -> Iterator[Selections]:
    for part in record.parts:
        yield part.node.selection_set, part.table
    for node, _, table in record.nested:
        if node.selection_set is not None:
            yield node.selection_set, None if table is None else table.selects


class _Conflicts:
    """Finds the fields of selection sets that cannot be merged, each two of them but once."""

    def __init__(self, fields: MergedFields) -> None:
        self._fields = fields
        self._reported: set[tuple[int, int]] = set()

    def of(self, selections: Selections) -> Iterator[Fault]:
        fields = self._fields.by_response_name([selections])
        compared = FieldConflicts(self._fields)
        for name, same in fields.items():
            if are_equal_leaves(same):
                continue
            for first, second in _pairs(same):
                key = (id(first.node), id(second.node))
                if key in self._reported:
                    continue
                self._fields.budget.spend(1)
                conflict = compared.conflict(name, first, second)
                if conflict is not None:
                    self._reported.add(key)
                    message = (
                        f"Fields '{name}' conflict because {conflict.reason}."
                        " Use different aliases on the fields to fetch both"
                        " if this was intentional."
                    )
                    error = GraphQLError(message, conflict.first + conflict.second)
                    yield Fault(error, selections[0])


def _pairs(fields: list[MergedField]) -> Iterator[tuple[MergedField, MergedField]]:
    """Yield all pairs, except of one fragment: those are found where it is defined."""
    for index, first in enumerate(fields):
        for second in fields[index + 1 :]:
            if first.origin is None or first.origin != second.origin:
                yield first, second
