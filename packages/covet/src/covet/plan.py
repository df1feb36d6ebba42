"""Freeze a route into a plan: everything about its requests that can be known at start-up."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import PydanticSchemaGenerationError, PydanticUserError
from starlette.responses import Response

from covet._body import is_multipart, read_body, read_multipart
from covet._context import RawHeaders, RequestContext
from covet._lifecycle import BODYLESS_STATUSES, FIELDS_KEY, Answer, compile_answer
from covet._rules import Rules, rules_of
from covet._security import AccessError, Guard, Security, guard_of
from covet.errors import (
    Conflict,
    Fault,
    OAuth2Error,
    OAuth2ErrorResponse,
    RequestTimeout,
    ServiceUnavailable,
)
from covet.injection import (
    Binding,
    BindingError,
    Injector,
    Step,
    Values,
    is_async_callable,
    keyword_arguments,
)
from covet.router import WEBSOCKET, ErrorHandler, extra_of
from covet_routing import RouteMetadata, VersionManager
from covet_validation import RequestInput, RequestValidator, ResponseSerializer, SignatureError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

_FIELDS = RequestInput(
    key=FIELDS_KEY,
    name="fields",
    location="query",
    annotation=str | None,
    required=False,
    description="The members to answer with, separated by commas; dotted where nested.",
)
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}  # RFC 9110 §9.2.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the plans of one application share."""

    injector: Injector
    validator: type[RequestValidator] = RequestValidator
    serializer: ResponseSerializer = field(default_factory=ResponseSerializer)
    open_session: Callable[..., AsyncSession] | None = None  # told `writes=` where it takes that
    translate: Callable[[BaseException], Exception | None] | None = None  # errors of the database
    security: Security = field(default_factory=Security)
    access_is_strict: bool = False  # every route has to say who may call it
    exception_handlers: Mapping[type[BaseException], ErrorHandler] = field(
        default_factory=dict[type[BaseException], ErrorHandler]
    )
    max_body_bytes: int = 1024 * 1024
    max_upload_bytes: int = 16 * 1024 * 1024
    timeout_seconds: float | None = 30.0
    versions: VersionManager | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Plan:
    """How one route is answered."""

    route: RouteMetadata
    inputs: tuple[RequestInput, ...]
    guard: Guard | None
    read: Callable[[RequestContext], Awaitable[Any]] | None
    validate: Callable[..., Values] | None
    rules: Rules | None
    steps: tuple[Step, ...]
    handler: Callable[..., Any]
    is_async: bool
    keywords: Callable[[Values], Values] | None  # None: the values are the handler's arguments
    serialize: Callable[[Any], bytes] | None  # None: the status allows no content
    serialize_sparsely: Callable[..., bytes] | None  # with `fields=`, where the client may say
    status_code: int
    content_type: tuple[bytes, bytes]
    headers: RawHeaders  # what every answer of the route's version says
    open_session: Callable[[], AsyncSession] | None
    translate: Callable[[BaseException], Exception | None] | None
    timeout_seconds: float | None
    watches_client: bool
    takes_request: bool
    exception_handlers: Mapping[type[BaseException], ErrorHandler]
    answer: Answer = field(init=False)

    def __post_init__(self) -> None:
        """Compile what runs for each request."""
        object.__setattr__(self, "answer", compile_answer(self))

    @property
    def is_protected(self) -> bool:
        """Whether only authenticated callers are served."""
        return self.guard is not None and self.guard.is_protected

    @property
    def documented(self) -> RouteMetadata:
        """The route's record with all that the plan knows besides, for documents."""
        route, model = self.route, _written_model(self.route)
        writes_itself = route.response_model is not None and model is None
        found: list[type[Exception]] = [*route.raises]
        if self.read is not None:
            found.append(RequestTimeout)
        if self.open_session is not None:
            found.append(ServiceUnavailable)
        if self.rules is not None:
            found.append(Conflict)
        extra = dict(route.extra)
        if OAuth2Error in found:
            found.remove(OAuth2Error)
            extra["responses"] = {400: OAuth2ErrorResponse, **extra_of(route).get("responses", {})}
        return route.evolve(
            parameters=self.inputs,
            response_model=model,
            response_media_type=route.response_media_type or ("*/*" if writes_itself else None),
            requires_auth=self.is_protected,
            permissions=() if self.guard is None else self.guard.permissions,
            rate_limit=None if self.guard is None else self.guard.policies or None,
            timeout=self.timeout_seconds,
            raises=tuple(dict.fromkeys(found)),
            extra=extra,
        )


