"""The order in which people expect names: ``a2`` before ``a10``."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"(\d+)")


def natural_order(name: str) -> tuple[tuple[str | tuple[int, str], ...], str]:
    """Return a key that sorts names by their letters, and by the numbers in them as numbers."""
    parts = _NUMBER.split(name)  # every second part is a number
    return tuple([_size(part) if index % 2 else part for index, part in enumerate(parts)]), name


def _size(digits: str) -> tuple[int, str]:
    """Return what compares as the number does, however long it is."""
    significant = digits.lstrip("0")
    return len(significant), significant
