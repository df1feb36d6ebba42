"""Internal values as literals."""

from covet_graphql.type._literals import ast_from_value

__all__ = ["ast_from_value"]
