"""The application: routes and what serves them, composed into one ASGI callable."""

from __future__ import annotations

import logging
import types
import typing
from collections import UserDict
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from starlette.background import BackgroundTasks as StarletteBackgroundTasks
from starlette.datastructures import State
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from covet._calls import call_injected
from covet._context import RequestContext, find_context
from covet._dispatch import Dispatcher
from covet._documents import Documentation
from covet._lifespan import lifespan_of, serve_lifespan
from covet._providers import providers_by_name, providers_by_type
from covet._security import Authenticator, Security
from covet._tables import Routes, make_table, served
from covet.background import BackgroundTasks
from covet.errors import Fault, StartupError
from covet.injection import Depends, FromContext, Injector, Provider
from covet.plan import Plan, PlanError, Services, compile_plan
from covet.router import WEBSOCKET, ErrorHandler, Router
from covet_routing import (
    AnnotationError,
    Finding,
    Matcher,
    Mount,
    RouteMetadata,
    RouteNames,
    TrailingSlash,
    VersionedRoutes,
    VersionError,
    VersioningStrategy,
    VersionManager,
    find_shadowed,
    route_entry,
)
from covet_routing import Fault as RoutingFault
from covet_security import RateLimiter, TrustedProxies, policy_set

if TYPE_CHECKING:
    from covet.database import Database
    from covet.settings import Settings
    from covet_security import (
        AuditHook,
        KeyAuthenticator,
        Limit,
        LoadPermissions,
        PermissionLookup,
    )

_logger = logging.getLogger("covet")

H = TypeVar("H", bound=ErrorHandler)
Lifespan = Callable[["Covet"], AbstractAsyncContextManager[Any]]
Dependency = Callable[..., Any]

