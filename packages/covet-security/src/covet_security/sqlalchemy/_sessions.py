"""Sessions and revocations in SQL, each step one transaction."""

import hashlib
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    LargeBinary,
    String,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Mapped, mapped_column

from covet_security._denial_cache import MAX_SECONDS, DenialCache
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
from covet_security.sqlalchemy._connection import transaction, upsert
from covet_security.sqlalchemy._time import UTCDateTime

_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class RefreshSessionMixin:
    """A table of sessions, a row each, which stays until the session would have ended by itself.

    ``current`` and ``previous`` are SHA-256 digests of refresh tokens.
    """

    __tablename__ = "refresh_sessions"

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), index=True)
    generation: Mapped[int] = mapped_column(BigInteger)
    current: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    rotated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class RevocationMixin:
    """A table of what is revoked: a token, a session, or what a user held before a generation."""

    __tablename__ = "revocations"

    name: Mapped[str] = mapped_column(String(300), primary_key=True)
    generation: Mapped[int] = mapped_column(BigInteger, default=0)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class SQLAlchemySessionStore:
    """A SessionStore for many processes, in two tables of a database."""

    def __init__(
        self,
        engine: AsyncEngine,
        sessions: type[RefreshSessionMixin],
        revocations: type[RevocationMixin],
        *,
        cache_seconds: float = MAX_SECONDS,
        timeout_seconds: float = 5.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep sessions in the tables of the classes *sessions* and *revocations*.

        Args:
            engine: of the database.
            sessions: your subclass of RefreshSessionMixin.
            revocations: your subclass of RevocationMixin.
            cache_seconds: for how long, up to 5, an access token that was not revoked is taken
                not to be; so long may it take until all processes refuse one that was.
            timeout_seconds: after which the database is taken not to answer.
            monotonic: the clock of that cache.

        Raises:
            ConfigError: *cache_seconds* is out of its range.
        """
        self._engine = engine
        self._sessions = sessions
        self._revocations = revocations
        self._timeout = timeout_seconds
        self._cache = DenialCache(cache_seconds)
        self._monotonic = monotonic

    async def generation(self, subject: str) -> int:
        """Return the generation that new sessions of *subject* belong to: 0 at first."""
        async with self._transaction() as connection:
            return int(await connection.scalar(self._latest_of(_user(subject))) or 0)

    async def open(
        self, session: RefreshSession, digest: bytes, *, now: float, idle: float
    ) -> None:
        """Keep a new *session* whose first refresh token has *digest*, for *idle* seconds."""
        values = {
            "sid": session.sid,
            "subject": session.subject,
            "generation": session.generation,
            "current": digest,
            "rotated_at": _at(now),
            "expires_at": _at(session.expires_at),
            "data": dict(session.data),
        }
        async with self._transaction() as connection:
            await connection.execute(insert(self._sessions).values(**values))

    async def rotate(
        self, sid: str, presented: bytes, successor: bytes, *, now: float, policy: RefreshPolicy
    ) -> RefreshOutcome:
        """Exchange the token with the digest *presented* for the one with *successor*."""
        table = self._sessions
        latest = self._latest_of(literal(_user("")) + table.subject).scalar_subquery()
        exchange = (
            update(table)
            .where(
                table.sid == sid,
                table.current == presented,
                table.revoked_at.is_(None),
                table.generation >= func.coalesce(latest, 0),
                table.expires_at > _at(now),
                table.rotated_at > _at(now - policy.idle_seconds),
            )
            .values(previous=table.current, current=successor, rotated_at=_at(now))
            .returning(table.subject, table.generation, table.expires_at, table.data)
        )
        async with self._transaction() as connection:
            row = (await connection.execute(exchange)).one_or_none()
            if row is not None:
                ends = row.expires_at.timestamp()
                return RefreshRotated(
                    RefreshSession(sid, row.subject, row.generation, ends, row.data)
                )
            return await self._refuse(connection, sid, presented, now=now, policy=policy)

    async def subject_of(self, sid: str, presented: bytes, *, now: float) -> str | None:
        """Return whose session *sid* is, if *presented* is its current or previous token."""
        table = self._sessions
        statement = select(table.subject).where(
            table.sid == sid,
            (table.current == presented) | (table.previous == presented),
            table.expires_at > _at(now),
        )
        async with self._transaction() as connection:
            subject: str | None = await connection.scalar(statement)
            return subject

    async def end(self, sid: str, subject: str, *, now: float, until: float) -> None:
        """End the session *sid* of *subject*; refuse its access tokens until *until*."""
        async with self._transaction() as connection:
            await self._end(connection, sid, subject, now=_at(now), until=_at(until))
        self._cache.forget()

    async def end_all(self, subject: str, *, now: float) -> int:
        """End all that *subject* holds; return the generation that is good from now on."""
        table, first = self._revocations, int(now * 1000) + 1
        raised = case((table.generation >= first, table.generation + 1), else_=first)
        values = {"name": _user(subject), "generation": first, "expires_at": _FOREVER}
        async with self._transaction() as connection:
            statement = upsert(connection, table, values, {"generation": raised})
            latest: Any = await connection.scalar(statement.returning(table.generation))
        self._cache.forget()
        return int(latest)

    async def deny(self, jti: str, subject: str, *, now: float, until: float) -> None:
        """Refuse the access token *jti* of *subject* until *until*, when it expires."""
        async with self._transaction() as connection:
            await self._revoke(connection, _token(subject, jti), until=_at(until))
        self._cache.forget()

    async def is_denied(
        self, subject: str, *, jti: str, sid: str | None, generation: int, now: float
    ) -> bool:
        """Return whether a token was denied, its session ended, or its generation is over."""
        if self._cache.knows(jti, now=self._monotonic()):
            return False
        ticket = self._cache.ticket()
        table, user = self._revocations, _user(subject)
        names = [user, _token(subject, jti), *([] if sid is None else [_session(subject, sid)])]
        statement = select(table.name, table.generation).where(
            table.name.in_(names), table.expires_at > _at(now)
        )
        async with self._transaction() as connection:
            rows = (await connection.execute(statement)).all()
        if any(row.name != user or generation < row.generation for row in rows):
            return True
        self._cache.remember(jti, ticket, now=self._monotonic())
        return False

    async def purge(self, *, now: float | None = None) -> int:
        """Delete what has ended by itself, and return how many rows. Call it from time to time."""
        moment = _at(time.time() if now is None else now)
        deleted = 0
        async with self._transaction() as connection:
            for table in (self._sessions, self._revocations):
                result = await connection.execute(delete(table).where(table.expires_at <= moment))
                deleted += result.rowcount
        return deleted

    def _transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._engine, of="sessions", timeout_seconds=self._timeout)

    def _latest_of(self, name: Any) -> Any:
        return select(self._revocations.generation).where(self._revocations.name == name)

    async def _refuse(
        self,
        connection: AsyncConnection,
        sid: str,
        presented: bytes,
        *,
        now: float,
        policy: RefreshPolicy,
    ) -> RefreshOutcome:
        """Say why a token was not exchanged, and end the session if it was used before."""
        row = (
            await connection.execute(select(self._sessions).where(self._sessions.sid == sid))
        ).one_or_none()
        if row is None:
            return RefreshUnknown()
        latest = await connection.scalar(self._latest_of(_user(row.subject))) or 0
        family = Family(
            row.current,
            row.previous,
            row.rotated_at.timestamp(),
            row.expires_at.timestamp(),
            is_ended=row.revoked_at is not None or row.generation < latest,
        )
        match judge(family, presented, now=now, policy=policy):
            case "retry":
                return RefreshRetry(sid, row.subject)
            case "reused":
                await self._end(connection, sid, row.subject, now=_at(now), until=row.expires_at)
                self._cache.forget()
                return RefreshReused(sid, row.subject)
            case _:
                return RefreshUnknown()

    async def _end(
        self,
        connection: AsyncConnection,
        sid: str,
        subject: str,
        *,
        now: datetime,
        until: datetime,
    ) -> None:
        table = self._sessions
        await connection.execute(
            update(table)
            .where(table.sid == sid, table.subject == subject, table.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        await self._revoke(connection, _session(subject, sid), until=until)

    async def _revoke(self, connection: AsyncConnection, name: str, *, until: datetime) -> None:
        values = {"name": name, "generation": 0, "expires_at": until}
        changes = {"expires_at": until}
        await connection.execute(upsert(connection, self._revocations, values, changes))


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _user(subject: str) -> str:
    return f"user:{subject}"


def _session(subject: str, sid: str) -> str:
    return f"session:{_digest(subject, sid)}"


def _token(subject: str, jti: str) -> str:
    return f"token:{_digest(subject, jti)}"


def _digest(subject: str, name: str) -> str:
    """Return a name of constant length, since a token may bring a long one."""
    text = f"{len(subject)}:{subject}{name}".encode(errors="surrogatepass")
    return hashlib.sha256(text).hexdigest()
