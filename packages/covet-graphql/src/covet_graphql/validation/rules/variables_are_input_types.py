"""Variables are of input types."""

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


class VariablesAreInputTypesRule(RecordRule, ValidationRule):
    """Variables are of input types: scalars, enums, input objects, and lists of these.

    Source: https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types
    """

    reads: ClassVar[str] = "variables"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find variables of other types."""
        for definition, position in record.variables:
            if position is not None and not position.is_input:
                message = (
                    f"Variable '${definition.variable._name}' cannot be non-input type"
                    f" '{position.text}'."
                )
                yield Fault(GraphQLError(message, definition.type), definition)
