"""No two types have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import TypeDefinitionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class UniqueTypeNamesRule(RecordRule, SDLValidationRule):
    """No two types have one name, of whatever kinds they are.

    Source: https://spec.graphql.org/September2025/#sec-Schema
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find types with the name of another."""
        first: dict[str, TypeDefinitionNode] = {}
        for node in record.defined(TypeDefinitionNode):
            name = node._name
            if record.schema is not None and record.schema.get_type(name) is not None:
                message = (
                    f"Type '{name}' already exists in the schema."
                    " It cannot also be defined in this type definition."
                )
                yield Fault(GraphQLError(message, node.name), node)
            elif (other := first.setdefault(name, node)) is not node:
                message = f"There can be only one type named '{name}'."
                yield Fault(GraphQLError(message, [other.name, node.name]), node)
