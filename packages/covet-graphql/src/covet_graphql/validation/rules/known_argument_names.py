"""Fields and directives have the arguments that they are given."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._directive_arguments import arguments_of_directives
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from covet_graphql.language import ArgumentNode
    from covet_graphql.validation._record import Record


class KnownArgumentNamesOnDirectivesRule(RecordRule):
    """Directives have the arguments that they are given.

    Source: https://spec.graphql.org/September2025/#sec-Argument-Names
    """

    reads: ClassVar[str] = "applied"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find arguments that their directive does not have."""
        known = arguments_of_directives(record)
        for directive, _ in record.applied:
            arguments = known.get(directive._name)
            if arguments is not None:
                for node in directive.arguments or ():
                    if node._name not in arguments:
                        yield _fault(record, node, f"directive '@{directive._name}'", arguments)


class KnownArgumentNamesRule(RecordRule, ValidationRule):
    """Fields and directives have the arguments that they are given.

    Source: https://spec.graphql.org/September2025/#sec-Argument-Names
    """

    reads: ClassVar[str] = "unknown_arguments"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find arguments that their field or directive does not have."""
        for node, owner, parent, known in record.unknown_arguments:
            what = f"directive '@{owner._name}'"
            if parent is not None:
                what = f"field '{parent.name}.{owner._name}'"
            yield _fault(record, node, what, known)


def _fault(record: Record, node: ArgumentNode, what: str, known: Iterable[str]) -> Fault:
    hint = "" if record.hide_suggestions else did_you_mean(suggestion_list(node._name, known))
    return Fault(GraphQLError(f"Unknown argument '{node._name}' on {what}.{hint}", node), node)
