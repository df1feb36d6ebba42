"""The order in which people expect names: ``a2`` before ``a10``."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"(\d+)")


def natural_key(name: str) -> tuple[tuple[int, str] | tuple[int, int, str, str], ...]:
    """Return a key that sorts names by their letters, and by the numbers in them as numbers.

    A number comes before letters; of equal numbers, the one with more leading zeros comes first.
    """
    parts = _NUMBER.split(name)  # every second part is a number
    return tuple(
        [
            (0, *_size(part), part) if index % 2 else (1, part)
            for index, part in enumerate(parts)
            if part
        ]
    )


def _size(digits: str) -> tuple[int, str]:
    """Return what compares as the number does, however long it is."""
    significant = digits.lstrip("0")
    return len(significant), significant
