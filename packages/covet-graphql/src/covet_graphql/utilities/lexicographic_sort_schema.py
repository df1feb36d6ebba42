"""A schema in an order of its own, so that the texts of two versions can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from covet_graphql._natural_order import natural_key
from covet_graphql.type.schema import CompleteTypes
from covet_graphql.utilities._schema_copy import SchemaCopy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Protocol

    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLDirective,
        GraphQLEnumType,
        GraphQLEnumValue,
        GraphQLField,
        GraphQLInputField,
        GraphQLInputObjectType,
        GraphQLInterfaceType,
        GraphQLObjectType,
        GraphQLSchema,
        GraphQLUnionType,
    )

    class _Named(Protocol):
        @property
        def name(self) -> str: ...

    _N = TypeVar("_N", bound=_Named)
_T = TypeVar("_T")


def lexicographic_sort_schema(schema: GraphQLSchema) -> GraphQLSchema:
    """Return a copy of *schema* with everything in it that has a name sorted by it.

    Numbers in names count as numbers: ``a2`` comes before ``a10``.
    """
    return _SortedCopy(schema).copy()


class _SortedCopy(SchemaCopy):
    """Copies a schema in order."""

    def schema_kwargs(self) -> dict[str, Any]:
        kwargs = super().schema_kwargs()
        return kwargs | {
            "types": CompleteTypes(_by_name(kwargs["types"])),
            "directives": _by_name(kwargs["directives"]),
        }

    def directive(self, directive: GraphQLDirective) -> Mapping[str, Any]:
        locations = sorted(directive.locations, key=lambda location: location.name)
        return {**super().directive(directive), "locations": locations}

    def fields(self, type_: GraphQLObjectType | GraphQLInterfaceType) -> dict[str, GraphQLField]:
        return _by_key(super().fields(type_))

    def arguments(self, arguments: Mapping[str, GraphQLArgument]) -> dict[str, GraphQLArgument]:
        return _by_key(super().arguments(arguments))

    def input_fields(self, type_: GraphQLInputObjectType) -> dict[str, GraphQLInputField]:
        return _by_key(super().input_fields(type_))

    def interfaces(
        self, type_: GraphQLObjectType | GraphQLInterfaceType
    ) -> Collection[GraphQLInterfaceType]:
        return _by_name(super().interfaces(type_))

    def members(self, type_: GraphQLUnionType) -> Collection[GraphQLObjectType]:
        return _by_name(super().members(type_))

    def values(self, type_: GraphQLEnumType) -> dict[str, GraphQLEnumValue]:
        return _by_key(super().values(type_))


def _by_name(items: Iterable[_N]) -> list[_N]:
    return sorted(items, key=lambda item: natural_key(item.name))


def _by_key(items: Mapping[str, _T]) -> dict[str, _T]:
    return {name: items[name] for name in sorted(items, key=natural_key)}
