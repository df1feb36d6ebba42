"""Functions around every resolver."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from covet_graphql.type import GraphQLFieldResolver


class MiddlewareManager:
    """A chain of middleware, the last one outermost.

    Each is a function, or an object with a method ``resolve``, of the next resolver, the source,
    the info and the arguments by keyword. What resolvers return may be awaitable; a middleware
    that looks at it has to await it.

    Attributes:
        middlewares: What was given, in that order.
    """

    __slots__ = ("_chain", "_resolvers", "middlewares")

    def __init__(self, *middlewares: Any) -> None:
        self.middlewares: tuple[Any, ...] = middlewares
        self._chain: tuple[Callable[..., Any], ...] = tuple(_functions(middlewares))
        self._resolvers: dict[Any, Any] = {}

    def get_field_resolver(self, field_resolver: GraphQLFieldResolver) -> GraphQLFieldResolver:
        """Return *field_resolver* with the chain around it, the same one each time."""
        wrapped: GraphQLFieldResolver | None = self._resolvers.get(field_resolver)
        if wrapped is None:
            wrapped = reduce(_around, self._chain, field_resolver)
            self._resolvers[field_resolver] = wrapped
        return wrapped


Middleware: TypeAlias = tuple[Any, ...] | list[Any] | MiddlewareManager | None
"""What `execute` accepts as middleware."""


def _around(inner: GraphQLFieldResolver, function: Callable[..., Any]) -> GraphQLFieldResolver:
    return partial(function, inner)


def _functions(middlewares: Iterable[Any]) -> Iterable[Callable[..., Any]]:
    for middleware in middlewares:
        resolve = getattr(middleware, "resolve", None)
        if callable(resolve):
            yield resolve
        elif callable(middleware):
            yield middleware
        else:
            raise TypeError(
                f"{middleware!r} is no middleware: it is no function and has no method 'resolve'."
                " Give functions of (next, source, info, **args), or objects"
                " whose 'resolve' is one."
            )
