"""REST over HTTP: CPU time of the server process a request, every contender on its own server."""

from collections.abc import Callable, Collection
from contextlib import ExitStack

from benchmarks.contenders import chosen
from benchmarks.endpoints import ENDPOINTS, check_answer, check_rejection
from benchmarks.environment import describe
from benchmarks.load import CONNECTIONS, find_wrk, load
from benchmarks.report import Goal, Report
from benchmarks.rest import COLUMNS
from benchmarks.samples import interleave
from benchmarks.servers import Server

GOALS = (
    *(Goal(key, "covet", "raw", "≤", 1.1, spread_counts=True) for key in "ABCD"),
    *(Goal(key, "fastapi", "covet", "≥", 3.2) for key in "ABC"),
    Goal("D", "fastapi", "covet", "≥", 1.6),
)
_WARM_UP_SECONDS = 1
_SERVER_PACKAGES = ("uvicorn", "uvloop", "httptools")


def check(server: Server) -> None:
    """Raise WrongAnswerError unless *server* answers as all contenders must."""
    contender = server.contender
    for endpoint in ENDPOINTS:
        check_answer(contender.name, endpoint, server.answer(endpoint.request))
        if endpoint.invalid is not None:
            rejection = server.answer(endpoint.invalid)
            status = contender.rejects[endpoint.key]
            check_rejection(contender.name, endpoint.invalid, rejection, status)


def run(
    *,
    rounds: int = 9,
    seconds: float = 2,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = print,
) -> Report:
    """Measure; *seconds* (whole ones) is how long wrk loads one endpoint in one round."""
    find_wrk()
    duration = max(1, round(seconds))
    entrants = chosen(only, asgi_only=False)
    present = [contender for contender in entrants if contender.is_installed]
    requests = {endpoint.key: endpoint.request for endpoint in ENDPOINTS}
    with ExitStack() as stack:
        servers: dict[str, Server] = {}
        for contender in present:
            server = servers[contender.name] = stack.enter_context(Server(contender))
            check(server)
        minutes = len(present) * len(requests) * (rounds * duration + _WARM_UP_SECONDS) / 60
        say(f"http: {len(present)} servers give equal answers; about {minutes:.0f} minutes")

        def measure(name: str, column: str, lasting: int = duration) -> float:
            server, request = servers[name], requests[column]
            before = server.cpu_seconds()
            count = load(server.url(request), request, lasting)
            return (server.cpu_seconds() - before) / count

        for name in servers:
            for column in requests:
                measure(name, column, _WARM_UP_SECONDS)
        figures = interleave(list(servers), requests, rounds, measure)
    return Report(
        "http",
        "REST, over HTTP",
        COLUMNS,
        figures,
        GOALS,
        rounds,
        notes=(
            "CPU time of the server for each request: uvicorn, one worker, uvloop and httptools, "
            f"no access log; wrk with {CONNECTIONS} connections on the same machine.",
            "django-bolt brings its own server, written in Rust: "
            "an ASGI application on uvicorn cannot pass it.",
            "A goal against raw ASGI counts as reached when it lies within the quartiles.",
        ),
        absent={entry.name: "not installed" for entry in entrants if entry not in present},
        environment=describe(
            [entry.distribution for entry in present if entry.distribution]
            + ["pydantic", "msgspec", *_SERVER_PACKAGES]
        ),
    )
