"""The same decisions by every store: exact, all policies or none, and to the microsecond."""

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covet_security import ConfigError, RateLimiter, RateLimitPolicy

pytestmark = pytest.mark.anyio

Clock = Any
MICROSECOND = 0.000_001


async def check(limiter: RateLimiter, limit: Any, window: float = 60, cost: int = 1) -> Any:
    return await limiter.check_rate_limit("ada", "GET /items", limit, window, cost)


@pytest.mark.parametrize("limit", [1, 3, 256, 257, 1000])
async def test_it_admits_the_limit_and_not_one_more(limiter: RateLimiter, limit: int) -> None:
    admitted = [bool(await check(limiter, limit)) for _ in range(limit + 3)]

    assert admitted == [True] * limit + [False] * 3


async def test_a_decision_counts_down(limiter: RateLimiter) -> None:
    decisions = [await check(limiter, 3) for _ in range(4)]

    assert [one.remaining for one in decisions] == [2, 1, 0, 0]
    assert [one.limit for one in decisions] == [3, 3, 3, 3]
    assert [one.retry_after for one in decisions] == [0, 0, 0, 60]


async def test_it_admits_again_when_the_first_request_leaves_the_window(
    limiter: RateLimiter, us_clock: Clock
) -> None:
    await check(limiter, 2)
    us_clock.advance(10)
    await check(limiter, 2)
    us_clock.advance(10)

    refused = await check(limiter, 2)
    us_clock.advance(refused.retry_after - MICROSECOND)
    too_early = await check(limiter, 2)
    us_clock.advance(MICROSECOND)
    in_time = await check(limiter, 2)

    assert refused.retry_after == 40
    assert not too_early
    assert in_time


async def test_reset_is_when_all_of_the_limit_is_there_again(
    limiter: RateLimiter, us_clock: Clock
) -> None:
    await check(limiter, 3)
    us_clock.advance(20)
    second = await check(limiter, 3)
    us_clock.advance(second.reset_after)

    after = await limiter.peek("ada", "GET /items", 3)

    assert second.reset_after == 60
    assert (after.remaining, after.reset_after) == (3, 0)


async def test_refused_requests_do_not_count(limiter: RateLimiter, us_clock: Clock) -> None:
    await check(limiter, 1)
    for _ in range(50):
        us_clock.advance(1)
        assert not await check(limiter, 1)
    us_clock.advance(10)

    assert await check(limiter, 1)


async def test_requests_of_the_same_microsecond_all_count(limiter: RateLimiter) -> None:
    assert sum([bool(await check(limiter, 10)) for _ in range(30)]) == 10


async def test_identities_and_routes_are_counted_apart(limiter: RateLimiter) -> None:
    decisions = [
        await limiter.check_rate_limit(who, route, 1)
        for who, route in [("a", "bc"), ("ab", "c"), ("a", "b"), ("a", "bc")]
    ]

    assert [bool(one) for one in decisions] == [True, True, True, False]


@pytest.mark.parametrize("limit", [10, 1000])
async def test_a_cost_counts_as_so_many_requests(limiter: RateLimiter, limit: int) -> None:
    first = await check(limiter, limit, cost=limit - 3)
    refused = await check(limiter, limit, cost=4)
    fits = await check(limiter, limit, cost=3)

    assert (first.remaining, refused.remaining, fits.remaining) == (3, 3, 0)
    assert not refused
    assert fits


async def test_the_wait_for_a_cost_is_until_the_entry_that_blocks_it_leaves(
    limiter: RateLimiter, us_clock: Clock
) -> None:
    for _ in range(5):
        await check(limiter, 5)
        us_clock.advance(1)

    waits = [(await limiter.peek("ada", "GET /items", 5, cost=c)).retry_after for c in (1, 2, 5)]

    assert waits == [55, 56, 59]


@pytest.mark.parametrize("limit", [5, 500, RateLimitPolicy(5, shape="smooth")])
async def test_a_cost_over_the_limit_is_never_admitted(limiter: RateLimiter, limit: Any) -> None:
    decision = await check(limiter, limit, cost=501)

    assert not decision
    assert decision.retry_after == -1
    assert await check(limiter, limit, cost=5)


async def test_a_cost_of_nothing_only_looks(limiter: RateLimiter) -> None:
    await check(limiter, 1)

    looked = await check(limiter, 1, cost=0)

    assert looked
    assert looked.remaining == 0


async def test_a_negative_cost_is_refused(limiter: RateLimiter) -> None:
    with pytest.raises(ValueError, match="-1"):
        await check(limiter, 1, cost=-1)


@pytest.mark.parametrize("limit", [2, 300, RateLimitPolicy(2, shape="smooth")])
async def test_peeking_counts_nothing(limiter: RateLimiter, limit: Any) -> None:
    for _ in range(5):
        assert await limiter.peek("ada", "GET /items", limit)

    decision = await check(limiter, limit)

    assert decision.remaining == decision.limit - 1


async def test_several_policies_admit_what_all_admit(limiter: RateLimiter, us_clock: Clock) -> None:
    both = ["5/s", "8/10s"]
    admitted = 0
    for _ in range(40):
        admitted += bool(await check(limiter, both))
        us_clock.advance(0.2)

    assert admitted == 8


async def test_what_one_policy_refuses_counts_in_none(
    limiter: RateLimiter, us_clock: Clock
) -> None:
    both = ["1/s", "3/h"]
    for _ in range(10):
        await check(limiter, both)
    us_clock.advance(1)

    decision = await check(limiter, both)

    assert decision
    assert (decision.policy.name, decision.remaining) == ("1/1s", 0)
    assert (await limiter.peek("ada", "GET /items", both)).policy.name == "1/1s"


