"""The limiter decides on, whatever happens to its store, as each policy says."""

import asyncio
import logging
from typing import Any, Literal

import pytest

from covet_security import ConfigError, RateLimiter, RateLimitPolicy, StoreUnavailableError
from covet_security.limits import MemoryRateLimitStore, PolicySet, Reading

pytestmark = pytest.mark.anyio

LOCAL = RateLimitPolicy(2, 60, name="local")
CLOSED = RateLimitPolicy(2, 60, name="closed", outage="closed")
OPEN = RateLimitPolicy(2, 60, name="open", outage="open")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class FlakyStore(MemoryRateLimitStore):
    """A shared store that answers, fails, or keeps silent, as it is told."""

    source: Literal["redis"] = "redis"  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.mood: Literal["well", "failing", "silent"] = "well"
        self.calls = 0
        self.is_closed = False

    async def hit(self, *args: Any, **kwargs: Any) -> tuple[Reading, ...]:
        self.calls += 1
        if self.mood == "failing":
            raise StoreUnavailableError("gone") from ConnectionRefusedError("redis://:secret@db")
        if self.mood == "silent":
            await asyncio.get_running_loop().create_future()
        return await super().hit(*args, **kwargs)

    async def aclose(self) -> None:
        self.is_closed = True


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> FlakyStore:
    return FlakyStore()


@pytest.fixture
def changes() -> list[bool]:
    return []


@pytest.fixture
def limiter(store: FlakyStore, clock: Clock, changes: list[bool]) -> RateLimiter:
    return RateLimiter(
        store, clock=clock, retry_seconds=0.5, timeout_seconds=0.01, on_outage=changes.append
    )


async def ask(limiter: RateLimiter, limit: Any = LOCAL) -> Any:
    return await limiter.check_rate_limit("ada", "r", limit)


async def test_without_a_store_it_counts_in_memory() -> None:
    limiter = RateLimiter()

    decisions = [await ask(limiter) for _ in range(3)]

    assert [bool(one) for one in decisions] == [True, True, False]
    assert {one.source for one in decisions} == {"memory"}
    assert not limiter.is_shared
    await limiter.aclose()


async def test_a_store_that_fails_leaves_it_to_this_process(
    limiter: RateLimiter, store: FlakyStore
) -> None:
    store.mood = "failing"

    decisions = [await ask(limiter) for _ in range(3)]

    assert [bool(one) for one in decisions] == [True, True, False]
    assert {one.source for one in decisions} == {"local"}
    assert all(one.is_degraded for one in decisions)
    assert store.calls == 1


async def test_a_closed_policy_refuses_while_the_store_is_away(
    limiter: RateLimiter, store: FlakyStore
) -> None:
    store.mood = "failing"

    decision = await ask(limiter, [LOCAL, CLOSED])

    assert not decision
    assert (decision.source, decision.policy) == ("closed", CLOSED)
    assert decision.retry_after == 0.5


async def test_an_open_policy_admits_while_the_store_is_away(
    limiter: RateLimiter, store: FlakyStore
) -> None:
    store.mood = "failing"

    decisions = [await ask(limiter, OPEN) for _ in range(5)]

    assert all(decisions)
    assert {one.source for one in decisions} == {"open"}


async def test_beside_an_open_policy_a_local_one_still_holds(
    limiter: RateLimiter, store: FlakyStore
) -> None:
    store.mood = "failing"

    decisions = [await ask(limiter, [OPEN, LOCAL]) for _ in range(3)]

    assert [bool(one) for one in decisions] == [True, True, False]
    assert decisions[2].policy is LOCAL


async def test_a_silent_store_is_not_waited_for(limiter: RateLimiter, store: FlakyStore) -> None:
    await ask(limiter)  # it has answered once, so connections are open
    store.mood = "silent"

    decision = await ask(limiter)

    assert decision.source == "local"
    assert limiter.is_degraded


async def trial(limiter: RateLimiter) -> None:
    """Wait for what was begun in the background."""
    assert limiter._trial is not None
    await asyncio.wait([limiter._trial])


async def test_a_store_that_is_back_is_used_again_without_a_restart(
    limiter: RateLimiter, store: FlakyStore, clock: Clock
) -> None:
    store.mood = "failing"
    await ask(limiter)
    store.mood = "well"

    early = await ask(limiter)
    clock.now += 0.5
    trying = await ask(limiter)
    await trial(limiter)
    later = await ask(limiter)

    assert [early.source, trying.source, later.source] == ["local", "local", "redis"]
    assert not limiter.is_degraded


async def test_one_call_alone_tries_a_store_that_was_away_and_nobody_waits_for_it(
    limiter: RateLimiter, store: FlakyStore, clock: Clock
) -> None:
    store.mood = "failing"
    await ask(limiter)
    store.mood = "silent"
    clock.now += 0.5
    before = store.calls

    decisions = await asyncio.gather(*(ask(limiter) for _ in range(20)))
    await asyncio.sleep(0)

    assert store.calls == before + 1
    assert {one.source for one in decisions} == {"local"}
    await limiter.aclose()


