"""Why a literal is not of its type."""

from covet_graphql.type._validate_input import validate_input_literal

__all__ = ["validate_input_literal"]
