"""The route record: everything that is known of one operation, and the decorator that makes it."""

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar, Unpack, cast

from covet_routing._errors import RouteOptionError, SourceLocation
from covet_routing._handler import Handler, documentation, location_of, short_name
from covet_routing._host import normalize_host
from covet_routing._options import ROUTE_OPTIONS, RouteOptions, as_methods, as_tuple, split_options
from covet_routing._signature import RouteParameter, read_parameters, read_return
from covet_routing._table import Entry, TrailingSlash
from covet_routing._template import Template, parse_template

_F = TypeVar("_F", bound=Callable[..., object])
_T = TypeVar("_T")

_UNRESOLVED: Any = object()
_ATTACHED = "__covet_routes__"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return _NOTHING


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RouteMetadata:
    """Everything that is known of one operation; routers, documents and tests read this record.

    ``parameters`` and ``response_model`` are resolved when they are first read, because a
    decorator runs before the names of later annotations exist. `dataclasses.replace` reads them;
    `evolve` does not.

    Attributes:
        path: The template as written, ``/items/{item_id:int}``.
        methods: Upper case.
        handler: Any callable.
        name: What `url_for` knows the route by; by default the handler's name.
        request_model: The model of the body (POST, PUT, PATCH) or the query, where one is given.
        response_model: What the answer conforms to: by default the return annotation, NoneType
            for ``-> None``, None where nothing is known.
        status_code: Of a success.
        response_media_type: Of a success that is not JSON, such as ``text/csv``.
        tags: For grouping in documents.
        summary: By default the handler's name in words.
        description: By default the handler's docstring.
        deprecated: Whether clients should move away.
        rate_limit: An int is requests per 60 seconds; anything else, such as ``"10/minute"``,
            means what the framework makes of it. None is no limit of its own.
        requires_auth: None leaves it to the application's rule.
        permissions: What the caller must be permitted, all of it.
        version: The API version that the route belongs to.
        raises: Exceptions that clients may meet, for the documents.
        cost: How much one request counts against a rate limit.
        timeout: Seconds until the handler is cancelled.
        host: ``api.example.com`` or ``*.example.com``, lower case; None for every host.
        headers: Request headers that must be there, lower case, with their exact value; None for
            any value.
        shield: Whether the handler runs on when the client is gone.
        include_in_schema: Whether documents show the route.
        trailing_slash: What becomes of the path with the other trailing slash; None leaves it to
            the router.
        extra: What a composing framework keeps with a route.
        parameters: The handler's parameters that a request fills.
        template: The parsed path.
    """

    path: str
    methods: tuple[str, ...]
    handler: Handler
    _: KW_ONLY
    name: str = ""
    request_model: Any = None
    response_model: Any = _UNRESOLVED
    status_code: int = 200
    response_media_type: str | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    description: str | None = None
    deprecated: bool = False
    rate_limit: object = None
    requires_auth: bool | None = None
    permissions: tuple[object, ...] = ()
    version: str | None = None
    raises: tuple[type[Exception], ...] = ()
    cost: int = 1
    timeout: float | None = None
    host: str | None = None
    headers: Mapping[str, str | None] = field(default_factory=_nothing)
    shield: bool = False
    include_in_schema: bool = True
    trailing_slash: TrailingSlash | None = None
    extra: Mapping[str, object] = field(default_factory=_nothing)
    parameters: tuple[RouteParameter, ...] = _UNRESOLVED
    template: Template = field(init=False)

    def __post_init__(self) -> None:
        """Parse, normalize, and fill in what follows from the handler."""
        if not callable(self.handler):
            raise RouteOptionError(
                "handler", f"of {self.path} is {self.handler!r}, which is not callable", "Pass one."
            )
        name = short_name(self.handler)
        words = name.replace("_", " ").strip()
        self._set("template", parse_template(self.path))
        self._set("methods", as_methods(self.methods))
        self._set("name", self.name or name)
        self._set("summary", self.summary or words[:1].upper() + words[1:])
        if self.description is None:
            self._set("description", documentation(self.handler))
        for option in ("tags", "permissions", "raises"):
            self._set(option, as_tuple(option, getattr(self, option)))
        if self.host is not None:
            self._set("host", normalize_host(self.host))
        if self.headers is not _NOTHING:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._set("headers", MappingProxyType(headers))
        if self.extra is not _NOTHING:
            self._set("extra", MappingProxyType(dict(self.extra)))
        for lazy in _LAZY:
            if getattr(self, lazy) is _UNRESOLVED:
                object.__delattr__(self, lazy)  # an empty slot: reading it calls __getattr__

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Resolve a lazy field on its first reading."""
            if name not in _LAZY:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self._set(name, _LAZY[name](self.handler))
            return getattr(self, name)

    def __repr__(self) -> str:
        return f"<RouteMetadata {','.join(self.methods)} {self.path} -> {self.name}>"

    @property
    def path_format(self) -> str:
        """The path without converters, as OpenAPI writes it: ``/items/{item_id}``."""
        return self.template.path_format

    @property
    def source_location(self) -> SourceLocation:
        """File and line of the function beneath the handler's decorators."""
        return location_of(self.handler)

    @property
    def is_resolved(self) -> bool:
        """Whether reading ``parameters`` and ``response_model`` needs no look at annotations."""
        return all(_is_set(self, name) for name in _LAZY)

    def evolve(self, **changes: Any) -> Self:
        """Return a copy with *changes*, as `dataclasses.replace`, resolving nothing early."""
        kept = {
            item.name: getattr(self, item.name)
            for item in dataclasses.fields(self)
            if item.init and item.name not in changes and _is_set(self, item.name)
        }
        return type(self)(**kept, **changes)

    __replace__ = evolve  # copy.replace of Python 3.13


