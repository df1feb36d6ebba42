"""Sessions of browsers: an id in a cookie, the data with the server."""

import json
import time
from collections.abc import Callable
from typing import Any

from covet_security._errors import ConfigError, StoreUnavailableError
from covet_security._server_session import (
    MemoryServerSessionStore,
    ServerSession,
    ServerSessionStore,
    new_session_id,
    session_key,
)
from covet_security.middleware._asgi import ASGIApp, Message, Receive, Scope, Send
from covet_security.middleware._cookies import (
    SameSite,
    check_cookie_name,
    read_cookie,
    set_cookie,
)
from covet_security.middleware._problem import refuse_websocket, send_problem

_DAY = 86400
_WRITES_PER_IDLE_TIME = 10  # of a session that is read only, to keep it alive


class ServerSessionMiddleware:
    """Gives each request ``scope["session"]``, which Starlette calls ``request.session``.

    The cookie holds 256 random bits and nothing else; an id that is not known is never taken on.
    A session is kept until it is not used for *idle_seconds*, and *absolute_seconds* at most.
    Call ``session.renew()`` at a login, ``session.clear()`` at a logout. A session that was
    ended while a request went on is not brought back by it.

    What a WebSocket does to its session is not kept.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        store: ServerSessionStore | None = None,
        cookie_name: str = "__Host-session",
        idle_seconds: int = _DAY,
        absolute_seconds: int = 14 * _DAY,
        same_site: SameSite = "lax",
        is_secure: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep the sessions of *app*.

        Args:
            app: what is called with each request.
            store: keeps the data, by default in the memory of this process.
            cookie_name: names the cookie; browsers hold ``__Host-`` to what it promises.
            idle_seconds: how long a session lasts that is not used.
            absolute_seconds: how long one lasts in any case.
            same_site: when other sites may send the cookie.
            is_secure: whether the cookie is sent over https only.
            clock: seconds since 1970.

        Raises:
            ConfigError: the name or a time cannot be.
        """
        check_cookie_name(cookie_name, is_secure=is_secure)
        if not 0 < idle_seconds <= absolute_seconds:
            raise ConfigError(
                f"A session cannot last {idle_seconds} s idle and {absolute_seconds} s in all. "
                "Both are over 0, the second not less."
            )
        self.app = app
        self._store = MemoryServerSessionStore() if store is None else store
        self._cookie_name = cookie_name
        self._idle_seconds = idle_seconds
        self._absolute_seconds = absolute_seconds
        self._same_site: SameSite = same_site
        self._is_secure = is_secure
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        key = session_key(read_cookie(scope["headers"], self._cookie_name))
        has_started = False

        async def send_with_cookie(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                fields = await self._keep(visit)
                message = {**message, "headers": [*message.get("headers", ()), *fields]}
            has_started = True
            await send(message)

        try:
            visit = await self._open(key)
            scope["session"] = visit.session
            await self.app(scope, receive, send_with_cookie)
        except StoreUnavailableError as error:
            if has_started:
                raise
            if scope["type"] == "websocket":
                await refuse_websocket(error, scope, send, is_open=False)
            else:
                await send_problem(error, scope, send)

    async def _open(self, key: str | None) -> "_Visit":
        stored = None if key is None else await self._store.load(key)
        now = self._clock()
        if stored is not None:
            kept: dict[str, Any] = json.loads(stored)
            if now < kept["created"] + self._absolute_seconds:
                return _Visit(key, ServerSession(kept["data"]), kept["created"], kept["written"])
        return _Visit(None, ServerSession(), now, now)

    async def _keep(self, visit: "_Visit") -> list[tuple[bytes, bytes]]:
        """Keep what has become of the session, and return the fields that tell the browser."""
        session, now = visit.session, self._clock()
        if not session:
            return [] if visit.key is None else await self._end(visit.key)
        if visit.key is not None and not session.is_renewed:
            is_due = now - visit.written >= self._idle_seconds / _WRITES_PER_IDLE_TIME
            if not is_due and not visit.has_changed():
                return []
            ttl = self._ttl(visit, now)
            if await self._store.replace(visit.key, visit.dump(now), ttl):
                return []
            return [self._cookie("", 0)]  # it was ended meanwhile, and stays so
        if visit.key is not None:
            await self._store.delete(visit.key)
            visit.created = now
        session_id = new_session_id()
        key = session_key(session_id)
        assert key is not None  # noqa: S101 an id of ours
        await self._store.create(key, visit.dump(now), self._ttl(visit, now))
        return [self._cookie(session_id, self._absolute_seconds), (b"cache-control", b"no-store")]

    async def _end(self, key: str) -> list[tuple[bytes, bytes]]:
        await self._store.delete(key)
        return [self._cookie("", 0)]

    def _ttl(self, visit: "_Visit", now: float) -> int:
        left = visit.created + self._absolute_seconds - now
        return max(1, min(self._idle_seconds, round(left)))

    def _cookie(self, value: str, max_age_seconds: int) -> tuple[bytes, bytes]:
        return set_cookie(
            self._cookie_name,
            value,
            max_age_seconds=max_age_seconds,
            same_site=self._same_site,
            is_secure=self._is_secure,
        )


class _Visit:
    """One request to a session, and what the session was before."""

    def __init__(
        self, key: str | None, session: ServerSession, created: float, written: float
    ) -> None:
        self.key = key
        self.session = session
        self.created = created
        self.written = written
        self._before = json.dumps(session)

    def has_changed(self) -> bool:
        """Tell whether the session holds something else now."""
        return json.dumps(self.session) != self._before

    def dump(self, now: float) -> bytes:
        """Return what is stored."""
        kept = {"created": self.created, "written": now, "data": self.session}
        return json.dumps(kept).encode()
