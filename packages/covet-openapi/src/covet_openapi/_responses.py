"""Response objects: every answer that an operation can give, and no other.

Source: OpenAPI 3.1.0 §4.8.16, https://spec.openapis.org/oas/v3.1.0#responses-object
"""

import inspect
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from ._annotations import bare, item_of_stream
from ._inputs import body_parameters, is_opaque
from ._json import JsonObject
from ._media_types import (
    JSON,
    JSON_LINES,
    OCTETS,
    STREAMS_OF_JSON,
    essence,
    is_json,
    opaque_schema,
)
from ._operation import Operation
from ._schemas import Mode, Schemas, SchemaSource
from ._stated import StatedResponse

PROBLEM_MEDIA_TYPE = "application/problem+json"  # RFC 9457 §3

_STATUS_BEFORE = re.compile(r"[1-5][0-9]{2}: +")
_STATUSES_WITHOUT_CONTENT = frozenset({204, 205, 304})  # RFC 9110 §15.3.5, §15.3.6, §15.4.5

_DESCRIPTIONS: Mapping[int, str] = MappingProxyType(
    {
        400: "The request body is not well-formed.",
        401: "Authentication is missing or not valid.",
        403: "The caller lacks a permission that this needs.",
        404: "There is nothing at this path.",
        406: "The request accepts nothing that can be answered, such as an unknown version.",
        408: "The request did not arrive in time.",
        409: "The request contradicts what is there already.",
        413: "The request body is too large.",
        415: "The request body has a content type that is not read here.",
        422: "The request is well-formed, but some of its values are not valid.",
        429: "Too many requests; try again later.",
        500: "The server failed; the request id finds the cause in its log.",
        503: "The server cannot answer now; try again later.",
        504: "The answer took too long.",
    }
)
_SECONDS: JsonObject = {"type": "integer", "minimum": 0}
_TEXT: JsonObject = {"type": "string"}
_RETRY_AFTER: JsonObject = {
    "description": "Seconds until a request is worth another try (RFC 9110 §10.2.3).",
    "schema": _SECONDS,
}
_HEADERS: Mapping[int, JsonObject] = MappingProxyType(
    {
        401: {
            "WWW-Authenticate": {
                "description": "How to authenticate (RFC 9110 §11.6.1).",
                "schema": _TEXT,
            }
        },
        429: {
            "Retry-After": _RETRY_AFTER,
            "RateLimit": {"description": "What is left of the limit.", "schema": _TEXT},
            "RateLimit-Policy": {"description": "The limit.", "schema": _TEXT},
        },
        503: {"Retry-After": _RETRY_AFTER},
    }
)


@dataclass(frozen=True, slots=True)
class Common:
    """What the answers of all operations of a document have in common.

    Attributes:
        error: The schema of error bodies.
        raises: Exceptions that any operation may answer with.
        success_headers: Header objects of every success, by name.
        plain_errors: Error responses without a body of their own, by status and description, so
            that equal ones are one object.
    """

    error: JsonObject
    raises: tuple[Any, ...] = ()
    success_headers: JsonObject = field(default_factory=dict[str, Any])
    plain_errors: dict[tuple[int, str], JsonObject] = field(
        default_factory=dict[tuple[int, str], JsonObject], init=False, repr=False
    )


def is_protected(operation: Operation, *, by_default: bool) -> bool:
    """Return whether a caller must authenticate; *by_default* decides where the route does not."""
    if operation.is_outgoing:
        return False
    if operation.requires_auth is None:
        return by_default or bool(operation.permissions)
    return operation.requires_auth


def error_statuses(
    operation: Operation, raises: Iterable[Any] = (), *, protected: bool
) -> tuple[int, ...]:
    """Return the statuses of the errors that an operation can answer, ascending.

    Of those that others answer to a request of ours, only what the route says that it raises.
    *raises* are the exceptions of all operations.
    """
    derived = _derived_statuses(operation, protected=protected)
    return tuple(sorted({*derived, *_raised(operation, raises)}))


