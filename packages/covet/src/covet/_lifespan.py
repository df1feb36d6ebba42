"""The lifespan protocol from both sides: served by an application, and run as a server does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Send

from covet.errors import StartupError

logger = logging.getLogger("covet")

Running = Callable[[], AbstractAsyncContextManager[None]]


async def serve_lifespan(running: Running, receive: Receive, send: Send) -> None:
    """Answer a server's lifespan messages: enter *running* on start-up, leave it on shutdown.

    Source: https://asgi.readthedocs.io/en/latest/specs/lifespan.html
    """
    await receive()
    has_started = False
    try:
        async with running():
            await send({"type": "lifespan.startup.complete"})
            has_started = True
            await receive()
    except StartupError as error:  # all is said in its text; a traceback would only hide it
        await send({"type": "lifespan.startup.failed", "message": str(error)})
    except Exception as error:
        phase = "shutdown" if has_started else "startup"
        logger.exception("The application's %s failed.", phase)
        await send({"type": f"lifespan.{phase}.failed", "message": repr(error)})
    else:
        await send({"type": "lifespan.shutdown.complete"})


@asynccontextmanager
async def lifespan_of(app: ASGIApp, state: dict[str, Any]) -> AsyncGenerator[None]:
    """Start *app* as a server does, and stop it on leaving; *state* is where it keeps its state.

    An application that does not know the protocol is left alone, as the protocol asks.

    Raises:
        RuntimeError: it said that it could not start or stop, and why.
    """
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()

    async def run() -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        try:
            await app({**scope, "state": state}, to_app.get, from_app.put)
        except Exception as error:
            logger.debug("%r does not take part in the lifespan: %r", app, error)
        finally:
            await from_app.put({"type": "lifespan.ended"})

    task = asyncio.create_task(run())
    try:
        await to_app.put({"type": "lifespan.startup"})
        started = await from_app.get()
        _raise_failure(started)
        yield
        if started["type"] == "lifespan.startup.complete" and not task.done():
            await to_app.put({"type": "lifespan.shutdown"})
            _raise_failure(await from_app.get())
    finally:
        task.cancel()
        await asyncio.wait([task])


def _raise_failure(message: Message) -> None:
    if message["type"].endswith(".failed"):
        raise RuntimeError(message.get("message") or "The mounted application failed.")
