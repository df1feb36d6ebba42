"""Changes told to every process through Redis, by one connection of each."""

import asyncio
import json
import logging
import secrets
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisClusterException, RedisError

from covet_security.feed import ChangeListener, Listeners

if TYPE_CHECKING:
    from redis.asyncio import Redis

_RETRY_SECONDS = 0.25
_PING_SECONDS = 1.0
_ANSWER_SECONDS = 2.0

_NO_ANSWER = (RedisError, RedisClusterException, OSError)

_logger = logging.getLogger("covet_security")


class RedisChangeFeed:
    """A ChangeFeed for many processes, on a channel of Redis.

    It listens within ``async with feed:``, or from `start` to `aclose`. Whenever it has to connect
    again, all listeners are told that they may have missed something.

    Attributes:
        is_live: whether messages of other processes arrive at the moment; a connection that
            went silent is noticed within two seconds.
    """

    def __init__(self, client: "Redis", *, channel: str = "covet:changes") -> None:
        """Tell and listen on *channel* through *client*."""
        self._client: Any = client
        self._channel = channel
        self._name = secrets.token_hex(8)  # of this feed, which hears itself, too
        self._listeners = Listeners()
        self._task: asyncio.Task[None] | None = None
        self.is_live: bool = False

    def subscribe(self, topic: str, listener: ChangeListener) -> None:
        """Call *listener* with every message of *topic* from now on."""
        self._listeners.add(topic, listener)

    async def publish(self, topic: str, message: str) -> None:
        """Send *message* to the listeners of *topic*, here before this returns.

        That Redis does not answer is logged: what changed is changed, and the others, which hear
        nothing either, remember less long.
        """
        self._listeners.tell(topic, message)
        try:
            await self._client.publish(self._channel, json.dumps([self._name, topic, message]))
        except _NO_ANSWER as error:
            _logger.warning("A change of %s is not told of: %s", topic, type(error).__name__)

    async def start(self) -> None:
        """Listen from now on; return at the first attempt's end, whether it succeeded or not."""
        attempted = asyncio.Event()
        self._task = asyncio.create_task(self._listen(attempted))
        await attempted.wait()

    async def aclose(self) -> None:
        """Listen no more."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.is_live = False

    async def __aenter__(self) -> "RedisChangeFeed":
        await self.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def _listen(self, attempted: asyncio.Event) -> None:
        while True:
            try:
                await self._listen_once(attempted)
            except Exception as error:  # of a listener, too: it must not end what all rely on
                if not isinstance(error, _NO_ANSWER):
                    _logger.exception("A change could not be handled")
                elif self.is_live or not attempted.is_set():
                    _logger.warning("Changes are not heard of: %s", type(error).__name__)
                self.is_live = False
                attempted.set()
            await asyncio.sleep(_RETRY_SECONDS)

    async def _listen_once(self, attempted: asyncio.Event) -> None:
        """Listen until the connection is lost, which raises."""
        async with self._client.pubsub() as pubsub:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await pubsub.subscribe(self._channel)
            is_answered = True
            while True:
                async with asyncio.timeout(_ANSWER_SECONDS):  # the client may connect again
                    message = await pubsub.get_message(timeout=_PING_SECONDS)
                match message:
                    case None:
                        if not is_answered:
                            raise ConnectionError
                        is_answered = False
                        async with asyncio.timeout(_ANSWER_SECONDS):
                            await pubsub.ping()
                    case {"type": "subscribe"}:  # also when the client itself connected again
                        self._listeners.tell_all_of_loss()
                        self.is_live = True
                        attempted.set()
                    case {"type": "message", "data": data}:
                        self._hear(data)
                    case _:
                        is_answered = True

    def _hear(self, data: str | bytes) -> None:
        try:
            sender, topic, message = json.loads(data)
        except ValueError:  # of somebody else on this channel
            return
        if sender != self._name:
            self._listeners.tell(topic, message)
