"""Types that are extended exist and are of the extension's kind."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql.error import GraphQLError
from covet_graphql.language import TypeDefinitionNode, TypeExtensionNode
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
)
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import SDLValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.type import GraphQLNamedType
    from covet_graphql.validation._record import Record

_KINDS: Final[dict[str, type[GraphQLNamedType]]] = {
    "scalar": GraphQLScalarType,
    "object": GraphQLObjectType,
    "interface": GraphQLInterfaceType,
    "union": GraphQLUnionType,
    "enum": GraphQLEnumType,
    "input_object": GraphQLInputObjectType,
}


class PossibleTypeExtensionsRule(RecordRule, SDLValidationRule):
    """Types that are extended exist and are of the extension's kind.

    Source: https://spec.graphql.org/September2025/#sec-Type-Extensions
    """

    reads: ClassVar[str] = "type_system"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find extensions of no type, or of another kind of type."""
        defined = {node._name: node for node in record.defined(TypeDefinitionNode)}
        for node in record.defined(TypeExtensionNode):
            name = node._name
            kind = node.kind.removesuffix("_type_extension")
            definition = defined.get(name)
            type_ = None if record.schema is None else record.schema.get_type(name)
            if definition is not None:
                fits = definition.kind == f"{kind}_type_definition"
            elif type_ is not None:
                fits = isinstance(type_, _KINDS[kind])
            else:
                hint = ""
                if not record.hide_suggestions:
                    types = {} if record.schema is None else record.schema.type_map
                    hint = did_you_mean(suggestion_list(name, {**defined, **types}))
                message = f"Cannot extend type '{name}' because it is not defined.{hint}"
                yield Fault(GraphQLError(message, node.name), node)
                continue
            if not fits:
                message = f"Cannot extend non-{kind.replace('_', ' ')} type '{name}'."
                nodes = [node] if definition is None else [definition, node]
                yield Fault(GraphQLError(message, nodes), node)
