"""What a distant store said of tokens is remembered for seconds, and never against a revocation."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from redis.asyncio import Redis, RedisCluster
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase

from covet_security import ConfigError, RefreshSession, SessionStore, StoreUnavailableError
from covet_security._denial_cache import DenialCache
from covet_security.redis import RedisSessionStore
from covet_security.refresh import new_sid, new_token
from covet_security.sqlalchemy import (
    RefreshSessionMixin,
    RevocationMixin,
    SQLAlchemySessionStore,
)
from covet_security.sqlalchemy._connection import answering

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000.0


class Base(DeclarativeBase):
    pass


class Sessions(RefreshSessionMixin, Base):
    pass


class Revocations(RevocationMixin, Base):
    pass


Stores = Callable[[], SessionStore]


@pytest.fixture(params=["redis", "sqlite"])
async def process(
    request: pytest.FixtureRequest, tmp_path: Any, clock: Any
) -> AsyncIterator[Stores]:
    """Makes the store of one more process, all on one server."""
    if request.param == "redis":
        async with Redis.from_url(request.getfixturevalue("redis_url")) as client:
            await client.flushall()
            yield lambda: RedisSessionStore(client, monotonic=clock)
    else:
        engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/test.db")
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield lambda: SQLAlchemySessionStore(engine, Sessions, Revocations, monotonic=clock)
        await engine.dispose()


async def denied(store: SessionStore, *, sid: str | None = None) -> bool:
    return await store.is_denied("ada", jti="j", sid=sid, generation=0, now=NOW)


async def end_token(store: SessionStore) -> None:
    await store.deny("j", "ada", now=NOW, until=NOW + 60)


async def end_session(store: SessionStore) -> None:
    await store.end("s", "ada", now=NOW, until=NOW + 60)


async def end_all(store: SessionStore) -> None:
    await store.end_all("ada", now=NOW)


@pytest.mark.parametrize("end", [end_token, end_session, end_all])
async def test_another_process_notices_within_five_seconds(
    process: Stores, clock: Any, end: Any
) -> None:
    here, there = process(), process()
    assert not await denied(here, sid="s")
    assert not await denied(there, sid="s")

    await end(here)

    assert await denied(here, sid="s")
    clock.now += 4.9
    assert not await denied(there, sid="s")
    clock.now += 0.1
    assert await denied(there, sid="s")


async def test_a_replay_is_noticed_at_once(process: Stores) -> None:
    from covet_security import RefreshPolicy

    store, sid = process(), new_sid("ada")
    _, digest = new_token(sid)
    await store.open(RefreshSession(sid, "ada", 0, NOW + 300), digest, now=NOW, idle=100)
    assert not await denied(store, sid=sid)

    for _ in range(2):
        await store.rotate(sid, digest, bytes(32), now=NOW, policy=RefreshPolicy())

    assert await denied(store, sid=sid)


async def test_what_is_over_is_deleted(tmp_path: Any) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/test.db")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    store = SQLAlchemySessionStore(engine, Sessions, Revocations)
    for ends in (10, 20):
        sid = new_sid("ada")
        session = RefreshSession(sid, "ada", 0, NOW + ends)
        await store.open(session, bytes(32), now=NOW, idle=100)
        await store.deny(sid, "ada", now=NOW, until=NOW + ends)
    await store.end_all("ada", now=NOW)

    deleted = [await store.purge(now=NOW + at) for at in (9, 10, 11)]

    assert deleted == [0, 2, 0]
    await store.deny("old", "ada", now=0, until=1)
    assert await store.purge() == 1
    assert await store.generation("ada") > 0
    await engine.dispose()


@pytest.mark.parametrize("seconds", [-1, 5.1])
def test_the_time_is_bounded(seconds: float) -> None:
    with pytest.raises(ConfigError, match="Use 0 to 5"):
        DenialCache(seconds)


def test_what_was_asked_before_a_revocation_is_not_remembered() -> None:
    cache = DenialCache(5)
    ticket = cache.ticket()

    cache.forget()
    cache.remember("j", ticket, now=0)

    assert not cache.knows("j", now=0)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("covet_security._denial_cache._MAX_ENTRIES", 3)
    cache = DenialCache(5)

    for number in range(10):
        cache.remember(str(number), cache.ticket(), now=0)

    assert len(cache._until) <= 3
    assert cache.knows("9", now=0)


# Servers that do not answer


async def test_a_redis_that_is_gone_is_unavailable() -> None:
    async with Redis(port=1, retry=None) as client:
        store = RedisSessionStore(client)

        with pytest.raises(StoreUnavailableError, match="sessions does not answer"):
            await denied(store)
        with pytest.raises(StoreUnavailableError):
            await end_token(store)


async def test_a_cluster_that_is_gone_is_unavailable() -> None:
    client = RedisCluster("127.0.0.1", 1)

    with pytest.raises(StoreUnavailableError, match="sessions does not answer"):
        await denied(RedisSessionStore(client))
    await client.aclose()


async def test_a_redis_that_is_silent_is_unavailable() -> None:
    import asyncio

    async def never(reader: Any, writer: Any) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Redis(port=port, retry=None) as client:
        store = RedisSessionStore(client, timeout_seconds=0.05)

        with pytest.raises(StoreUnavailableError, match="TimeoutError"):
            await denied(store)


async def test_a_redis_that_was_flushed_is_sent_its_scripts_again(redis_url: str) -> None:
    from covet_security import RefreshPolicy, RefreshUnknown

    async with Redis.from_url(redis_url) as client:
        store = RedisSessionStore(client)
        for _ in range(2):
            await client.flushall()
            await client.script_flush()

            outcome = await store.rotate(
                new_sid("ada"), bytes(32), bytes(32), now=NOW, policy=RefreshPolicy()
            )

            assert outcome == RefreshUnknown()


async def test_a_missing_table_is_no_outage(tmp_path: Any) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/empty.db")

    with pytest.raises(OperationalError, match="no such table"):
        await denied(SQLAlchemySessionStore(engine, Sessions, Revocations))
    await engine.dispose()


class DriverError(Exception):
    """What a driver for PostgreSQL says."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "is_lost", "expected"),
    [
        pytest.param("57P03", False, StoreUnavailableError, id="it-starts"),
        pytest.param("53300", False, StoreUnavailableError, id="too-many-connections"),
        pytest.param("08006", False, StoreUnavailableError, id="connection-failure"),
        pytest.param(None, True, StoreUnavailableError, id="killed"),
        pytest.param("42501", False, DBAPIError, id="no-privilege"),
    ],
)
async def test_a_database_at_fault_is_unavailable(
    state: str | None, is_lost: bool, expected: type[Exception]
) -> None:
    with pytest.raises(expected):
        async with answering("sessions", timeout_seconds=1):
            raise DBAPIError("SELECT 1", {}, DriverError(state), connection_invalidated=is_lost)


async def test_a_database_that_is_gone_is_unavailable() -> None:
    engine = create_async_engine("postgresql+asyncpg://covet@127.0.0.1:1/none")
    store = SQLAlchemySessionStore(engine, Sessions, Revocations)

    with pytest.raises(StoreUnavailableError, match="sessions does not answer"):
        await denied(store)
    await engine.dispose()
