"""No two operations have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import NameNode
    from covet_graphql.validation._record import Record


class UniqueOperationNamesRule(RecordRule):
    """No two operations have one name.

    Source: https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness
    """

    reads: ClassVar[str] = "operations"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find operations with the name of one before them."""
        if len(record.operations) == 1:
            return
        first: dict[str, NameNode] = {}
        for part in record.operations:
            name = part.node.name
            if name is not None and first.setdefault(part.name, name) is not name:
                message = f"There can be only one operation named '{part.name}'."
                yield Fault(GraphQLError(message, [first[part.name], name]), part.node)
