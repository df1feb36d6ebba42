"""A store is blamed for its own slowness, not for that of the event loop."""

import asyncio
import time

import pytest

from covet_security.limits._deadline import deadline

pytestmark = pytest.mark.anyio


async def test_what_never_comes_is_given_up() -> None:
    with pytest.raises(TimeoutError):
        async with deadline(0.001):
            await asyncio.get_running_loop().create_future()


async def test_what_comes_in_time_passes() -> None:
    async with deadline(10):
        await asyncio.sleep(0)

    assert not asyncio.current_task().cancelling()  # type: ignore[union-attr]


async def test_an_answer_that_lay_unread_while_the_loop_was_busy_is_read() -> None:
    reader, writer = await asyncio.open_connection(sock=await _echo())

    async with deadline(0.02):
        asyncio.get_running_loop().call_soon(time.sleep, 0.05)
        answer = await reader.read(1)

    assert answer == b"!"
    writer.close()


async def test_an_error_of_the_body_is_its_own() -> None:
    with pytest.raises(ZeroDivisionError):
        async with deadline(10):
            raise ZeroDivisionError


async def _echo() -> object:
    """Return a socket on which an answer arrives in a moment."""
    import socket
    import threading

    ours, theirs = socket.socketpair()
    ours.setblocking(False)

    def answer() -> None:
        theirs.sendall(b"!")
        theirs.close()

    threading.Timer(0.01, answer).start()
    return ours
