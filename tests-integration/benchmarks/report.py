"""The result of one suite as plain data, and the judgement of its goals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from benchmarks.samples import Ratio, Samples

BEST_PEER = "best peer"
NOT_PEERS = frozenset({"covet", "match_route", "raw"})

Relation = Literal["≥", "≤"]
Figures = Mapping[str, Mapping[str, Samples]]


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is measured; ``scale`` turns what was measured into ``unit``."""

    key: str
    title: str
    unit: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on Covet's figure, or on the quotient of two contenders' figures in one column.

    ``numerator`` may be BEST_PEER, the peer with the lowest figure. ``divisor`` None means the
    figure itself, in the column's unit. ``spread_counts`` accepts a bound within the quartiles.
    """

    column: str
    numerator: str
    divisor: str | None
    relation: Relation
    bound: float
    spread_counts: bool = False

    @property
    def title(self) -> str:
        """The goal in words: ``FastAPI ÷ Covet`` by the contenders' names."""
        return self.numerator if self.divisor is None else f"{self.numerator} ÷ {self.divisor}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal beside what was measured; ``ratio`` None: a contender was absent."""

    goal: Goal
    ratio: Ratio | None
    reached: bool | None

    @property
    def word(self) -> str:
        """``yes``, ``no``, ``within the spread`` or ``not measured``."""
        if self.ratio is None:
            return "not measured"
        if not self.reached:
            return "no"
        return "yes" if _holds(self.goal, self.ratio.value) else "within the spread"


@dataclass(frozen=True, slots=True)
class Report:
    """One suite's figures, with all that is needed to read them later."""

    name: str
    title: str
    columns: tuple[Column, ...]
    figures: Figures
    goals: tuple[Goal, ...] = ()
    rounds: int = 1
    notes: tuple[str, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    def column(self, key: str) -> Column:
        """Return the column of that key."""
        return next(column for column in self.columns if column.key == key)

    @property
    def verdicts(self) -> list[Verdict]:
        """Every goal with its judgement."""
        return [judge(goal, self.figures, self.column(goal.column)) for goal in self.goals]


def _holds(goal: Goal, value: float) -> bool:
    return value >= goal.bound if goal.relation == "≥" else value <= goal.bound


def _samples(name: str, column: str, figures: Figures) -> Samples | None:
    if name != BEST_PEER:
        return figures.get(name, {}).get(column)
    peers = [
        row[column] for peer, row in figures.items() if peer not in NOT_PEERS and column in row
    ]
    return min(peers, key=lambda samples: samples.median, default=None)


def judge(goal: Goal, figures: Figures, column: Column) -> Verdict:
    """Hold the figures of *column* against *goal*."""
    over = _samples(goal.numerator, goal.column, figures)
    if over is None:
        return Verdict(goal, None, None)
    if goal.divisor is None:
        low, high = over.spread
        scale = column.scale
        ratio = Ratio(over.median * scale, (low * scale, high * scale))
    else:
        under = _samples(goal.divisor, goal.column, figures)
        if under is None:
            return Verdict(goal, None, None)
        ratio = over.over(under)
    candidates = [ratio.value, *(ratio.spread if goal.spread_counts else ())]
    return Verdict(goal, ratio, any(_holds(goal, value) for value in candidates))


def to_data(report: Report) -> dict[str, Any]:
    """Return *report* as JSON-ready data; ``from_data`` is its inverse."""
    return {
        "title": report.title,
        "rounds": report.rounds,
        "environment": dict(report.environment),
        "absent": dict(report.absent),
        "notes": list(report.notes),
        "columns": [
            {"key": column.key, "title": column.title, "unit": column.unit, "scale": column.scale}
            for column in report.columns
        ],
        "figures": {
            name: {key: list(samples.values) for key, samples in row.items()}
            for name, row in report.figures.items()
        },
        "goals": [
            {
                "column": goal.column,
                "numerator": goal.numerator,
                "divisor": goal.divisor,
                "relation": goal.relation,
                "bound": goal.bound,
                "spread_counts": goal.spread_counts,
            }
            for goal in report.goals
        ],
        "verdicts": [
            {
                "column": verdict.goal.column,
                "title": verdict.goal.title,
                "value": verdict.ratio and verdict.ratio.value,
                "spread": verdict.ratio and list(verdict.ratio.spread),
                "reached": verdict.reached,
            }
            for verdict in report.verdicts
        ],
    }


def from_data(name: str, data: Mapping[str, Any]) -> Report:
    """Return the report that ``to_data`` wrote; its verdicts are judged anew."""
    return Report(
        name=name,
        title=data["title"],
        rounds=data["rounds"],
        environment=data["environment"],
        absent=data["absent"],
        notes=tuple(data["notes"]),
        columns=tuple(Column(**column) for column in data["columns"]),
        figures={
            contender: {key: Samples(tuple(values)) for key, values in row.items()}
            for contender, row in data["figures"].items()
        },
        goals=tuple(Goal(**goal) for goal in data["goals"]),
    )
