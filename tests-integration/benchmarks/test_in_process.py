"""The hand-made server behaves as ASGI asks, also to applications that start, fail or wait."""

import asyncio

import pytest

from benchmarks.contenders import Receive, Scope, Send
from benchmarks.endpoints import Request
from benchmarks.in_process import Client, lifespan, scope_of


def test_a_scope_carries_path_and_query_apart() -> None:
    scope = scope_of(Request("GET", "/items/42", "q=garden"))

    assert scope["path"] == "/items/42"
    assert scope["raw_path"] == b"/items/42"
    assert scope["query_string"] == b"q=garden"


def test_only_a_body_has_a_type_and_a_length() -> None:
    bare = dict(scope_of(Request("GET", "/plain"))["headers"])
    full = dict(scope_of(Request("POST", "/users", body=b"{}"))["headers"])

    assert b"content-type" not in bare
    assert full[b"content-type"] == b"application/json"
    assert full[b"content-length"] == b"2"


def test_a_client_sends_its_body_once_and_then_stays_connected() -> None:
    async def run() -> None:
        client = Client(b"{}")

        first = await client.receive()
        waiting = asyncio.ensure_future(client.receive())
        await asyncio.sleep(0)

        assert first == {"type": "http.request", "body": b"{}", "more_body": False}
        assert not waiting.done()
        waiting.cancel()

    asyncio.run(run())


def test_an_application_is_started_and_stopped() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for kind in ("startup", "shutdown"):
            seen.append((await receive())["type"])
            await send({"type": f"lifespan.{kind}.complete"})

    async def run() -> None:
        async with lifespan(app):
            seen.append("serving")

    asyncio.run(run())

    assert seen == ["lifespan.startup", "serving", "lifespan.shutdown"]


def test_an_application_without_lifespan_is_left_alone() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise NotImplementedError

    async def run() -> str:
        async with lifespan(app):
            return "served"

    assert asyncio.run(run()) == "served"


def test_an_application_that_fails_to_start_is_not_measured() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    async def run() -> None:
        async with lifespan(app):
            pytest.fail("It must not serve.")

    with pytest.raises(RuntimeError, match="no database"):
        asyncio.run(run())
