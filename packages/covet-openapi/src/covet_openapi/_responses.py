"""Response objects: every answer that an operation can give, and no other.

Source: OpenAPI 3.1.0 §4.8.16, https://spec.openapis.org/oas/v3.1.0#responses-object
"""

import inspect
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from ._inputs import body_parameters, is_opaque
from ._json import JsonObject
from ._media_types import JSON, OCTETS, is_json, opaque_schema
from ._operation import Operation
from ._schemas import Schemas, SchemaSource

PROBLEM_MEDIA_TYPE = "application/problem+json"  # RFC 9457 §3

_STATUSES_WITHOUT_CONTENT = frozenset({204, 205, 304})  # RFC 9110 §15.3.5, §15.3.6, §15.4.5

_DESCRIPTIONS: Mapping[int, str] = MappingProxyType(
    {
        400: "The request body is not well-formed.",
        401: "Authentication is missing or not valid.",
        403: "The caller lacks a permission that this needs.",
        404: "There is nothing at this path.",
        413: "The request body is too large.",
        415: "The request body has a content type that is not read here.",
        422: "The request is well-formed, but some of its values are not valid.",
        429: "Too many requests; try again later.",
        500: "The server failed; the request id finds the cause in its log.",
        504: "The answer took too long.",
    }
)
_SECONDS: JsonObject = {"type": "integer", "minimum": 0}
_HEADERS: Mapping[int, JsonObject] = MappingProxyType(
    {
        401: {
            "WWW-Authenticate": {
                "description": "How to authenticate (RFC 9110 §11.6.1).",
                "schema": {"type": "string"},
            }
        },
        429: {
            "Retry-After": {
                "description": "Seconds until a request is allowed again.",
                "schema": _SECONDS,
            },
            "RateLimit": {
                "description": "What is left of the limit.",
                "schema": {"type": "string"},
            },
            "RateLimit-Policy": {
                "description": "The limit.",
                "schema": {"type": "string"},
            },
        },
    }
)


def is_protected(operation: Operation, *, by_default: bool) -> bool:
    """Return whether a caller must authenticate; *by_default* decides where the route does not."""
    if operation.requires_auth is None:
        return by_default or operation.has_permissions
    return operation.requires_auth


def error_statuses(operation: Operation, *, protected: bool) -> tuple[int, ...]:
    """Return the statuses of the errors that an operation can answer, ascending."""
    body = body_parameters(operation)
    is_parsed = not all(is_opaque(part) for part in body)
    takes_any = any(is_opaque(part) and part.media_type is None for part in body)
    reasons = {
        400: is_parsed,
        401: protected,
        403: protected and operation.has_permissions,
        404: any(parameter.location == "path" for parameter in operation.parameters),
        413: bool(body),
        415: bool(body) and not takes_any,
        422: bool(operation.parameters),
        429: operation.is_rate_limited,
        500: True,
        504: operation.has_timeout,
    }
    derived = {status for status, is_possible in reasons.items() if is_possible}
    return tuple(sorted(derived | _raised(operation).keys()))


def response_source(operation: Operation) -> Iterator[SchemaSource]:
    """Yield the type of a success, if it needs a schema, under its operation."""
    if _has_described_content(operation):
        yield SchemaSource(
            operation, operation.response_model, "serialization", f"{operation.place}, response"
        )


def responses(
    operation: Operation, schemas: Schemas, *, error: JsonObject, protected: bool
) -> JsonObject:
    """Return the responses object; *error* is the schema of all error bodies."""
    raised = _raised(operation)
    found = {str(operation.status_code): _success(operation, schemas)}
    for status in error_statuses(operation, protected=protected):
        response: JsonObject = {
            "description": raised.get(status) or _DESCRIPTIONS.get(status) or _phrase(status),
            "content": {PROBLEM_MEDIA_TYPE: {"schema": error}},
        }
        if headers := _HEADERS.get(status):
            response["headers"] = headers
        found[str(status)] = response
    return found


def _success(operation: Operation, schemas: Schemas) -> JsonObject:
    response: JsonObject = {"description": _phrase(operation.status_code)}
    if _has_content(operation):
        response["content"] = {_media_type(operation): _content(operation, schemas)}
    return response


def _has_content(operation: Operation) -> bool:
    status = operation.status_code
    if operation.method == "HEAD" or status in _STATUSES_WITHOUT_CONTENT:
        return False
    return not (300 <= status < 400 and operation.response_model is None)


def _has_described_content(operation: Operation) -> bool:
    return (
        _has_content(operation)
        and operation.response_model not in (None, bytes)
        and is_json(_media_type(operation))
    )


def _media_type(operation: Operation) -> str:
    if operation.response_media_type:
        return operation.response_media_type
    return OCTETS if operation.response_model is bytes else JSON


def _content(operation: Operation, schemas: Schemas) -> JsonObject:
    if _has_described_content(operation):
        return {"schema": schemas.by_key[operation]}
    media_type = _media_type(operation)
    return {} if is_json(media_type) else {"schema": opaque_schema(media_type)}


def _raised(operation: Operation) -> dict[int, str]:
    """Return the error statuses of what a route says it raises, with the first line said of each.

    An exception without a ``status_code`` is the server's own failure: 500, there anyway.
    """
    found: dict[int, list[str]] = {}
    for exception in operation.raises:
        status: Any = getattr(exception, "status_code", None)
        if isinstance(status, int) and status >= 400:
            said = inspect.cleandoc(exception.__doc__ or "").partition("\n")[0]
            found.setdefault(int(status), []).append(said)
    return {status: " ".join(filter(None, said)) for status, said in found.items()}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
