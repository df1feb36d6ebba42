"""The three ways to count, on integers: a log of times, a ring of slots, a theoretical arrival.

Each says how long a cost must wait, and takes it. The script of Redis does the same.
"""

from array import array
from bisect import bisect_right
from typing import Protocol

from covet_security.limits._policy import RING_SLOTS, RateLimitPolicy

_SLOTS = RING_SLOTS + 1  # the oldest is partly outside of the window and counts in full


class Counter(Protocol):
    """The state of one policy for one identity; times are nanoseconds of one clock."""

    def wait(self, now: int, cost: int, policy: RateLimitPolicy) -> int:
        """Return after how long *cost* would be admitted: 0 if now, -1 if never."""
        ...

    def take(self, now: int, cost: int, policy: RateLimitPolicy) -> None:
        """Count *cost*, which `wait` admitted at the same *now*."""
        ...

    def remaining(self, now: int, policy: RateLimitPolicy) -> int:
        """Return how much would be admitted at the *now* of the last `wait`."""
        ...

    def reset(self, now: int) -> int:
        """Return after how long nothing is counted any more."""
        ...


class Log:
    """The time of every request in the window: exact, 8 bytes a request."""

    __slots__ = ("_times", "_window")

    def __init__(self, policy: RateLimitPolicy) -> None:
        self._times = array("q")
        self._window = policy.window_us * 1000

    def wait(self, now: int, cost: int, policy: RateLimitPolicy) -> int:
        times, limit, cutoff = self._times, policy.limit, now - self._window
        if times and times[0] <= cutoff:
            del times[: bisect_right(times, cutoff)]
        missing = cost - (limit - len(times))
        if missing <= 0:
            return 0
        return -1 if cost > limit else times[missing - 1] - cutoff

    def take(self, now: int, cost: int, policy: RateLimitPolicy) -> None:
        if cost == 1:
            self._times.append(now)
        else:
            self._times.extend([now] * cost)

    def remaining(self, now: int, policy: RateLimitPolicy) -> int:
        return max(0, policy.limit - len(self._times))

    def reset(self, now: int) -> int:
        return max(0, self._times[-1] + self._window - now) if self._times else 0


class Ring:
    """Counts by sixtieths of the window: never over the limit, late by a slot at most."""

    __slots__ = ("_last", "_slots", "_total", "_width", "_written")

    def __init__(self, policy: RateLimitPolicy) -> None:
        self._width = -(-policy.window_us * 1000 // RING_SLOTS)
        self._slots = array("q", bytes(8 * _SLOTS))
        self._last = self._written = self._total = 0

    def wait(self, now: int, cost: int, policy: RateLimitPolicy) -> int:
        slot, slots = now // self._width, self._slots
        for passed in range(max(self._last + 1, slot - RING_SLOTS), slot + 1):
            self._total -= slots[passed % _SLOTS]
            slots[passed % _SLOTS] = 0
        self._last = slot
        missing = cost - (policy.limit - self._total)
        if missing <= 0:
            return 0
        if cost > policy.limit:
            return -1
        oldest = slot - RING_SLOTS
        while (missing := missing - slots[oldest % _SLOTS]) > 0:
            oldest += 1
        return (oldest + _SLOTS) * self._width - now

    def take(self, now: int, cost: int, policy: RateLimitPolicy) -> None:
        self._slots[self._last % _SLOTS] += cost
        self._total += cost
        self._written = self._last

    def remaining(self, now: int, policy: RateLimitPolicy) -> int:
        return max(0, policy.limit - self._total)

    def reset(self, now: int) -> int:
        return max(0, (self._written + _SLOTS) * self._width - now) if self._total else 0


class Smooth:
    """The time at which all that was admitted would have arrived at the limit's rate (GCRA)."""

    __slots__ = ("_arrival",)

    def __init__(self) -> None:
        self._arrival = 0

    def wait(self, now: int, cost: int, policy: RateLimitPolicy) -> int:
        if cost > policy.capacity:
            return -1
        room = (policy.capacity - cost) * policy.window_us * 1000 // policy.limit
        return max(0, self._arrival - now - room)

    def take(self, now: int, cost: int, policy: RateLimitPolicy) -> None:
        interval = -(-cost * policy.window_us * 1000 // policy.limit)
        self._arrival = max(self._arrival, now) + interval

    def remaining(self, now: int, policy: RateLimitPolicy) -> int:
        spent = -(-self.reset(now) * policy.limit // (policy.window_us * 1000))
        return max(0, policy.capacity - spent)

    def reset(self, now: int) -> int:
        return max(0, self._arrival - now)


def new_counter(policy: RateLimitPolicy) -> Counter:
    """Return the empty state of *policy*."""
    if policy.kind == "log":
        return Log(policy)
    return Ring(policy) if policy.kind == "ring" else Smooth()
