"""Sessions of one process, in memory."""

from dataclasses import dataclass, replace

from covet_security._expiring import ExpiringDict
from covet_security.refresh import (
    Family,
    RefreshOutcome,
    RefreshPolicy,
    RefreshRetry,
    RefreshReused,
    RefreshRotated,
    RefreshSession,
    RefreshUnknown,
    judge,
)


@dataclass(frozen=True, slots=True)
class _Kept:
    session: RefreshSession
    family: Family


class MemorySessionStore:
    """A SessionStore for one process; what it holds is gone with the process.

    Nothing is awaited within a step, so each is atomic on its event loop.
    """

    def __init__(self) -> None:
        self._kept: ExpiringDict[str, _Kept] = ExpiringDict()
        self._ended: ExpiringDict[tuple[str, str], bool] = ExpiringDict()
        self._denied: ExpiringDict[tuple[str, str], bool] = ExpiringDict()
        self._generations: dict[str, int] = {}

    async def generation(self, subject: str) -> int:
        """Return the generation that new sessions of *subject* belong to: 0 at first."""
        return self._generations.get(subject, 0)

    async def open(
        self, session: RefreshSession, digest: bytes, *, now: float, idle: float
    ) -> None:
        """Keep a new *session* whose first refresh token has *digest*, for *idle* seconds."""
        family = Family(digest, None, now, session.expires_at, is_ended=False)
        self._keep(_Kept(session, family), now=now, idle=idle)

    async def rotate(
        self, sid: str, presented: bytes, successor: bytes, *, now: float, policy: RefreshPolicy
    ) -> RefreshOutcome:
        """Exchange the token with the digest *presented* for the one with *successor*."""
        kept = self._kept.get(sid, now=now)
        if kept is None:
            return RefreshUnknown()
        session, family = kept.session, self._current(kept)
        match judge(family, presented, now=now, policy=policy):
            case "rotate":
                rotated = replace(
                    family, current=successor, previous=family.current, rotated_at=now
                )
                self._keep(_Kept(session, rotated), now=now, idle=policy.idle_seconds)
                return RefreshRotated(session)
            case "retry":
                return RefreshRetry(sid, session.subject)
            case "reused":
                self._end(sid, session.subject, now=now, until=session.expires_at)
                return RefreshReused(sid, session.subject)
            case _:
                return RefreshUnknown()

    async def subject_of(self, sid: str, presented: bytes, *, now: float) -> str | None:
        """Return whose session *sid* is, if *presented* is its current or previous token."""
        kept = self._kept.get(sid, now=now)
        if kept is None or presented not in (kept.family.current, kept.family.previous):
            return None
        return kept.session.subject

    async def end(self, sid: str, subject: str, *, now: float, until: float) -> None:
        """End the session *sid* of *subject*; refuse its access tokens until *until*."""
        self._end(sid, subject, now=now, until=until)

    async def end_all(self, subject: str, *, now: float) -> int:
        """End all that *subject* holds; return the generation that is good from now on."""
        latest = max(int(now * 1000), self._generations.get(subject, 0)) + 1
        self._generations[subject] = latest
        return latest

    async def deny(self, jti: str, subject: str, *, now: float, until: float) -> None:
        """Refuse the access token *jti* of *subject* until *until*, when it expires."""
        self._denied.set((subject, jti), True, now=now, until=until)

    async def is_denied(
        self, subject: str, *, jti: str, sid: str | None, generation: int, now: float
    ) -> bool:
        """Return whether a token was denied, its session ended, or its generation is over."""
        return (
            generation < self._generations.get(subject, 0)
            or self._denied.get((subject, jti), now=now) is not None
            or (sid is not None and self._ended.get((subject, sid), now=now) is not None)
        )

    def _keep(self, kept: _Kept, *, now: float, idle: float) -> None:
        until = min(now + idle, kept.session.expires_at)
        self._kept.set(kept.session.sid, kept, now=now, until=until)

    def _current(self, kept: _Kept) -> Family:
        """Return the family as it stands since its subject may have logged out everywhere."""
        latest = self._generations.get(kept.session.subject, 0)
        return replace(
            kept.family, is_ended=kept.family.is_ended or kept.session.generation < latest
        )

    def _end(self, sid: str, subject: str, *, now: float, until: float) -> None:
        self._ended.set((subject, sid), True, now=now, until=until)
        kept = self._kept.get(sid, now=now)
        if kept is not None and kept.session.subject == subject:
            ended = replace(kept, family=replace(kept.family, is_ended=True))
            self._kept.set(sid, ended, now=now, until=kept.session.expires_at)
