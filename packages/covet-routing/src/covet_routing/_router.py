"""The router: routes gathered by decorators and from other routers, then frozen into a matcher."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple, TypeVar, Unpack

from covet_routing._defaults import RouterDefaults, join, make_defaults
from covet_routing._errors import (
    Fault,
    FrozenRouterError,
    RouteConflictError,
    RouteOptionError,
    RouterFaultsError,
    TemplateError,
)
from covet_routing._faults import conflict, conflict_keys, find_faults
from covet_routing._findings import Finding, find_idle_policies, find_shadowed
from covet_routing._handler import Handler
from covet_routing._matcher import Matcher
from covet_routing._names import RouteNames
from covet_routing._options import RouteOptions, RouterOptions
from covet_routing._outcome import MethodNotAllowed, MountMatch, NotFound, Redirect
from covet_routing._route import (
    RouteMatch,
    RouteMetadata,
    attached_routes,
    make_route,
    new_route_match,
    route_entry,
)
from covet_routing._table import Mount

F = TypeVar("F", bound=Callable[..., object])

_NO_DEFAULTS = RouterDefaults()


class _Inclusion(NamedTuple):
    """Another router, and what including it adds around its own defaults."""

    router: "RESTRouter"
    defaults: RouterDefaults


class _Contents(NamedTuple):
    """What a router and those that it includes hold, with all defaults applied."""

    records: tuple[RouteMetadata, ...]
    mounts: tuple[Mount, ...]
    faults: list[Fault]


class RESTRouter:
    """Routes below a prefix, with defaults, in the order of their definition.

    Iterating gives the records as this router sees them: prefixes joined, defaults applied, routes
    of included routers in their place. What is added to an included router later is seen until
    the first match or `freeze`, after which nothing can be added to any of them.

    Args:
        prefix: Of all paths; a route at ``"/"`` is the prefix itself.
        tags: Before those of each route.
        requires_auth: Where a route does not say.
        permissions: Besides those of each route.
        rate_limit: Where a route has none.
        version: Where a route has none.
        deprecated: Whether all routes are.
        host: Where a route has none.
        headers: Besides those of each route.
        trailing_slash: ``"strict"``, ``"redirect"`` (308) or ``"ignore"``. None leaves it to the
            router that includes this one; at the top it is ``"strict"``.
        name_prefix: Of all names that `url_for` knows.
        include_in_schema: Whether documents show the routes.
        extra: Before that of each route: sequences and mappings add up, else the route's holds.

    Raises:
        TemplateError: the prefix is invalid.
        HostError: the host is invalid.
        RouteOptionError: tags or permissions are one text.
    """

    extra_options: ClassVar[frozenset[str]] = frozenset()
    """Options of routes and routers besides ours, which land in ``extra``; for subclasses."""

    def __init__(self, prefix: str = "", **options: Unpack[RouterOptions]) -> None:
        self._defaults = make_defaults(prefix, options, self.extra_options)
        self._items: list[RouteMetadata | Mount | _Inclusion] = []
        self._taken: dict[str, RouteMetadata] = {}
        self._names: RouteNames | None = None
        self._frozen: _Contents | None = None
        self._matcher: Matcher[RouteMetadata] | None = None
        self._is_frozen = False

    # --- Adding routes -----------------------------------------------------------------------

    def get(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for GET, and so for HEAD; see `route`."""
        return self.decorator(path, ("GET",), options)

    def post(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for POST; see `route`."""
        return self.decorator(path, ("POST",), options)

    def put(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for PUT; see `route`."""
        return self.decorator(path, ("PUT",), options)

    def patch(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for PATCH; see `route`."""
        return self.decorator(path, ("PATCH",), options)

    def delete(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for DELETE; see `route`."""
        return self.decorator(path, ("DELETE",), options)

    def head(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for HEAD, before that of GET; see `route`."""
        return self.decorator(path, ("HEAD",), options)

    def options(self, path: str, **options: Unpack[RouteOptions]) -> Callable[[F], F]:
        """Register the decorated handler for OPTIONS; see `route`."""
        return self.decorator(path, ("OPTIONS",), options)

    def route(
        self, path: str, methods: Sequence[str] = ("GET",), **options: Unpack[RouteOptions]
    ) -> Callable[[F], F]:
        """Register the decorated handler and return it unchanged.

        Raises:
            TemplateError: *path* is invalid.
            HostError: the host is invalid.
            RouteOptionError: an option is unknown or of the wrong kind.
            RouteConflictError: this router has such a route already.
            FrozenRouterError: the router answers requests already.
        """
        return self.decorator(path, methods, options)

    def decorator(
        self, path: str, methods: Sequence[str], options: Mapping[str, object]
    ) -> Callable[[F], F]:
        """Return what `get`, `route` and the others return.

        For subclasses that declare these with more options of their own; see `extra_options`.
        """

        def decorate(handler: F) -> F:
            self._register(self.make_metadata(path, methods, handler, options))
            return handler

        return decorate

    def add_route(self, route: RouteMetadata | Handler) -> tuple[RouteMetadata, ...]:
        """Register a record, or a function that `rest_route` decorated, and return what was added.

        The handler of each record is the function given, with every decorator on it.

        Raises:
            RouteOptionError: `rest_route` did not decorate the function.
            RouteConflictError: this router has such a route already.
            FrozenRouterError: the router answers requests already.
        """
        records = (route,) if isinstance(route, RouteMetadata) else attached_routes(route)
        if not records:
            raise RouteOptionError(
                "route",
                f"is {route!r}, which has no route",
                "Decorate it with rest_route(path), or write router.get(path)(handler).",
            )
        return tuple([self._register(record) for record in records])

    def make_metadata(
        self, path: str, methods: Sequence[str], handler: Handler, options: Mapping[str, object]
    ) -> RouteMetadata:
        """Return the record of a decorated handler, before this router's defaults.

        The one place where options become a record: a subclass overrides it to understand more.
        """
        return make_route(path or "/", methods, handler, options, self.extra_options)

    def report_conflict(self, error: RouteConflictError) -> None:
        """Raise *error*, found when a route was added.

        A subclass may return instead: `faults` finds the conflict again, with all others.
        """
        raise error

    def include(
        self, router: "RESTRouter", prefix: str = "", **options: Unpack[RouterOptions]
    ) -> None:
        """Take in the routes and mounts of *router*, also those that it gets later.

        *prefix* and *options* are those of a router that stands between this one and *router*.

        Raises:
            TemplateError: the prefix is invalid.
            HostError: the host is invalid.
            RouteOptionError: an option is unknown, or *router* is this one or includes it.
            FrozenRouterError: this router answers requests already.
        """
        self._check_open(f"include {router!r}")
        if self in router._family():
            raise RouteOptionError("router", f"is {router!r}, which includes this one", "Drop it.")
        self._items.append(_Inclusion(router, make_defaults(prefix, options, self.extra_options)))

    def mount(self, prefix: str, app: object) -> None:
        """Let the ASGI application *app* answer below *prefix* what no route answers.

        Raises:
            TemplateError: the prefix has parameters, no leading slash or a trailing one.
            FrozenRouterError: this router answers requests already.
        """
        self._check_open(f"mount at {prefix!r}")
        literal = make_defaults(prefix, {}).prefix
        if "{" in literal:
            reason = "a mount has no parameters"
            raise TemplateError(prefix, reason, "Mount at a literal prefix.")
        self._items.append(Mount(join(self._defaults.prefix, literal), app, self._defaults.host))

    def _register(self, record: RouteMetadata) -> RouteMetadata:
        self._check_open(f"add {record!r}")
        record = self._defaults.apply(record)
        self._items.append(record)
        for method, key in conflict_keys(record):
            first = self._taken.setdefault(key, record)
            if first is not record:
                self.report_conflict(conflict(method, first, record))
        return record

    def _check_open(self, change: str) -> None:
        if self._is_frozen:
            raise FrozenRouterError(change)

    # --- Reading routes ----------------------------------------------------------------------

    def __iter__(self) -> Iterator[RouteMetadata]:
        """Iterate over the records in the order of their definition; faulty ones are left out."""
        return iter(self._contents().records)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._defaults.prefix or '/'}>"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        """The mounted applications, with their whole prefixes."""
        return self._contents().mounts

    def get_routes_for_openapi(self) -> list[RouteMetadata]:
        """Return the records that documents show, in the order of their definition."""
        return [record for record in self if record.include_in_schema]

    def url_for(self, name: str, /, **params: object) -> str:
        """Return the percent-encoded path of the route *name*.

        Of several routes of one name, the one with exactly the given parameters counts.

        Raises:
            UnknownRouteError: no route has that name; the nearest name is suggested.
            UrlParameterError: a parameter is missing, unexpected or does not fit; it says which.
            AmbiguousNameError: several paths have that name and those parameters.
        """
        names = self._names or RouteNames(self)
        if self._is_frozen:
            self._names = names
        return names.url_for(name, **params)

    def _contents(self) -> _Contents:
        """Return what this router holds; the same each time once it is frozen."""
        if self._frozen is not None:
            return self._frozen
        items = list(self._resolved())
        return _Contents(
            tuple([item for item in items if isinstance(item, RouteMetadata)]),
            tuple([item for item in items if isinstance(item, Mount)]),
            [item for item in items if isinstance(item, Fault)],
        )

    def _resolved(
        self, outer: RouterDefaults = _NO_DEFAULTS
    ) -> Iterator[RouteMetadata | Mount | Fault]:
        """Yield what a router with the defaults *outer* around this one sees."""
        for item in self._items:
            if isinstance(item, RouteMetadata):
                try:
                    yield outer.apply(item)
                except TemplateError as error:  # such as a parameter that the prefix has, too
                    yield Fault(str(error), *item.source_location, error)
            elif isinstance(item, Mount):
                prefix = join(outer.prefix, item.prefix)
                yield item._replace(prefix=prefix, host=item.host or outer.host)
            else:
                inside = outer.around(self._defaults).around(item.defaults)
                yield from item.router._resolved(inside)

    def _family(self) -> Iterator["RESTRouter"]:
        """Yield this router and all that it includes."""
        yield self
        for item in self._items:
            if isinstance(item, _Inclusion):
                yield from item.router._family()

    # --- Freezing and matching ---------------------------------------------------------------

    def faults(self) -> list[Fault]:
        """Return every reason why this router cannot be frozen, each with file and line."""
        records, mounts, faults = self._contents()
        return [*faults, *self.find_conflicts(records, mounts)]

    def find_conflicts(
        self, records: Sequence[RouteMetadata], mounts: Sequence[Mount]
    ) -> list[Fault]:
        """Return what keeps *records* and *mounts* from being one table.

        A subclass that tells routes apart by more than this router overrides it.
        """
        return find_faults(records, mounts)

    def findings(self) -> list[Finding]:
        """Return what is allowed and probably not meant: shadowed routes, idle policies.

        Freezes the router.

        Raises:
            RouterFaultsError: the router has faults.
        """
        matcher = self.freeze()
        records = list(self)
        return [*find_shadowed(matcher, records), *find_idle_policies(records)]

    def freeze(self) -> Matcher[RouteMetadata]:
        """Check everything, build the matcher and return it; further calls return the same.

        Raises:
            RouterFaultsError: the router has faults; all are listed.
        """
        if self._matcher is None:
            self.seal()
            records, mounts, _ = self._contents()
            self._matcher = Matcher((route_entry(record, record) for record in records), mounts)
        return self._matcher

    def seal(self) -> None:
        """Check everything and take no more routes, here and in all that is included.

        What `freeze` does for one who builds a matcher of its own.

        Raises:
            RouterFaultsError: the router has faults; all are listed.
        """
        if self._frozen is not None:
            return
        contents = self._contents()
        records, mounts, faults = contents
        faults = [*faults, *self.find_conflicts(records, mounts)]
        if faults:
            raise RouterFaultsError(faults)
        self._frozen = contents
        for router in self._family():
            router._is_frozen = True
            router._taken.clear()  # nothing is added any more

    def match_route(
        self,
        method: str,
        path: str,
        *,
        host: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RouteMatch | MethodNotAllowed | NotFound | Redirect | MountMatch:
        """Return the route for a request, or why there is none. The first call freezes.

        Args:
            method: Upper case. HEAD is answered by GET's route where it has none of its own.
                OPTIONS without a route is a `MethodNotAllowed`, whose ``allowed`` answers it.
            path: Still percent-encoded, without query string.
            host: The Host header; only routes with ``host`` look at it.
            headers: The request's headers; only routes with ``headers`` look at them.

        Raises:
            RouterFaultsError: the router has faults.
        """
        matcher = self._matcher or self.freeze()
        if matcher.constrained:
            lowered = {name.lower(): value for name, value in (headers or {}).items()}
            outcome = matcher.match_request(method, path, host, lowered)
        else:
            outcome = matcher.match(method, path)
        if isinstance(outcome, tuple):
            record, params = outcome
            return new_route_match((record.handler, params, record))
        return outcome
