"""Fragments are on types that have fields."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import FragmentDefinitionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class FragmentsOnCompositeTypesRule(RecordRule, ValidationRule):
    """Fragments are on object, interface and union types.

    Source: https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types
    """

    reads: ClassVar[str] = "conditions"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find type conditions of other types."""
        for owner, condition, table, _ in record.conditions:
            if table is not None or record.tables is None:
                continue
            name = condition._name
            if name in record.tables.types:
                fragment = "Fragment"
                if isinstance(owner, FragmentDefinitionNode):
                    fragment = f"Fragment '{owner._name}'"
                message = f"{fragment} cannot condition on non composite type '{name}'."
                yield Fault(GraphQLError(message, condition), owner)
