"""The body limit holds whatever is declared and whatever the application does about it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

import pytest

from covet_security import BodySizeLimitMiddleware, BodyTooLargeError, ConfigError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LIMIT = 10


class Server:
    """One request, in chunks, and what was answered to it."""

    def __init__(self, *chunks: bytes, http_version: str = "1.1", **headers: bytes) -> None:
        self.scope = {
            "type": "http",
            "http_version": http_version,
            "headers": [(name.replace("_", "-").encode(), v) for name, v in headers.items()],
        }
        self.waiting = [
            {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
            for number, chunk in enumerate(chunks, 1)
        ]
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        return self.waiting.pop(0) if self.waiting else {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def serve(self, app: Any, limit: int = LIMIT) -> None:
        asyncio.run(
            BodySizeLimitMiddleware(app, max_body_bytes=limit)(self.scope, self.receive, self.send)
        )

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def problem(self) -> Any:
        return json.loads(self.sent[1]["body"])


async def answer(send: Send, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def read(receive: Receive) -> bytes:
    body, message = b"", {"more_body": True}
    while message.get("more_body"):
        message = dict(await receive())
        body += message.get("body", b"")
    return body


async def echo(scope: Any, receive: Receive, send: Send) -> None:
    await answer(send, await read(receive))


async def untouched(scope: Any, receive: Receive, send: Send) -> None:
    pytest.fail("The application was called.")


@pytest.mark.parametrize(
    "chunks", [(b"x" * 10,), (b"x" * 4, b"x" * 6), (b"", b"x" * 10, b""), (b"",)]
)
def test_a_body_up_to_the_limit_passes(chunks: Sequence[bytes]) -> None:
    server = Server(*chunks, content_length=str(len(b"".join(chunks))).encode())

    server.serve(echo)

    assert server.status == 200
    assert server.sent[1]["body"] == b"".join(chunks)


def test_a_declared_length_over_the_limit_is_refused_unread() -> None:
    server = Server(b"x" * 11, content_length=b"11")

    server.serve(untouched)

    assert server.status == 413
    assert len(server.waiting) == 1


@pytest.mark.parametrize("value", [b"-1", b"+5", b"", b"5, 5"])
def test_a_junk_length_is_refused_unread(value: bytes) -> None:
    server = Server(b"x", content_length=value)

    server.serve(untouched)

    assert server.status == 400
    assert server.problem["title"] == "Bad Request"


def test_lengths_that_differ_are_refused() -> None:
    server = Server(b"x", content_length=b"1")
    server.scope["headers"].append((b"content-length", b"2"))  # type: ignore[attr-defined]

    server.serve(untouched)

    assert server.status == 400


def test_a_streamed_body_is_refused_at_the_byte_too_many() -> None:
    server = Server(b"x" * 10, b"x", b"x" * 1000)

    server.serve(echo)

    assert server.status == 413
    assert len(server.waiting) == 1
    assert len(server.sent) == 2


def test_the_refusal_is_a_problem_document() -> None:
    server = Server(content_length=b"11")

    server.serve(untouched)

    assert server.headers[b"content-type"] == b"application/problem+json"
    assert server.headers[b"content-length"] == str(len(server.sent[1]["body"])).encode()
    assert server.problem == {
        "type": "about:blank",
        "title": "Content Too Large",
        "status": 413,
        "detail": "The request body may have at most 10 bytes.",
    }


@pytest.mark.parametrize(
    ("http_version", "is_closed"), [("1.0", True), ("1.1", True), ("2", False)]
)
def test_the_connection_is_given_up_where_that_can_be_said(
    http_version: str, is_closed: bool
) -> None:
    server = Server(content_length=b"11", http_version=http_version)

    server.serve(untouched)

    assert (server.headers.get(b"connection") == b"close") is is_closed


def test_an_application_that_hides_the_error_fools_nobody() -> None:
    async def careless(scope: Any, receive: Receive, send: Send) -> None:
        try:
            await read(receive)
        except Exception:
            with pytest.raises(BodyTooLargeError):
                await answer(send, b"saved")

    server = Server(b"x" * 11)

    server.serve(careless)

    assert server.status == 413
    assert len(server.sent) == 2


def test_an_application_that_keeps_asking_gets_nothing_more() -> None:
    received = []

    async def stubborn(scope: Any, receive: Receive, send: Send) -> None:
        for _ in range(3):
            try:
                received.append(await receive())
            except BodyTooLargeError as error:
                received.append({"type": type(error).__name__})
        await answer(send)

    server = Server(b"x" * 11, b"y")

    server.serve(stubborn)

    assert [message["type"] for message in received] == ["BodyTooLargeError"] * 3
    assert len(server.waiting) == 1
    assert server.status == 413


@pytest.mark.parametrize("wrapped", [RuntimeError("wrapped"), ExceptionGroup("g", [ValueError()])])
def test_an_error_that_follows_from_the_refusal_does_not_replace_it(wrapped: Exception) -> None:
    async def translating(scope: Any, receive: Receive, send: Send) -> None:
        try:
            await read(receive)
        except BodyTooLargeError as error:
            raise wrapped from error

    server = Server(b"x" * 11)

    server.serve(translating)

    assert server.status == 413


@pytest.mark.parametrize("is_hidden", [False, True])
def test_once_the_answer_has_begun_the_error_goes_to_the_server(is_hidden: bool) -> None:
    async def streaming(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            body = await read(receive)
            await send({"type": "http.response.body", "body": body})
        except BodyTooLargeError:
            if not is_hidden:
                raise

    server = Server(b"x" * 10, b"x")

    with pytest.raises(BodyTooLargeError) as caught:
        server.serve(streaming)

    assert caught.value.body_bytes == 11
    assert [message["type"] for message in server.sent] == ["http.response.start"]


def test_an_error_of_the_application_stays_its_own() -> None:
    async def failing(scope: Any, receive: Receive, send: Send) -> None:
        await read(receive)
        raise ZeroDivisionError

    server = Server(b"x")

    with pytest.raises(ZeroDivisionError):
        server.serve(failing)

    assert server.sent == []


def test_a_request_that_is_cancelled_stays_cancelled() -> None:
    async def cancelled(scope: Any, receive: Receive, send: Send) -> None:
        try:
            await read(receive)
        except BodyTooLargeError:
            raise asyncio.CancelledError from None

    server = Server(b"x" * 11)

    with pytest.raises(asyncio.CancelledError):
        server.serve(cancelled)

    assert server.sent == []


def test_an_answer_without_reading_is_left_alone() -> None:
    async def deaf(scope: Any, receive: Receive, send: Send) -> None:
        await answer(send, b"no thanks")

    server = Server(b"x" * 11)

    server.serve(deaf)

    assert server.status == 200


def test_a_disconnect_is_passed_on() -> None:
    async def waiting(scope: Any, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "http.disconnect"

    Server().serve(waiting)


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_connections_pass_through(kind: str) -> None:
    seen = []

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        seen.append((scope["type"], receive, send))

    server = Server(content_length=b"junk")
    server.scope["type"] = kind

    server.serve(app)

    assert seen == [(kind, server.receive, server.send)]


def test_no_body_at_all_can_be_demanded() -> None:
    server = Server(b"x")

    server.serve(echo, limit=0)

    assert server.status == 413


def test_the_limit_is_no_negative_number() -> None:
    with pytest.raises(ConfigError, match="-1 bytes"):
        BodySizeLimitMiddleware(echo, max_body_bytes=-1)
