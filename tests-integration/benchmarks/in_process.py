"""Call an ASGI application directly: no server, no socket, hand-made scopes and messages."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from benchmarks.contenders import ASGIApp, Message
from benchmarks.endpoints import JSON_TYPE, Answer, Request

_CLIENT_HEADERS = [
    (b"host", b"127.0.0.1:8000"),
    (b"user-agent", b"covet-benchmark"),
    (b"accept", b"*/*"),
]


def scope_of(request: Request) -> dict[str, Any]:
    """Return the connection scope that a server would make for *request*.

    Source: ASGI specification, HTTP connection scope,
    https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
    """
    headers = list(_CLIENT_HEADERS)
    if request.body:
        headers.append((b"content-type", JSON_TYPE.encode()))
        headers.append((b"content-length", b"%d" % len(request.body)))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }


class Client:
    """The other end of a connection: sends one body, then stays connected and silent.

    One client serves many requests one after another; ``has_body`` is set again before each.
    """

    __slots__ = ("_event", "has_body")

    def __init__(self, body: bytes) -> None:
        self._event: Message = {"type": "http.request", "body": body, "more_body": False}
        self.has_body = True

    async def receive(self) -> Message:
        """Return the body once; whoever waits for a disconnect after that waits for ever."""
        if self.has_body:
            self.has_body = False
            return self._event
        disconnect: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await disconnect


async def answer(app: ASGIApp, request: Request) -> Answer:
    """Send one request to *app* and collect its answer."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope_of(request), Client(request.body).receive, send)
    start = next(message for message in messages if message["type"] == "http.response.start")
    headers = {bytes(name).lower(): bytes(value) for name, value in start["headers"]}
    body = b"".join(message.get("body", b"") for message in messages)
    return Answer(start["status"], headers.get(b"content-type", b"").decode("latin-1"), body)


async def _discard(message: Message) -> None:
    pass


async def cpu_seconds_per_request(app: ASGIApp, request: Request, count: int) -> float:
    """Return the CPU seconds of this process for each of *count* requests, one after another.

    The loop's own cost (a shallow copy of the scope, about 0.2 µs) counts for every contender.
    The ``state`` of a scope is new each time: some frameworks keep what they parsed in it.
    """
    template = scope_of(request)
    client = Client(request.body)
    receive = client.receive
    start = time.process_time()
    for _ in range(count):
        scope = template.copy()
        scope["state"] = {}
        client.has_body = True
        await app(scope, receive, _discard)
    await asyncio.sleep(0)  # what was left for the loop to do belongs to the requests
    return (time.process_time() - start) / count


@asynccontextmanager
async def lifespan(app: ASGIApp) -> AsyncIterator[None]:
    """Start *app* and stop it again; an application without lifespan is left alone.

    Source: ASGI specification, lifespan protocol,
    https://asgi.readthedocs.io/en/latest/specs/lifespan.html
    """
    events: asyncio.Queue[Message] = asyncio.Queue()
    replies: asyncio.Queue[Message] = asyncio.Queue()
    scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}

    async def run() -> None:
        try:
            await app(scope, events.get, replies.put)
        except Exception as error:  # any exception means "unsupported": the protocol
            await replies.put({"type": "lifespan.unsupported", "reason": error})
        else:
            await replies.put({"type": "lifespan.ended"})

    task = asyncio.ensure_future(run())
    await events.put({"type": "lifespan.startup"})
    reply = await replies.get()
    if reply["type"] == "lifespan.startup.failed":
        raise RuntimeError(f"The application did not start: {reply.get('message', '')}")
    try:
        yield
    finally:
        if not task.done():
            await events.put({"type": "lifespan.shutdown"})
        await task
