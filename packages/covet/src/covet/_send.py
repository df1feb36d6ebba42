"""Send an answer that is no plain bytes: nothing, or a Response in Starlette's own way."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Message, Send

from covet._context import RequestContext

_OURS = {b"x-request-id", b"ratelimit", b"ratelimit-policy"}  # nobody else's word counts
_NOT_OURS = {b"content-length", b"content-type"}  # of a Response that only lends its headers


async def send_nothing(context: RequestContext, status_code: int) -> None:
    """Send an answer that has no content by its status, such as 204.

    Source: RFC 9110 §8.6 forbids Content-Length here,
    https://www.rfc-editor.org/rfc/rfc9110#section-8.6
    """
    headers = context.own_headers
    if context.response is not None:
        headers += lent_headers(context.response)
    await context.send({"type": "http.response.start", "status": status_code, "headers": headers})
    await context.send({"type": "http.response.body", "body": b""})


def lent_headers(response: Response) -> list[tuple[bytes, bytes]]:
    """Return what the handler set on the Response that it was lent."""
    return [pair for pair in response.raw_headers if pair[0] not in _NOT_OURS]


async def send_response(context: RequestContext, response: Response) -> None:
    """Send *response* as Starlette does, the request's own headers added."""
    await response(context.scope, context.receive, sender(context))


def sender(context: RequestContext) -> Send:
    """Return a `send` that adds the request's own headers; an answer to HEAD has no body."""
    send = context.send
    is_head = context.scope["method"] == "HEAD"

    async def send_with_own_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            context.is_answering = True
            own = context.own_headers
            said = {name for name, _ in own} & _OURS
            headers = [pair for pair in message.get("headers", ()) if pair[0] not in said]
            message["headers"] = headers + own
        elif is_head and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return send_with_own_headers
