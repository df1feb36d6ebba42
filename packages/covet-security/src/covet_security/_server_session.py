"""Sessions of browsers whose data stays with the server: a session, and where it is kept."""

import hashlib
import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any, Protocol

from covet_security._errors import ConfigError

CSRF_KEY = "_csrf"  # what the CSRF middleware keeps in a session

_ID = re.compile(r"[0-9A-Za-z_-]{43}")
_ID_BYTES = 32


class ServerSession(dict[str, Any]):
    """What is kept of one browser: values that JSON can hold.

    Attributes:
        is_renewed: whether the browser is to get a new id.
    """

    is_renewed: bool = False

    def renew(self) -> None:
        """Give the browser a new id and keep the data: call it at every login.

        So an id that an attacker has planted, or has seen, is worth nothing afterwards.
        """
        self.is_renewed = True
        self.pop(CSRF_KEY, None)


class ServerSessionStore(Protocol):
    """Keeps the data of sessions, by a key that does not tell their id."""

    async def load(self, key: str) -> bytes | None:
        """Return the data of a session that has not run out."""
        ...

    async def create(self, key: str, data: bytes, ttl_seconds: int) -> None:
        """Keep a new session."""
        ...

    async def replace(self, key: str, data: bytes, ttl_seconds: int) -> bool:
        """Keep new data of a session if it is still there; tell whether it was."""
        ...

    async def delete(self, key: str) -> None:
        """Forget a session."""
        ...


class MemoryServerSessionStore:
    """Keeps sessions in this process; of more than *max_sessions* those unused longest go."""

    def __init__(
        self, *, max_sessions: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep up to *max_sessions*, by a clock in seconds that never goes back.

        Raises:
            ConfigError: *max_sessions* is under 1.
        """
        if max_sessions < 1:
            raise ConfigError(f"{max_sessions} sessions cannot be kept. Use 1 or more.")
        self._max_sessions = max_sessions
        self._clock = clock
        self._sessions: dict[str, tuple[float, bytes]] = {}  # the one written last is last

    async def load(self, key: str) -> bytes | None:
        """Return the data of a session that has not run out."""
        expires_at, data = self._sessions.get(key, (0.0, b""))
        return data if self._clock() < expires_at else None

    async def create(self, key: str, data: bytes, ttl_seconds: int) -> None:
        """Keep a new session."""
        self._sessions[key] = (self._clock() + ttl_seconds, data)
        if len(self._sessions) > self._max_sessions:
            del self._sessions[next(iter(self._sessions))]

    async def replace(self, key: str, data: bytes, ttl_seconds: int) -> bool:
        """Keep new data of a session if it is still there; tell whether it was."""
        expires_at, _ = self._sessions.pop(key, (0.0, b""))
        if self._clock() >= expires_at:
            return False
        self._sessions[key] = (self._clock() + ttl_seconds, data)
        return True

    async def delete(self, key: str) -> None:
        """Forget a session."""
        self._sessions.pop(key, None)


def new_session_id() -> str:
    """Return an id of 256 random bits, for the browser only."""
    return secrets.token_urlsafe(_ID_BYTES)


def session_key(session_id: str | None) -> str | None:
    """Return what a session is kept by: a digest, so that a store tells no ids. None for junk."""
    if session_id is None or not _ID.fullmatch(session_id):
        return None
    return urlsafe_b64encode(hashlib.sha256(session_id.encode()).digest()).rstrip(b"=").decode()
