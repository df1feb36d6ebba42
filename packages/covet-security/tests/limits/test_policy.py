"""Policies say what they mean, or that they mean nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_security import ConfigError, RateLimitPolicy
from covet_security.limits import policy_set


@pytest.mark.parametrize(
    ("text", "limit", "seconds"),
    [
        ("10/minute", 10, 60),
        ("10/min", 10, 60),
        ("10/m", 10, 60),
        ("5/s", 5, 1),
        ("5 per second", 5, 1),
        ("1000/h", 1000, 3600),
        ("1000 / 2 hours", 1000, 7200),
        ("100/15m", 100, 900),
        ("3/30 seconds", 3, 30),
        ("7/day", 7, 86400),
        ("7/7days", 7, 604800),
        (" 7/d ", 7, 86400),
    ],
)
def test_text_is_a_policy(text: str, limit: int, seconds: float) -> None:
    policy = RateLimitPolicy.parse(text)

    assert (policy.limit, policy.window_seconds) == (limit, seconds)


@pytest.mark.parametrize(
    "text",
    [
        *("", "10", "10/", "/m", "ten/m", "10/fortnight", "10/ms", "10/ss", "10 minute", "-1/m"),
        *("1.5/m", "10/m\n10/h", "10/0s", "0/m", "\u0661\u0660/m", "99999999999/m"),
    ],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        RateLimitPolicy.parse(text)


@given(st.integers(1, 10**6), st.integers(1, 1000), st.sampled_from("smhd"))
def test_every_count_and_time_is_read(limit: int, number: int, unit: str) -> None:
    seconds = number * {"s": 1, "m": 60, "h": 3600, "d": 86400}[unit]

    if seconds > 366 * 86400:
        with pytest.raises(ConfigError):
            RateLimitPolicy.parse(f"{limit}/{number}{unit}")
    else:
        assert RateLimitPolicy.parse(f"{limit}/{number}{unit}").window_us == seconds * 1_000_000


@pytest.mark.parametrize(
    "make",
    [
        lambda: RateLimitPolicy(0),
        lambda: RateLimitPolicy(2**31),
        lambda: RateLimitPolicy(1, 0),
        lambda: RateLimitPolicy(1, -1),
        lambda: RateLimitPolicy(1, float("nan")),
        lambda: RateLimitPolicy(1, float("inf")),
        lambda: RateLimitPolicy(1, shape="square"),  # type: ignore[arg-type]
        lambda: RateLimitPolicy(1, outage="panic"),  # type: ignore[arg-type]
        lambda: RateLimitPolicy(1, burst=2),
        lambda: RateLimitPolicy(1, shape="smooth", burst=0),
        lambda: RateLimitPolicy(1, name="a\r\nSet-Cookie: b"),
        lambda: RateLimitPolicy(1, name="é"),
        lambda: policy_set([]),
    ],
)
def test_what_cannot_be_counted_is_refused(make: object) -> None:
    with pytest.raises(ConfigError):
        make()  # type: ignore[operator]


def test_a_policy_is_named_by_its_numbers_unless_it_has_a_name() -> None:
    assert RateLimitPolicy(10).name == "10/60s"
    assert RateLimitPolicy(10, 0.5).name == "10/0.5s"
    assert RateLimitPolicy(10, name="login").name == "login"


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        (RateLimitPolicy(256), "log"),
        (RateLimitPolicy(257), "ring"),
        (RateLimitPolicy(5, shape="smooth"), "smooth"),
    ],
)
def test_up_to_256_requests_are_logged_and_more_go_round_a_ring(
    policy: RateLimitPolicy, kind: str
) -> None:
    assert policy.kind == kind


def test_a_set_is_made_of_counts_texts_and_policies() -> None:
    own = RateLimitPolicy(3, 9)

    assert policy_set(5).policies == (RateLimitPolicy(5, 60),)
    assert policy_set(5, 10).policies == (RateLimitPolicy(5, 10),)
    assert policy_set("5/s").policies == (RateLimitPolicy(5, 1),)
    assert policy_set(own).policies == (own,)
    assert policy_set(["5/s", own]).policies == (RateLimitPolicy(5, 1), own)
    assert policy_set([7, "5/s"], 9).policies == (RateLimitPolicy(7, 9), RateLimitPolicy(5, 1))
    assert policy_set(("5/s", own)) is policy_set(["5/s", own])
    assert policy_set(policy_set(own)) is policy_set(own)
