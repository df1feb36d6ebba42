"""@stream is on fields that are lists."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import FieldNode
from covet_graphql.type import GraphQLList
from covet_graphql.validation._fault import Fault
from covet_graphql.validation._tables import nullable
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class StreamDirectiveOnListField(RecordRule, ValidationRule):
    """@stream is on fields that are lists.

    Source: the draft of incremental delivery; the September 2025 edition has no @stream.
    """

    reads: ClassVar[str] = "incremental"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find @stream on other fields."""
        for node, owner, parent, _ in record.incremental:
            if node._name != "stream" or not isinstance(owner, FieldNode) or parent is None:
                continue
            field = parent.fields[owner._name]
            if field is not None and not isinstance(nullable(field.definition.type), GraphQLList):
                message = (
                    f"Stream directive cannot be used on non-list field '{owner._name}'"
                    f" on type '{parent.name}'."
                )
                yield Fault(GraphQLError(message, node), node)