def _derived_statuses(operation: Operation, *, protected: bool) -> frozenset[int]:
    if operation.is_outgoing:
        return frozenset()
    body = body_parameters(operation)
    is_parsed = not all(is_opaque(part) for part in body)
    takes_any = any(is_opaque(part) and part.media_type is None for part in body)
    reasons = {
        400: is_parsed,
        401: protected,
        403: protected and bool(operation.permissions),
        404: any(parameter.location == "path" for parameter in operation.parameters),
        413: bool(body),
        415: bool(body) and not takes_any,
        422: bool(operation.parameters),
        429: bool(operation.rate_limits),
        500: True,
        504: operation.has_timeout,
    }
    return frozenset(status for status, is_possible in reasons.items() if is_possible)


def response_sources(operation: Operation, raises: Iterable[Any]) -> Iterator[SchemaSource]:
    """Yield the types of the answers that need a schema; *raises* is what any operation raises."""
    mode: Mode = "validation" if operation.is_outgoing else "serialization"

    def source(key: Hashable, model: Any, media_type: str | None, what: str) -> SchemaSource | None:
        described = _described_model(model, media_type)
        if described is None:
            return None
        place = f"{operation.place}, {what}"
        return SchemaSource(key, described, mode, place, source=operation.source)

    bodies = [
        source(stated, stated.model, stated.media_type, f"response {status}")
        for status, stated in operation.stated.items()
        if stated is not None
    ]
    bodies += [
        source(
            (operation, exception),
            getattr(exception, "response_model", None),
            getattr(exception, "response_media_type", None),
            f"response of {getattr(exception, '__name__', exception)}",
        )
        for exception in dict.fromkeys((*operation.raises, *raises))
    ]
    success = operation.stated.get(str(operation.status_code))
    if _has_content(operation) and not (success is not None and success.has_body):
        model, media_type = operation.response_model, operation.response_media_type
        bodies.append(source(operation, model, media_type, "response"))
    yield from filter(None, bodies)


def responses(
    operation: Operation, schemas: Schemas, common: Common, *, protected: bool
) -> JsonObject:
    """Return the responses object: what follows from the facts, then what is stated beside it."""
    found: dict[str, JsonObject] = {
        str(operation.status_code): _success(operation, schemas, common)
    }
    raised = _raised(operation, common.raises)
    derived = _derived_statuses(operation, protected=protected)
    for status in error_statuses(operation, common.raises, protected=protected):
        exceptions = raised.get(status, [])
        found[str(status)] = _error(
            operation, status, exceptions, schemas, common, is_derived=status in derived
        )
    for code, stated in operation.stated.items():
        if stated is None:
            found.pop(code, None)
        else:
            found[code] = _with_stated(found.get(code), code, stated, schemas, common)
    if not found:  # OpenAPI wants one
        return {"default": {"description": "Nothing is said of the answers."}}
    first, *others = found
    return {code: found[code] for code in (first, *sorted(others))}


def _success(operation: Operation, schemas: Schemas, common: Common) -> JsonObject:
    response: JsonObject = {"description": _phrase(operation.status_code)}
    if common.success_headers and not operation.is_outgoing:
        response["headers"] = common.success_headers
    stated = operation.stated.get(str(operation.status_code))
    if _has_content(operation) and not (stated is not None and stated.has_body):
        response["content"] = _content(
            operation.response_model, operation.response_media_type, operation, schemas
        )
    return response


def _error(
    operation: Operation,
    status: int,
    exceptions: Sequence[Any],
    schemas: Schemas,
    common: Common,
    *,
    is_derived: bool,
) -> JsonObject:
    """Return an error response: one body in common, and those that exceptions have of their own."""
    said = [_first_line(each) for each in exceptions]
    own = [each for each in exceptions if getattr(each, "response_model", None) is not None]
    description = (
        " ".join(dict.fromkeys(filter(None, said))) or _DESCRIPTIONS.get(status) or _phrase(status)
    )
    if not own:
        plain = common.plain_errors.get((status, description))
        if plain is None:
            content: JsonObject = {PROBLEM_MEDIA_TYPE: {"schema": common.error}}
            plain = _response(status, description, content)
            common.plain_errors[status, description] = plain
        return plain
    content = {}
    if is_derived or len(own) < len(said):
        content[PROBLEM_MEDIA_TYPE] = {"schema": common.error}
    for each in own:
        media_type: str | None = getattr(each, "response_media_type", None)
        content |= _content(each.response_model, media_type, (operation, each), schemas)
    return _response(status, description, content)