_LAZY: Mapping[str, Callable[[Handler], object]] = {
    "parameters": read_parameters,
    "response_model": read_return,
}


def _is_set(record: RouteMetadata, name: str) -> bool:
    if name not in _LAZY:
        return True
    try:
        object.__getattribute__(record, name)
    except AttributeError:
        return False
    return True


class RouteMatch(NamedTuple):
    """The route that answers a request, and its parameters already converted."""

    handler: Handler
    path_params: dict[str, object]
    route_metadata: RouteMetadata


new_route_match = cast(  # half the time of RouteMatch(…), which goes through a Python function
    "Callable[[tuple[Handler, dict[str, object], RouteMetadata]], RouteMatch]",
    functools.partial(cast("Any", tuple).__new__, RouteMatch),
)


def route_entry(record: RouteMetadata, payload: _T) -> Entry[_T]:
    """Return the row of a routing table that answers *record*'s requests with *payload*."""
    return Entry(
        record.template,
        record.methods,
        payload,
        record.host,
        tuple(sorted(record.headers.items())) if record.headers else (),
        record.trailing_slash or "strict",
    )


def make_route(
    path: str,
    methods: Sequence[str],
    handler: Handler,
    options: Mapping[str, object],
    extra_names: frozenset[str] = frozenset(),
) -> RouteMetadata:
    """Return the record of *handler* at *path*; options of *extra_names* land in ``extra``.

    Raises:
        RouteOptionError: an option is unknown or of the wrong kind.
        TemplateError: *path* is invalid.
        HostError: the host is invalid.
    """
    return RouteMetadata(
        path,
        as_tuple("methods", methods),
        handler,
        **split_options(options, ROUTE_OPTIONS, extra_names),
    )


def rest_route(
    path: str, methods: Sequence[str] = ("GET",), **options: Unpack[RouteOptions]
) -> Callable[[_F], _F]:
    """Attach a `RouteMetadata` to a function and return the function.

    The function is not registered by this; pass it to `RESTRouter.add_route`. Decorators may
    stand above and below, and one function may have several routes.

    Raises:
        RouteOptionError: an option is unknown, or the handler takes no attributes, as a bound
            method does.
        TemplateError: *path* is invalid.
        HostError: the host is invalid.
    """

    def decorate(handler: _F) -> _F:
        record = make_route(path, methods, handler, options)
        try:
            setattr(handler, _ATTACHED, (*getattr(handler, _ATTACHED, ()), record))
        except AttributeError:
            raise RouteOptionError(
                "handler",
                f"is {handler!r}, to which nothing can be attached",
                "Register it by router.route(...)(handler), or decorate its function.",
            ) from None
        return handler

    return decorate


def attached_routes(handler: Handler) -> tuple[RouteMetadata, ...]:
    """Return the records that `rest_route` attached to *handler* or to what it wraps.

    Their handler is *handler* itself, so that no decorator is bypassed.
    """
    holder: object = handler
    while holder is not None:
        records: tuple[RouteMetadata, ...] = getattr(holder, _ATTACHED, ())
        if records:
            return tuple(
                record if record.handler is handler else record.evolve(handler=handler)
                for record in records
            )
        holder = getattr(holder, "__wrapped__", None) or getattr(holder, "func", None)
    return ()