_CHANGING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Covet(Router):
    """An API: the router of its routes, and the ASGI application that serves them.

    *database* gives each request that asks for one a session with one transaction. *auth* makes
    every route require authentication that does not say `requires_auth=False`. *lifespan* is an
    async context manager function of the application; what it yields is injected by the type
    that its annotation names. Everything is checked when the application starts, and all faults
    are reported at once, as `StartupError`.

        app = Covet(title="Hello")


        @app.get("/hello/{name}")
        async def hello(name: str, shout: bool = False) -> dict[str, str]:
            return {"message": name.upper() if shout else name}
    """

    def __init__(
        self,
        title: str = "Covet",
        version: str = "0.1.0",
        *,
        description: str | None = None,
        routes: Iterable[RouteMetadata | Callable[..., object]] = (),
        database: Database | None = None,
        auth: Authenticator | None = None,
        api_keys: KeyAuthenticator | None = None,
        permissions: PermissionLookup | LoadPermissions | None = None,
        limiter: RateLimiter | None = None,
        address_limit: Limit | None = None,
        proxies: TrustedProxies | None = None,
        audit: AuditHook | None = None,
        settings: Settings | None = None,
        lifespan: Lifespan | None = None,
        middleware: Sequence[Middleware] = (),
        dependencies: Sequence[Depends] = (),
        exception_handlers: Mapping[type[BaseException], ErrorHandler] | None = None,
        trailing_slash: TrailingSlash = "redirect",
        versions: VersionManager | None = None,
        docs_path: str | None = "/docs",
        reference_path: str | None = "/reference",
        openapi_path: str | None = "/openapi.json",
        docs_require_auth: bool = False,
        openapi_tags: Mapping[str, str] | None = None,
        token_url: str | None = None,
        contact: Mapping[str, str] | None = None,
        license_info: Mapping[str, str] | None = None,
        servers: Sequence[str | Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(
            trailing_slash=trailing_slash,
            dependencies=dependencies,
            exception_handlers=exception_handlers or {},
        )
        self.title = title
        self.version = version
        self.database = database
        self.auth = auth
        self.limiter: RateLimiter = limiter or RateLimiter()
        self._security = Security(
            authenticator=auth,
            api_keys=api_keys,
            permissions=permissions,
            limiter=self.limiter,
            address_limit=None if address_limit is None else policy_set(address_limit),
            proxies=proxies or TrustedProxies(),
            audit=audit,
        )
        self.versions = versions
        self.settings: Settings = settings if settings is not None else _settings_of_environment()
        self.state: State = State()
        self.dependency_overrides: UserDict[Dependency, Dependency] = _Overrides(self._thaw)
        self.documentation: Documentation = Documentation(
            title=title,
            version=version,
            description=description,
            contact=contact,
            license_info=license_info,
            servers=servers,
            tags=openapi_tags or {},
            openapi_path=openapi_path if self.settings.docs else None,
            docs_path=docs_path,
            reference_path=reference_path,
            token_url=token_url,
            has_tokens=auth is not None,
            has_api_keys=api_keys is not None,
            requires_auth=docs_require_auth,
            versions=versions,
        )
        self._lifespan = lifespan
        self._middleware = list(middleware)
        self._exception_handlers = dict(exception_handlers or {})
        self._providers: dict[Any, Provider] = {}
        self._yielded: Any = None  # by the lifespan
        self._served: tuple[RouteMetadata, ...] = ()
        self._names_by_version: dict[str, RouteNames] = {}
        self._injector: Injector | None = None  # None until everything is compiled
        self._http: ASGIApp = self._start_and_serve
        self._websocket: ASGIApp = self._start_and_serve
        for route in routes:
            self.add_route(route)

    # --- Composition -------------------------------------------------------------------------

    def exception_handler(self, *kinds: type[BaseException]) -> Callable[[H], H]:
        """Decorate a function `(request, error)` that answers errors of *kinds*.

        It returns a `Response`, or an exception to be answered instead.
        """

        def register(handler: H) -> H:
            self._exception_handlers.update(dict.fromkeys(kinds, handler))
            self._thaw()
            return handler

        return register

    def add_middleware(self, middleware: Callable[..., ASGIApp], **options: Any) -> None:
        """Wrap the application in an ASGI middleware; the one added last is outermost."""
        self._middleware.insert(0, Middleware(middleware, **options))
        self._thaw()

    def provide(
        self, kind: Any, provider: Callable[..., Any] | None = None, *, instance: Any = None
    ) -> None:
        """Have parameters of type *kind* injected: with what *provider* gives, or *instance*.

        *provider* is anything that `Depends` takes.

        Raises:
            TypeError: neither is given, or both are.
        """
        if (provider is None) == (instance is None):
            raise TypeError(f"Give either a provider of {kind!r} or an instance=.")
        source: Provider
        if provider is not None:
            source = provider
        else:
            source = FromContext(f"instance of {kind!r}", lambda _: instance)
        self._providers[kind] = source
        self._thaw()

    @contextmanager
    def override(self, overrides: Mapping[Dependency, Dependency]) -> Generator[None]:
        """Replace dependencies by others inside a `with` block, for tests."""
        if not overrides:
            yield
            return
        before = dict(self.dependency_overrides)
        self.dependency_overrides.update(overrides)
        try:
            yield
        finally:
            self.dependency_overrides.data = before
            self._thaw()

    def url_for(self, name: str, /, **params: object) -> str:
        """Return the percent-encoded path of the route *name*.

        Where versions stand in paths it stays within the version of the request that is being
        answered, else of the default one; a route that this version lacks is linked to in the
        newest version that has it.

        Raises:
            UnknownRouteError: no route has that name; the nearest name is suggested.
            UrlParameterError: a parameter is missing, unexpected or does not fit; it says which.
            AmbiguousNameError: several paths have that name and those parameters.
        """
        if self.versions is None or self.versions.strategy is not VersioningStrategy.URL_PATH:
            return super().url_for(name, **params)
        self.start()
        context = find_context()
        route = None if context is None else context.route
        version = None if route is None else route.version
        names = self._names_by_version[version or self.versions.default_version or ""]
        if name not in names:
            newest_first = reversed(self._names_by_version.values())
            names = next((others for others in newest_first if name in others), names)
        return names.url_for(name, **params)

    @property
    def routes(self) -> tuple[RouteMetadata, ...]:
        """The routes as they are served: with every input, and whether they ask who is calling.

        Raises:
            StartupError: with every fault, each with file and line.
        """
        self.start()
        return self._served

    async def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what *function* returns; what is not given is injected, as for a handler.

        For background work and commands: it has a session and a transaction of its own.

        Raises:
            TypeError: a parameter is neither given nor injected nor has a default.
        """
        injector = self._injector or self._make_injector()
        open_session = self.database.session if self.database is not None else None
        return await call_injected(injector, open_session, function, args, kwargs)

    # --- ASGI --------------------------------------------------------------------------------

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, connection or lifespan.

        Source: https://asgi.readthedocs.io/en/latest/specs/main.html
        """
        kind = scope["type"]
        scope["app"] = self  # where Starlette's Request finds it
        if kind == "http":
            await self._http(scope, receive, send)
        elif kind == "websocket":
            await self._websocket(scope, receive, send)
        elif kind == "lifespan":
            await serve_lifespan(partial(self._running, scope), receive, send)
        else:
            raise ValueError(f"ASGI scope type {kind!r} is unknown to this version.")

    async def _start_and_serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.start()
        await self(scope, receive, send)

    @asynccontextmanager
    async def _running(self, scope: Scope) -> AsyncGenerator[None]:
        """Run the lifespans of this application and of those mounted; close the database last."""
        self.start()
        shared: dict[str, Any] = scope.get("state", {})
        async with AsyncExitStack() as stack:
            if self.database is not None:
                stack.push_async_callback(self.database.dispose)
            if self._lifespan is not None:
                self._yielded = await stack.enter_async_context(self._lifespan(self))
            if isinstance(self._yielded, Mapping):
                state = cast("Mapping[str, Any]", self._yielded)
                shared.update(state)
                for name, value in state.items():
                    setattr(self.state, name, value)
            for mount in self.mounts:
                await stack.enter_async_context(lifespan_of(cast("ASGIApp", mount.app), shared))
            yield

    # --- Start-up ----------------------------------------------------------------------------

    def start(self) -> None:
        """Check and compile every route, unless that is done.

        Raises:
            StartupError: with every fault, each with file and line.
        """
        if self._injector is not None:
            return
        injector = self._make_injector()
        found = self.faults()
        versions = None if found else self.versions
        services = self._services(injector, versions)
        faults = [Fault(one.message, one.file, one.line) for one in found]
        unresolved = {one[1:3] for one in found if isinstance(one.error, AnnotationError)}
        routes = tuple(self) if versions is None else versions.resolve(self, self.mounts)
        plans: dict[RouteMetadata, Plan] = {}
        for route in (*served(routes), *getattr(routes, "unversioned", ())):
            if route.source_location in unresolved:
                continue  # there is nothing to compile, and no need to say so twice
            try:
                plans[route] = compile_plan(route, services)
            except PlanError as error:
                faults += error.faults
        if faults:
            raise StartupError(tuple(dict.fromkeys(faults)))
        self.seal()
        if isinstance(routes, VersionedRoutes):
            self._names_by_version = {
                version: RouteNames(records) for version, records in routes.by_version.items()
            }
        documented: dict[str | None, list[RouteMetadata]] = {}
        for route in served(routes):
            documented.setdefault(route.version, []).append(plans[route].documented)
        self._served = tuple([record for records in documented.values() for record in records])
        self.documentation.read(documented)
        documents = tuple(self.documentation.routes())
        plans |= {route: compile_plan(route, services) for route in documents}
        self._serve(plans, routes, documents)
        self._injector = injector
        _log_public_changes(plans.values(), is_protected=self._security.authenticates)

    def _thaw(self) -> None:
        """Have everything compiled anew before the next request."""
        self._injector = None
        self._http = self._websocket = self._start_and_serve

    def _make_injector(self) -> Injector:
        by_type = providers_by_type(self._security, has_database=self.database is not None)
        by_type[type(self.settings)] = FromContext("settings", lambda _: self.settings)
        tasks = FromContext("background", self._background_tasks)
        by_type[StarletteBackgroundTasks] = by_type[BackgroundTasks] = tasks
        state_type = _yielded_type(self._lifespan)
        if state_type is not None:
            by_type[state_type] = FromContext("state", lambda _: self._yielded)
        return Injector(
            {**by_type, **self._providers},
            providers_by_name(self._security, has_database=self.database is not None),
            dict(self.dependency_overrides),
        )

    def _background_tasks(self, context: RequestContext) -> BackgroundTasks:
        if not isinstance(context.background, BackgroundTasks):
            context.background = BackgroundTasks(self.call)
            context.is_plain = False
        return context.background

    def find_conflicts(
        self, records: Sequence[RouteMetadata], mounts: Sequence[Mount]
    ) -> list[RoutingFault]:
        """Return what keeps the routes, of each version by itself, from being one table."""
        if self.versions is not None:
            return self.versions.faults(records, mounts)
        return [
            *super().find_conflicts(records, mounts),
            *(_without_versions(record) for record in records if record.version is not None),
        ]

    def findings(self) -> list[Finding]:
        """Return what is allowed and probably not meant, of each version by itself.

        Raises:
            StartupError: with every fault, each with file and line.
        """
        if self.versions is None:
            return super().findings()
        self.start()
        found = [
            finding
            for version in self.versions.versions.values()
            for finding in find_shadowed(
                Matcher([route_entry(record, record) for record in version.routes]), version.routes
            )
        ]
        return list(dict.fromkeys(found))

    def _services(self, injector: Injector, versions: VersionManager | None) -> Services:
        database = self.database
        return Services(
            injector=injector,
            open_session=None if database is None else database.session,
            translate=None if database is None else database.translate,
            security=self._security,
            access_is_strict=self.settings.strict_access,
            exception_handlers=self._exception_handlers,
            max_body_bytes=self.settings.max_body_bytes,
            max_upload_bytes=self.settings.max_upload_bytes,
            timeout_seconds=self.settings.request_timeout_seconds,
            versions=versions,
        )

    def _serve(
        self,
        plans: Mapping[RouteMetadata, Plan],
        routes: Routes,
        documents: Sequence[RouteMetadata],
    ) -> None:
        """Have requests for *routes* and *documents* answered by *plans*, inside the middleware."""
        table = partial(make_table, plans.__getitem__, routes, documents, self.mounts)
        vary = None if self.versions is None else self.versions.vary
        dispatcher = Dispatcher(
            table(lambda route: WEBSOCKET not in route.methods),
            table(lambda route: WEBSOCKET in route.methods),
            self._exception_handlers,
            () if vary is None else ((b"vary", vary.encode()),),
        )
        self._http, self._websocket = dispatcher.http, dispatcher.websocket
        if self._middleware:
            wrapped: ASGIApp = dispatcher.serve
            for one in reversed(self._middleware):
                wrapped = one.cls(wrapped, *one.args, **one.kwargs)
            self._http = self._websocket = wrapped


class _Overrides(UserDict[Dependency, Dependency]):
    """Overrides of dependencies; every change is reported."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        super().__init__()

    def __setitem__(self, dependency: Dependency, replacement: Dependency) -> None:
        super().__setitem__(dependency, replacement)
        self._changed()

    def __delitem__(self, dependency: Dependency) -> None:
        super().__delitem__(dependency)
        self._changed()


def _without_versions(record: RouteMetadata) -> RoutingFault:
    error = VersionError(
        str(record.version),
        f"of route {record.path} is not registered: the application has no versions",
        "Pass Covet(versions=VersionManager(…)).",
    )
    return RoutingFault(str(error), *record.source_location, error)


def _settings_of_environment() -> Settings:
    from covet.settings import Settings  # here, because it makes importing Covet slow

    return Settings()


def _yielded_type(lifespan: Lifespan | None) -> Any:
    """Return the type of object that *lifespan* yields, None where it yields none of its own."""
    if lifespan is None:
        return None
    try:
        hints = typing.get_type_hints(getattr(lifespan, "__wrapped__", lifespan))
    except NameError:
        return None
    kind = next(iter(typing.get_args(hints.get("return"))), None)
    plain = typing.get_origin(kind) or kind
    if not isinstance(plain, type) or issubclass(plain, Mapping | types.NoneType):
        return None
    return kind


def _log_public_changes(plans: Iterable[Plan], *, is_protected: bool) -> None:
    """Log, once, the routes that change state and need no authentication."""
    public = [
        f"{'/'.join(plan.route.methods)} {plan.route.path}"
        for plan in plans
        if not plan.is_protected and not _CHANGING_METHODS.isdisjoint(plan.route.methods)
    ]
    if is_protected and public:
        _logger.info("Public routes that change state: %s.", ", ".join(public))
