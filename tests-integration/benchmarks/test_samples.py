"""Medians, spreads, ratios, and the order in which an interleaved run measures."""

import pytest

from benchmarks.samples import Samples, interleave, repetitions


def test_median_is_the_middle_value() -> None:
    assert Samples((3.0, 1.0, 2.0)).median == 2.0


def test_median_is_not_moved_by_one_disturbed_round() -> None:
    assert Samples((1.0, 1.0, 1.0, 1.0, 900.0)).median == 1.0


def test_spread_holds_half_of_the_rounds() -> None:
    assert Samples((1.0, 2.0, 3.0, 4.0, 5.0)).spread == (2.0, 4.0)


def test_spread_of_one_round_is_that_round() -> None:
    assert Samples((7.0,)).spread == (7.0, 7.0)


def test_samples_of_no_round_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one round"):
        Samples(())


def test_ratio_divides_the_medians() -> None:
    assert Samples((8.0, 9.0, 10.0)).over(Samples((3.0, 2.0, 1.0))).value == 4.5


def test_ratio_spread_compares_only_what_ran_in_the_same_round() -> None:
    slow_machine_in_round_two = Samples((10.0, 40.0, 10.0)).over(Samples((5.0, 20.0, 5.0)))

    assert slow_machine_in_round_two.spread == (2.0, 2.0)


def test_ratio_of_different_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        Samples((1.0, 2.0)).over(Samples((1.0,)))


def test_contenders_of_a_column_run_one_after_another_and_take_turns_to_begin() -> None:
    seen: list[tuple[str, str]] = []

    def measure(name: str, column: str) -> float:
        seen.append((name, column))
        return float(len(seen))

    interleave(["raw", "covet"], ["A", "B"], 2, measure)

    assert seen == [
        *[("raw", "A"), ("covet", "A"), ("raw", "B"), ("covet", "B")],
        *[("covet", "A"), ("raw", "A"), ("covet", "B"), ("raw", "B")],
    ]


def test_samples_keep_the_order_of_the_rounds() -> None:
    readings = iter([1.0, 2.0, 3.0, 4.0])

    figures = interleave(["raw", "covet"], ["A"], 2, lambda name, column: next(readings))

    assert figures["raw"]["A"].values == (1.0, 4.0)
    assert figures["covet"]["A"].values == (2.0, 3.0)


@pytest.mark.parametrize(
    ("seconds_each", "expected"),
    [
        pytest.param(0.001, 50, id="fills-the-budget"),
        pytest.param(3.0, 1, id="one-at-least"),
        pytest.param(0.0, 50_000_000, id="too-fast-for-the-clock"),
    ],
)
def test_repetitions(seconds_each: float, expected: int) -> None:
    assert repetitions(seconds_each, 0.05) == expected
