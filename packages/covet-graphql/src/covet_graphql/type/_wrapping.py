"""Types around other types: lists and non-null.

Source: GraphQL §3.11 and §3.12, https://spec.graphql.org/September2025/#sec-List
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from covet_graphql._inspect import inspect
from covet_graphql.type._named import GraphQLType

T_co = TypeVar("T_co", bound=GraphQLType, covariant=True)


class GraphQLWrappingType(GraphQLType, Generic[T_co]):
    """A list or non-null type.

    Attributes:
        of_type: The type inside.
    """

    __slots__ = ("__weakref__", "of_type")

    of_type: T_co

    def __init__(self, type_: T_co) -> None:
        if not isinstance(type_, GraphQLType):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"Expected {inspect(type_)} to be a GraphQL type.")
        self.of_type = type_

    # types may be wrapped more often than Python's stack is deep, so neither of these recurses

    def __str__(self) -> str:
        wrappers, inner = _unwrap(self)
        before = "".join("[" if isinstance(wrapper, GraphQLList) else "" for wrapper in wrappers)
        behind = "".join("]" if isinstance(wrapper, GraphQLList) else "!" for wrapper in wrappers)
        return f"{before}{inner}{behind[::-1]}"

    __inspect__ = __str__

    def __repr__(self) -> str:
        wrappers, inner = _unwrap(self)
        before = "".join(f"<{type(wrapper).__name__} " for wrapper in wrappers)
        return f"{before}{inner!r}{'>' * len(wrappers)}"


class GraphQLList(GraphQLWrappingType[T_co]):
    """A list of values of the type inside."""

    __slots__ = ()


class GraphQLNonNull(GraphQLWrappingType[T_co]):
    """The type inside, without null.

    Raises:
        TypeError: The type inside is non-null itself, or no type.
    """

    __slots__ = ()

    def __init__(self, type_: T_co) -> None:
        if isinstance(type_, GraphQLNonNull):
            raise TypeError(f"Expected {type_} to be a GraphQL nullable type.")
        super().__init__(type_)


def _unwrap(
    type_: GraphQLWrappingType[Any],
) -> tuple[list[GraphQLWrappingType[Any]], GraphQLType]:
    """Return the wrappers of a type from the outside, and what is in them."""
    wrappers: list[GraphQLWrappingType[Any]] = []
    inner: Any = type_
    while isinstance(inner, GraphQLWrappingType):
        wrappers.append(inner)  # pyright: ignore[reportUnknownArgumentType]
        inner = wrappers[-1].of_type
    return wrappers, inner
