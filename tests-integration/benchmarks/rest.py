"""REST in process: CPU time a request with no server between, every contender in one process."""

import asyncio
import gc
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack

from benchmarks.contenders import ASGIApp, Contender, chosen
from benchmarks.endpoints import ENDPOINTS, Endpoint, check_answer, check_rejection
from benchmarks.environment import describe
from benchmarks.in_process import answer, cpu_seconds_per_request, lifespan
from benchmarks.report import Column, Goal, Report
from benchmarks.samples import interleave, repetitions

COLUMNS = tuple(
    Column(
        endpoint.key,
        f"{endpoint.key} {endpoint.request.method} {endpoint.request.path}",
        "µs CPU",
        1e6,
    )
    for endpoint in ENDPOINTS
)
GOALS = (
    Goal("A", "fastapi", "covet", "≥", 8),
    Goal("B", "fastapi", "covet", "≥", 7.5),
    Goal("C", "fastapi", "covet", "≥", 7),
    Goal("D", "fastapi", "covet", "≥", 1.8),
)
_WARM_UP = 200


async def check(contender: Contender, app: ASGIApp, endpoint: Endpoint) -> None:
    """Raise WrongAnswerError unless *app* answers as all contenders must."""
    check_answer(contender.name, endpoint, await answer(app, endpoint.request))
    if endpoint.invalid is not None:
        rejection = await answer(app, endpoint.invalid)
        check_rejection(
            contender.name, endpoint.invalid, rejection, contender.rejects[endpoint.key]
        )


async def _prepare(
    contenders: list[Contender], stack: AsyncExitStack, budget: float
) -> tuple[dict[str, ASGIApp], dict[tuple[str, str], int]]:
    apps: dict[str, ASGIApp] = {}
    counts: dict[tuple[str, str], int] = {}
    for contender in contenders:
        app = apps[contender.name] = contender.load()
        await stack.enter_async_context(lifespan(app))
        for endpoint in ENDPOINTS:
            await check(contender, app, endpoint)
            seconds = await cpu_seconds_per_request(app, endpoint.request, _WARM_UP)
            counts[contender.name, endpoint.key] = repetitions(seconds, budget)
    return apps, counts


def run(
    *,
    rounds: int = 9,
    seconds: float = 0.05,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = print,
) -> Report:
    """Measure; *seconds* is the CPU time that each sample takes."""
    entrants = chosen(only, asgi_only=True)
    present = [contender for contender in entrants if contender.is_installed]
    requests = {endpoint.key: endpoint.request for endpoint in ENDPOINTS}
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            apps, counts = runner.run(_prepare(present, stack, seconds))
            say(f"rest: {len(present)} contenders give equal answers; {rounds} rounds")
            gc.collect()
            gc.freeze()  # what start-up made is not walked again on anyone's time

            def measure(name: str, column: str) -> float:
                gc.collect()
                count = counts[name, column]
                return runner.run(cpu_seconds_per_request(apps[name], requests[column], count))

            figures = interleave([entry.name for entry in present], requests, rounds, measure)
        finally:
            gc.unfreeze()
            runner.run(stack.aclose())
    return Report(
        "rest",
        "REST, in process",
        COLUMNS,
        figures,
        GOALS,
        rounds,
        notes=(
            "CPU time of the process for each request; the ASGI application is called directly.",
            "Falcon, Litestar and django-bolt use msgspec, the others Pydantic: "
            "each what its documentation builds on.",
        ),
        absent={entry.name: "not installed" for entry in entrants if entry not in present},
        environment=describe(
            [entry.distribution for entry in present if entry.distribution]
            + ["pydantic", "msgspec"]
        ),
    )
