"""Labels of @defer and @stream are static and unique."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import NullValueNode, StringValueNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import DirectiveNode
    from covet_graphql.validation._record import Record


class DeferStreamDirectiveLabel(RecordRule):
    """Labels of @defer and @stream are no variables, and none is used twice.

    Source: the draft of incremental delivery; the September 2025 edition has no such directives.
    """

    reads: ClassVar[str] = "incremental"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find labels that are variable or used before."""
        first: dict[str, DirectiveNode] = {}
        for node, _, _, _ in record.incremental:
            for argument in node.arguments or ():
                label = argument.value
                if argument._name != "label" or isinstance(label, NullValueNode):
                    continue
                if not isinstance(label, StringValueNode):
                    message = (
                        f"{node._name.capitalize()} directive label argument must be a static"
                        " string."
                    )
                    yield Fault(GraphQLError(message, node), node)
                elif first.setdefault(label.value, node) is not node:
                    message = "Defer/Stream directive label argument must be unique."
                    yield Fault(GraphQLError(message, [first[label.value], node]), node)
