"""Covet's router: covet_routing's, with dependencies, error handlers and WebSocket routes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypedDict, TypeVar, Unpack, cast

from covet.injection import Depends
from covet_routing import RESTRouter, RouteConflictError, RouteMetadata, RouteOptions, RouterOptions

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


class RouteExtra(TypedDict, total=False):
    """What Covet keeps in `RouteMetadata.extra`."""

    dependencies: Sequence[Depends]
    exception_handlers: Mapping[type[BaseException], ErrorHandler]
    response_options: ResponseOptions
    sparse_fields: bool
    responses: Mapping[int | str, Any]
    callbacks: Mapping[str, Sequence[RouteMetadata]]
    security: Sequence[str]


class CovetRouteOptions(RouteOptions, RouteExtra, total=False):
    """The options of covet_routing's decorators, and those that Covet adds."""


class CovetRouterOptions(RouterOptions, RouteExtra, total=False):
    """The options of covet_routing's routers, and those that Covet adds."""


def extra_of(route: RouteMetadata) -> RouteExtra:
    """Return what Covet keeps with *route*."""
    return cast("RouteExtra", route.extra)


class Router(RESTRouter):
    """Collects routes with what they share: `Router(prefix="/posts", tags=["posts"])`.

    Besides the options of `RESTRouter`, routers and routes take `dependencies` (run before the
    handler, for their effect), `exception_handlers` (by exception type), `response_options`
    (of the response's JSON) and `sparse_fields` (whether a client may choose members by
    `?fields=id,author.name`); those of a router come before those of a route. A duplicate route is
    reported when the application starts, with all else.
    """

    def __init__(self, prefix: str = "", **options: Unpack[CovetRouterOptions]) -> None:
        super().__init__(prefix, **options)  # type: ignore[misc]

    extra_options: ClassVar[frozenset[str]] = frozenset(RouteExtra.__annotations__)

    def get(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, path: str, **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for GET, and so for HEAD."""
        return self.decorator(path, ("GET",), options)

    def post(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, path: str, **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for POST."""
        return self.decorator(path, ("POST",), options)

    def put(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, path: str, **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for PUT."""
        return self.decorator(path, ("PUT",), options)

    def patch(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, path: str, **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for PATCH."""
        return self.decorator(path, ("PATCH",), options)

    def delete(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, path: str, **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for DELETE."""
        return self.decorator(path, ("DELETE",), options)

    def route(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, path: str, methods: Sequence[str] = ("GET",), **options: Unpack[CovetRouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler for *methods* and return it unchanged.

        Raises:
            TemplateError: *path* or the host is invalid.
            RouteOptionError: an option is unknown or of the wrong kind.
            FrozenRouterError: the application has started already.
        """
        return self.decorator(path, methods, options)

    def websocket(self, path: str, **options: Unpack[CovetRouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for WebSocket connections to *path*.

        It asks for the connection by type, `websocket: WebSocket`, and for anything else as a
        handler of a request does, save a body.
        """
        return self.decorator(path, (WEBSOCKET,), options)

    def report_conflict(self, error: RouteConflictError) -> None:
        """Leave the conflict to start-up, which reports every fault at once."""
