"""A server's part of ASGI in a few lines, so that each test decides what arrives and when."""

import asyncio
import json as jsonlib
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.datastructures import Headers

Message = dict[str, Any]


class Exchange:
    """One request to an application: what arrives is decided by the test, what is sent is kept.

    The body arrives in *chunks*; after them `receive` waits, as a server's does, until the client
    `disconnect`s. Each message is shown to *on_send* before it counts as sent.
    """

    def __init__(
        self,
        app: Any,
        method: str = "GET",
        target: str = "/",
        *,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        json: Any = None,
        body: bytes = b"",
        chunks: Sequence[bytes] | None = None,
        is_complete: bool = True,
        on_send: Callable[[Message], Awaitable[None] | None] | None = None,
        **scope: Any,
    ) -> None:
        raw_path, _, query = target.partition("?")
        pairs = list(headers.items() if isinstance(headers, Mapping) else headers)
        if json is not None:
            body = jsonlib.dumps(json).encode()
            pairs.append(("content-type", "application/json"))
        self.app = app
        self.scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(raw_path),
            "raw_path": raw_path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs],
            "client": ("127.0.0.1", 50000),
            "server": ("testserver", 80),
            **scope,
        }
        self.sent: list[Message] = []
        self._on_send = on_send
        self._arriving: asyncio.Queue[Message] = asyncio.Queue()
        chunks = [body] if chunks is None else chunks
        for number, chunk in enumerate(chunks, start=1):
            self.arrive(chunk, more=number < len(chunks) or not is_complete)

    def arrive(self, chunk: bytes, *, more: bool = False) -> None:
        """Have a piece of the body arrive."""
        self._arriving.put_nowait({"type": "http.request", "body": chunk, "more_body": more})

    def disconnect(self) -> None:
        """Have the client go away, for good."""
        self._arriving.put_nowait({"type": "http.disconnect"})

    async def receive(self) -> Message:
        message = await self._arriving.get()
        if message["type"] == "http.disconnect":
            self.disconnect()
        return message

    async def send(self, message: Message) -> None:
        if self._on_send is not None:
            outcome = self._on_send(message)
            if outcome is not None:
                await outcome
        self.sent.append(message)

    async def run(self) -> "Exchange":
        """Have the application answer."""
        await self.app(self.scope, self.receive, self.send)
        return self

    @property
    def unread(self) -> int:
        """How many messages the application has left."""
        return self._arriving.qsize()

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> Headers:
        return Headers(raw=self.sent[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return jsonlib.loads(self.body)


Ask = Callable[..., Awaitable[Exchange]]


async def _ask(app: Any, method: str = "GET", target: str = "/", **request: Any) -> "Exchange":
    return await Exchange(app, method, target, **request).run()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def plain_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them, and what they write out of sight."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith("COVET_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)


@pytest.fixture
def exchange() -> type[Exchange]:
    """A request that the test conducts message by message."""
    return Exchange


@pytest.fixture
def ask() -> Ask:
    """Ask an application: `reply = await ask(app, "POST", "/users?dry=1", json={})`."""
    return _ask
