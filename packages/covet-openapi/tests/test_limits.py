"""Permissions and rate limits, whatever they were stated with."""

from types import SimpleNamespace
from typing import Any

import pytest

from covet_openapi._limits import permission_names, rate_limits


class OwnedBy:
    """A permission that is no text."""


class Named(OwnedBy):
    def __str__(self) -> str:
        return "owner"


def test_a_permission_says_its_name() -> None:
    assert permission_names(["posts:write", OwnedBy(), Named()]) == (
        *("posts:write", "OwnedBy", "owner"),
    )


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(None, [], id="none"),
        pytest.param(10, [(10, 60)], id="int"),
        pytest.param("10/minute", [(10, 60)], id="text"),
        pytest.param("5 per 30 seconds", [(5, 30)], id="words"),
        pytest.param("1000/2h", [(1000, 7200)], id="short"),
        pytest.param(["10/s", 600], [(10, 1), (600, 60)], id="several"),
        pytest.param(SimpleNamespace(limit=3, window_seconds=1.0), [(3, 1)], id="policy"),
        pytest.param(SimpleNamespace(limit=3, window_seconds=0.5), [(3, 0.5)], id="fraction"),
        pytest.param(SimpleNamespace(requests=3, window=5), [(3, 5)], id="other-words"),
    ],
)
def test_a_limit_is_so_many_requests_in_so_many_seconds(limit: Any, expected: Any) -> None:
    assert [(each["requests"], each["windowSeconds"]) for each in rate_limits(limit)] == expected


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ("10/fortnight", "10/fortnight"),
        ("lots", "lots"),
        (Named(), "owner"),
        (OwnedBy(), "OwnedBy"),
    ],
)
def test_what_is_not_understood_is_shown_as_text(limit: Any, text: str) -> None:
    assert rate_limits(limit) == ({"policy": text},)
