"""Why the value of a variable is not of its type."""

from covet_graphql.type._validate_input import validate_input_value

__all__ = ["validate_input_value"]
