"""A source that is no GraphQL, and where it stops being so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.error._excerpt import print_source_location
from covet_graphql.error.graphql_error import GraphQLError

if TYPE_CHECKING:
    from covet_graphql.language.source import Source


class GraphQLSyntaxError(GraphQLError):
    """A source that the grammar does not allow.

    Attributes:
        description: What is wrong, without the prefix that ``message`` has.
        line: Where, counted from 1.
        column: Where in the line, in code points counted from 1.
        excerpt: The place as ``name:line:column`` and the lines around it, marked.
    """

    def __init__(self, source: Source, position: int, description: str) -> None:
        super().__init__(f"Syntax Error: {description}", source=source, positions=[position])
        self.description = description
        self._location = source.get_location(position)
        self.line: int = self._location.line
        self.column: int = self._location.column
        self._source = source

    @property
    def excerpt(self) -> str:
        """The lines around the error, marked, below ``name:line:column``."""
        return print_source_location(self._source, self._location)
