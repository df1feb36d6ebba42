"""Let one reader wait for the client's disconnect while another may still read the body."""

from __future__ import annotations

import asyncio
from collections import deque

from starlette.types import Message, Receive


class Mailbox:
    """The messages of one request for two readers: a handler, and who waits for the disconnect.

    At most one message is held that the handler has not taken, so that back-pressure stays.
    """

    __slots__ = ("_arrived", "_held", "_receive", "_taken", "_waiting")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._held: deque[Message] = deque()
        self._arrived = asyncio.Event()
        self._taken = asyncio.Event()
        self._waiting = False

    async def receive(self) -> Message:
        """Return the next message, as ASGI's `receive` does."""
        while not self._held:
            if not self._waiting:
                return await self._receive()
            self._arrived.clear()
            await self._arrived.wait()
        message = self._held[0]
        if message["type"] != "http.disconnect":  # which is final: every later reader sees it
            self._held.popleft()
            self._taken.set()
        return message

    async def wait_for_disconnect(self) -> None:
        """Return when the client has gone."""
        self._waiting = True
        message: Message = {"type": "http.request"}
        try:
            while message["type"] != "http.disconnect":
                message = await self._receive()
                self._held.append(message)
                self._arrived.set()
                if message.get("more_body", False):
                    self._taken.clear()
                    await self._taken.wait()
        finally:
            self._waiting = False
            self._arrived.set()  # whoever waits here receives for itself from now on
