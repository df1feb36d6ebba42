"""@defer and @stream are not in subscriptions."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    BooleanValueNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
)
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import DirectiveNode
    from covet_graphql.validation._record import Record


class DeferStreamDirectiveOnValidOperationsRule(RecordRule):
    """Subscriptions neither defer nor stream, unless ``if`` can turn it off.

    Source: the draft of incremental delivery; the September 2025 edition has no such directives.
    """

    reads: ClassVar[str] = "incremental"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find @defer and @stream in subscriptions and their fragments."""
        found: set[int] = set()
        for part in record.operations:
            node = part.node
            if (
                not isinstance(node, OperationDefinitionNode)
                or node.operation is not OperationType.SUBSCRIPTION
            ):
                continue
            reached = record.reach.parts[part.index]
            for directive, _, _, user in record.incremental:
                is_new = id(directive) not in found and reached >> user.index & 1
                if is_new and not _can_be_off(directive):
                    found.add(id(directive))
                    name = directive._name
                    message = (
                        f"{name.capitalize()} directive not supported on subscription operations."
                        f" Disable `@{name}` by setting the `if` argument to `false`."
                    )
                    yield Fault(GraphQLError(message, directive), part.node)


def _can_be_off(directive: DirectiveNode) -> bool:
    for argument in directive.arguments or ():
        value = argument.value
        if argument._name == "if":
            is_false = isinstance(value, BooleanValueNode) and not value.value
            return is_false or isinstance(value, VariableNode)
    return False
