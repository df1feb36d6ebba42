"""Memory stays bounded, and nobody resets his count by flooding it."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from covet_security import ConfigError, MemoryRateLimitStore
from covet_security.limits import PolicySet, policy_set

POLICIES = policy_set(3, 60)


class Nanoseconds:
    now = 10**18

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock_ns() -> Nanoseconds:
    return Nanoseconds()


def admitted(
    store: MemoryRateLimitStore, who: str, name: str = "r", policies: PolicySet = POLICIES
) -> bool:
    return store.hit_now(name, who, policies, 1, counts=True)[0].retry_after == 0


def test_a_flood_of_identities_does_not_reset_a_count(clock_ns: Nanoseconds) -> None:
    store = MemoryRateLimitStore(max_keys=10, clock_ns=clock_ns)
    for _ in range(3):
        admitted(store, "attacker")
    for number in range(1000):
        admitted(store, f"invented {number}")

    assert not admitted(store, "attacker")
    assert len(store) == 10


def test_new_identities_share_one_count_when_it_is_full(clock_ns: Nanoseconds) -> None:
    store = MemoryRateLimitStore(max_keys=1, clock_ns=clock_ns)
    admitted(store, "first")

    results = [admitted(store, f"new {number}") for number in range(5)]

    assert results == [True, True, True, False, False]
    assert admitted(store, "first")


def test_limits_do_not_share_when_it_is_full(clock_ns: Nanoseconds) -> None:
    store = MemoryRateLimitStore(max_keys=1, clock_ns=clock_ns)
    admitted(store, "first")
    for number in range(5):
        admitted(store, f"new {number}", "one limit")

    assert admitted(store, "another", "another limit")


def test_even_shared_counts_are_bounded(clock_ns: Nanoseconds) -> None:
    store = MemoryRateLimitStore(max_keys=1, clock_ns=clock_ns)
    admitted(store, "first")

    results = [admitted(store, "x", f"limit {number}") for number in range(1024 + 5)]

    assert results == [True] * (1024 + 3) + [False] * 2


@pytest.mark.parametrize("limit", [3, 300])
def test_counts_that_have_run_out_make_room(clock_ns: Nanoseconds, limit: int) -> None:
    policies = policy_set(limit, 60)
    store = MemoryRateLimitStore(max_keys=10, clock_ns=clock_ns)
    for number in range(10):
        admitted(store, f"old {number}", policies=policies)
    clock_ns.now += 62 * 10**9

    for number in range(10):
        admitted(store, f"new {number}", policies=policies)

    assert len(store) == 10
    assert all(admitted(store, f"new {number}", policies=policies) for number in range(10))


def test_threads_do_not_get_between_a_look_and_a_take() -> None:
    store, policies, interval = MemoryRateLimitStore(), policy_set([200, "250/h"]), 0.000_001
    before = sys.getswitchinterval()
    sys.setswitchinterval(interval)

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda _: admitted(store, "ada", "r", policies), range(2000)))
    sys.setswitchinterval(before)

    assert sum(results) == 200


def test_it_needs_room_for_one() -> None:
    with pytest.raises(ConfigError, match="0 identities"):
        MemoryRateLimitStore(max_keys=0)


def test_there_is_nothing_to_close() -> None:
    assert asyncio.run(MemoryRateLimitStore().aclose()) is None
