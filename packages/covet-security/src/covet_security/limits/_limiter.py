"""The rate limiter: policies counted in a store, and in this process while that does not answer."""

import asyncio
import logging
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from covet_security._errors import ConfigError, StoreUnavailableError
from covet_security.limits._breaker import Breaker
from covet_security.limits._deadline import deadline
from covet_security.limits._decision import Decision, Source, decide
from covet_security.limits._memory import MemoryRateLimitStore
from covet_security.limits._policy import Limit, PolicySet, policy_set
from covet_security.limits._store import RateLimitStore

if TYPE_CHECKING:
    from redis.asyncio import Redis, RedisCluster

_logger = logging.getLogger("covet_security.limits")

_TIMEOUT_SECONDS = 0.05
_TRIAL_SECONDS = 1.0  # to open first connections, and to see whether Redis is back
_RETRY_SECONDS = 0.25  # a store that is back is to be used within half a second
_CHECKS_AT_ONCE = 8  # more would not be quicker: Redis decides on one after the other
_REMEMBERED = 4096  # limits by name, for get_retry_after


class RateLimiter:
    """Decides whether a request is admitted, by exact sliding windows.

    In Redis, decisions are one atomic step on the server's clock, so they hold for all processes
    together, however their clocks differ. While Redis does not answer, each policy does what its
    ``outage`` says; that begins and ends by itself, with one line in the log each time.

    A replica that takes over from a failed Redis may have missed the last requests, as many as
    came within the replication lag.
    """

    def __init__(
        self,
        client: "RateLimitStore | Redis | RedisCluster | str | None" = None,
        *,
        timeout_seconds: float = _TIMEOUT_SECONDS,
        retry_seconds: float = _RETRY_SECONDS,
        max_keys: int = 100_000,
        on_outage: Callable[[bool], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Count where *client* says.

        Args:
            client: a Redis client of ``redis.asyncio``, a URL (``redis://``, ``rediss://``,
                ``redis+cluster://``), a store, or None for the memory of this process.
            timeout_seconds: how long Redis may take for one check.
            retry_seconds: how long it is left alone once it did not answer.
            max_keys: identities that are counted apart in memory; further ones share a count.
            on_outage: called with True when the store stops answering and False when it is back.
            clock: seconds that never go back, for the two times above and for memory.

        Raises:
            ConfigError: the client is not asynchronous, or the URL is not understood.
            ImportError: Redis is asked for and its client is not installed.
        """
        self._memory = MemoryRateLimitStore(max_keys=max_keys, clock_ns=_nanoseconds(clock))
        self._store: RateLimitStore | None = None if client is None else _store(client)
        self._timeout_seconds = timeout_seconds
        self._breaker = Breaker(retry_seconds, clock=clock)
        self._on_outage = on_outage
        self._clock = clock
        self._first_seconds = self._patience_seconds = max(timeout_seconds, _TRIAL_SECONDS)
        self._turns = asyncio.Semaphore(_CHECKS_AT_ONCE)  # first come, first served
        self._trial: asyncio.Task[None] | None = None
        self._failed_at = 0.0
        self._last: OrderedDict[str, PolicySet] = OrderedDict()
        if self._store is None and _workers() > 1:
            _logger.warning(
                "Rate limits are per process: %d workers admit up to %d times each limit. "
                "Give RateLimiter a Redis URL.",
                _workers(),
                _workers(),
            )

    async def check_rate_limit(
        self,
        client_id: str,
        route: str,
        limit: Limit,
        window_seconds: float = 60,
        cost: int = 1,
    ) -> Decision:
        """Return whether *client_id* may make a request to *route* now, and count it if so.

        Args:
            client_id: who is counted: a user, a key, an address.
            route: what is counted: the template of a route, never a raw path.
            limit: one limit or several; of several all must admit, and only then all count.
            window_seconds: the window of a *limit* that is a number.
            cost: how much the request counts; 0 only looks.

        Raises:
            ConfigError: the limit means none.
            ValueError: the cost is negative.
        """
        policies = policy_set(limit, window_seconds)
        if self._last.get(route) is not policies:
            self._remember(route, policies)
        if self._store is None:
            return self._in_memory(
                route, client_id, policies, cost, counts=cost != 0, source="memory"
            )
        return await self._hit(route, client_id, policies, cost, counts=cost != 0)

    async def peek(
        self,
        client_id: str,
        route: str,
        limit: Limit,
        window_seconds: float = 60,
        cost: int = 1,
    ) -> Decision:
        """Return what `check_rate_limit` would, and count nothing.

        Raises:
            ConfigError: the limit means none.
            ValueError: the cost is negative.
        """
        policies = policy_set(limit, window_seconds)
        return await self._hit(route, client_id, policies, cost, counts=False)

    async def get_retry_after(
        self, client_id: str, route: str, limit: Limit | None = None, window_seconds: float = 60
    ) -> float:
        """Return the seconds until *client_id* is admitted to *route*, exactly; 0 if it is now.

        Without a *limit* the one is meant that this limiter was last asked about for the route;
        for a route that it was never asked about the answer is 0.

        Raises:
            ConfigError: the limit means none.
        """
        policies = self._last.get(route) if limit is None else policy_set(limit, window_seconds)
        if policies is None:
            return 0.0
        return (await self._hit(route, client_id, policies, 1, counts=False)).retry_after

    @property
    def is_shared(self) -> bool:
        """Whether the limits hold for all processes together."""
        return self._store is not None

    @property
    def is_degraded(self) -> bool:
        """Whether the store did not answer when last asked."""
        return self._breaker.is_open

    async def aclose(self) -> None:
        """Close the connections that the limiter has opened; a client that was given stays open."""
        if self._trial is not None:
            self._trial.cancel()
            await asyncio.wait([self._trial])
        if self._store is not None:
            await self._store.aclose()

    def decide_now(
        self, client_id: str, route: str, policies: PolicySet, cost: int
    ) -> Decision | None:
        """Do what `check_rate_limit` does if that needs no waiting, else return None."""
        if self._store is not None:
            return None
        return self._in_memory(route, client_id, policies, cost, counts=cost != 0, source="memory")

    def _remember(self, route: str, policies: PolicySet) -> None:
        self._last[route] = policies
        self._last.move_to_end(route)
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)

    async def _hit(
        self, name: str, identity: str, policies: PolicySet, cost: int, *, counts: bool
    ) -> Decision:
        store = self._store
        if store is None:
            return self._in_memory(name, identity, policies, cost, counts=counts, source="memory")
        _check_cost(cost)
        if self._breaker.is_open:
            if self._breaker.admits():
                self._trial = asyncio.create_task(self._try_again(store))
            return self._without_store(name, identity, policies, cost, counts=counts)
        async with self._turns:  # whose waiting says nothing of the store
            if self._breaker.is_open:
                return self._without_store(name, identity, policies, cost, counts=counts)
            try:
                async with deadline(self._patience_seconds):
                    readings = await store.hit(name, identity, policies, cost, counts=counts)
            except (StoreUnavailableError, TimeoutError) as error:
                if self._breaker.failed():
                    self._lost(error)
                return self._without_store(name, identity, policies, cost, counts=counts)
        self._patience_seconds = self._timeout_seconds
        return decide(policies, readings, store.source)

    async def _try_again(self, store: RateLimitStore) -> None:
        """Make a check of no importance, in the background, so that no request waits for it."""
        try:
            async with deadline(_TRIAL_SECONDS):
                await store.hit("", "trial", policy_set(1), 1, counts=True)
        except (StoreUnavailableError, TimeoutError):
            self._breaker.failed()
        except BaseException:
            self._breaker.abandoned()
            raise
        else:
            self._breaker.succeeded()
            self._patience_seconds = self._first_seconds  # connections are to be opened again
            self._regained()

    def _without_store(
        self, name: str, identity: str, policies: PolicySet, cost: int, *, counts: bool
    ) -> Decision:
        """Decide by the modes: one that is closed refuses, those that are open are left out."""
        for policy in policies.policies:
            if policy.outage == "closed":
                wait = self._breaker.retry_after
                return Decision(False, policy.limit, 0, wait, max(wait, 0.001), policy, "closed")
        local = tuple(one for one in policies.policies if one.outage == "local")
        if not local:
            policy = policies.policies[0]
            return Decision(True, policy.limit, policy.limit, 0.0, 0.0, policy, "open")
        counted = policies if len(local) == len(policies.policies) else policy_set(local)
        return self._in_memory(name, identity, counted, cost, counts=counts, source="local")

    def _in_memory(
        self,
        name: str,
        identity: str,
        policies: PolicySet,
        cost: int,
        *,
        counts: bool,
        source: Source,
    ) -> Decision:
        _check_cost(cost)
        readings = self._memory.hit_now(name, identity, policies, cost, counts=counts)
        return decide(policies, readings, source)

    def _lost(self, error: Exception) -> None:
        self._failed_at = self._clock()
        cause = error.__cause__ if isinstance(error, StoreUnavailableError) else error
        _logger.warning(
            "The store of rate limits does not answer (%s): each policy's outage mode applies.",
            type(cause or error).__name__,  # and not its text, which may hold addresses and names
        )
        if self._on_outage is not None:
            self._on_outage(True)

    def _regained(self) -> None:
        seconds = self._clock() - self._failed_at
        _logger.warning("The store of rate limits answers again, after %.1f s.", seconds)
        if self._on_outage is not None:
            self._on_outage(False)


def _check_cost(cost: int) -> None:
    if cost < 0:
        raise ValueError(f"A cost of {cost} would give back what others took. Use 0 or more.")


def _store(client: "RateLimitStore | Redis | RedisCluster | str") -> RateLimitStore:
    if isinstance(client, RateLimitStore):
        return client
    if not isinstance(client, str) and not hasattr(client, "execute_command"):
        raise ConfigError(
            f"RateLimiter cannot count in {client!r}. "
            "Give it a client of redis.asyncio, a URL, or nothing."
        )
    from covet_security.redis import RedisRateLimitStore

    return RedisRateLimitStore(client)


def _nanoseconds(clock: Callable[[], float]) -> Callable[[], int]:
    return time.monotonic_ns if clock is time.monotonic else lambda: round(clock() * 1_000_000_000)


def _workers() -> int:
    """Return how many processes serve, as far as the usual setting tells."""
    text = os.environ.get("WEB_CONCURRENCY", "")
    return int(text) if text.isdecimal() else 1
