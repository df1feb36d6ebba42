"""One connection, which lasts no longer than the credential that it was opened with."""

import asyncio

from covet_security._errors import RequestRefusedError
from covet_security.context import SecurityContext
from covet_security.middleware._asgi import Message, Receive, Scope, Send
from covet_security.middleware._problem import refuse_websocket, send_problem

_EXPIRED = 4403  # what graphql-transport-ws closes with when access is withdrawn
_EVENT_STREAM = b"text/event-stream"


class SecuredConnection:
    """The `receive` and `send` of an ASGI connection, with what its context has to say of them.

    Responses tell clients their limits. When the credential ends, a WebSocket is closed with 4403,
    also while the application waits for a message, and a stream of server-sent events ends; the
    application is told that its client has gone: by ``websocket.disconnect``, by ConnectionError.

    Attributes:
        context: whose connection it is.
        has_started: whether anything was sent.
        is_over: whether it was ended since the credential has.
    """

    def __init__(
        self, context: SecurityContext, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Wrap the *receive* and *send* of *scope*."""
        self.context = context
        self.has_started: bool = False
        self.is_over: bool = False
        self._is_websocket: bool = scope["type"] == "websocket"
        self._scope = scope
        self._receive = receive
        self._send = send
        self._is_stream = False

    async def receive(self) -> Message:
        """Return the next message; of a WebSocket that it is over, when the credential ends."""
        seconds = self.context.remaining_seconds if self._is_websocket else None
        if seconds is None:
            return await self._receive()
        if not self.is_over:
            try:
                async with asyncio.timeout(seconds):
                    return await self._receive()
            except TimeoutError:
                await self._expire()
        return {"type": "websocket.disconnect", "code": _EXPIRED}

    async def send(self, message: Message) -> None:
        """Send *message*.

        Raises:
            ConnectionError: the credential has ended that the connection lives of.
        """
        kind = message["type"]
        if self._lives_of_credential(kind) and self.context.is_expired:
            await self._expire()
            raise ConnectionError("The credential of the client has ended.")
        if self.is_over:
            return
        self.has_started = True
        if kind == "http.response.start":
            headers = list(message.get("headers", ()))
            self._is_stream = any(_is_event_stream(*field) for field in headers)
            headers += _encoded(self.context.limit_headers())
            message = {**message, "headers": headers}
        await self._send(message)

    async def refuse(self, error: RequestRefusedError) -> None:
        """Answer with *error*, or close the WebSocket for it."""
        if not self._is_websocket:
            headers = self.context.limit_headers()
            await send_problem(error, self._scope, self._send, closes=False, headers=headers)
        elif not self.is_over:
            await refuse_websocket(error, self._scope, self._send, is_open=self.has_started)

    def _lives_of_credential(self, kind: str) -> bool:
        return kind == "websocket.send" or (self._is_stream and not self.is_over)

    async def _expire(self) -> None:
        """End the connection."""
        if self.is_over:
            return
        self.is_over = True
        reason = "The credential has ended."
        self.context.report("authentication", False, reason=reason)
        if self._is_websocket:
            await self._send({"type": "websocket.close", "code": _EXPIRED, "reason": reason})
        else:
            await self._send({"type": "http.response.body", "body": b""})


def _is_event_stream(name: bytes, value: bytes) -> bool:
    return name.lower() == b"content-type" and value.startswith(_EVENT_STREAM)


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
