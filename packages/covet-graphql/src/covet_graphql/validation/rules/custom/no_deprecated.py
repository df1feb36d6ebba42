"""Nothing deprecated is used."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import EnumValueNode, ObjectValueNode
from covet_graphql.type import GraphQLEnumType, GraphQLInputObjectType
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import ArgumentNode, Node
    from covet_graphql.validation._record import Record
    from covet_graphql.validation._tables import Position


class NoDeprecatedCustomRule(RecordRule, ValidationRule):
    """No deprecated field, argument, input field or enum value is used.

    Source: https://spec.graphql.org/September2025/#sec--deprecated
    """

    reads: ClassVar[str] = "document"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find uses of what is deprecated."""
        for field, parent, table in record.fields:
            if table is None or parent is None:
                continue
            what = f"{parent.name}.{field._name}"
            yield from _fault(f"field {what}", table.definition.deprecation_reason, field)
            for argument in field.arguments or ():
                yield from _argument(what, argument, table.arguments)
        for directive, known in record.applied:
            if known is not None:
                for argument in directive.arguments or ():
                    yield from _argument(f"@{directive._name}", argument, known.arguments)
        for node, position in record.literals:
            type_ = position.named
            if isinstance(node, EnumValueNode) and isinstance(type_, GraphQLEnumType):
                value = type_.values.get(node.value)
                if value is not None:
                    what = f"enum value '{type_}.{node.value}'"
                    yield from _fault(what, value.deprecation_reason, node)
            elif isinstance(node, ObjectValueNode) and isinstance(type_, GraphQLInputObjectType):
                for given in node.fields:
                    input_field = type_.fields.get(given._name)
                    if input_field is not None:
                        what = f"input field {type_}.{given._name}"
                        yield from _fault(what, input_field.deprecation_reason, given)


def _argument(of: str, node: ArgumentNode, known: dict[str, Position]) -> Iterator[Fault]:
    position = known.get(node._name)
    if position is not None and position.definition is not None:
        what = f"argument '{of}({node._name}:)'"
        yield from _fault(what, position.definition.deprecation_reason, node)


def _fault(what: str, reason: str | None, node: Node) -> Iterator[Fault]:
    if reason is not None:
        yield Fault(GraphQLError(f"The {what} is deprecated. {reason}", node), node)
