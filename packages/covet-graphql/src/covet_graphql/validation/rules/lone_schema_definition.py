"""There is one schema definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import SchemaDefinitionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class LoneSchemaDefinitionRule(RecordRule, SDLValidationRule):
    """There is at most one schema definition, and none in an extension of a schema.

    Source: https://spec.graphql.org/September2025/#sec-Schema
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find further schema definitions."""
        schema = record.schema
        is_defined = schema is not None and (
            schema.ast_node is not None
            or any((schema.query_type, schema.mutation_type, schema.subscription_type))
        )
        is_second = False
        for node in record.defined(SchemaDefinitionNode):
            if is_defined:
                message = "Cannot define a new schema within a schema extension."
                yield Fault(GraphQLError(message, node), node)
            elif is_second:
                message = "Must provide only one schema definition."
                yield Fault(GraphQLError(message, node), node)
            is_second = True
