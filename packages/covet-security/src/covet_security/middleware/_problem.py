"""A refusal as a problem document, for where no framework answers.

Source: RFC 9457 §3, https://www.rfc-editor.org/rfc/rfc9457#section-3
"""

import json
from collections.abc import Mapping
from typing import Any

from covet_security._errors import RequestRefusedError
from covet_security.middleware._asgi import Scope, Send

_TITLES = {  # RFC 9110 §15.5, RFC 6585 §4
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    409: "Conflict",
    413: "Content Too Large",
    429: "Too Many Requests",
    503: "Service Unavailable",
}
_DENIAL = "websocket.http.response"  # an extension of ASGI: refuse with a whole HTTP response
_POLICY_VIOLATION = 1008  # RFC 6455 §7.4.1


async def send_problem(
    error: RequestRefusedError,
    scope: Scope,
    send: Send,
    *,
    closes: bool = True,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answer with *error*, and give up a connection whose body nobody is going to read."""
    body = _problem(error)
    fields = _fields(error, body, headers or {})
    if closes and scope.get("http_version", "1.1") in {"1.0", "1.1"}:  # forbidden from HTTP/2 on
        fields.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": error.status_code, "headers": fields})
    await send({"type": "http.response.body", "body": body})


async def refuse_websocket(
    error: RequestRefusedError, scope: Scope, send: Send, *, is_open: bool
) -> None:
    """End a connection: by a problem document before its handshake where the server can."""
    if not is_open and _DENIAL in (scope.get("extensions") or {}):
        body = _problem(error)
        start = {"status": error.status_code, "headers": _fields(error, body, {})}
        await send({"type": f"{_DENIAL}.start", **start})
        await send({"type": f"{_DENIAL}.body", "body": body})
    else:
        reason = _TITLES[error.status_code]
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": reason})


def _problem(error: RequestRefusedError) -> bytes:
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES[error.status_code],
        "status": error.status_code,
        "detail": error.detail,
    }
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        problem["retry_after"] = retry_after
    return json.dumps(problem).encode()


def _fields(
    error: RequestRefusedError, body: bytes, more: Mapping[str, str]
) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        *(
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in {**more, **error.headers}.items()
        ),
    ]
