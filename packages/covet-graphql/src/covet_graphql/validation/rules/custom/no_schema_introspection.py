"""The schema is not introspected."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.type import get_named_type, is_introspection_type
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class NoSchemaIntrospectionCustomRule(RecordRule, ValidationRule):
    """The schema is not introspected; ``__typename`` may be asked for.

    Turning introspection off keeps nobody from guessing: it is no protection of data.
    """

    reads: ClassVar[str] = "nested"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fields that describe the schema."""
        for node, _, table in record.nested:
            if table is not None and is_introspection_type(get_named_type(table.definition.type)):
                message = (
                    "GraphQL introspection has been disabled,"
                    f" but the requested query contained the field '{node._name}'."
                )
                yield Fault(GraphQLError(message, node), node)
