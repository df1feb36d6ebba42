"""Counting in the memory of this process, bounded however many identities come."""

import threading
import time
from collections.abc import Callable
from typing import Literal

from covet_security._errors import ConfigError
from covet_security.limits._counters import Counter, new_counter
from covet_security.limits._decision import Reading
from covet_security.limits._policy import PolicySet, RateLimitPolicy

_SWEPT_AT_ONCE = 4  # looked at for each new one, so that the whole is seen while a quarter is added
_MAX_OVERFLOWS = 1024
_NANOSECONDS = 1_000_000_000

_Key = tuple[str, str, str]


class MemoryRateLimitStore:
    """Counts in this process, with neither an await nor another thread between look and take.

    When *max_keys* identities are being counted, new ones share one counter for each limit, so
    that nobody gets rid of his own count by inventing identities.
    """

    source: Literal["memory"] = "memory"

    def __init__(
        self, *, max_keys: int = 100_000, clock_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        """Count up to *max_keys* identities apart, by a clock that never goes back.

        Raises:
            ConfigError: *max_keys* is under 1.
        """
        if max_keys < 1:
            raise ConfigError(f"{max_keys} identities cannot be counted. Use 1 or more.")
        self._max_keys = max_keys
        self._clock_ns = clock_ns
        self._counters: dict[_Key, Counter] = {}
        self._overflows: dict[_Key, Counter] = {}
        self._unswept: list[_Key] = []
        self._lock = threading.Lock()  # sync functions are called in threads

    async def hit(
        self, name: str, identity: str, policies: PolicySet, cost: int, *, counts: bool
    ) -> tuple[Reading, ...]:
        return self.hit_now(name, identity, policies, cost, counts=counts)

    def hit_now(
        self, name: str, identity: str, policies: PolicySet, cost: int, *, counts: bool
    ) -> tuple[Reading, ...]:
        """Do what `hit` does, without a coroutine, from any thread."""
        with self._lock:
            return self._hit(name, identity, policies, cost, counts)

    def _hit(
        self, name: str, identity: str, policies: PolicySet, cost: int, counts: bool
    ) -> tuple[Reading, ...]:
        now = self._clock_ns()
        if len(policies.keys) == 1:
            policy = policies.policies[0]
            key = (name, identity, policies.keys[0])
            counter = self._counters.get(key) or self._add(key, policy, now)
            wait = counter.wait(now, cost, policy)
            if counts and not wait:
                counter.take(now, cost, policy)
            return (_reading(counter, now, policy, wait),)
        found = [
            (counter, policy, counter.wait(now, cost, policy))
            for counter, policy in self._several(name, identity, policies, now)
        ]
        if counts and not any(wait for _, _, wait in found):
            for counter, policy, _ in found:
                counter.take(now, cost, policy)
        return tuple(_reading(counter, now, policy, wait) for counter, policy, wait in found)

    async def aclose(self) -> None:
        """Do nothing: memory holds nothing open."""

    def __len__(self) -> int:
        """Return how many identities and policies are counted apart."""
        return len(self._counters)

    def _several(
        self, name: str, identity: str, policies: PolicySet, now: int
    ) -> list[tuple[Counter, RateLimitPolicy]]:
        """Return the counter of each policy; none of them is swept away for another."""
        keys = [(name, identity, kind) for kind in policies.keys]
        if not all(key in self._counters for key in keys):
            self._sweep(now)
        return [
            (self._counters.get(key) or self._put(key, policy), policy)
            for key, policy in zip(keys, policies.policies, strict=True)
        ]

    def _add(self, key: _Key, policy: RateLimitPolicy, now: int) -> Counter:
        self._sweep(now)
        return self._put(key, policy)

    def _put(self, key: _Key, policy: RateLimitPolicy) -> Counter:
        counters = self._counters
        if len(counters) >= self._max_keys:
            name, _, kind = key
            counters, key = self._overflows, (name, "", kind)
            if key not in counters and len(counters) >= _MAX_OVERFLOWS:
                key = ("", "", kind)
        return counters.setdefault(key, new_counter(policy))

    def _sweep(self, now: int) -> None:
        """Drop some of the counters that count nothing any more."""
        for _ in range(_SWEPT_AT_ONCE):
            if not self._unswept:
                self._unswept = list(self._counters)
                if not self._unswept:
                    return
            key = self._unswept.pop()
            counter = self._counters.get(key)
            if counter is not None and counter.reset(now) == 0:
                del self._counters[key]


def _reading(counter: Counter, now: int, policy: RateLimitPolicy, wait: int) -> Reading:
    return Reading(
        counter.remaining(now, policy),
        counter.reset(now) / _NANOSECONDS,
        wait / _NANOSECONDS if wait > 0 else wait,
    )
