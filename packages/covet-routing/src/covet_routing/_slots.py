"""Slots: where the parameters of a template are in a split path, and how to fill them."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from covet_routing._segment import Mixed, Parameter
from covet_routing._template import Template

Fill = Callable[[Sequence[str]], dict[str, object] | None]
Read = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Slots:
    """What the parameters of a template have in common with those of many others.

    Attributes:
        names: The parameters from left to right.
        places: Name and position of each in turn, flat. A position counts the pieces that
            splitting the path at its slashes gives.
        fill: The parameters of a split path, or None when one does not convert. Is None itself
            where a parameter has no piece of its own.
        is_untyped: Whether filling never fails.
    """

    names: tuple[str, ...]
    places: tuple[Any, ...]
    fill: Fill | None
    is_untyped: bool


def slots_of(template: Template) -> Slots:
    """Return the slots of *template*; equal templates share them."""
    places: list[object] = []
    reads: list[Read | None] = []
    for position, segment in enumerate(template.segments, 1):  # 0 is before the leading slash
        if isinstance(segment, Parameter) and not segment.converter.spans_segments:
            places += (segment.name, position)
            reads.append(segment.converter.read if segment.is_typed else None)
        elif isinstance(segment, Mixed | Parameter):
            return Slots(template.names, (), None, is_untyped=False)
    return _slots(tuple(places), tuple(reads))


@functools.lru_cache(maxsize=4096)
def _slots(places: tuple[Any, ...], reads: tuple[Read | None, ...]) -> Slots:
    names, positions = places[::2], places[1::2]
    rows: list[tuple[str, int, Read | None]] = list(zip(names, positions, reads, strict=True))
    is_untyped = not any(reads)
    if is_untyped:

        def fill(pieces: Sequence[str]) -> dict[str, object] | None:
            return {name: pieces[i] for name, i, _ in rows}

    else:

        def fill(pieces: Sequence[str]) -> dict[str, object] | None:
            params: dict[str, object] = {}
            try:
                for name, i, read in rows:
                    params[name] = pieces[i] if read is None else read(pieces[i])
            except ValueError:
                return None
            return params

    return Slots(names, places, fill, is_untyped)
