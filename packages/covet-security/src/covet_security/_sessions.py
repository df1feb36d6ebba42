"""The sessions of an authenticator: opened by a login, continued, ended."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from covet_security._errors import RefreshConflictError, RefreshRefusedError
from covet_security.refresh import (
    RefreshPolicy,
    RefreshRetry,
    RefreshReused,
    RefreshRotated,
    RefreshSession,
    SessionStore,
    new_sid,
    new_token,
    read_token,
)

OnReuse = Callable[[RefreshReused], Awaitable[None] | None]
"""Told that a refresh token came twice, after its session was ended: for an alarm."""


class Sessions:
    """Sessions in a store, by one policy."""

    def __init__(
        self,
        store: SessionStore,
        policy: RefreshPolicy,
        *,
        realm: str,
        on_reuse: OnReuse | None,
    ) -> None:
        self.store = store
        self._policy = policy
        self._realm = realm
        self._on_reuse = on_reuse

    async def open(
        self, subject: str, data: Mapping[str, Any], *, now: float
    ) -> tuple[RefreshSession, str]:
        """Return a new session of *subject* and its first refresh token."""
        session = RefreshSession(
            new_sid(subject),
            subject,
            await self.store.generation(subject),
            now + self._policy.absolute_seconds,
            data,
        )
        token, digest = new_token(session.sid)
        await self.store.open(session, digest, now=now, idle=self._policy.idle_seconds)
        return session, token

    async def rotate(self, token: str, *, now: float) -> tuple[RefreshSession, str]:
        """Return the session of *token*, which is used up now, and the next refresh token.

        Raises:
            RefreshRefusedError: the token is unknown or was used before.
            RefreshConflictError: it was used just now.
        """
        sid, presented = self._read(token)
        successor, digest = new_token(sid)
        match await self.store.rotate(sid, presented, digest, now=now, policy=self._policy):
            case RefreshRotated(session):
                return session, successor
            case RefreshRetry():
                raise RefreshConflictError
            case RefreshReused() as reuse:
                await self._report(reuse)
                raise RefreshRefusedError(
                    f"A refresh token of session {sid} was used twice: the session is over.",
                    realm=self._realm,
                    is_reuse=True,
                )
            case _:
                raise self._unknown()

    async def end_by(self, token: str, *, now: float) -> None:
        """End the session of the refresh token *token*.

        Raises:
            RefreshRefusedError: it is neither the current nor the previous token of a session.
        """
        sid, presented = self._read(token)
        subject = await self.store.subject_of(sid, presented, now=now)
        if subject is None:
            raise self._unknown()
        await self.end(sid, subject, now=now)

    async def end(self, sid: str, subject: str, *, now: float, at_least_until: float = 0) -> None:
        """End a session, and refuse its access tokens as long as any may last."""
        until = max(now + self._policy.absolute_seconds, at_least_until)
        await self.store.end(sid, subject, now=now, until=until)

    def _read(self, token: str) -> tuple[str, bytes]:
        parts = read_token(token)
        if parts is None:
            raise self._unknown()
        return parts

    def _unknown(self) -> RefreshRefusedError:
        return RefreshRefusedError("The refresh token is of no session.", realm=self._realm)

    async def _report(self, reuse: RefreshReused) -> None:
        if self._on_reuse is not None:
            answer = self._on_reuse(reuse)
            if inspect.isawaitable(answer):
                await answer
