"""Sessions: one successor of a refresh token, in every store; what has ended stays so."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase

from covet_security import MemorySessionStore
from covet_security.redis import RedisSessionStore
from covet_security.refresh import (
    RefreshOutcome,
    RefreshPolicy,
    RefreshRetry,
    RefreshReused,
    RefreshRotated,
    RefreshSession,
    RefreshUnknown,
    SessionStore,
    new_sid,
    new_token,
)
from covet_security.sqlalchemy import (
    RefreshSessionMixin,
    RevocationMixin,
    SQLAlchemySessionStore,
)

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000.0
POLICY = RefreshPolicy(idle_seconds=100, absolute_seconds=300)
GRACE = RefreshPolicy(idle_seconds=100, absolute_seconds=300, grace_seconds=10)
ADA = "ada@example.org"


class Base(DeclarativeBase):
    pass


class SessionRow(RefreshSessionMixin, Base):
    pass


class Revocation(RevocationMixin, Base):
    pass


async def sql_store(url: str) -> AsyncIterator[SQLAlchemySessionStore]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield SQLAlchemySessionStore(
        engine, SessionRow, Revocation, timeout_seconds=20, monotonic=lambda: 0.0
    )
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    await engine.dispose()


async def redis_store(url: str, *, decode: bool) -> AsyncIterator[RedisSessionStore]:
    pool = BlockingConnectionPool.from_url(url, decode_responses=decode, max_connections=20)
    async with Redis.from_pool(pool) as client:
        await client.flushall()
        yield RedisSessionStore(client, timeout_seconds=10, monotonic=lambda: 0.0)


@pytest.fixture(params=["memory", "redis", "redis-decoding", "cluster", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SessionStore]:
    match request.param:
        case "memory":
            yield MemorySessionStore()
        case "sqlite":
            # As patient as the store: 200 writers wait for one lock, on a machine that may be busy.
            async for store in sql_store(f"sqlite+aiosqlite:///{tmp_path}/test.db?timeout=20"):
                yield store
        case "postgresql":
            async for store in sql_store(request.getfixturevalue("postgresql_url")):
                yield store
        case "cluster":
            port: int = request.getfixturevalue("redis_cluster_port")
            async with RedisCluster("127.0.0.1", port, max_connections=300) as client:
                await client.flushall()
                yield RedisSessionStore(client, timeout_seconds=10, monotonic=lambda: 0.0)
        case kind:
            url = request.getfixturevalue("redis_url")
            async for store in redis_store(url, decode=kind == "redis-decoding"):
                yield store


class Login:
    """A session, and the tokens that its client has had."""

    def __init__(self, store: SessionStore, session: RefreshSession, digest: bytes) -> None:
        self.store = store
        self.session = session
        self.digests = [digest]

    @property
    def sid(self) -> str:
        return self.session.sid

    async def use(
        self, digest: bytes | None = None, *, at: float = 0, policy: RefreshPolicy = POLICY
    ) -> RefreshOutcome:
        """Exchange a token, by default the newest, *at* seconds after the login."""
        _, successor = new_token(self.sid)
        presented = self.digests[-1] if digest is None else digest
        outcome = await self.store.rotate(
            self.sid, presented, successor, now=NOW + at, policy=policy
        )
        if isinstance(outcome, RefreshRotated):
            self.digests.append(successor)
        return outcome

    async def is_denied(self, *, at: float = 0, jti: str = "j") -> bool:
        """Return whether an access token of the session is denied."""
        return await self.store.is_denied(
            self.session.subject,
            jti=jti,
            sid=self.sid,
            generation=self.session.generation,
            now=NOW + at,
        )


async def login(store: SessionStore, subject: str = ADA, *, at: float = 0, **data: object) -> Login:
    now, sid = NOW + at, new_sid(subject)
    generation = await store.generation(subject)
    session = RefreshSession(sid, subject, generation, now + POLICY.absolute_seconds, data)
    _, digest = new_token(sid)
    await store.open(session, digest, now=now, idle=POLICY.idle_seconds)
    return Login(store, session, digest)


async def test_a_token_is_exchanged_for_the_next(store: SessionStore) -> None:
    ada = await login(store, scope="a b", tenant={"id": 7})

    outcomes = [await ada.use(at=at) for at in (1, 2, 3)]

    assert outcomes == [RefreshRotated(ada.session)] * 3
    assert not await ada.is_denied()


async def test_a_token_of_no_session_is_unknown(store: SessionStore) -> None:
    ada = await login(store)
    nobody = Login(store, RefreshSession(new_sid(ADA), ADA, 0, NOW + 300), ada.digests[0])

    assert await nobody.use() == RefreshUnknown()
    assert await ada.use() == RefreshRotated(ada.session)


@pytest.mark.parametrize("used", [0, 1], ids=["before-the-previous", "previous"])
async def test_a_replay_ends_the_session(store: SessionStore, used: int) -> None:
    ada, other = await login(store), await login(store)
    await ada.use(at=1)
    await ada.use(at=2)

    assert await ada.use(ada.digests[used], at=3) == RefreshReused(ada.sid, ADA)

    assert await ada.use(at=4) == RefreshUnknown()
    assert await ada.use(ada.digests[0], at=4) == RefreshReused(ada.sid, ADA)
    assert await ada.is_denied(at=4)
    assert not await other.is_denied(at=4)
    assert await other.use(at=4) == RefreshRotated(other.session)


async def test_200_uses_of_one_token_give_one_successor(store: SessionStore) -> None:
    ada = await login(store)
    token = ada.digests[0]

    outcomes = await asyncio.gather(*(ada.use(token, at=1) for _ in range(200)))

    assert Counter(map(type, outcomes)) == {RefreshRotated: 1, RefreshReused: 199}
    assert await ada.use(ada.digests[1], at=2) == RefreshUnknown()


async def test_200_uses_within_the_grace_give_one_successor(store: SessionStore) -> None:
    ada = await login(store)
    token = ada.digests[0]

    outcomes = await asyncio.gather(*(ada.use(token, at=1, policy=GRACE) for _ in range(200)))

    assert Counter(map(type, outcomes)) == {RefreshRotated: 1, RefreshRetry: 199}
    assert await ada.use(at=2) == RefreshRotated(ada.session)


async def test_the_grace_is_for_the_previous_token_and_its_time(store: SessionStore) -> None:
    ada, bob = await login(store), await login(store, "bob")
    for one in (ada, bob):
        await one.use(at=1)
        await one.use(at=2)

    assert await ada.use(ada.digests[1], at=11.9, policy=GRACE) == RefreshRetry(ada.sid, ADA)
    assert await ada.use(ada.digests[0], at=11.9, policy=GRACE) == RefreshReused(ada.sid, ADA)
    assert await bob.use(bob.digests[1], at=12, policy=GRACE) == RefreshReused(bob.sid, "bob")


async def test_a_session_ends_when_it_is_idle(store: SessionStore) -> None:
    ada = await login(store)
    await ada.use(at=99)

    assert isinstance(await ada.use(at=198), RefreshRotated)
    assert await ada.use(at=298) == RefreshUnknown()


async def test_a_session_ends_however_it_is_used(store: SessionStore) -> None:
    ada = await login(store)
    for at in (90, 180, 270, 299):
        assert isinstance(await ada.use(at=at), RefreshRotated)

    assert await ada.use(at=300) == RefreshUnknown()


async def test_logging_out_ends_one_session(store: SessionStore) -> None:
    ada, other, bob = await login(store), await login(store), await login(store, "bob")
    await ada.use(at=1)
    assert not await ada.is_denied(at=1)

    await store.end(ada.sid, ADA, now=NOW + 2, until=NOW + 300)

    assert await ada.is_denied(at=2)
    assert await ada.use(at=3) == RefreshUnknown()
    assert not await other.is_denied(at=2)
    assert not await bob.is_denied(at=2)
    assert await other.use(at=3) == RefreshRotated(other.session)


async def test_a_replay_after_logging_out_is_still_found(store: SessionStore) -> None:
    ada = await login(store)
    await ada.use(at=1)
    await store.end(ada.sid, ADA, now=NOW + 2, until=NOW + 300)
    await store.end(ada.sid, ADA, now=NOW + 2, until=NOW + 300)

    assert await ada.use(ada.digests[0], at=3) == RefreshReused(ada.sid, ADA)


async def test_a_session_that_was_not_opened_here_is_ended_too(store: SessionStore) -> None:
    for sid in ("elsewhere", "s" * 1000):
        await store.end(sid, ADA, now=NOW, until=NOW + 300)

        assert await store.is_denied(ADA, jti="j", sid=sid, generation=0, now=NOW)
        assert not await store.is_denied("bob", jti="k", sid=sid, generation=0, now=NOW)


async def test_nobody_ends_the_session_of_another(store: SessionStore) -> None:
    ada = await login(store)

    await store.end(ada.sid, "mallory", now=NOW, until=NOW + 300)

    assert not await ada.is_denied()
    assert await ada.use() == RefreshRotated(ada.session)


async def test_logging_out_everywhere_ends_what_was_before(store: SessionStore) -> None:
    ada, other, bob = await login(store), await login(store), await login(store, "bob")
    assert not await ada.is_denied()

    await store.end_all(ADA, now=NOW)

    assert await ada.is_denied()
    assert await other.is_denied(jti="k")
    assert await ada.use() == RefreshUnknown()
    assert await other.use() == RefreshUnknown()
    assert not await bob.is_denied(jti="b")
    assert await bob.use() == RefreshRotated(bob.session)


async def test_a_login_at_the_time_of_logging_out_everywhere_works(store: SessionStore) -> None:
    await store.end_all(ADA, now=NOW)

    ada = await login(store)

    assert not await ada.is_denied()
    assert await ada.use() == RefreshRotated(ada.session)


async def test_a_replay_after_logging_out_everywhere_is_still_found(store: SessionStore) -> None:
    ada = await login(store)
    await ada.use(at=1)
    await store.end_all(ADA, now=NOW + 2)

    assert await ada.use(ada.digests[0], at=3, policy=GRACE) == RefreshReused(ada.sid, ADA)


async def test_generations_only_rise(store: SessionStore) -> None:
    generations = [await store.end_all(ADA, now=NOW + at) for at in (0, 0, -60, 60)]

    assert generations == sorted(set(generations))
    assert await store.generation(ADA) == generations[-1]
    assert await store.generation("bob") == 0


async def test_a_session_opened_while_logging_out_everywhere_is_over(store: SessionStore) -> None:
    generation = await store.generation(ADA)
    await store.end_all(ADA, now=NOW)
    session = RefreshSession(new_sid(ADA), ADA, generation, NOW + 300)
    _, digest = new_token(session.sid)
    await store.open(session, digest, now=NOW, idle=100)
    late = Login(store, session, digest)

    assert await late.use() == RefreshUnknown()
    assert await late.is_denied()


async def test_an_access_token_is_denied_alone(store: SessionStore) -> None:
    ada = await login(store)
    assert not await ada.is_denied(jti="first")

    await store.deny("first", ADA, now=NOW, until=NOW + 60)

    assert await ada.is_denied(jti="first")
    assert not await ada.is_denied(jti="second")
    assert not await store.is_denied("bob", jti="first", sid=None, generation=0, now=NOW)


async def test_the_subject_of_a_token_is_found(store: SessionStore) -> None:
    ada = await login(store)
    await ada.use(at=1)
    await ada.use(at=2)
    oldest, previous, current = ada.digests

    found = [
        await store.subject_of(ada.sid, digest, now=NOW + 3)
        for digest in (oldest, previous, current, bytes(32))
    ]

    assert found == [None, ADA, ADA, None]
    assert await store.subject_of(new_sid(ADA), current, now=NOW + 3) is None
