"""No two fragments have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Part, Record


class UniqueFragmentNamesRule(RecordRule):
    """No two fragments have one name.

    Source: https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness
    """

    reads: ClassVar[str] = "fragments"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fragments with the name of one before them."""
        first: dict[str, Part] = {}
        for part in record.fragments:
            other = first.setdefault(part.name, part)
            if other is not part:
                message = f"There can be only one fragment named '{part.name}'."
                names = [node.name for node in (other.node, part.node) if node.name is not None]
                yield Fault(GraphQLError(message, names), part.node)
