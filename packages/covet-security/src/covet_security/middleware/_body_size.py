"""A limit on the bytes of a request body, declared or streamed."""

from covet_security._content_length import parse_content_length
from covet_security._errors import BodyTooLargeError, ConfigError, ContentLengthError
from covet_security.middleware._asgi import ASGIApp, Message, Receive, Scope, Send
from covet_security.middleware._problem import send_problem


class BodySizeLimitMiddleware:
    """Refuses HTTP requests whose body is over a limit, with 413, and junk lengths with 400.

    A declared length over the limit is refused before the application runs. What arrives is
    counted whatever was declared: at the first byte too many the application's ``receive`` raises
    ``BodyTooLargeError``, and from then on nothing that the application sends gets out. If its
    answer has not begun, the client gets the 413; if it has, the error goes on to the server,
    which cuts the connection.

    WebSocket and lifespan scopes pass through.
    """

    def __init__(self, app: ASGIApp, *, max_body_bytes: int = 1024 * 1024) -> None:
        """Limit the bodies that *app* receives.

        Raises:
            ConfigError: *max_body_bytes* is negative.
        """
        if max_body_bytes < 0:
            raise ConfigError(f"A body cannot have {max_body_bytes} bytes. Use 0 or more.")
        self.app = app
        self.max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            declared = parse_content_length(scope["headers"])
            if declared is not None and declared > self.max_body_bytes:
                raise BodyTooLargeError(self.max_body_bytes, declared)
        except (ContentLengthError, BodyTooLargeError) as error:
            await send_problem(error, scope, send)
            return
        exchange = _Exchange(self.max_body_bytes, receive, send)
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except Exception:
            if exchange.refusal is None:
                raise
        if exchange.refusal is None:
            return
        if exchange.has_started:
            raise exchange.refusal
        await send_problem(exchange.refusal, scope, send)


class _Exchange:
    """One request and its response, cut off when the body is over the limit."""

    def __init__(self, max_body_bytes: int, receive: Receive, send: Send) -> None:
        self.refusal: BodyTooLargeError | None = None
        self.has_started = False
        self._max_body_bytes = max_body_bytes
        self._body_bytes = 0
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """Return the next message, or raise the refusal, again and again."""
        if self.refusal is None:
            message = await self._receive()
            self._body_bytes += len(message.get("body", b""))
            if self._body_bytes <= self._max_body_bytes:
                return message
            self.refusal = BodyTooLargeError(self._max_body_bytes, self._body_bytes)
        raise self.refusal

    async def send(self, message: Message) -> None:
        """Send *message*, unless the request was refused."""
        if self.refusal is not None:
            raise self.refusal
        self.has_started = True
        await self._send(message)