async def test_who_waits_for_a_turn_does_not_wait_for_a_silent_store(
    limiter: RateLimiter, store: FlakyStore
) -> None:
    await ask(limiter)
    store.mood = "silent"

    decisions = await asyncio.gather(*(ask(limiter) for _ in range(50)))

    assert store.calls == 1 + 8
    assert {one.source for one in decisions} == {"local"}


async def test_a_store_that_is_still_away_is_left_alone_as_long_again(
    limiter: RateLimiter, store: FlakyStore, clock: Clock, changes: list[bool]
) -> None:
    store.mood = "failing"
    for _ in range(3):
        await ask(limiter)
        clock.now += 0.5
        await ask(limiter)
        await trial(limiter)

    assert store.calls == 4
    assert changes == [True]


async def test_a_trial_that_is_cancelled_leaves_it_to_the_next(
    limiter: RateLimiter, store: FlakyStore, clock: Clock
) -> None:
    store.mood = "failing"
    await ask(limiter)
    clock.now += 0.5
    store.mood = "silent"
    await ask(limiter)
    await asyncio.sleep(0)
    await limiter.aclose()
    store.mood = "well"
    await ask(limiter)
    await trial(limiter)

    assert (await ask(limiter)).source == "redis"


async def test_calls_that_were_under_way_do_not_end_an_outage(
    store: FlakyStore, clock: Clock, changes: list[bool]
) -> None:
    limiter = RateLimiter(store, clock=clock, retry_seconds=0.5, on_outage=changes.append)
    release, answer = asyncio.Event(), store.hit

    async def slow(*args: Any, **kwargs: Any) -> tuple[Reading, ...]:
        mood = store.mood
        await release.wait()
        if mood == "failing":
            raise StoreUnavailableError("gone")
        return await answer(*args, **kwargs)

    store.hit = slow  # type: ignore[method-assign]
    under_way: list[asyncio.Task[Any]] = []
    for mood in ("failing", "failing", "well"):
        store.mood = mood  # type: ignore[assignment]
        under_way.append(asyncio.create_task(ask(limiter)))
        await asyncio.sleep(0)
    release.set()
    decisions = await asyncio.gather(*under_way)

    assert [one.source for one in decisions] == ["local", "local", "redis"]
    assert changes == [True]
    assert limiter.is_degraded


async def test_each_change_is_logged_once_and_tells_no_secret(
    limiter: RateLimiter,
    store: FlakyStore,
    clock: Clock,
    changes: list[bool],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for mood in ("failing", "failing", "well", "well"):
        store.mood = mood  # type: ignore[assignment]
        clock.now += 1
        await ask(limiter)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await ask(limiter)

    assert [record.getMessage() for record in caplog.records] == [
        "The store of rate limits does not answer (ConnectionRefusedError): "
        "each policy's outage mode applies.",
        "The store of rate limits answers again, after 2.0 s.",
    ]
    assert changes == [True, False]


async def test_an_outage_without_a_listener_is_logged_all_the_same(
    store: FlakyStore, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    limiter = RateLimiter(store, clock=clock, retry_seconds=0.5)
    for mood in ("failing", "well"):
        store.mood = mood  # type: ignore[assignment]
        clock.now += 1
        await ask(limiter)
    await trial(limiter)

    assert len(caplog.records) == 2


async def test_an_error_of_a_program_is_no_outage(
    limiter: RateLimiter, store: FlakyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*args: object, **kwargs: object) -> tuple[Reading, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "hit", broken)

    with pytest.raises(ZeroDivisionError):
        await ask(limiter)

    assert not limiter.is_degraded


async def test_only_what_needs_no_waiting_is_decided_at_once(store: FlakyStore) -> None:
    policies = PolicySet((LOCAL,))

    assert RateLimiter(store).decide_now("ada", "r", policies, 1) is None
    assert RateLimiter().decide_now("ada", "r", policies, 1)


async def test_the_wait_for_a_limit_is_remembered_for_the_latest_routes_only() -> None:
    limiter = RateLimiter()
    for number in range(5000):
        await limiter.check_rate_limit("ada", f"r{number}", 1)

    assert await limiter.get_retry_after("ada", "r4999") > 0
    assert await limiter.get_retry_after("ada", "r0") == 0


async def test_closing_it_closes_the_store(limiter: RateLimiter, store: FlakyStore) -> None:
    await limiter.aclose()

    assert store.is_closed
    assert limiter.is_shared


@pytest.mark.parametrize(("workers", "lines"), [("4", 1), ("1", 0), ("many", 0)])
async def test_many_workers_without_a_store_are_warned_of(
    workers: str, lines: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", workers)

    RateLimiter()

    assert len(caplog.records) == lines


async def test_it_counts_in_nothing_else() -> None:
    with pytest.raises(ConfigError, match="cannot count in 7"):
        RateLimiter(7)  # type: ignore[arg-type]
