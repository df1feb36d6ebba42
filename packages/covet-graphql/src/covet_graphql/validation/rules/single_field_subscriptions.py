"""Subscriptions have one root field."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import FieldNode, OperationDefinitionNode, OperationType
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule
from covet_graphql.validation.rules._root_selections import root_selections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import DirectiveNode
    from covet_graphql.validation._record import Part, Record


class SingleFieldSubscriptionsRule(RecordRule, ValidationRule):
    """Subscriptions have one root field, whatever their variables are, and it is their own.

    Source: https://spec.graphql.org/September2025/#sec-Single-Root-Field
    """

    reads: ClassVar[str] = "operations"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find subscriptions with another number of root fields."""
        for part in record.operations:
            node = part.node
            if (
                isinstance(node, OperationDefinitionNode)
                and node.operation is OperationType.SUBSCRIPTION
                and part.table is not None
            ):
                for error in _errors(record, part):
                    yield Fault(error, node)


def _errors(record: Record, part: Part) -> Iterator[GraphQLError]:
    fields: dict[str, list[FieldNode]] = {}
    conditions: list[DirectiveNode] = []
    for node in root_selections(record, part, only_applying=True):
        conditions += [
            directive
            for directive in node.directives or ()
            if directive._name in ("skip", "include")
        ]
        if isinstance(node, FieldNode):
            response_name = node._name if node.alias is None else node.alias.value
            fields.setdefault(response_name, []).append(node)
    who = f"Subscription '{part.name}'" if part.name else "Anonymous Subscription"
    if conditions:
        message = f"{who} must not use `@skip` or `@include` directives in the top level selection."
        yield GraphQLError(message, conditions)
    elif not fields:
        yield GraphQLError(f"{who} must select one top level field.", part.node.selection_set)
    else:
        _, *others = fields.values()
        if others:
            message = f"{who} must select only one top level field."
            yield GraphQLError(message, [node for group in others for node in group])
        for group in fields.values():
            if group[0]._name[:2] == "__":
                message = f"{who} must not select an introspection top level field."
                yield GraphQLError(message, group)
