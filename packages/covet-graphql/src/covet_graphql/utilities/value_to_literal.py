"""External values as literals."""

from covet_graphql.type._literals import value_to_literal

__all__ = ["value_to_literal"]
