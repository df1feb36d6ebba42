"""Samples of an interleaved run: medians, quartiles, ratios of rounds that ran side by side."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Samples:
    """The measured values of one contender in one column, one a round, in order."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("Samples are empty: a measurement has at least one round.")

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The first and the third quartile: half of the rounds lie between them."""
        if len(self.values) == 1:
            return self.values[0], self.values[0]
        low, _, high = statistics.quantiles(self.values, n=4, method="inclusive")
        return low, high

    def over(self, other: Self) -> "Ratio":
        """Return this in units of *other*.

        Raises:
            ValueError: the two did not run in the same rounds.
        """
        pairs = zip(self.values, other.values, strict=True)
        return Ratio(self.median / other.median, Samples(tuple(a / b for a, b in pairs)).spread)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient of medians, and the quartiles of the quotients round by round."""

    value: float
    spread: tuple[float, float]


def interleave(
    contenders: Sequence[str],
    columns: Iterable[str],
    rounds: int,
    measure: Callable[[str, str], float],
) -> dict[str, dict[str, Samples]]:
    """Measure every contender in every column once a round; return samples by contender, column.

    Within a round the contenders of a column run directly after one another, so that a
    disturbance of the machine hits them alike; who begins changes from round to round.
    """
    columns = list(columns)
    values: dict[tuple[str, str], list[float]] = {
        (name, column): [] for name in contenders for column in columns
    }
    for number in range(rounds):
        first = number % len(contenders)
        order = [*contenders[first:], *contenders[:first]]
        for column in columns:
            for name in order:
                values[name, column].append(measure(name, column))
    return {
        name: {column: Samples(tuple(values[name, column])) for column in columns}
        for name in contenders
    }


def repetitions(seconds_each: float, budget_seconds: float) -> int:
    """Return how many repetitions fill *budget_seconds*; one at least."""
    return max(1, round(budget_seconds / max(seconds_each, 1e-9)))
