"""A time limit on waiting for others, which does not blame them for a busy event loop."""

import asyncio
from types import TracebackType

_LATE_SECONDS = 0.01


class deadline:  # noqa: N801 used like asyncio.timeout
    """Raise TimeoutError in the body of ``async with`` after *seconds*.

    When the event loop comes to look at its clock only late, because it was busy with something
    else, the answer may have long been there, unread. Then the body gets the time once more.
    """

    __slots__ = ("_due", "_handle", "_loop", "_seconds", "_timeout")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def __aenter__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timeout = asyncio.timeout(None)
        await self._timeout.__aenter__()
        self._due = self._loop.time() + self._seconds
        self._handle = self._loop.call_at(self._due, self._look)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._handle.cancel()
        await self._timeout.__aexit__(kind, error, traceback)

    def _look(self) -> None:
        now = self._loop.time()
        if now - self._due > _LATE_SECONDS:
            self._due = now + self._seconds
            self._handle = self._loop.call_at(self._due, self._look)
        else:
            self._timeout.reschedule(now)
