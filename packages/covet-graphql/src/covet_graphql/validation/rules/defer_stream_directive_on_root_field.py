"""@defer and @stream are not on root fields of mutations and subscriptions."""

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

    from covet_graphql.validation._record import Record


class DeferStreamDirectiveOnRootField(RecordRule, ValidationRule):
    """Root fields of mutations and subscriptions are neither deferred nor streamed.

    Source: the draft of incremental delivery; the September 2025 edition has no such directives.
    """

    reads: ClassVar[str] = "incremental"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find @defer and @stream on such fields."""
        for part in record.operations:
            root = part.table
            if (
                not isinstance(part.node, OperationDefinitionNode)
                or part.node.operation is OperationType.QUERY
                or root is None
            ):
                continue
            operation = part.node.operation.value
            for node in root_selections(record, part, only_applying=False):
                name = "stream" if isinstance(node, FieldNode) else "defer"
                for directive in node.directives or ():
                    if directive._name == name:
                        message = (
                            f"{name.capitalize()} directive cannot be used"
                            f" on root {operation} type '{root.name}'."
                        )
                        yield Fault(GraphQLError(message, directive), part.node)
