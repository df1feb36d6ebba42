"""Operations use all fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class NoUnusedFragmentsRule(RecordRule):
    """Operations use all fragments, directly or through others.

    Source: https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used
    """

    reads: ClassVar[str] = "fragments"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fragments that no operation uses."""
        used = 0
        for part in record.operations:
            used |= record.reach.parts[part.index]
        for part in record.fragments:
            # of fragments with one name the last answers for all
            if not used >> record.fragment_named[part.name].index & 1:
                message = f"Fragment '{part.name}' is never used."
                yield Fault(GraphQLError(message, part.node), record.document, leaving=True)
