"""Every router resolves the tables alike: else its time means nothing."""

import importlib.util
from collections.abc import Callable, Sequence

import pytest

from benchmarks.route_table import Shape, Template, table
from benchmarks.routers import BUILDERS, IMPORTS, Built
from benchmarks.routing import RouterProcess, WrongRouteError, check, cpu_seconds_per_lookup

Build = Callable[[Sequence[Template]], Built]


@pytest.fixture(params=list(BUILDERS))
def name(request: pytest.FixtureRequest) -> str:
    if importlib.util.find_spec(IMPORTS[request.param]) is None:
        pytest.skip(f"{IMPORTS[request.param]} is not installed; requirements.txt has it")
    return str(request.param)


@pytest.mark.parametrize("shape", ["wide", "nested"])
def test_a_table_resolves_as_written(name: str, shape: Shape) -> None:
    templates = table(200, shape)

    check(name, BUILDERS[name](templates), templates)


def test_every_template_answers_its_own_url(name: str) -> None:
    templates = table(100)
    built = BUILDERS[name](templates)

    for index, template in enumerate(templates):
        path, params = template.url(index)
        found = built.resolve(path)
        assert found is not None
        assert (found[0], dict(found[1])) == (index, params)


def test_hits_and_misses_can_be_visited(name: str) -> None:
    templates = table(20)
    built = BUILDERS[name](templates)

    for kind in ("middle", "miss", "early-miss", "static"):
        assert cpu_seconds_per_lookup(built, templates, kind, 5) >= 0


def test_a_router_is_measured_in_a_process_of_its_own(name: str) -> None:
    with RouterProcess(name, "wide", 10, 0.0) as process:
        seconds, memory = process.built()
        reading = process.measure("middle")

    assert seconds >= 0
    assert memory >= 0
    assert reading >= 0


def test_a_router_that_finds_another_route_is_named() -> None:
    templates = table(50)
    always_the_first = Built(lambda path: (0, {}), lambda paths: None)

    with pytest.raises(WrongRouteError, match="nobody resolves") as caught:
        check("nobody", always_the_first, templates)

    assert caught.value.router == "nobody"
