"""No two variables of an operation have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import VariableNode
    from covet_graphql.validation._record import Record


class UniqueVariableNamesRule(RecordRule):
    """No two variables of an operation have one name.

    Source: https://spec.graphql.org/September2025/#sec-Variable-Uniqueness
    """

    reads: ClassVar[str] = "variables"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find names that an operation gives to several variables."""
        for part in record.operations:
            by_name: dict[str, list[VariableNode]] = {}
            for definition, _ in part.variables:
                by_name.setdefault(definition.variable._name, []).append(definition.variable)
            if len(by_name) == len(part.variables):
                continue
            for name, variables in by_name.items():
                if len(variables) > 1:
                    message = f"There can be only one variable named '${name}'."
                    names = [variable.name for variable in variables]
                    yield Fault(GraphQLError(message, names), part.node)
