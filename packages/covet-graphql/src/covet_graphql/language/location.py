"""A line and a column of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from covet_graphql.language.source import Source


class FormattedSourceLocation(TypedDict):
    """A location as a response carries it."""

    line: int
    column: int


class SourceLocation(NamedTuple):
    """A line and a column, in code points, both counted from 1."""

    line: int
    column: int

    @property
    def formatted(self) -> FormattedSourceLocation:
        """The location as a response carries it."""
        return {"line": self.line, "column": self.column}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, dict):
            return self.formatted == other
        return tuple(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.line, self.column))


def get_location(source: Source, position: int) -> SourceLocation:
    """Return the line and column of *position*, an offset in code points from 0."""
    return source.get_location(position)
