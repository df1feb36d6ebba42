"""Goals are judged as targets.md words them, and a report survives its JSON."""

import json

import pytest

from benchmarks.report import BEST_PEER, Column, Goal, Report, from_data, judge, to_data
from benchmarks.samples import Samples

COLUMN = Column("A", "plain", "µs", 1e6)


def figures(**values: tuple[float, ...]) -> dict[str, dict[str, Samples]]:
    return {name: {"A": Samples(rounds)} for name, rounds in values.items()}


@pytest.mark.parametrize(
    ("covet", "word"),
    [
        pytest.param((1.0, 1.0, 1.0), "yes", id="above-the-bound"),
        pytest.param((1.25, 1.25, 1.25), "yes", id="on-the-bound"),
        pytest.param((1.3, 1.3, 1.3), "no", id="below-the-bound"),
    ],
)
def test_a_quotient_is_held_against_its_lower_bound(covet: tuple[float, ...], word: str) -> None:
    goal = Goal("A", "fastapi", "covet", "≥", 8)

    verdict = judge(goal, figures(fastapi=(10.0, 10.0, 10.0), covet=covet), COLUMN)

    assert verdict.word == word


def test_the_spread_counts_only_where_the_goal_says_so() -> None:
    measured = figures(covet=(1.0, 1.2, 1.4), raw=(1.0, 1.0, 1.0))

    strict = judge(Goal("A", "covet", "raw", "≤", 1.1), measured, COLUMN)
    lenient = judge(Goal("A", "covet", "raw", "≤", 1.1, spread_counts=True), measured, COLUMN)

    assert strict.word == "no"
    assert lenient.word == "within the spread"


def test_a_bound_outside_the_spread_is_missed() -> None:
    goal = Goal("A", "covet", "raw", "≤", 1.1, spread_counts=True)

    verdict = judge(goal, figures(covet=(2.0, 2.1, 2.2), raw=(1.0, 1.0, 1.0)), COLUMN)

    assert verdict.reached is False


def test_a_figure_is_judged_in_the_unit_of_its_column() -> None:
    verdict = judge(Goal("A", "covet", None, "≤", 100), figures(covet=(99e-6,)), COLUMN)

    assert verdict.word == "yes"
    assert verdict.ratio is not None
    assert verdict.ratio.value == pytest.approx(99)


def test_the_best_peer_is_the_fastest_but_neither_covet_nor_raw() -> None:
    measured = figures(raw=(1.0,), covet=(2.0,), falcon=(8.0,), fastapi=(80.0,))

    verdict = judge(Goal("A", BEST_PEER, "covet", "≥", 4), measured, COLUMN)

    assert verdict.ratio is not None
    assert verdict.ratio.value == 4.0


@pytest.mark.parametrize("missing", ["fastapi", "covet"])
def test_a_goal_with_an_absent_contender_is_not_measured(missing: str) -> None:
    measured = figures(fastapi=(8.0,), covet=(1.0,))
    del measured[missing]

    verdict = judge(Goal("A", "fastapi", "covet", "≥", 8), measured, COLUMN)

    assert verdict.reached is None
    assert verdict.word == "not measured"


def test_a_report_comes_back_from_its_json() -> None:
    report = Report(
        "rest",
        "REST",
        (COLUMN,),
        figures(fastapi=(8.0, 9.0), covet=(1.0, 1.1)),
        (Goal("A", "fastapi", "covet", "≥", 8),),
        rounds=2,
        notes=("a note",),
        absent={"falcon": "not installed"},
        environment={"python": "CPython 3.13.0"},
    )

    assert from_data("rest", json.loads(json.dumps(to_data(report)))) == report


def test_the_json_tells_the_verdict_to_who_reads_only_that() -> None:
    goal = Goal("A", "fastapi", "covet", "≥", 8)
    report = Report("rest", "REST", (COLUMN,), figures(fastapi=(9.0,), covet=(1.0,)), (goal,))

    (verdict,) = to_data(report)["verdicts"]

    assert verdict == {
        "column": "A",
        "title": "fastapi ÷ covet",
        "value": 9.0,
        "spread": [9.0, 9.0],
        "reached": True,
    }
