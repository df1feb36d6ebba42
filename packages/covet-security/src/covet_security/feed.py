"""What tells every process that something cached has changed."""

from collections.abc import Callable
from typing import Protocol

ChangeListener = Callable[[str | None], None]
"""Called with what has changed; with None when something may have changed unheard."""


class ChangeFeed(Protocol):
    """Messages to all processes, this one included, in topics. They may be lost, never held up.

    `covet_security.redis.RedisChangeFeed` is one for many processes.
    """

    @property
    def is_live(self) -> bool:
        """Whether messages of other processes arrive at the moment."""
        ...

    def subscribe(self, topic: str, listener: ChangeListener) -> None:
        """Call *listener* with every message of *topic* from now on."""
        ...

    async def publish(self, topic: str, message: str) -> None:
        """Send *message* to the listeners of *topic*, here before this returns."""
        ...


class Listeners:
    """The listeners of this process, by topic."""

    def __init__(self) -> None:
        self._by_topic: dict[str, list[ChangeListener]] = {}

    def add(self, topic: str, listener: ChangeListener) -> None:
        """Call *listener* with what is told of *topic* from now on."""
        self._by_topic.setdefault(topic, []).append(listener)

    def tell(self, topic: str, message: str) -> None:
        """Call the listeners of *topic* with *message*."""
        for listener in self._by_topic.get(topic, ()):
            listener(message)

    def tell_all_of_loss(self) -> None:
        """Call every listener with None: a message may have been lost."""
        for listeners in self._by_topic.values():
            for listener in listeners:
                listener(None)


class MemoryChangeFeed:
    """A ChangeFeed for an application that is one process."""

    is_live = True

    def __init__(self) -> None:
        self._listeners = Listeners()

    def subscribe(self, topic: str, listener: ChangeListener) -> None:
        """Call *listener* with every message of *topic* from now on."""
        self._listeners.add(topic, listener)

    async def publish(self, topic: str, message: str) -> None:
        """Call the listeners of *topic* with *message*."""
        self._listeners.tell(topic, message)
