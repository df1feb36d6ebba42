"""Source that completes values of leaf types where that is a matter of an exact Python type.

Source: GraphQL §3.5, https://spec.graphql.org/September2025/#sec-Scalars
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from covet_graphql.type import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLString,
)

if TYPE_CHECKING:
    from covet_graphql.execution._writer import Writer
    from covet_graphql.type import GraphQLLeafType

_EXACT_FLOAT: Final = 2**53  # integers up to here are floats without loss (IEEE 754)

# the condition under which the value is plainly of the type, and what it becomes then
_TEMPLATES: Final[dict[Any, tuple[str, str]]] = {
    GraphQLString: ("type({0}) is str", "{0}"),
    GraphQLBoolean: ("type({0}) is bool", "{0}"),
    GraphQLID: (
        "(type({0}) is str or type({0}) is int)",
        "{0} if type({0}) is not int else str({0})",
    ),
    GraphQLInt: (f"type({{0}}) is int and {GRAPHQL_MIN_INT} <= {{0}} <= {GRAPHQL_MAX_INT}", "{0}"),
    GraphQLFloat: (
        "(type({0}) is float and -INFINITY < {0} < INFINITY"
        f" or type({{0}}) is int and {-_EXACT_FLOAT} <= {{0}} <= {_EXACT_FLOAT})",
        "{0} if type({0}) is not int else float({0})",
    ),
}


@dataclass(frozen=True, slots=True)
class LeafSource:
    """How source tells that a value is plainly of a leaf type, and what it makes of it."""

    condition: str
    result: str


def leaf_source(
    type_: GraphQLLeafType, value: str, is_nullable: bool, writer: Writer
) -> LeafSource | None:
    """Return the source for the variable *value*, None for types with functions of their own."""
    if type(type_) is GraphQLEnumType:
        names = type_.names_by_value
        table = writer.constant(f"{type_.name}_names", names)
        kinds = writer.constant(f"{type_.name}_types", frozenset(map(type, names)))
        condition = f"type({value}) in {kinds} and {value} in {table}"
        result = f"{table}[{value}]"
        if is_nullable:
            result = f"None if {value} is None else {result}"
    else:
        template = _TEMPLATES.get(type_)
        if template is None:
            return None
        condition, result = (part.format(value) for part in template)
    if is_nullable:
        condition = f"({condition} or {value} is None)"
    return LeafSource(condition, result)
