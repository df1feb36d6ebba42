"""No two fields of a type have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
)
from covet_graphql.type import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from covet_graphql.language import FieldDefinitionNode, InputValueDefinitionNode
    from covet_graphql.validation._record import Record

_WITH_FIELDS: Final = (
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
)


class UniqueFieldDefinitionNamesRule(RecordRule, SDLValidationRule):
    """No two fields of a type and its extensions have one name.

    Source: https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fields with the name of another."""
        by_type: dict[str, dict[str, FieldDefinitionNode | InputValueDefinitionNode]] = {}
        for definition in record.defined(*_WITH_FIELDS):
            type_name = definition._name
            type_ = None if record.schema is None else record.schema.get_type(type_name)
            existing: Container[str] = ()
            if isinstance(type_, (GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType)):
                existing = type_.fields
            first = by_type.setdefault(type_name, {})
            for node in definition.fields or ():
                name = node._name
                other = first.setdefault(name, node)
                if name in existing:
                    message = (
                        f"Field '{type_name}.{name}' already exists in the schema."
                        " It cannot also be defined in this type extension."
                    )
                    yield Fault(GraphQLError(message, node.name), definition)
                elif other is not node:
                    message = f"Field '{type_name}.{name}' can only be defined once."
                    yield Fault(GraphQLError(message, [other.name, node.name]), definition)
