"""Directives that are not repeatable are at most once at a place."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    DirectiveDefinitionNode,
    DirectiveLocation,
)
from covet_graphql.type import specified_directives
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import DirectiveNode
    from covet_graphql.validation._record import Record

_EXTENSIBLE: Final = (
    DirectiveLocation.SCHEMA,
    DirectiveLocation.SCALAR,
    DirectiveLocation.OBJECT,
    DirectiveLocation.INTERFACE,
    DirectiveLocation.UNION,
    DirectiveLocation.ENUM,
    DirectiveLocation.INPUT_OBJECT,
)


class UniqueDirectivesPerLocationRule(RecordRule):
    """Directives that are not repeatable are at most once at a place.

    A definition and its extensions are one place.

    Source: https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location
    """

    reads: ClassVar[str] = "directives"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find directives that were at their place before."""
        repeatable: set[str] | None = None
        shared: dict[str, dict[str, DirectiveNode]] = {}
        for owner, directives, location in record.directives:
            first: dict[str, DirectiveNode] = {}
            if location in _EXTENSIBLE:
                first = shared.setdefault(_name(owner, location), {})
            elif len(directives) == 1:
                continue
            for node in directives:
                name = node._name
                other = first.setdefault(name, node)
                if other is node:
                    continue
                if repeatable is None:
                    repeatable = _repeatable(record)
                if name not in repeatable:
                    message = f"The directive '@{name}' can only be used once at this location."
                    yield Fault(GraphQLError(message, [other, node]), owner)


def _name(owner: Any, location: DirectiveLocation) -> str:
    """Return the name of a type; that of a schema is empty."""
    return "" if location is DirectiveLocation.SCHEMA else str(owner._name)


def _repeatable(record: Record) -> set[str]:
    """Return the directives that may be repeated, and those that nobody knows."""
    directives = specified_directives if record.schema is None else record.schema.directives
    once = {directive.name for directive in directives if not directive.is_repeatable}
    for node in record.defined(DirectiveDefinitionNode):
        (once.discard if node.repeatable else once.add)(node._name)
    return {node._name for node, _ in record.applied} - once
