"""Operations are of types that the schema has."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import OperationDefinitionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class KnownOperationTypesRule(RecordRule, ValidationRule):
    """Operations are of types that the schema has.

    Source: https://spec.graphql.org/September2025/#sec-Operation-Type-Existence
    """

    reads: ClassVar[str] = "operations"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find operations without a root type."""
        for part in record.operations:
            if part.table is None and isinstance(part.node, OperationDefinitionNode):
                operation = part.node.operation.value
                message = f"The {operation} operation is not supported by the schema."
                yield Fault(GraphQLError(message, part.node), part.node)
