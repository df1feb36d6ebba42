"""Executable documents consist of operations and fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import SchemaDefinitionNode, SchemaExtensionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class ExecutableDefinitionsRule(RecordRule):
    """Executable documents consist of operations and fragments.

    Source: https://spec.graphql.org/September2025/#sec-Executable-Definitions
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find type system definitions."""
        definition: Any
        for definition in record.type_system:
            is_schema = isinstance(definition, (SchemaDefinitionNode, SchemaExtensionNode))
            name = "schema" if is_schema else f"'{definition.name.value}'"
            message = f"The {name} definition is not executable."
            yield Fault(GraphQLError(message, definition), record.document)