class PlanError(Exception):
    """A route cannot be served; `faults` lists every reason."""

    def __init__(self, faults: Collection[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults: tuple[Fault, ...] = tuple(faults)


def compile_plan(route: RouteMetadata, services: Services) -> Plan:
    """Return the plan of *route*.

    Raises:
        PlanError: with every fault of the route, its handler and its dependencies.
    """
    file, line = route.source_location

    def fault(message: object) -> Fault:
        return Fault(f"{_title(route)}: {message}", file, line)

    faults = [fault(message) for message in _unkept(route)]
    guard: Guard | None = None
    try:
        guard = guard_of(
            route,
            services.security,
            path=_unversioned_path(route, services),
            is_strict=services.access_is_strict,
        )
    except AccessError as error:
        faults += map(fault, error.faults)
    try:
        binding = services.injector.bind(
            route.handler,
            path_params=route.template.names,
            methods=route.methods,
            request_model=route.request_model,
            dependencies=extra_of(route).get("dependencies", ()),
        )
    except BindingError as error:
        faults += [replace(one, message=f"{_title(route)}: {one.message}") for one in error.faults]
        raise PlanError(faults) from error
    try:
        serialize = _serializer(route, services)
        inputs = binding.inputs
        if extra_of(route).get("sparse_fields"):
            inputs += (_FIELDS,)
        validator = services.validator.from_inputs(inputs) if inputs else None
        rules = rules_of(binding, route)
    except SignatureError as error:
        faults += [Fault(one.message, one.file, one.line) for one in error.faults]
        raise PlanError(faults) from error
    except (PydanticUserError, PydanticSchemaGenerationError) as error:
        faults.append(Fault(f"{_title(route)}: {error}", file, line))
        raise PlanError(faults) from error
    faults += [
        Fault(f"{_title(route)}: {message}", file, line) for message in _misused(route, binding)
    ]
    if faults:
        raise PlanError(faults)
    if guard is not None and binding.uses & {"user", "principal"}:
        guard = replace(guard, identifies=services.security.authenticates)
    loads_user = guard is not None and guard.identifies and services.security.loads_user
    needs_session = loads_user or bool(binding.uses & {"session", "context"})
    if rules is not None:
        needs_session = True
        if services.open_session is None:
            message = "its inputs have database rules, and there is no database. Pass database=…."
            raise PlanError([fault(message)])
    takes_request = bool(binding.uses & {"request", "context"})
    return Plan(
        route=route,
        inputs=inputs,
        guard=guard,
        read=_body_reader(validator, services),
        validate=validator.validate if validator is not None else None,
        rules=rules,
        steps=binding.steps,
        handler=route.handler,
        is_async=is_async_callable(route.handler),
        keywords=None if binding.takes_all_values else keyword_arguments(binding.arguments),
        serialize=serialize,
        serialize_sparsely=_sparse_serializer(route, services),
        status_code=route.status_code,
        content_type=(b"content-type", _media_type(route)),
        headers=_version_headers(route, services),
        open_session=_session_opener(route, services) if needs_session else None,
        translate=services.translate,
        timeout_seconds=services.timeout_seconds if route.timeout is None else route.timeout,
        watches_client=not route.shield,
        takes_request=takes_request,
        exception_handlers={
            **services.exception_handlers,
            **extra_of(route).get("exception_handlers", {}),
        },
    )


def _title(route: RouteMetadata) -> str:
    return f"{'/'.join(route.methods)} {route.path}"


def _unversioned_path(route: RouteMetadata, services: Services) -> str:
    """Return the path of *route* without its version: limits count for all versions together."""
    if services.versions is None or route.version is None:
        return route.path
    return route.path.removeprefix(services.versions.base_path(route.version))


def _unkept(route: RouteMetadata) -> list[str]:
    """Return what the route promises and nothing here would keep."""
    unkept: list[str] = []
    if inspect.isasyncgenfunction(route.handler) or inspect.isgeneratorfunction(route.handler):
        unkept.append("its handler is a generator. Return a StreamingResponse of it.")
    return unkept


def _misused(route: RouteMetadata, binding: Binding) -> list[str]:
    """Return what the handler asks for that this kind of route does not have."""
    if WEBSOCKET in route.methods:
        if "request" in binding.uses:
            return ["it asks for a Request, and there is a WebSocket. Ask for that."]
        if not is_async_callable(route.handler):
            return ["its handler is not async. Write async def."]
    elif "websocket" in binding.uses:
        return ["it asks for a WebSocket, and there is a Request. Register it by .websocket(…)."]
    return []


def _serializer(route: RouteMetadata, services: Services) -> Callable[[Any], bytes] | None:
    if route.status_code in BODYLESS_STATUSES or route.status_code < 200:
        return None
    model = _written_model(route)
    return services.serializer.compile(model, **extra_of(route).get("response_options", {}))


def _sparse_serializer(route: RouteMetadata, services: Services) -> Callable[..., bytes] | None:
    if not extra_of(route).get("sparse_fields"):
        return None
    return partial(services.serializer.serialize, response_model=_written_model(route))


def _written_model(route: RouteMetadata) -> Any:
    """Return the type that results are written through; a Response writes itself."""
    model = route.response_model
    return None if inspect.isclass(model) and issubclass(model, Response) else model


def _body_reader(
    validator: RequestValidator | None, services: Services
) -> Callable[[RequestContext], Awaitable[Any]] | None:
    """Return what reads the body: whole, or part by part where it is multipart."""
    if validator is None or validator.body_format is None:
        return None
    whole = partial(read_body, max_bytes=services.max_body_bytes)
    if validator.body_format not in {"form", "multipart"}:
        return whole
    as_bytes = {
        one.name for one in validator.inputs if one.location == "file" and _is_bytes(one.annotation)
    }
    in_parts = partial(read_multipart, max_bytes=services.max_upload_bytes, whole=as_bytes)
    return lambda context: (in_parts if is_multipart(context) else whole)(context)


def _media_type(route: RouteMetadata) -> bytes:
    if route.response_media_type is not None:
        return route.response_media_type.encode()
    return b"application/octet-stream" if route.response_model is bytes else b"application/json"


def _version_headers(route: RouteMetadata, services: Services) -> RawHeaders:
    if services.versions is None or route.version is None:
        return ()
    return services.versions.response_headers(route.version)


def _is_bytes(annotation: Any) -> bool:
    """Tell whether *annotation* is bytes, or a list of them, with or without metadata."""
    arguments = typing.get_args(annotation)
    return annotation is bytes or any(map(_is_bytes, arguments))


def _session_opener(route: RouteMetadata, services: Services) -> Callable[[], AsyncSession] | None:
    """Return what opens the session of a request; one for a safe method takes no write lock."""
    open_session = services.open_session
    if open_session is None or "writes" not in inspect.signature(open_session).parameters:
        return open_session
    return partial(open_session, writes=not _SAFE_METHODS.issuperset(route.methods))
