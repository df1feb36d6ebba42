"""The defaults of arguments and input fields as literals."""

from covet_graphql.type._literals import get_default_value_ast

__all__ = ["get_default_value_ast"]
