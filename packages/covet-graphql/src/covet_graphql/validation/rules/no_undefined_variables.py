"""Operations define the variables that they use."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation._reach import members
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class NoUndefinedVariablesRule(RecordRule, ValidationRule):
    """Operations define the variables that they and their fragments use.

    Source: https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined
    """

    reads: ClassVar[str] = "arguments"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find uses of variables that an operation does not define."""
        reach = record.reach
        for part in record.operations:
            undefined = reach.names[part.index]
            for definition, _ in part.variables:
                undefined &= ~reach.name_bits.get(definition.variable._name, 0)
            if not undefined:
                continue
            by = f" by operation '{part.name}'" if part.name else ""
            for index in members(reach.parts[part.index]):
                for variable, _, _ in record.parts[index].usages:
                    name = variable._name
                    if reach.name_bits[name] & undefined:
                        message = f"Variable '${name}' is not defined{by}."
                        yield Fault(GraphQLError(message, [variable, part.node]), part.node)
