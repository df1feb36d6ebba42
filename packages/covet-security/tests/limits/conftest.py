"""A clock that memory and Redis share, and Redis servers that tests may kill."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from importlib import resources
from pathlib import Path

import pytest
from redis import Redis as SyncRedis
from redis.asyncio import Redis
from redis.exceptions import RedisError

from covet_security import MemoryRateLimitStore, RateLimiter
from covet_security.redis import RedisRateLimitStore
from covet_security.redis import _limits as redis_limits
from covet_security.redis._script import Script

START = 1_800_000_000_000_000  # microseconds


class Clock:
    """The time that stores read, moved by hand."""

    def __init__(self) -> None:
        self.now_us = START

    def __call__(self) -> float:
        return self.now_us / 1_000_000

    def ns(self) -> int:
        return self.now_us * 1000

    def advance(self, seconds: float) -> None:
        self.now_us += round(seconds * 1_000_000)


class ClockedRedisStore(RedisRateLimitStore):
    """The store in Redis, whose script reads the time of a test from a key."""

    def __init__(self, client: Redis, clock: Clock) -> None:
        super().__init__(client)
        self.clock = clock

    async def hit(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        seconds, microseconds = divmod(self.clock.now_us, 1_000_000)
        await self._client.delete("clock")
        await self._client.rpush("clock", seconds, microseconds)
        return await super().hit(*args, **kwargs)  # type: ignore[arg-type]


@pytest.fixture
def us_clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "redis"])
async def limiter(
    request: pytest.FixtureRequest, us_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RateLimiter]:
    """A limiter that counts in memory or in Redis, by the time of the test."""
    if request.param == "memory":
        yield RateLimiter(MemoryRateLimitStore(clock_ns=us_clock.ns))
        return
    url: str = request.getfixturevalue("redis_url")
    client = Redis.from_url(url)
    await client.flushall()
    text = resources.files("covet_security.redis").joinpath("limits.lua").read_text("utf-8")
    clocked = text.replace("redis.call('TIME')", "redis.call('LRANGE', 'clock', 0, 1)")
    assert clocked != text
    monkeypatch.setattr(redis_limits, "_SCRIPT", Script(clocked))
    yield RateLimiter(ClockedRedisStore(client, us_clock), timeout_seconds=10)
    await client.aclose()


def free_port() -> int:
    """Return a free port below 55536, so that the port of the cluster's bus, 10000 up, exists."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            if (port := int(probe.getsockname()[1])) < 55_536:
                return port


class Server:
    """A Redis of a test's own."""

    def __init__(self, folder: Path, *options: str) -> None:
        path = shutil.which("redis-server")
        if path is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("redis-server is not installed")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._command = [path, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._command += options
        self.start()

    def start(self) -> None:
        with (self._folder / f"{self.port}.log").open("a") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self._command, cwd=self._folder, stdout=log, stderr=log
            )
        self.client = SyncRedis(port=self.port)
        deadline = time.monotonic() + 10
        while not self.answers():
            assert time.monotonic() < deadline, "Redis does not start"
            time.sleep(0.01)  # asking a process that is not ours to wait for

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except RedisError:
            return False

    def is_in_whole_cluster(self) -> bool:
        info = self.client.execute_command("CLUSTER INFO")
        return info["cluster_state"] == "ok" and info["cluster_known_nodes"] == "3"

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self.client.close()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Three nodes of a Redis Cluster, a third of the slots each."""
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        nodes: list[Server] = []
        for number in range(3):
            own = folder / str(number)
            own.mkdir()
            nodes.append(Server(own, "--cluster-enabled", "yes"))
            stack.callback(nodes[-1].kill)
        shares = [(0, 5460), (5461, 10922), (10923, 16383)]
        for node, share in zip(nodes, shares, strict=True):
            node.client.execute_command("CLUSTER ADDSLOTSRANGE", *share)
            node.client.execute_command("CLUSTER MEET", "127.0.0.1", nodes[0].port)
        deadline = time.monotonic() + 30
        while not all(node.is_in_whole_cluster() for node in nodes):
            assert time.monotonic() < deadline, "the cluster does not form"
            time.sleep(0.05)  # the nodes gossip in their own time
        yield nodes
