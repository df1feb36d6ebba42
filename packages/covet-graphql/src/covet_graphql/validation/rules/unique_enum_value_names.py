"""No two values of an enum have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import EnumTypeDefinitionNode, EnumTypeExtensionNode
from covet_graphql.type import GraphQLEnumType
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import EnumValueDefinitionNode
    from covet_graphql.validation._record import Record


class UniqueEnumValueNamesRule(RecordRule, SDLValidationRule):
    """No two values of an enum and its extensions have one name.

    Source: https://spec.graphql.org/September2025/#sec-Enums.Type-Validation
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find values with the name of another."""
        first: dict[tuple[str, str], EnumValueDefinitionNode] = {}
        for definition in record.defined(EnumTypeDefinitionNode, EnumTypeExtensionNode):
            type_name = definition._name
            type_ = None if record.schema is None else record.schema.get_type(type_name)
            for node in definition.values or ():
                name = node._name
                if isinstance(type_, GraphQLEnumType) and name in type_.values:
                    message = (
                        f"Enum value '{type_name}.{name}' already exists in the schema."
                        " It cannot also be defined in this type extension."
                    )
                    yield Fault(GraphQLError(message, node.name), definition)
                elif (other := first.setdefault((type_name, name), node)) is not node:
                    message = f"Enum value '{type_name}.{name}' can only be defined once."
                    yield Fault(GraphQLError(message, [other.name, node.name]), definition)
