"""Fields of objects have a selection set, others have none."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class ScalarLeafsRule(RecordRule, ValidationRule):
    """Fields of objects, interfaces and unions have a selection set, fields of leaves have none.

    Source: https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections
    """

    reads: ClassVar[str] = "fields"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find selection sets that are missing or too many."""
        for node, _, table in record.fields:
            if table is None or (table.selects is None) is (node.selection_set is None):
                continue
            name = node._name
            type_ = table.definition.type
            if node.selection_set is not None:
                message = (
                    f"Field '{name}' must not have a selection"
                    f" since type '{type_}' has no subfields."
                )
                yield Fault(GraphQLError(message, node.selection_set), node)
                continue
            message = f"Field '{name}' of type '{type_}' must have a selection of subfields."
            if not record.hide_suggestions:
                message += f" Did you mean '{name} {{ ... }}'?"
            yield Fault(GraphQLError(message, node), node)
