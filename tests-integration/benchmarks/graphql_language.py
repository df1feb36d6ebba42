"""GraphQL before execution: reading, checking and building, by the same calls of two packages."""

import importlib
import importlib.util
from collections.abc import Callable, Collection
from typing import Any

from benchmarks.calls import cpu_seconds_per_call
from benchmarks.environment import describe
from benchmarks.graphql_workloads import LENGTHS, TYPES, document, schema_text
from benchmarks.report import Column, Goal, Report
from benchmarks.samples import interleave, repetitions

MODULES = {"covet": "covet_graphql", "graphql_core": "graphql"}
COLUMNS = (
    *(Column(f"parse {n}", f"parse {n:,} lines", "ms", 1e3) for n in LENGTHS),
    *(Column(f"validate {n}", f"validate {n:,} lines", "ms", 1e3) for n in LENGTHS),
    Column("build", f"build_schema, {TYPES} types", "ms", 1e3),
)
GOALS = (
    *(Goal(f"parse {n}", "graphql_core", "covet", "≥", 9) for n in LENGTHS),
    *(Goal(f"validate {n}", "graphql_core", "covet", "≥", 40) for n in LENGTHS),
    Goal("build", "graphql_core", "covet", "≥", 8),
)

Calls = dict[str, Callable[[], object]]


def calls_of(package: Any) -> Calls:
    """Return what is timed of *package*, which has graphql-core's names."""
    sdl = schema_text()
    schema = package.build_schema(sdl)
    calls: Calls = {"build": lambda: package.build_schema(sdl)}
    for lines in LENGTHS:
        source = document(lines)
        parsed = package.parse(source)
        calls[f"parse {lines}"] = lambda source=source: package.parse(source)
        calls[f"validate {lines}"] = lambda parsed=parsed: package.validation.validate(
            schema, parsed
        )
    return calls


def check(calls: Calls, reference: Calls, package: Any, other: Any) -> None:
    """Raise RuntimeError unless both packages read, find and build the same."""
    for lines in LENGTHS:
        key = f"parse {lines}"
        if package.print_ast(calls[key]()) != other.print_ast(reference[key]()):
            raise RuntimeError(f"{package.__name__} reads the document of {lines} lines otherwise.")
        faults: Any = calls[f"validate {lines}"]()
        if faults:
            raise RuntimeError(f"{package.__name__} finds {faults[0]} in a valid document.")
    if package.print_schema(calls["build"]()) != other.print_schema(reference["build"]()):
        raise RuntimeError(f"{package.__name__} builds another schema.")


def run(
    *,
    rounds: int = 7,
    seconds: float = 0.1,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = print,
) -> Report:
    """Measure; *seconds* is the CPU time that each sample takes (or one call, if longer)."""
    entrants = [name for name in MODULES if only is None or name in only]
    present = [name for name in entrants if importlib.util.find_spec(MODULES[name]) is not None]
    packages = {name: importlib.import_module(MODULES[name]) for name in present}
    contenders = {name: calls_of(package) for name, package in packages.items()}
    for name in present[1:]:
        check(contenders[name], contenders[present[0]], packages[name], packages[present[0]])
    counts = {
        (name, column): repetitions(cpu_seconds_per_call(call, 1), seconds)
        for name, calls in contenders.items()
        for column, call in calls.items()
    }
    say(f"graphql: {len(present)} packages agree; {rounds} rounds")
    figures = interleave(
        present,
        [column.key for column in COLUMNS],
        rounds,
        lambda name, column: cpu_seconds_per_call(contenders[name][column], counts[name, column]),
    )
    return Report(
        "graphql",
        "GraphQL: parse, validate, build",
        COLUMNS,
        figures,
        GOALS,
        rounds,
        notes=("Documents of operations with fragments and variables, valid for the schema.",),
        absent={name: "not installed" for name in entrants if name not in present},
        environment=describe(["covet-graphql", "graphql-core"]),
    )
