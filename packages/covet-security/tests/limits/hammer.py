"""Clients of a rate limit in a process of their own, whose clocks are wrong by some seconds.

Run as ``python hammer.py URL SKEW``. Each line on standard input, ``run limit window``, is a run of
fifty clients; each is answered by a line. What the script decides it also adds to the list `audit`.
"""

import asyncio
import sys
import time
from importlib import resources

from covet_security import RateLimiter
from covet_security.redis import _limits
from covet_security.redis._script import Script

CLIENTS = 50
AUDIT = """
redis.call('RPUSH', 'audit', string.format('%.0f %s', server, counts and '1' or '0'))
local answer = {}
"""

monotonic = time.monotonic


def set_clocks(skew_seconds: float) -> None:
    true_time = time.time
    time.time = lambda: true_time() + skew_seconds
    time.monotonic = lambda: monotonic() + skew_seconds


async def client(limiter: RateLimiter, run: str, limit: int, window: float) -> None:
    end = monotonic() + 2.2 * window
    while monotonic() < end:
        decision = await limiter.check_rate_limit("everyone", run, limit, window)
        assert decision.source == "redis"


async def main(url: str) -> None:
    limiter = RateLimiter(url, timeout_seconds=30)
    while line := await asyncio.to_thread(sys.stdin.readline):
        run, limit, window = line.split()
        clients = (client(limiter, run, int(limit), float(window)) for _ in range(CLIENTS))
        await asyncio.gather(*clients)
        print(run, flush=True)
    await limiter.aclose()


if __name__ == "__main__":
    text = resources.files("covet_security.redis").joinpath("limits.lua").read_text("utf-8")
    _limits._SCRIPT = Script(text.replace("local answer = {}", AUDIT))
    set_clocks(float(sys.argv[2]))
    asyncio.run(main(sys.argv[1]))
