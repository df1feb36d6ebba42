"""The fields tell clients their limits in the draft's own syntax."""

import pytest

from covet_security import Decision, RateLimitPolicy, rate_limit_headers
from covet_security.limits import most_restrictive

POLICY = RateLimitPolicy(10, 60, name="login")


def decision(**changes: object) -> Decision:
    admitted = Decision(True, 10, 9, 59.2, 0, POLICY, "redis")
    return admitted._replace(**changes)  # type: ignore[arg-type]


def test_an_admitted_request_learns_what_is_left() -> None:
    assert rate_limit_headers(decision()) == {
        "RateLimit-Policy": '"login";q=10;w=60',
        "RateLimit": '"login";r=9;t=60',
    }


@pytest.mark.parametrize(("wait", "told"), [(0.001, "1"), (1.0, "1"), (1.2, "2"), (59.0, "59")])
def test_a_refused_request_learns_when_to_come_back_never_too_early(wait: float, told: str) -> None:
    headers = rate_limit_headers(decision(allowed=False, remaining=0, retry_after=wait))

    assert headers["Retry-After"] == told


def test_where_waiting_does_not_help_none_is_asked_for() -> None:
    headers = rate_limit_headers(decision(allowed=False, retry_after=-1))

    assert "Retry-After" not in headers


@pytest.mark.parametrize("source", ["local", "open", "closed"])
def test_what_is_left_is_not_told_while_the_store_is_away(source: str) -> None:
    assert "RateLimit" not in rate_limit_headers(decision(source=source))


def test_all_policies_are_told_once_each() -> None:
    hourly = RateLimitPolicy(1000, 3600, name="hourly")

    headers = rate_limit_headers(decision(), [hourly, POLICY])

    assert headers["RateLimit-Policy"] == '"hourly";q=1000;w=3600, "login";q=10;w=60'


def test_a_window_that_is_no_whole_second_is_left_out() -> None:
    policy = RateLimitPolicy(10, 0.5)

    headers = rate_limit_headers(decision(policy=policy))

    assert headers["RateLimit-Policy"] == '"10/0.5s";q=10'


def test_a_name_is_quoted() -> None:
    policy = RateLimitPolicy(10, name='a "b" \\')

    assert rate_limit_headers(decision(policy=policy))["RateLimit-Policy"].startswith(
        '"a \\"b\\" \\\\";'
    )


def test_of_several_decisions_the_refusal_is_told_else_that_with_least_left() -> None:
    refused, little = decision(allowed=False, remaining=50), decision(remaining=3)

    assert most_restrictive([little, decision(), refused]) is refused
    assert most_restrictive([decision(), little]) is little
    assert most_restrictive([]) is None
