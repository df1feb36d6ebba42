"""A schema has one root type for each operation type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import SchemaDefinitionNode, SchemaExtensionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import OperationType, OperationTypeDefinitionNode
    from covet_graphql.validation._record import Record


class UniqueOperationTypesRule(RecordRule, SDLValidationRule):
    """A schema and its extensions give each operation type one root type.

    Source: https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find root types for operation types that have one."""
        first: dict[OperationType, OperationTypeDefinitionNode] = {}
        for definition in record.defined(SchemaDefinitionNode, SchemaExtensionNode):
            for node in definition.operation_types or ():
                operation = node.operation
                other = first.get(operation)
                if record.schema is not None and record.schema.get_root_type(operation) is not None:
                    message = (
                        f"Type for {operation.value} already defined in the schema."
                        " It cannot be redefined."
                    )
                    yield Fault(GraphQLError(message, node), definition)
                elif other is not None:
                    message = f"There can be only one {operation.value} type in schema."
                    yield Fault(GraphQLError(message, [other, node]), definition)
                else:
                    first[operation] = node
