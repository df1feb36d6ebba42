"""An operation without a name is the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class LoneAnonymousOperationRule(RecordRule):
    """An operation without a name is the only one.

    Source: https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation
    """

    reads: ClassVar[str] = "operations"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find operations without a name beside others."""
        if len(record.operations) > 1:
            for part in record.operations:
                if not part.name:
                    message = "This anonymous operation must be the only defined operation."
                    yield Fault(GraphQLError(message, part.node), part.node)
