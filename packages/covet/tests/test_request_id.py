"""A request's identifier: the client's where it is harmless, otherwise a new one."""

import os
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from covet import Covet, current_context

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
def app() -> Covet:
    app = Covet()

    @app.get("/")
    async def tell() -> str:
        return current_context().request_id

    return app


@pytest.mark.parametrize("sent", ["a", "01JD8Z7Q4M", "a-b_c.d~e", "x" * 128])
async def test_a_well_formed_identifier_is_taken_and_echoed(
    ask: Ask, app: Covet, sent: str
) -> None:
    reply = await ask(app, headers={"X-Request-ID": sent})

    assert reply.json == reply.headers["x-request-id"] == sent


@pytest.mark.parametrize(
    "sent", ["", "x" * 129, "a b", "a\tb", "<script>", 'a"b', "é", "a,b", "a/b"]
)
async def test_any_other_is_replaced(ask: Ask, app: Covet, sent: str) -> None:
    reply = await ask(app, headers={"X-Request-ID": sent})

    assert re.fullmatch("[0-9a-f]{24}", reply.json)
    assert reply.headers["x-request-id"] == reply.json


@pytest.mark.parametrize("target", ["/", "/nowhere"])
async def test_an_identifier_that_would_split_a_line_is_replaced(
    ask: Ask, app: Covet, target: str
) -> None:
    sent = [("X-Request-ID", "a\r\nSet-Cookie: x=1")]

    reply = await ask(app, "GET", target, headers=sent)

    assert "set-cookie" not in reply.headers
    assert re.fullmatch("[0-9a-f]{24}", reply.headers["x-request-id"])


async def test_the_first_usable_one_of_several_counts(ask: Ask, app: Covet) -> None:
    headers = [("X-Request-ID", "not usable"), ("X-Request-ID", "b"), ("X-Request-ID", "c")]

    assert (await ask(app, headers=headers)).json == "b"


async def test_new_identifiers_do_not_repeat(ask: Ask, app: Covet) -> None:
    found = {(await ask(app)).json for _ in range(200)}

    assert len(found) == 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_processes_that_fork_do_not_repeat_each_other() -> None:
    from covet._request_id import new_request_id

    reading, writing = os.pipe()
    if os.fork() == 0:  # pragma: no cover - the child
        os.write(writing, new_request_id())
        os._exit(0)
    os.close(writing)
    of_child = os.read(reading, 64)
    os.close(reading)
    os.wait()

    assert len(of_child) == 24
    assert of_child != new_request_id()
