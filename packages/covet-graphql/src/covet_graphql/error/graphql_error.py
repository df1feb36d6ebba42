"""An error of a GraphQL request or schema, with the places that it concerns."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, TypedDict, cast

from covet_graphql.error._excerpt import print_source_location

if TYPE_CHECKING:
    from covet_graphql.language.ast import Node
    from covet_graphql.language.location import FormattedSourceLocation, SourceLocation
    from covet_graphql.language.source import Source


class _RequiredErrorMembers(TypedDict):
    """What every error has."""

    message: str


class GraphQLFormattedError(_RequiredErrorMembers, total=False):
    """An error as a response carries it.

    Source: https://spec.graphql.org/September2025/#sec-Errors.Error-Result-Format
    """

    locations: list[FormattedSourceLocation]
    path: list[str | int]
    extensions: dict[str, Any]


class GraphQLError(Exception):
    """What went wrong while reading, validating or executing a document, or in a schema.

    Attributes:
        message: What happened, for the developer of the client.
        nodes: The syntax nodes that the error concerns, or None.
        source: The source that ``positions`` count in, or None.
        positions: Offsets into the source, in code points from 0, or None.
        locations: The positions as lines and columns that count from 1, or None.
        path: The response keys and list indices down to the field that failed, or None.
        original_error: What a resolver raised, or None; also the error's ``__cause__``.
        extensions: Further members for the client; by default those of the original error.

    Without *source* and *positions* they are those of *nodes*.
    """

    def __init__(
        self,
        message: str,
        nodes: Collection[Node] | Node | None = None,
        source: Source | None = None,
        positions: Collection[int] | None = None,
        path: Collection[str | int] | None = None,
        original_error: Exception | None = None,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message: str = message
        self.nodes: list[Node] | None = _node_list(nodes)
        self.path: list[str | int] | None = None if path is None else list(path)
        self.original_error: Exception | None = original_error
        if original_error is not None:
            super().__setattr__("__cause__", original_error)
        if extensions is None:
            inherited = getattr(original_error, "extensions", None)
            extensions = cast("dict[str, Any]", inherited) if isinstance(inherited, dict) else {}
        self.extensions: dict[str, Any] = extensions

        places = [node.loc for node in self.nodes or () if node.loc is not None]
        if source is None and places:
            source = places[0].source
        self.source: Source | None = source
        self.positions: list[int] | None
        self.locations: list[SourceLocation] | None
        if positions:
            self.positions = list(positions)
            self.locations = (
                None if source is None else [source.get_location(at) for at in self.positions]
            )
        elif places:
            self.positions = [place.start for place in places]
            self.locations = [place.source.get_location(place.start) for place in places]
        else:
            self.positions = self.locations = None

    def __str__(self) -> str:
        shown = [self.message]
        if self.nodes:
            for node in self.nodes:
                if node.loc is not None:
                    source = node.loc.source
                    location = source.get_location(node.loc.start)
                    shown.append(print_source_location(source, location))
        elif self.source is not None and self.locations:
            shown += [print_source_location(self.source, place) for place in self.locations]
        return "\n\n".join(shown)

    def __repr__(self) -> str:
        parts = [repr(self.message)]
        for name in ("locations", "path", "extensions"):
            value = getattr(self, name)
            if value:
                parts.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, GraphQLError):
            return self is other or (
                type(self) is type(other)
                and self.formatted == other.formatted
                and self.nodes == other.nodes
                and self.original_error == other.original_error
            )
        if isinstance(other, dict):  # so that tests may compare with what a client sees
            return self.formatted == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.message)

    @property
    def formatted(self) -> GraphQLFormattedError:
        """The error as a response carries it: only the members that are present."""
        formatted: GraphQLFormattedError = {"message": self.message}
        if self.locations is not None:
            formatted["locations"] = [location.formatted for location in self.locations]
        if self.path is not None:
            formatted["path"] = self.path
        if self.extensions:
            formatted["extensions"] = self.extensions
        return formatted


def _node_list(nodes: Collection[Node] | Node | None) -> list[Node] | None:
    if nodes is None:
        return None
    return (list(nodes) if isinstance(nodes, Collection) else [nodes]) or None
