"""No two fields of an input object have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import ObjectFieldNode
    from covet_graphql.validation._record import Record


class UniqueInputFieldNamesRule(RecordRule):
    """No two fields of an input object have one name.

    Source: https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness
    """

    reads: ClassVar[str] = "objects"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fields with the name of one before them in the same object."""
        for node in record.objects:
            if len(node.fields) < 2:
                continue
            first: dict[str, ObjectFieldNode] = {}
            for field in node.fields:
                other = first.setdefault(field._name, field)
                if other is not field:
                    message = f"There can be only one input field named '{field._name}'."
                    yield Fault(GraphQLError(message, [other.name, field.name]), field)
