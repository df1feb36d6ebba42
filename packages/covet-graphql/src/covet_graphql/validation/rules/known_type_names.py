"""Types that a document names exist."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql.error import GraphQLError
from covet_graphql.language import TypeDefinitionNode
from covet_graphql.type import introspection_types, specified_scalar_types
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from covet_graphql.language import NamedTypeNode
    from covet_graphql.validation._record import Record

_BUILT_IN: Final = {**specified_scalar_types, **introspection_types}


class KnownTypeNamesRule(RecordRule):
    """Types that a document names exist: in the schema, or in the document itself.

    Type system definitions may also name the types that every schema has.

    Source: https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence
    """

    reads: ClassVar[str] = "document"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find names of no types."""
        known: Mapping[str, Any] = {} if record.schema is None else record.schema.type_map
        if record.type_system:
            defined = {node._name: node for node in record.defined(TypeDefinitionNode)}
            known = {**known, **defined}
        for node in record.named_types:
            if node._name not in known:
                yield _fault(record, node, known)
        if record.type_system_types:
            known = {**_BUILT_IN, **known}
            for node in record.type_system_types:
                if node._name not in known:
                    yield _fault(record, node, known)


def _fault(record: Record, node: NamedTypeNode, known: Mapping[str, Any]) -> Fault:
    name = node._name
    hint = "" if record.hide_suggestions else did_you_mean(suggestion_list(name, known))
    return Fault(GraphQLError(f"Unknown type '{name}'.{hint}", node), node)
