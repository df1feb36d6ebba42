"""Changes reach every process, and a loss of messages is told of."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from redis.asyncio import Redis

from covet_security import ChangeFeed, MemoryChangeFeed
from covet_security.redis import RedisChangeFeed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def client(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture(params=["memory", "redis"])
async def feed(request: pytest.FixtureRequest, client: Redis) -> AsyncIterator[ChangeFeed]:
    if request.param == "memory":
        yield MemoryChangeFeed()
    else:
        async with RedisChangeFeed(client) as feed:
            yield feed


class Heard(list[str | None]):
    """What a listener was told; others can wait for it."""

    def __call__(self, message: str | None) -> None:
        self.append(message)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.001)  # for a server that is not ours to wait for


async def test_listeners_here_are_told_before_publishing_ends(feed: ChangeFeed) -> None:
    heard, other = Heard(), Heard()
    feed.subscribe("roles", heard)
    feed.subscribe("keys", other)

    await feed.publish("roles", "one")
    await feed.publish("nothing", "two")

    assert heard == ["one"]
    assert other == []
    assert feed.is_live


async def test_other_processes_are_told(client: Redis) -> None:
    heard = Heard()
    async with RedisChangeFeed(client) as here, RedisChangeFeed(client) as there:
        there.subscribe("roles", heard)

        for stray in ("", "[]", "{"):
            await client.publish("covet:changes", stray)
        await here.publish("roles", "π\n")
        await heard.until(lambda: bool(heard))

    assert heard == ["π\n"]
    assert not there.is_live


@pytest.mark.parametrize("decode", [True, False])
async def test_any_client_will_do(redis_url: str, decode: bool) -> None:
    heard = Heard()
    async with (
        Redis.from_url(redis_url, decode_responses=decode) as client,
        RedisChangeFeed(client) as there,
    ):
        there.subscribe("roles", heard)
        await RedisChangeFeed(client).publish("roles", "1")
        await heard.until(lambda: bool(heard))

    assert heard == ["1"]


async def test_a_lost_connection_is_told_of_and_made_again(client: Redis) -> None:
    heard = Heard()
    async with RedisChangeFeed(client) as feed:
        feed.subscribe("roles", heard)
        started = asyncio.get_running_loop().time()

        await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        await heard.until(lambda: bool(heard))
        took = asyncio.get_running_loop().time() - started
        await heard.until(lambda: feed.is_live)
        await RedisChangeFeed(client).publish("roles", "1")
        await heard.until(lambda: "1" in heard)

    assert heard[0] is None
    assert took < 1.5


async def test_without_redis_listeners_here_are_told(caplog: pytest.LogCaptureFixture) -> None:
    heard = Heard()
    async with Redis(port=1, retry=None) as client, RedisChangeFeed(client) as feed:
        feed.subscribe("roles", heard)

        await feed.publish("roles", "1")

        assert not feed.is_live
    assert heard == ["1"]
    assert "Changes are not heard of" in caplog.text
    assert "A change of roles is not told of" in caplog.text


class SilentPubSub:
    """A connection that was open and no longer says anything."""

    def __init__(self, messages: list[dict[str, object] | None]) -> None:
        self.messages = messages
        self.pings = 0

    async def __aenter__(self) -> "SilentPubSub":
        return self

    async def __aexit__(self, *error: object) -> None:
        pass

    async def subscribe(self, channel: str) -> None:
        pass

    async def get_message(self, timeout: float) -> dict[str, object] | None:
        if not self.messages:
            await asyncio.Event().wait()
        return self.messages.pop(0)

    async def ping(self) -> None:
        self.pings += 1


async def test_a_silent_connection_is_given_up() -> None:
    pong: dict[str, object] = {"type": "pong"}
    subscribed: dict[str, object] = {"type": "subscribe"}
    connections = [SilentPubSub([subscribed, None, pong, None, None]), SilentPubSub([subscribed])]
    made = iter(connections)
    heard = Heard()

    class Client:
        def pubsub(self) -> SilentPubSub:
            return next(made)

    feed = RedisChangeFeed(Client())  # type: ignore[arg-type]
    feed.subscribe("roles", heard)
    async with feed:
        await heard.until(lambda: len(heard) == 2)

    assert heard == [None, None]
    assert connections[0].pings == 2


async def test_a_listener_that_fails_does_not_end_the_feed(
    client: Redis, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("covet_security.redis._feed._RETRY_SECONDS", 0)
    heard = Heard()

    def fail(message: str | None) -> None:
        if message == "bad":
            raise ValueError

    async with RedisChangeFeed(client) as feed:
        for listener in (fail, heard):
            feed.subscribe("roles", listener)
        await RedisChangeFeed(client).publish("roles", "bad")
        await heard.until(lambda: heard == [None])  # it connected again
        await RedisChangeFeed(client).publish("roles", "good")
        await heard.until(lambda: heard == [None, "good"])

    assert "A change could not be handled" in caplog.text


async def test_that_redis_does_not_answer_is_logged_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = 0

    class Client:
        def pubsub(self) -> SilentPubSub:
            nonlocal attempts
            attempts += 1
            raise ConnectionError

    monkeypatch.setattr("covet_security.redis._feed._RETRY_SECONDS", 0)
    async with RedisChangeFeed(Client()):  # type: ignore[arg-type]
        await Heard().until(lambda: attempts > 3)

    assert caplog.text.count("Changes are not heard of") == 1


async def test_a_feed_that_never_listened_can_be_closed(client: Redis) -> None:
    feed = RedisChangeFeed(client)

    await feed.aclose()

    assert not feed.is_live
