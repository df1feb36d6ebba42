"""Stretches of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from covet_graphql.language._lexical import span_of, token_at

if TYPE_CHECKING:
    from covet_graphql.language._token import Token
    from covet_graphql.language.source import Source


class Location:
    """The stretch of a source that a node was read from.

    Attributes:
        start: Offset of its first code point, from 0.
        end: Offset behind its last code point.
        start_token: Its first token.
        end_token: Its last token.
        source: What the offsets count in.
    """

    # tokens are made when somebody asks; `__getattr__` is called for slots that are still empty
    __slots__ = ("_first", "_last", "end", "end_token", "source", "start", "start_token")

    start: int
    end: int
    start_token: Token
    end_token: Token
    source: Source

    def __init__(self, start_token: Token, end_token: Token, source: Source) -> None:
        self.start_token = start_token
        self.end_token = end_token
        self.source = source
        self.start = start_token.start
        self.end = end_token.end
        self._first = self._last = -1

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Make the tokens that were left for later."""
            if name == "start_token":
                self.start_token = token = token_at(self.source, self._first)
                return token
            if name == "end_token":
                self.end_token = token = token_at(self.source, self._last)
                return token
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Location):
            return (self.start, self.end) == (other.start, other.end)
        if isinstance(other, (list, tuple)):
            return (self.start, self.end) == tuple(cast("tuple[object]", other))
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __str__(self) -> str:
        return f"{self.start}:{self.end}"

    def __repr__(self) -> str:
        return f"<Location {self}>"


def location_of(source: Source, first: int, end: int) -> Location:
    """Return the stretch from the token at *first*, -1 for the start, to the one before *end*."""
    location = object.__new__(Location)
    location.source = source
    location.start = span_of(source, first)[0] if first >= 0 else 0
    location.end = span_of(source, end - 1)[1]
    location._first = first  # pyright: ignore[reportPrivateUsage]
    location._last = end - 1  # pyright: ignore[reportPrivateUsage]
    return location
