"""Fragments are spread where they can apply."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import InlineFragmentNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import Node
    from covet_graphql.validation._record import Record
    from covet_graphql.validation._tables import CompositeTable


class PossibleFragmentSpreadsRule(RecordRule, ValidationRule):
    """Fragments are spread where some value is of both the type around and that of the fragment.

    Source: https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible
    """

    reads: ClassVar[str] = "parts"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fragments that can never apply where they are."""
        for node, _, table, around in record.conditions:
            if table is None or around is None or around.overlaps(table):
                continue
            if isinstance(node, InlineFragmentNode):
                yield _fault("Fragment", node, around, table)
        for spread, around in record.spreads:
            fragment = record.fragment_named.get(spread._name)
            table = None if fragment is None else fragment.table
            if table is not None and around is not None and not around.overlaps(table):
                yield _fault(f"Fragment '{spread._name}'", spread, around, table)


def _fault(what: str, node: Node, around: CompositeTable, table: CompositeTable) -> Fault:
    message = (
        f"{what} cannot be spread here"
        f" as objects of type '{around.name}' can never be of type '{table.name}'."
    )
    return Fault(GraphQLError(message, node), node)
