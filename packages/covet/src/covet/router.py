"""Covet's router: covet_routing's, with dependencies, error handlers and WebSocket routes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypedDict, TypeVar, Unpack

from covet_routing import RESTRouter, RouteConflictError, RouteOptions

from covet.injection import Depends

F = TypeVar("F", bound=Callable[..., object])
ErrorHandler = Callable[..., Any]

WEBSOCKET = "WEBSOCKET"  # the method under which a WebSocket route stands in the table


class ResponseOptions(TypedDict, total=False):
    """How a response model is written; see `covet_validation.ResponseSerializer.compile`."""

    by_alias: bool
    exclude_none: bool
    exclude_unset: bool
    exclude_defaults: bool
    include: Any
    exclude: Any


class CovetRouteOptions(RouteOptions, total=False):
    """The options of covet_routing's decorators, and those that Covet adds."""

    dependencies: Sequence[Depends]
    exception_handlers: Mapping[type[BaseException], ErrorHandler]
    response_options: ResponseOptions


class Router(RESTRouter):
    """Collects routes with what they share: `Router(prefix="/posts", tags=["posts"])`.

    Besides the options of `RESTRouter`, each route takes `dependencies` (run before the handler,
    for their effect), `exception_handlers` (by exception type) and `response_options` (of the
    response's JSON). A duplicate route is reported when the application starts, with all else.
    """

    extra_options: ClassVar[frozenset[str]] = frozenset(CovetRouteOptions.__annotations__) - (
        frozenset(RouteOptions.__annotations__)
    )

    def get(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for GET, and so for HEAD."""
        return self.route(path, ("GET",), **options)

    def post(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for POST."""
        return self.route(path, ("POST",), **options)

    def put(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for PUT."""
        return self.route(path, ("PUT",), **options)

    def patch(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for PATCH."""
        return self.route(path, ("PATCH",), **options)

    def delete(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for DELETE."""
        return self.route(path, ("DELETE",), **options)

    def route(
        self, path: str, methods: Sequence[str] = ("GET",), **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for *methods* and return it unchanged.

        Raises:
            TemplateError: *path* or the host is invalid.
            RouteOptionError: an option is unknown or of the wrong kind.
            FrozenRouterError: the application has started already.
        """
        return super().route(path, methods, **options)  # type: ignore[misc]

    def websocket(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for WebSocket connections to *path*.

        It asks for the connection by type, `websocket: WebSocket`, and for anything else as a
        handler of a request does, save a body.
        """
        options.setdefault("include_in_schema", False)
        return self.route(path, (WEBSOCKET,), **options)

    def report_conflict(self, error: RouteConflictError) -> None:
        """Leave the conflict to start-up, which reports every fault at once."""
