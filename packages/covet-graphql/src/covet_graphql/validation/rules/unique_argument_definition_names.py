"""No two arguments of a field or directive definition have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    DirectiveDefinitionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
)
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import DefinitionNode, InputValueDefinitionNode
    from covet_graphql.validation._record import Record

_WITH_FIELDS: Final = (
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
)


class UniqueArgumentDefinitionNamesRule(RecordRule, SDLValidationRule):
    """No two arguments that a field or directive defines have one name.

    Source: https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find arguments with the name of another."""
        for definition in record.defined(DirectiveDefinitionNode, *_WITH_FIELDS):
            if isinstance(definition, DirectiveDefinitionNode):
                if definition.arguments:
                    yield from _faults(f"@{definition._name}", definition.arguments, definition)
            else:
                for field in definition.fields or ():
                    if field.arguments:
                        of = f"{definition._name}.{field._name}"
                        yield from _faults(of, field.arguments, definition)


def _faults(
    of: str, arguments: tuple[InputValueDefinitionNode, ...], definition: DefinitionNode
) -> Iterator[Fault]:
    by_name: dict[str, list[InputValueDefinitionNode]] = {}
    for argument in arguments:
        by_name.setdefault(argument._name, []).append(argument)
    if len(by_name) < len(arguments):
        for name, same in by_name.items():
            if len(same) > 1:
                message = f"Argument '{of}({name}:)' can only be defined once."
                yield Fault(GraphQLError(message, [node.name for node in same]), definition)