def _first_line(exception: Any) -> str:
    """Return what the docstring says first; of ``404: there is no such post.`` not the status."""
    line = inspect.cleandoc(exception.__doc__ or "").partition("\n")[0]
    plain = _STATUS_BEFORE.sub("", line)
    return plain[:1].upper() + plain[1:] if plain != line else line


def _response(status: int, description: str, content: JsonObject) -> JsonObject:
    response: JsonObject = {"description": description, "content": content}
    if headers := _HEADERS.get(status):
        response["headers"] = headers
    return response


def _with_stated(
    derived: JsonObject | None,
    status: str,
    stated: StatedResponse,
    schemas: Schemas,
    common: Common,
) -> JsonObject:
    """Return the derived response with what is stated in its place; it may be only stated."""
    response: JsonObject = {"description": _phrase_of(status), **(derived or {})}
    if stated.description:
        response["description"] = inspect.cleandoc(stated.description)
    if stated.has_body:
        response["content"] = _content(stated.model, stated.media_type, stated, schemas)
    elif derived is None and status[0] in "45":
        response["content"] = {PROBLEM_MEDIA_TYPE: {"schema": common.error}}
    if stated.headers:
        response["headers"] = {**response.get("headers", {}), **stated.header_objects}
    if stated.examples and "content" in response:
        examples = {f"example{n}": {"value": each} for n, each in enumerate(stated.examples, 1)}
        content: dict[str, JsonObject] = response["content"]
        response["content"] = {
            media_type: {**body, "examples": examples} for media_type, body in content.items()
        }
    return response


def _has_content(operation: Operation) -> bool:
    status = operation.status_code
    if operation.method == "HEAD" or status in _STATUSES_WITHOUT_CONTENT:
        return False
    if operation.is_outgoing and operation.response_model is None:
        return False
    return not (300 <= status < 400 and operation.response_model is None)


def _media_type(model: Any, stated: str | None) -> str:
    if stated:
        return stated
    item = item_of_stream(model)
    if item is None:
        return OCTETS if bare(model) is bytes else JSON
    return {bytes: OCTETS, str: "text/plain"}.get(bare(item), JSON_LINES)


def _described_model(model: Any, stated: str | None) -> Any:
    """Return the type whose schema says what the body is, or what its items are; else None."""
    media_type = _media_type(model, stated)
    if model is None or not (is_json(media_type) or essence(media_type) in STREAMS_OF_JSON):
        return None
    item = item_of_stream(model)
    described = model if item is None else item
    return None if bare(described) in (bytes, Any) else described


def _content(model: Any, stated: str | None, key: Hashable, schemas: Schemas) -> JsonObject:
    """Return the content of a body; *key* is where its schema is, if it has one."""
    media_type = _media_type(model, stated)
    described = schemas.by_key.get(key)
    if is_json(media_type):
        return {media_type: {} if described is None else {"schema": described}}
    body: JsonObject = {"schema": opaque_schema(media_type)}
    if described is not None:
        body["x-item-schema"] = described
    return {media_type: body}


def _raised(operation: Operation, raises: Iterable[Any]) -> dict[int, list[Any]]:
    """Return the exceptions of a route, its document's included, by the status they answer.

    An exception without a ``status_code`` is the server's own failure: 500, there anyway.
    """
    found: dict[int, list[Any]] = {}
    everywhere = () if operation.is_outgoing else raises
    for exception in dict.fromkeys((*operation.raises, *everywhere)):
        status: Any = getattr(exception, "status_code", None)
        if isinstance(status, int) and status >= 400:
            found.setdefault(int(status), []).append(exception)
    return found


def _phrase_of(status: str) -> str:
    return _phrase(int(status)) if status.isdigit() else f"Any other status, {status}."


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
