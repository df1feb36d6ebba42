"""No two arguments of a field or directive have one name."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import ArgumentNode
    from covet_graphql.validation._record import Record


class UniqueArgumentNamesRule(RecordRule):
    """No two arguments of a field or directive have one name.

    Source: https://spec.graphql.org/September2025/#sec-Argument-Uniqueness
    """

    reads: ClassVar[str] = "arguments"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find names that a field or directive gives to several arguments."""
        for owner, arguments in record.arguments:
            if len(arguments) == 1:
                continue
            by_name: dict[str, list[ArgumentNode]] = {}
            for argument in arguments:
                by_name.setdefault(argument._name, []).append(argument)
            if len(by_name) == len(arguments):
                continue
            for name, same in by_name.items():
                if len(same) > 1:
                    message = f"There can be only one argument named '{name}'."
                    yield Fault(GraphQLError(message, [node.name for node in same]), owner)
