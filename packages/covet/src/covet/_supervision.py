"""Cancel a handler whose client has gone or whose time is up, at no cost to one that never waits.

A coroutine that runs to its end without suspending is simply run. Only when it first suspends is
a timer started, and a task that waits for the client's disconnect; both end with the coroutine.
"""

from __future__ import annotations

import asyncio
import logging
import types
from collections.abc import Coroutine, Generator
from typing import Any, Final

from covet._context import RequestContext
from covet.errors import ClientDisconnected, HandlerTimeout, RequestTimeout

logger = logging.getLogger("covet")

# What `next(work.__await__(), FINISHED)` returns for a coroutine that never suspends. Unlike
# `work.send(None)` it raises no StopIteration then, which is half of what running it costs.
FINISHED: Final = object()


@types.coroutine
def supervise(
    work: Coroutine[Any, Any, None],
    waiting_for: Any,
    context: RequestContext,
    timeout_seconds: float | None,
) -> Generator[Any, Any, None]:
    """Await the rest of *work* for as long as *context*'s client and *timeout_seconds* allow.

    *work* has begun and suspended, waiting for *waiting_for*. Once it is settled (its
    transaction is being committed), it is no longer cancelled.

    Raises:
        ClientDisconnected: the client went away; *work* was cancelled and has ended.
        HandlerTimeout: the time was up; *work* was cancelled and has ended.
        RequestTimeout: the same, while the body was still being read.
    """
    guard = _Guard(context, timeout_seconds)
    try:
        while True:
            guard.watch_client()
            try:
                value = yield waiting_for
            except BaseException as error:
                waiting_for = work.throw(error)
            else:
                waiting_for = work.send(value)
    except StopIteration:
        return
    except BaseException as error:
        if guard.reason is not None and not guard.is_cancelled_from_outside():
            raise guard.reason from error
        raise
    finally:
        guard.close()


class _Guard:
    """The timer and the watcher of one suspended request."""

    __slots__ = ("_context", "_task", "_timer", "_watcher", "reason")

    def __init__(self, context: RequestContext, timeout_seconds: float | None) -> None:
        self._context = context
        self._task = asyncio.current_task()
        self._watcher: asyncio.Task[None] | None = None
        self.reason: Exception | None = None
        self._timer: asyncio.TimerHandle | None = None
        if timeout_seconds is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(timeout_seconds, self._expire)

    def watch_client(self) -> None:
        """Start to wait for the disconnect, unless someone still reads the body."""
        context = self._context
        if self._watcher is None and not context.awaits_body and context.watches_client:
            self._watcher = asyncio.ensure_future(self._wait_for_disconnect())

    async def _wait_for_disconnect(self) -> None:
        try:
            await self._context.wait_for_disconnect()
        except Exception as error:  # a connection that cannot be read any more is gone
            logger.debug("Waiting for the client's disconnect failed: %r", error)
        self._cancel(ClientDisconnected())

    def _expire(self) -> None:
        if not self._context.is_reading:
            self._cancel(HandlerTimeout("The server did not finish in time; nothing was changed."))
        else:
            self._cancel(RequestTimeout("The body did not arrive in time. Send it again."))

    def _cancel(self, reason: Exception) -> None:
        if self.reason is None and not self._context.is_settled and self._task is not None:
            self.reason = reason
            self._task.cancel()

    def is_cancelled_from_outside(self) -> bool:
        """Tell whether someone else, too, wants this task to end."""
        return self._task is not None and self._task.cancelling() > 1

    def close(self) -> None:
        """Stop both, and take back a cancellation of our own."""
        if self._timer is not None:
            self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if self.reason is not None and self._task is not None:
            self._task.uncancel()
