"""Operations use the variables that they define."""

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


class NoUnusedVariablesRule(RecordRule, ValidationRule):
    """Operations or their fragments use the variables that the operation defines.

    Source: https://spec.graphql.org/September2025/#sec-All-Variables-Used
    """

    reads: ClassVar[str] = "variables"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find variables without use."""
        reach = record.reach
        for part in record.operations:
            used = reach.names[part.index]
            for definition, _ in part.variables:
                name = definition.variable._name
                if not used & reach.name_bits.get(name, 0):
                    by = f" in operation '{part.name}'" if part.name else ""
                    message = f"Variable '${name}' is never used{by}."
                    yield Fault(GraphQLError(message, definition), part.node)
