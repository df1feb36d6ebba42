"""A value literal as Python data, without a type to say what it should be."""

from covet_graphql._untyped_value import value_from_ast_untyped

__all__ = ["value_from_ast_untyped"]
