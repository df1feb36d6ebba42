"""No two directives have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import DirectiveDefinitionNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.validation._record import Record


class UniqueDirectiveNamesRule(RecordRule, SDLValidationRule):
    """No two directives have one name.

    Source: https://spec.graphql.org/September2025/#sec-Schema
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find directives with the name of another."""
        first: dict[str, DirectiveDefinitionNode] = {}
        for node in record.defined(DirectiveDefinitionNode):
            name = node._name
            if record.schema is not None and record.schema.get_directive(name) is not None:
                message = (
                    f"Directive '@{name}' already exists in the schema. It cannot be redefined."
                )
                yield Fault(GraphQLError(message, node.name), node)
            elif (other := first.setdefault(name, node)) is not node:
                message = f"There can be only one directive named '@{name}'."
                yield Fault(GraphQLError(message, [other.name, node.name]), node)
