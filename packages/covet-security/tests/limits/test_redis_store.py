"""Real Redis: exact for all processes together, through kills, restarts and refusals."""

import asyncio
import signal
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from redis import Redis as SyncRedis
from redis.asyncio import Redis, RedisCluster

from covet_security import ConfigError, RateLimiter, RateLimitPolicy, StoreUnavailableError
from covet_security.limits import policy_set
from covet_security.redis import RedisRateLimitStore
from covet_security.redis import _limits as redis_limits
from covet_security.redis._script import Script

pytestmark = pytest.mark.anyio

Server = Any

HAMMER = Path(__file__).with_name("hammer.py")
SKEWS = ["-0.9", "-0.3", "0.3", "0.9"]  # seconds
RUNS = [(100, 0.2), (10, 0.1), (37, 0.3), (256, 0.2), (1, 0.05)] * 2


def script() -> str:
    return resources.files("covet_security.redis").joinpath("limits.lua").read_text("utf-8")


def ideal(attempts: list[int], limit: int, window: int) -> list[int]:
    """Return which of the *attempts* are admitted by the definition of the limit."""
    admitted: list[int] = []
    for at in attempts:
        if len(admitted) < limit or admitted[-limit] + window <= at:
            admitted.append(at)
    return admitted


def test_two_hundred_clients_with_wrong_clocks_get_exactly_the_limit(redis_server: Server) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, HAMMER, redis_server.url, skew],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for skew in SKEWS
    ]

    for run, (limit, window) in enumerate(RUNS):
        redis_server.client.delete("audit")
        for process in processes:
            process.stdin.write(f"run{run} {limit} {window}\n")
        for process in processes:
            assert process.stdout.readline() == f"run{run}\n"
        lines = [line.split() for line in redis_server.client.lrange("audit", 0, -1)]
        attempts = [int(at) for at, _ in lines]
        admitted = [int(at) for at, is_admitted in lines if is_admitted == b"1"]
        window_us = round(window * 1_000_000)

        assert len(attempts) > limit
        assert all(
            later - earlier >= window_us
            for earlier, later in zip(admitted, admitted[limit:], strict=False)
        )
        assert admitted == ideal(attempts, limit, window_us)

    for process in processes:
        process.communicate(timeout=30)
        assert process.returncode == 0


async def test_many_clients_at_once_never_pass_a_ring(redis_server: Server) -> None:
    limiter = RateLimiter(redis_server.url, timeout_seconds=30)

    decisions = await asyncio.gather(
        *(limiter.check_rate_limit("ada", "r", 1000, cost=3) for _ in range(400))
    )

    assert sum(map(bool, decisions)) == 333
    await limiter.aclose()


async def test_a_flood_of_checks_does_not_pass_for_an_outage(redis_server: Server) -> None:
    limiter = RateLimiter(redis_server.url)

    decisions = await asyncio.gather(
        *(limiter.check_rate_limit(f"user {number % 7}", "r", 100) for number in range(1000))
    )

    assert {one.source for one in decisions} == {"redis"}
    assert sum(map(bool, decisions)) == 700
    await limiter.aclose()


async def test_a_redis_that_is_killed_and_restarted_under_load_costs_no_error(
    redis_server: Server,
) -> None:
    limiter = RateLimiter(redis_server.url)
    policy = RateLimitPolicy(50, 1)
    seen: list[tuple[float, str, bool]] = []
    is_over = asyncio.Event()

    async def load() -> None:
        while not is_over.is_set():
            decision = await limiter.check_rate_limit("ada", "r", policy)
            seen.append((time.monotonic(), decision.source, decision.allowed))
            await asyncio.sleep(0.002)

    async def until(source: str) -> float:
        while not (seen and seen[-1][1] == source):
            await asyncio.sleep(0.005)
        return time.monotonic()

    clients = [asyncio.create_task(load()) for _ in range(20)]
    async with asyncio.timeout(30):
        await until("redis")
        await asyncio.to_thread(redis_server.kill)
        await until("local")
        await asyncio.sleep(0.3)  # an outage has a duration
        await asyncio.to_thread(redis_server.start)
        restarted_at = time.monotonic()
        back_at = await until("redis")
        await asyncio.sleep(0.3)  # in which no connection of before does harm
    is_over.set()
    await asyncio.gather(*clients)
    await limiter.aclose()

    admitted = [at for at, source, allowed in seen if allowed and source == "local"]
    assert back_at - restarted_at < 0.5
    assert {source for _, source, _ in seen} == {"redis", "local"}
    assert {source for at, source, _ in seen if at > back_at} == {"redis"}
    assert all(
        later - earlier > 0.95 for earlier, later in zip(admitted, admitted[50:], strict=False)
    )


async def test_a_frozen_redis_is_not_waited_for(redis_server: Server) -> None:
    limiter = RateLimiter(redis_server.url)
    await limiter.check_rate_limit("ada", "r", 5)
    redis_server.signal(signal.SIGSTOP)

    decisions = [await limiter.check_rate_limit("ada", "r", 5) for _ in range(3)]
    redis_server.signal(signal.SIGCONT)

    assert {one.source for one in decisions} == {"local"}
    await limiter.aclose()


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"maxmemory": "1"}, id="full"),
        pytest.param({"requirepass": "other"}, id="password"),
        pytest.param({"replicaof": "127.0.0.1 1"}, id="read-only-replica"),
    ],
)
async def test_a_redis_that_refuses_is_one_that_does_not_answer(
    redis_server: Server, settings: dict[str, str]
) -> None:
    for name, value in settings.items():
        if name == "replicaof":
            redis_server.client.execute_command("REPLICAOF", *value.split())
        else:
            redis_server.client.config_set(name, value)
    limiter = RateLimiter(redis_server.url)

    decision = await limiter.check_rate_limit("ada", "r", 5)

    assert (decision.source, decision.allowed) == ("local", True)
    await limiter.aclose()


