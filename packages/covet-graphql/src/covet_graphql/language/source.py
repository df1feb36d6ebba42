"""A GraphQL text, its name, and where it stands in a larger file."""

from __future__ import annotations

import re
from bisect import bisect_right

from covet_graphql.error import GraphQLSyntaxError
from covet_graphql.language.location import SourceLocation

_LINE_TERMINATOR = re.compile(r"\r\n|[\n\r]")  # GraphQL's own; str.splitlines knows many more

_START = SourceLocation(1, 1)


class Source:
    """A GraphQL text for reading.

    Args:
        body: The text; bytes are decoded as UTF-8.
        name: What error messages call it.
        location_offset: Where the text begins in the file called *name*, counted from 1; moves the
            numbers of excerpts only, never ``locations``.

    Raises:
        GraphQLSyntaxError: *body* is bytes that are no UTF-8.
        TypeError: *body* is neither text nor bytes.
        ValueError: *location_offset* has a part below 1.
    """

    __slots__ = ("__weakref__", "_line_starts", "body", "location_offset", "name", "token_spans")

    body: str
    name: str
    location_offset: SourceLocation

    def __init__(
        self,
        body: str | bytes,
        name: str = "GraphQL request",
        location_offset: SourceLocation | tuple[int, int] = _START,
    ) -> None:
        self.name = name
        self.location_offset = _START
        if location_offset is not _START:
            self.location_offset = location_offset = SourceLocation(*location_offset)
            if location_offset.line < 1:
                raise ValueError("line in location_offset is 1-indexed and must be positive.")
            if location_offset.column < 1:
                raise ValueError("column in location_offset is 1-indexed and must be positive.")
        self._line_starts: list[int] | None = None
        self.token_spans: list[tuple[int, int]] | None = None  # found out when first asked for
        if isinstance(body, str):
            self.body = body
        elif isinstance(body, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]
            self.body = self._decode(body)
        else:
            raise TypeError(
                f"GraphQL source must be str or bytes, not {type(body).__name__}: {body!r:.80}."
            )

    def _decode(self, body: bytes) -> str:
        try:
            return body.decode()
        except UnicodeDecodeError as error:
            self.body = body.decode(errors="replace")
            position = len(body[: error.start].decode())
            reason = f"Invalid UTF-8: byte 0x{body[error.start]:02X} at offset {error.start}."
            raise GraphQLSyntaxError(self, position, reason) from error

    def get_location(self, position: int) -> SourceLocation:
        """Return the line and column of *position*, an offset in code points from 0."""
        starts = self._line_starts
        if starts is None:
            ends = (terminator.end() for terminator in _LINE_TERMINATOR.finditer(self.body))
            starts = self._line_starts = [0, *ends]
        line = bisect_right(starts, position)
        return SourceLocation(line, position + 1 - starts[line - 1])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Source):
            return NotImplemented
        return (self.body, self.name, self.location_offset) == (
            other.body,
            other.name,
            other.location_offset,
        )

    def __hash__(self) -> int:
        return hash((self.body, self.name, self.location_offset))

    def __repr__(self) -> str:
        return f"<Source name={self.name!r}>"
