"""A report as text for the terminal and as Markdown for the README."""

import math
from collections.abc import Sequence

from benchmarks.contenders import title_of
from benchmarks.report import Column, Goal, Report, Verdict
from benchmarks.samples import Samples

_REFERENCE = "covet"


def figure(value: float) -> str:
    """Return *value* with three significant digits and no exponent: 0.912, 38.6, 11,700."""
    if value == 0:
        return "0"
    decimals = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, decimals):,.{max(0, decimals)}f}"


def _cell(
    column: Column, samples: Samples | None, reference: Samples | None, *, spread: bool
) -> str:
    if samples is None:
        return "-"
    text = figure(samples.median * column.scale)
    if spread and len(samples.values) > 1:
        low, high = samples.spread
        text += f" [{figure(low * column.scale)}, {figure(high * column.scale)}]"
    if reference is not None and reference is not samples and reference.median > 0:
        text += f" {figure(samples.median / reference.median)}x"
    return text


def _goal_text(goal: Goal, column: Column) -> str:
    unit = f" {column.unit}" if goal.divisor is None else ""
    return f"{goal.relation} {goal.bound:g}{unit}"


def _goal_title(goal: Goal) -> str:
    parts = [goal.numerator] if goal.divisor is None else [goal.numerator, goal.divisor]
    return " ÷ ".join(title_of(part) for part in parts)


def _measured(verdict: Verdict) -> str:
    if verdict.ratio is None:
        return "-"
    low, high = verdict.ratio.spread
    return f"{figure(verdict.ratio.value)} [{figure(low)}, {figure(high)}]"


def _grids(report: Report, *, spread: bool) -> tuple[list[list[str]], list[list[str]]]:
    head = ["", *(f"{column.title}, {column.unit}" for column in report.columns)]
    reference = report.figures.get(_REFERENCE, {})
    rows = [
        [
            title_of(name),
            *(
                _cell(c, row.get(c.key), reference.get(c.key), spread=spread)
                for c in report.columns
            ),
        ]
        for name, row in report.figures.items()
    ]
    goals = [
        [
            report.column(verdict.goal.column).title,
            _goal_title(verdict.goal),
            _measured(verdict),
            _goal_text(verdict.goal, report.column(verdict.goal.column)),
            verdict.word,
        ]
        for verdict in report.verdicts
    ]
    return [head, *rows], [["", "ratio", "measured", "goal", "reached"], *goals]


def _legend(report: Report, *, spread: bool) -> list[str]:
    quartiles = " [quartiles]" if spread else ""
    return [
        f"Median of {report.rounds} interleaved rounds{quartiles}; 2.00x is twice Covet's.",
        *report.notes,
        *(f"{title_of(name)} is missing: {reason}" for name, reason in report.absent.items()),
        "; ".join(f"{key} {value}" for key, value in report.environment.items()),
    ]


def _aligned(grid: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in grid) for i in range(len(grid[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in grid
    ]
    return [lines[0], "-" * max(map(len, lines)), *lines[1:]]


def text_table(report: Report) -> str:
    """Return *report* for a terminal."""
    figures, goals = _grids(report, spread=True)
    parts = [report.title, "=" * len(report.title), *_aligned(figures), ""]
    if report.goals:
        parts += [*_aligned(goals), ""]
    return "\n".join([*parts, *_legend(report, spread=True), ""])


def _markdown_grid(grid: Sequence[Sequence[str]]) -> list[str]:
    head, *rows = [f"| {' | '.join(row)} |" for row in grid]
    return [head, f"| --- |{' ---: |' * (len(grid[0]) - 1)}", *rows]


def markdown_table(report: Report) -> str:
    """Return *report* for the README."""
    figures, goals = _grids(report, spread=False)
    figures = [[f"**{cell}**" if row[0] == "Covet" else cell for cell in row] for row in figures]
    parts = [f"### {report.title}", "", *_markdown_grid(figures), ""]
    if report.goals:
        parts += [*_markdown_grid(goals), ""]
    return "\n".join([*parts, *(f"{line}  " for line in _legend(report, spread=False) if line), ""])
