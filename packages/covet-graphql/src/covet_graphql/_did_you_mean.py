"""Suggestions for names that nearly are right.

The distance of two names is the number of edits from one to the other, where an edit inserts,
removes or replaces a character, or swaps two neighbours (restricted Damerau-Levenshtein); a
difference of case alone is one edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from covet_graphql._natural_order import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MAX_SUGGESTIONS: Final = 5


def did_you_mean(suggestions: Sequence[str], sub_message: str | None = None) -> str:
    """Return `` Did you mean 'a', 'b', or 'c'?`` for up to five names, nothing for none."""
    if not suggestions:
        return ""
    what = f"{sub_message} " if sub_message else ""
    return f" Did you mean {what}{or_list(suggestions[:_MAX_SUGGESTIONS])}?"


def or_list(items: Sequence[str]) -> str:
    """Return quoted *items* as English lists them: ``'a', 'b', or 'c'``."""
    return _listed("or", items)


def and_list(items: Sequence[str]) -> str:
    """Return quoted *items* as English lists them: ``'a', 'b', and 'c'``."""
    return _listed("and", items)


def _listed(conjunction: str, items: Sequence[str]) -> str:
    quoted = [f"'{item}'" for item in items]
    if len(quoted) <= 2:
        return f" {conjunction} ".join(quoted)
    return f"{', '.join(quoted[:-1])}, {conjunction} {quoted[-1]}"


def suggestion_list(input_: str, options: Iterable[str]) -> list[str]:
    """Return those of *options* that are near to *input_*, the nearest first."""
    threshold = int(len(input_) * 0.4) + 1
    distances = {
        option: distance
        for option in options
        if (distance := _distance(input_, option, threshold)) is not None
    }
    return sorted(distances, key=lambda option: (distances[option], natural_key(option)))


def _distance(a: str, b: str, threshold: int) -> int | None:
    """Return the distance of two names, None when it is above *threshold*."""
    if a == b:
        return 0
    a, b = a.lower(), b.lower()
    if a == b:
        return 1
    if abs(len(a) - len(b)) > threshold:
        return None
    two_above: list[int] = []
    above = list(range(len(b) + 1))
    for i, character in enumerate(a):
        row = [i + 1]
        for j, other in enumerate(b):
            edits = min(row[j] + 1, above[j + 1] + 1, above[j] + (character != other))
            if i and j and character == b[j - 1] and a[i - 1] == other:
                edits = min(edits, two_above[j - 1] + 1)
            row.append(edits)
        if min(row) > threshold:
            return None
        two_above, above = above, row
    return above[-1] if above[-1] <= threshold else None
