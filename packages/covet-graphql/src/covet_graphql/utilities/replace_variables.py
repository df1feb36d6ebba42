"""Literals with values in the place of variables."""

from covet_graphql.type._replace_variables import replace_variables

__all__ = ["replace_variables"]