async def test_a_redis_that_lost_its_scripts_is_sent_them_again(redis_server: Server) -> None:
    limiter = RateLimiter(redis_server.url)
    await limiter.check_rate_limit("ada", "r", 2)
    redis_server.client.script_flush()

    decisions = [await limiter.check_rate_limit("ada", "r", 2) for _ in range(2)]

    assert [(one.source, one.allowed) for one in decisions] == [("redis", True), ("redis", False)]
    await limiter.aclose()


@pytest.mark.parametrize(
    ("limit", "cost", "max_bytes"), [(100, 1, 1250), (256, 1, 3300), (100_000, 500, 944)]
)
async def test_an_identity_takes_little_room_and_goes_when_its_window_is_over(
    redis_server: Server, limit: int, cost: int, max_bytes: int
) -> None:
    limiter = RateLimiter(redis_server.url)
    for _ in range(256):
        await limiter.check_rate_limit("ada", "GET /items/{id}", limit, 60, cost)

    (key,) = redis_server.client.keys("*")

    assert redis_server.client.memory_usage(key) <= max_bytes
    assert 59_000 <= redis_server.client.pttl(key) <= 61_100
    assert b"ada" not in key
    await limiter.aclose()


async def test_all_of_a_log_that_is_over_makes_room_at_once(redis_server: Server) -> None:
    limiter = RateLimiter(redis_server.url, timeout_seconds=10)
    await limiter.check_rate_limit("ada", "r", 200, 0.05, cost=150)
    (key,) = redis_server.client.keys("*")
    redis_server.client.persist(key)
    while (await limiter.peek("ada", "r", 200, 0.05)).remaining < 200:
        pass

    assert await limiter.check_rate_limit("ada", "r", 200, 0.05, cost=200)
    await limiter.aclose()


@pytest.mark.parametrize("limit", [5, 500])
async def test_a_clock_that_goes_back_admits_no_more(
    redis_server: Server, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = "{redis.call('GET', 'seconds'), 0}"
    text = script().replace("redis.call('TIME')", clock)
    monkeypatch.setattr(redis_limits, "_SCRIPT", Script(text))
    limiter = RateLimiter(redis_server.url)
    redis_server.client.set("seconds", 1_800_000_000)
    first = await limiter.check_rate_limit("ada", "r", limit, cost=limit)
    redis_server.client.set("seconds", 1_800_000_000 - 3600)

    decision = await limiter.check_rate_limit("ada", "r", limit)

    assert first
    assert not decision
    assert 60 <= decision.retry_after <= 61
    await limiter.aclose()


async def test_in_a_cluster_the_keys_of_a_decision_stay_together(cluster: list[Server]) -> None:
    client = RedisCluster(host="127.0.0.1", port=cluster[0].port)
    by_client = RateLimiter(client, timeout_seconds=10)
    by_url = RateLimiter(cluster[1].url.replace("redis://", "redis+cluster://"), timeout_seconds=10)

    for number in range(30):
        who = f"user {number}"
        decisions = [
            await limiter.check_rate_limit(who, "r", ["2/m", "300/h"])
            for limiter in (by_client, by_url, by_client)
        ]
        assert [bool(one) for one in decisions] == [True, True, False]
        assert {one.source for one in decisions} == {"redis"}

    counts = [len(node.client.keys("rl:*")) for node in cluster]
    assert sum(counts) == 60
    assert all(counts)
    await by_url.aclose()
    await client.aclose()


async def test_a_cluster_that_is_gone_costs_no_error(tmp_path: Any) -> None:
    limiter = RateLimiter("redis+cluster://127.0.0.1:1")

    decision = await limiter.check_rate_limit("ada", "r", 5)

    assert decision.source == "local"
    await limiter.aclose()


async def test_a_client_that_was_given_stays_open(redis_server: Server) -> None:
    client = Redis.from_url(redis_server.url)
    limiter = RateLimiter(client)
    await limiter.check_rate_limit("ada", "r", 5)
    await limiter.aclose()

    assert await client.ping()
    await client.aclose()


async def test_a_store_says_that_redis_is_away(redis_server: Server) -> None:
    store = RedisRateLimitStore(redis_server.url)
    redis_server.kill()

    with pytest.raises(StoreUnavailableError):
        await store.hit("r", "ada", policy_set(5), 1, counts=True)

    await store.aclose()


@pytest.mark.parametrize("url", ["http://:secret@db", "db:6379", ""])
async def test_a_url_that_is_not_understood_is_a_configuration_error_without_its_password(
    url: str,
) -> None:
    with pytest.raises(ConfigError) as caught:
        RateLimiter(url)

    assert "secret" not in str(caught.value)


async def test_a_client_that_blocks_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="is not a client of"):
        RateLimiter(SyncRedis())  # type: ignore[arg-type]


async def test_a_prefix_with_a_tag_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="braces"):
        RedisRateLimitStore("redis://localhost", prefix="{a}")


def test_the_ideal_is_what_its_name_says() -> None:
    assert ideal(list(range(10)), limit=2, window=4) == [0, 1, 4, 5, 8, 9]
