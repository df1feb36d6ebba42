"""Inputs as what resolvers get."""

from covet_graphql.type._coerce_input import (
    coerce_default_value,
    coerce_input_literal,
    coerce_input_value,
)

__all__ = ["coerce_default_value", "coerce_input_literal", "coerce_input_value"]
