"""The command: run suites, print their tables, keep their figures, draw them."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import graphql_language, over_http, rest, routing, validation
from benchmarks.chart import write_charts
from benchmarks.report import Report, from_data, to_data
from benchmarks.tables import markdown_table, text_table

SUITES = {
    "rest": rest.run,
    "http": over_http.run,
    "routing": routing.run,
    "validation": validation.run,
    "graphql": graphql_language.run,
}


def read(file: Path) -> dict[str, Any]:
    """Return the suites that *file* keeps, by name; none when there is no such file."""
    if not file.exists():
        return {}
    suites: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["suites"]
    return suites


def keep(report: Report, file: Path) -> None:
    """Write *report* into *file*; the other suites' latest figures stay there."""
    suites = {**read(file), report.name: to_data(report)}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        json.dumps({"suites": suites}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="suite", help=f"{', '.join(SUITES)}; or all")
    parser.add_argument("--rounds", type=int, help="interleaved rounds (each suite has its own)")
    parser.add_argument("--seconds", type=float, help="how long a sample takes (http: whole ones)")
    parser.add_argument("--only", help="contenders, with commas between them: covet,raw,fastapi")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where figures go")
    parser.add_argument("--from", type=Path, dest="source", help="show these figures, run nothing")
    parser.add_argument("--markdown", action="store_true", help="print tables for a README")
    parser.add_argument("--charts", type=Path, metavar="FOLDER", help="write SVG charts there")
    options = parser.parse_args(given)
    unknown = sorted(set(options.suites) - set(SUITES))
    if unknown:
        parser.error(f"There is no suite {', '.join(unknown)}. There are {', '.join(SUITES)}.")
    if options.rounds is not None and options.rounds < 1:
        parser.error(f"--rounds is {options.rounds}: one round at least.")
    return options


def _measured(options: argparse.Namespace) -> list[Report]:
    wanted = options.suites or list(SUITES)
    settings: dict[str, Any] = {
        key: value
        for key, value in (("rounds", options.rounds), ("seconds", options.seconds))
        if value is not None
    }
    if options.only is not None:
        settings["only"] = frozenset(options.only.split(","))
    reports = []
    for name in wanted:
        report = SUITES[name](**settings, say=lambda line: print(line, file=sys.stderr))
        keep(report, options.json)
        reports.append(report)
    return reports


def _kept(options: argparse.Namespace) -> list[Report]:
    suites = read(options.source)
    return [from_data(name, suites[name]) for name in options.suites or SUITES if name in suites]


def main(given: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status (0 also when a goal is missed)."""
    options = _arguments(given)
    reports = _measured(options) if options.source is None else _kept(options)
    show = markdown_table if options.markdown else text_table
    for report in reports:
        print(show(report))
    if options.charts is not None:
        for file in write_charts(reports, options.charts):
            print(f"drawn: {file}", file=sys.stderr)
    return 0
