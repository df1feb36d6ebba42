"""Findings: routes that precedence hides, reported without refusing them."""

import inspect
from typing import Any

import pytest

from covet_routing import Converter, RESTRouter, RouterFaultsError, register_converter

register_converter("anything", Converter(str, priority=5))


def winner() -> None: ...


def loser() -> None: ...


def findings(*routes: tuple[str, Any, dict[str, Any]]) -> list[tuple[str, int]]:
    router = RESTRouter()
    for path, handler, options in routes:
        router.get(path, **options)(handler)
    return [(finding.message, finding.line) for finding in router.findings()]


def line(function: Any) -> int:
    return inspect.getsourcelines(function)[1]


def test_a_route_that_another_always_beats_is_reported() -> None:
    ((message, place),) = findings(("/u/{x}", loser, {}), ("/u/{x:anything}", winner, {}))

    assert "/u/{x} of" in message
    assert "is unreachable" in message
    assert f"winner ({__file__}:{line(winner)})" in message
    assert place == line(loser)


def test_a_mixed_route_that_another_always_beats_is_reported() -> None:
    ((message, _),) = findings(("/{a}.{b}", loser, {}), ("/{a:anything}.{b:anything}", winner, {}))

    assert "/{a}.{b} of" in message


@pytest.mark.parametrize(
    "paths",
    [
        ("/u/{x}", "/u/me"),
        ("/u/{x}", "/u/{x:int}"),
        ("/{x:float}", "/{x:int}"),
        ("/{p:path}", "/{x}"),
        ("/{a}.{b}", "/{a}"),
        ("/{x:uuid}", "/{x:date}", "/{x}"),
        ("/{a:int}.{b}", "/{a}.{b}"),
    ],
)
def test_routes_that_still_have_paths_of_their_own_are_not(paths: tuple[str, ...]) -> None:
    assert findings(*[(path, winner, {}) for path in paths]) == []


def test_hosts_and_headers_are_taken_into_account() -> None:
    assert (
        findings(
            ("/a", winner, {}),
            ("/a", loser, {"host": "*.example"}),
            ("/a", loser, {"headers": {"x": None}}),
            ("/a", loser, {"headers": {"x": "1"}}),
        )
        == []
    )


def test_nothing_is_said_of_a_converter_that_accepts_no_sample() -> None:
    register_converter("roman", Converter(str, pattern="[IVXLCDM]+"))

    assert findings(("/{x:roman}", loser, {}), ("/{x:anything}", winner, {})) == []


@pytest.mark.parametrize("policy", ["ignore", "redirect"])
def test_a_slash_policy_that_a_written_route_overrules_is_reported(policy: str) -> None:
    ((message, place),) = findings(
        ("/a/{x}", loser, {"trailing_slash": policy}), ("/a/{y}/", winner, {})
    )

    assert f"policy {policy!r}, which has no effect" in message
    assert "/a/{y}/" in message
    assert place == line(loser)


def test_a_slash_policy_in_effect_is_not() -> None:
    assert findings(("/a", winner, {"trailing_slash": "ignore"}), ("/b/", winner, {})) == []


def test_a_router_with_faults_is_not_searched() -> None:
    router, inner = RESTRouter(), RESTRouter()
    router.get("/a")(winner)
    inner.get("/a")(loser)
    router.include(inner)

    with pytest.raises(RouterFaultsError):
        router.findings()
