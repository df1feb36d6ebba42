"""Directives exist and are where they may be."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from covet_graphql.error import GraphQLError
from covet_graphql.language import DirectiveDefinitionNode, DirectiveLocation
from covet_graphql.type import specified_directives
from covet_graphql.validation._fault import Fault
from covet_graphql.validation._tables import tables_of
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from covet_graphql.validation._record import Record

_SPECIFIED: Final[dict[str, Collection[DirectiveLocation]]] = {
    directive.name: directive.locations for directive in specified_directives
}


class KnownDirectivesRule(RecordRule):
    """Directives are defined, in the schema or the document, for the place where they are.

    Source: https://spec.graphql.org/September2025/#sec-Directives-Are-Defined and
    https://spec.graphql.org/September2025/#sec-Directives-Are-in-Valid-Locations
    """

    reads: ClassVar[str] = "directives"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find directives that are unknown or misplaced."""
        known: dict[str, Collection[DirectiveLocation]] = _SPECIFIED
        if record.schema is not None:
            known = tables_of(record.schema).directive_locations
        if record.type_system:
            known = {**known}
        for definition in record.defined(DirectiveDefinitionNode):
            names = [node.value for node in definition.locations]
            known[definition._name] = [DirectiveLocation[name] for name in names]
        for _, directives, location in record.directives:
            for node in directives:
                name = node._name
                locations = known.get(name)
                if locations is None:
                    message = f"Unknown directive '@{name}'."
                    yield Fault(GraphQLError(message, node), node)
                elif location not in locations:
                    where = location.value.lower().replace("_", " ")
                    message = f"Directive '@{name}' may not be used on {where}."
                    yield Fault(GraphQLError(message, node), node)
