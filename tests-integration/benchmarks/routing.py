"""Routing: CPU time a lookup, time to build and memory, every router in a fresh process."""

import gc
import importlib.util
import multiprocessing
import os
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.environment import describe
from benchmarks.report import BEST_PEER, Column, Goal, Report
from benchmarks.route_table import Shape, Template, paths, position, table
from benchmarks.routers import BUILDERS, IMPORTS, Built
from benchmarks.samples import Samples, interleave, repetitions

COLUMNS = (
    Column("wide 10 middle", "10 routes", "ns", 1e9),
    Column("wide 1000 middle", "1,000", "ns", 1e9),
    Column("wide 10000 first", "10,000 first", "ns", 1e9),
    Column("wide 10000 middle", "10,000 middle", "ns", 1e9),
    Column("wide 10000 last", "10,000 last", "ns", 1e9),
    Column("wide 10000 miss", "10,000 miss", "ns", 1e9),
    Column("wide 10000 early-miss", "10,000 early miss", "ns", 1e9),
    Column("wide 10000 static", "10,000 static", "ns", 1e9),
    Column("nested 10000 middle", "10,000 nested", "ns", 1e9),
    Column("build", "build 10,000", "s"),
    Column("memory", "RSS 10,000", "MB", 1e-6),
)
GOALS = (
    Goal("wide 10000 first", "covet", None, "≤", 1000),
    Goal("wide 10000 middle", "covet", None, "≤", 1000),
    Goal("wide 10000 last", "covet", None, "≤", 1000),
    Goal("nested 10000 middle", "covet", None, "≤", 1000),
    Goal("wide 10000 middle", BEST_PEER, "covet", "≥", 8),
    Goal("wide 10000 miss", "covet", None, "≤", 500),
    Goal("wide 10000 early-miss", "covet", None, "≤", 500),
    Goal("wide 10000 static", "covet", None, "≤", 100),
    Goal("build", "covet", None, "≤", 0.2),
    Goal("memory", "covet", None, "≤", 10),
)
TABLES: tuple[tuple[Shape, int], ...] = (
    ("wide", 10),
    ("wide", 1000),
    ("wide", 10_000),
    ("nested", 10_000),
)
_WEIGHED = ("wide", 10_000)  # the table whose build time and memory are shown
_MOST_PATHS = 20_000
_START_SECONDS = 180  # one peer needs several seconds of CPU for its table
_ANSWER_SECONDS = 60


class WrongRouteError(Exception):
    """A router found another route, or other parameters, than the table says."""

    def __init__(self, router: str, path: str, found: object, expected: object) -> None:
        self.router = router
        self.path = path
        super().__init__(
            f"{router} resolves {path!r} to {found!r} in place of {expected!r}. "
            "Nothing is timed before all routers agree: mend routers.py."
        )


def check(name: str, built: Built, templates: list[Template]) -> None:
    """Raise WrongRouteError unless every position of the table resolves as it must."""
    for where in ("first", "middle", "last"):
        index = position(templates, where)
        path, params = templates[index].url(7)
        found = built.resolve(path)
        if found is None or (found[0], dict(found[1])) != (index, params):
            raise WrongRouteError(name, path, found, (index, params))
    missing = next(paths(templates, "miss"))
    found = built.resolve(missing)
    if found is not None:
        raise WrongRouteError(name, missing, found, None)
    for index, template in enumerate(templates):
        if not template.names and built.resolve(str(template)) != (index, {}):
            raise WrongRouteError(name, str(template), built.resolve(str(template)), (index, {}))


