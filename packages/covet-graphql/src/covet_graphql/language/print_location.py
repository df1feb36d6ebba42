"""Places in sources, shown with the lines around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.error._excerpt import print_source_location

if TYPE_CHECKING:
    from covet_graphql.language._location import Location

__all__ = ["print_location", "print_source_location"]


def print_location(location: Location) -> str:
    """Return the start of *location* as ``name:line:column`` with an excerpt of its source."""
    source = location.source
    return print_source_location(source, source.get_location(location.start))
