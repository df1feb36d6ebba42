"""What programs do with documents and schemas besides executing them."""

from covet_graphql.utilities.concat_ast import concat_ast
from covet_graphql.utilities.get_operation_ast import get_operation_ast
from covet_graphql.utilities.separate_operations import separate_operations
from covet_graphql.utilities.strip_ignored_characters import strip_ignored_characters
from covet_graphql.utilities.value_from_ast_untyped import value_from_ast_untyped

__all__ = [
    "concat_ast",
    "get_operation_ast",
    "separate_operations",
    "strip_ignored_characters",
    "value_from_ast_untyped",
]
