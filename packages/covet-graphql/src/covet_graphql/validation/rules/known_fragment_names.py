"""Fragments that are spread exist."""

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


class KnownFragmentNamesRule(RecordRule, ValidationRule):
    """Fragments that are spread are defined in the document.

    Source: https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined
    """

    reads: ClassVar[str] = "spreads"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find spreads of no fragment."""
        fragments = record.fragment_named
        for node, _ in record.spreads:
            if node._name not in fragments:
                message = f"Unknown fragment '{node._name}'."
                yield Fault(GraphQLError(message, node.name), node)