def resident_bytes() -> int:
    """Return the memory of this process that is in RAM now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def cpu_seconds_per_lookup(built: Built, templates: list[Template], kind: str, n: int) -> float:
    """Return the CPU seconds of each of *n* lookups of distinct paths."""
    wanted = list(islice(paths(templates, kind), n))
    gc.collect()
    start = time.process_time()
    built.visit(wanted)
    return (time.process_time() - start) / n


def _serve(connection: Connection, name: str, shape: Shape, size: int, budget: float) -> None:
    """Build one router in this fresh process, then measure what the parent asks for."""
    templates = table(size, shape)
    check(name, BUILDERS[name](table(10)), table(10))  # imports whatever is imported lazily
    gc.collect()
    before = resident_bytes()
    start = time.process_time()
    built = BUILDERS[name](templates)
    build_seconds = time.process_time() - start
    gc.collect()
    connection.send((build_seconds, max(0, resident_bytes() - before)))
    check(name, built, templates)
    gc.freeze()
    counts: dict[str, int] = {}
    while (kind := connection.recv()) is not None:
        if kind not in counts:
            estimate = cpu_seconds_per_lookup(built, templates, kind, 3)
            estimate = cpu_seconds_per_lookup(
                built, templates, kind, min(1000, repetitions(estimate, budget))
            )
            counts[kind] = min(_MOST_PATHS, repetitions(estimate, budget))
        connection.send(cpu_seconds_per_lookup(built, templates, kind, counts[kind]))


class RouterProcess:
    """A fresh process that holds one built router; a context manager that ends it."""

    def __init__(self, name: str, shape: Shape, size: int, budget: float) -> None:
        self.name = name
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, name, shape, size, budget))
        self._process.start()
        theirs.close()

    def __enter__(self) -> "RouterProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.is_alive():
            self._process.terminate()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._connection.close()

    def _receive(self, seconds: float) -> Any:
        if not self._connection.poll(seconds):
            raise TimeoutError(f"The router process of {self.name} was silent for {seconds} s.")
        return self._connection.recv()

    def built(self) -> tuple[float, float]:
        """Wait until the router is built; return CPU seconds and bytes of RAM that it took."""
        seconds, size = self._receive(_START_SECONDS)
        return float(seconds), float(size)

    def measure(self, kind: str) -> float:
        """Return the CPU seconds of a lookup of *kind*."""
        self._connection.send(kind)
        return float(self._receive(_ANSWER_SECONDS))


def _asker(processes: dict[str, RouterProcess]) -> Callable[[str, str], float]:
    return lambda name, key: processes[name].measure(key.split()[2])


def run(
    *,
    rounds: int = 5,
    seconds: float = 0.02,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = print,
) -> Report:
    """Measure; *seconds* is the CPU time that each sample takes (or one lookup, if longer)."""
    entrants = [name for name in BUILDERS if only is None or name in only]
    present = [name for name in entrants if importlib.util.find_spec(IMPORTS[name]) is not None]
    figures: dict[str, dict[str, Samples]] = {name: {} for name in present}
    for shape, size in TABLES:
        with ExitStack() as stack:
            processes: dict[str, RouterProcess] = {}
            for name in present:  # one builds at a time
                process = stack.enter_context(RouterProcess(name, shape, size, seconds))
                built_in, memory = process.built()
                processes[name] = process
                if (shape, size) == _WEIGHED:
                    figures[name]["build"] = Samples((built_in,))
                    figures[name]["memory"] = Samples((memory,))
            say(f"routing: {len(present)} routers hold {size:,} routes ({shape}); {rounds} rounds")
            prefix = f"{shape} {size} "
            keys = [column.key for column in COLUMNS if column.key.startswith(prefix)]
            timed = interleave(present, keys, rounds, _asker(processes))
        for name, row in timed.items():
            figures[name].update(row)
    return Report(
        "routing",
        "Routing",
        COLUMNS,
        figures,
        GOALS,
        rounds,
        notes=(
            "Covet is the frozen table, which an application asks; match_route adds a RouteMatch.",
            "CPU time of a lookup by method and path, GitHub-like templates, every path distinct.",
            "One node of the tables has a thousand children; nested: none has more than dozens.",
            "miss: the last segment is unknown; early miss: the kind of thing is.",
            "Starlette and FastAPI: their routes asked in order, without the request around it.",
        ),
        absent={name: "not installed" for name in entrants if name not in present},
        environment=describe(
            [IMPORTS[name].replace("_", "-") for name in present if name in figures]
        ),
    )
