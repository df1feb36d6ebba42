"""Types have the fields that are selected from them."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql._natural_order import natural_key
from covet_graphql.error import GraphQLError
from covet_graphql.type import GraphQLInterfaceType, GraphQLUnionType, is_abstract_type
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.type import GraphQLSchema
    from covet_graphql.validation._record import Record
    from covet_graphql.validation._tables import CompositeType


class FieldsOnCorrectTypeRule(RecordRule, ValidationRule):
    """Types have the fields that are selected from them.

    Source: https://spec.graphql.org/September2025/#sec-Field-Selections
    """

    reads: ClassVar[str] = "unknown_fields"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fields that their type does not have."""
        for node, table in record.unknown_fields:
            name = node._name
            message = f"Cannot query field '{name}' on type '{table.name}'."
            if record.schema is not None and not record.hide_suggestions:
                message += _hint(record.schema, table.type, name)
            yield Fault(GraphQLError(message, node), node)


def _hint(schema: GraphQLSchema, type_: CompositeType, name: str) -> str:
    types = _types_with_field(schema, type_, name)
    if types:
        return did_you_mean(types, "to use an inline fragment on")
    if isinstance(type_, GraphQLUnionType):
        return ""
    return did_you_mean(suggestion_list(name, type_.fields))


def _types_with_field(schema: GraphQLSchema, type_: CompositeType, name: str) -> list[str]:
    """Return the types below an abstract *type_* that have the field, the most general first."""
    if not is_abstract_type(type_):
        return []
    objects: list[str] = []
    interfaces: dict[str, GraphQLInterfaceType] = {}
    uses: dict[str, int] = {}
    for possible in schema.get_possible_types(type_):
        if name not in possible.fields:
            continue
        objects.append(possible.name)
        for interface in possible.interfaces:
            if name in interface.fields:
                interfaces[interface.name] = interface
                uses[interface.name] = uses.get(interface.name, 0) + 1

    def key(interface_name: str) -> tuple[object, ...]:
        # an interface that others of them implement comes before those
        interface = interfaces[interface_name]
        below = sum(
            schema.is_sub_type(interface, other)
            for other in interfaces.values()
            if other is not interface
        )
        return -uses[interface_name], -below, natural_key(interface_name)

    return [*sorted(interfaces, key=key), *sorted(objects, key=natural_key)]
