"""When API keys were last used, written for all of them together now and then."""

import asyncio
import logging
from datetime import datetime

from covet_security._api_key_store import APIKeyStore
from covet_security._errors import StoreUnavailableError

_logger = logging.getLogger("covet_security")


class APIKeyUsage:
    """Notes uses in memory, and writes them *seconds* after the first that was not written.

    What was not written when the process ends without `flush` is lost.
    """

    def __init__(self, store: APIKeyStore, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._used: dict[str, datetime] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, key_id: str, at: datetime) -> None:
        """Note that a key was used."""
        self._used[key_id] = at
        loop = asyncio.get_running_loop()
        if self._timer is None or self._timer.when() < loop.time():
            self._timer = loop.call_later(self._seconds, self._start)

    async def flush(self) -> None:
        """Write what was noted; keep it for the next time if the store does not answer."""
        used, self._used = self._used, {}
        if not used:
            return
        try:
            await self._store.touch(used)
        except StoreUnavailableError as error:
            self._used = {**used, **self._used}
            _logger.warning("The last uses of %d API keys wait: %s", len(used), error)

    def stop(self) -> None:
        """Plan no write."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        self._timer = None
        self._writing = asyncio.get_running_loop().create_task(self.flush())