async def test_of_several_the_violated_policy_with_the_longest_wait_is_told(
    limiter: RateLimiter,
) -> None:
    decisions = [await check(limiter, ["1/s", "1/h", "5/d"]) for _ in range(2)]

    assert decisions[1].policy.name == "1/3600s"
    assert decisions[1].retry_after == 3600


async def test_a_policy_that_never_admits_is_told_before_one_that_waits(
    limiter: RateLimiter,
) -> None:
    await check(limiter, ["1/s", "5/h"])

    decision = await check(limiter, ["1/s", "5/h"], cost=6)

    assert decision.retry_after == -1


async def test_of_several_that_admit_the_one_with_least_left_is_told(
    limiter: RateLimiter,
) -> None:
    decision = await check(limiter, ["9/h", "300/m", "5/d"])

    assert (decision.policy.name, decision.remaining) == ("5/86400s", 4)


async def test_the_same_policy_twice_counts_once_each(limiter: RateLimiter) -> None:
    decisions = [await check(limiter, ["2/m", "2/m"]) for _ in range(3)]

    assert [bool(one) for one in decisions] == [True, True, False]


async def test_a_ring_is_late_by_a_sixtieth_of_the_window_at_most(
    limiter: RateLimiter, us_clock: Clock
) -> None:
    us_clock.advance(0.7)
    await check(limiter, 300, cost=300)

    refused = await check(limiter, 300)
    us_clock.advance(60 - MICROSECOND)
    inside = await check(limiter, 300)
    us_clock.advance(1 + MICROSECOND)
    outside = await check(limiter, 300, cost=300)

    assert 60 <= refused.retry_after <= 61
    assert not inside
    assert outside


async def test_a_ring_forgets_slot_by_slot(limiter: RateLimiter, us_clock: Clock) -> None:
    for _ in range(61):
        await check(limiter, 6100, cost=100)
        us_clock.advance(1)

    one_slot_left = await limiter.peek("ada", "GET /items", 6100)
    us_clock.advance(30)
    half_left = await limiter.peek("ada", "GET /items", 6100)
    us_clock.advance(1000)
    all_left = await check(limiter, 6100)

    assert one_slot_left.remaining == 100
    assert half_left.remaining == 3100
    assert all_left.remaining == 6099


async def test_a_ring_tells_when_a_cost_would_fit(limiter: RateLimiter, us_clock: Clock) -> None:
    await check(limiter, 1000, cost=400)
    us_clock.advance(20)
    await check(limiter, 1000, cost=600)

    first = await limiter.peek("ada", "GET /items", 1000, cost=400)
    both = await limiter.peek("ada", "GET /items", 1000, cost=401)
    us_clock.advance(first.retry_after - MICROSECOND)
    too_early = await limiter.peek("ada", "GET /items", 1000, cost=400)
    us_clock.advance(MICROSECOND)
    in_time = await limiter.peek("ada", "GET /items", 1000, cost=400)

    assert both.retry_after == first.retry_after + 20
    assert (bool(too_early), bool(in_time)) == (False, True)


async def test_smooth_admits_a_burst_and_then_drips(limiter: RateLimiter, us_clock: Clock) -> None:
    policy = RateLimitPolicy(60, 60, shape="smooth", burst=3)

    burst = [bool(await check(limiter, policy)) for _ in range(4)]
    refused = await limiter.peek("ada", "GET /items", policy)
    us_clock.advance(refused.retry_after)
    dripped = [bool(await check(limiter, policy)) for _ in range(2)]

    assert burst == [True, True, True, False]
    assert refused.retry_after == 1
    assert dripped == [True, False]


async def test_a_limit_that_is_lowered_holds_at_once(limiter: RateLimiter) -> None:
    for _ in range(10):
        await check(limiter, 10)

    lowered = await check(limiter, 5)

    assert not lowered
    assert (lowered.remaining, lowered.retry_after) == (0, 60)


async def test_the_exact_wait_can_be_asked_for(limiter: RateLimiter, us_clock: Clock) -> None:
    await check(limiter, 1)
    us_clock.advance(15)

    assert await limiter.get_retry_after("ada", "GET /items") == 45
    assert await limiter.get_retry_after("ada", "GET /items", 2) == 0
    assert await limiter.get_retry_after("bob", "GET /items") == 0
    assert await limiter.get_retry_after("ada", "GET /never-checked") == 0


@pytest.mark.parametrize("limit", [[], "often", 0])
async def test_a_limit_that_means_nothing_is_a_configuration_error(
    limiter: RateLimiter, limit: Any
) -> None:
    with pytest.raises(ConfigError):
        await check(limiter, limit)


@pytest.mark.parametrize(("limit", "slack"), [(7, 0.0), (300, 1.0)], ids=["log", "ring"])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.floats(0, 25), st.floats(0.01, 1.0)), min_size=1, max_size=40))
async def test_no_window_ever_sees_more_than_the_limit_nor_less_than_it_could(
    limiter: RateLimiter,
    us_clock: Clock,
    limit: int,
    slack: float,
    steps: list[tuple[float, float]],
) -> None:
    us_clock.advance(1000)  # so that examples do not meet
    admitted: list[tuple[int, int]] = []

    def spent(seconds: float) -> int:
        since = us_clock.now_us - round(seconds * 1_000_000)
        return sum(cost for at, cost in admitted if at > since)

    for pause, share in steps:
        us_clock.advance(pause)
        cost = math.ceil(share * limit)
        decision = await check(limiter, limit, cost=cost)
        if decision:
            assert spent(60) + cost <= limit
            admitted.append((us_clock.now_us, cost))
        else:
            assert spent(60 + slack) + cost > limit
            assert 0 < decision.retry_after <= 60 + slack
