"""A place in a source, shown as the lines around it with a marker below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from covet_graphql.language.location import SourceLocation
    from covet_graphql.language.source import Source

_LINE_TERMINATOR = re.compile(r"\r\n|[\n\r]")
_LONG_LINE = 120  # code points; longer lines (minified documents) are shown in parts
_PART = 80


def print_source_location(source: Source, source_location: SourceLocation) -> str:
    """Return *source_location* as ``name:line:column`` with an excerpt of *source*.

    *source_location* counts from 1 within the body; what is shown is moved by the source's
    ``location_offset``.
    """
    first_line, first_column = source.location_offset
    lines = _LINE_TERMINATOR.split(" " * (first_column - 1) + source.body)
    index = source_location.line - 1
    number = source_location.line + first_line - 1
    column = source_location.column + (first_column - 1 if index == 0 else 0)
    line = lines[index]
    heading = f"{source.name}:{number}:{column}"
    if len(line) > _LONG_LINE:
        return "\n".join([heading, *_gutter(_in_parts(number, line, column))])
    rows = [(f"{number} |", line), ("|", " " * (column - 1) + "^")]
    if index > 0:
        rows.insert(0, (f"{number - 1} |", lines[index - 1]))
    if index + 1 < len(lines):
        rows.append((f"{number + 1} |", lines[index + 1]))
    return "\n".join([heading, *_gutter(rows)])


def _in_parts(number: int, line: str, column: int) -> list[tuple[str, str]]:
    """Return a long line in parts, with the marker below its part, up to one part after it."""
    marked, offset = divmod(column - 1, _PART)
    shown = [line[start : start + _PART] for start in range(0, len(line), _PART)][: marked + 2]
    rows = [("|", part) for part in shown]
    rows[0] = (f"{number} |", shown[0])
    rows.insert(marked + 1, ("|", " " * offset + "^"))
    return rows


def _gutter(rows: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(rows)
    width = max(len(prefix) for prefix, _ in rows)
    return [prefix.rjust(width) + (f" {text}" if text else "") for prefix, text in rows]
