"""A refusal as a problem document, for where no framework answers.

Source: RFC 9457 §3, https://www.rfc-editor.org/rfc/rfc9457#section-3
"""

import json

from covet_security._errors import RequestRefusedError
from covet_security.middleware._asgi import Scope, Send

_TITLES = {400: "Bad Request", 413: "Content Too Large"}  # RFC 9110 §15.5


async def send_problem(error: RequestRefusedError, scope: Scope, send: Send) -> None:
    """Answer with *error* and give up the connection, whose body nobody is going to read."""
    problem = {
        "type": "about:blank",
        "title": _TITLES[error.status_code],
        "status": error.status_code,
        "detail": error.detail,
    }
    body = json.dumps(problem).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
    ]
    if scope.get("http_version", "1.1") in {"1.0", "1.1"}:  # forbidden from HTTP/2 on
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": error.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
