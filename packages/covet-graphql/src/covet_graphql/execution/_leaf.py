"""Coercing the results of leaf types.

Source: GraphQL §6.4.3, https://spec.graphql.org/September2025/#CoerceResult()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.type import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLString,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from covet_graphql.type import GraphQLLeafType

UNCHANGED: Final[dict[GraphQLLeafType, type]] = {
    GraphQLBoolean: bool,
    GraphQLID: str,
    GraphQLString: str,
}
"""Types of which all values of one Python type stay what they are."""

_INFINITY: Final = float("inf")


def leaf_completer(type_: GraphQLLeafType, if_null: str | None) -> Callable[[Any], Any]:
    """Return what coerces values of *type_*, a function of the value.

    Null stays null, or is an error with the message *if_null*.
    """
    coerce = type_.coerce_output_value

    def other(value: Any) -> Any:
        if value is None or value is Undefined:
            if if_null is not None:
                raise TypeError(if_null)
            return None
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise TypeError(
                f"Expected `{type_}.coerce_output_value({inspect(value)})`"
                f" to return non-nullable value, returned: {inspect(coerced)}"
            )
        return coerced

    unchanged = UNCHANGED.get(type_)
    if unchanged is not None:

        def same(value: Any) -> Any:
            return value if type(value) is unchanged else other(value)

        return same
    if type_ is GraphQLInt:

        def integer(value: Any) -> Any:
            if type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT:
                return value
            return other(value)

        return integer
    if type_ is GraphQLFloat:

        def number(value: Any) -> Any:
            if type(value) is float and -_INFINITY < value < _INFINITY:
                return value
            return other(value)

        return number
    return other
