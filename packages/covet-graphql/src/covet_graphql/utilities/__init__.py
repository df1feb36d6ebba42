"""What programs do with documents and schemas besides executing them."""

from covet_graphql.utilities._introspection_query import IntrospectionQuery
from covet_graphql.utilities._schema_change import (
    BreakingChange,
    BreakingChangeType,
    DangerousChange,
    DangerousChangeType,
    SafeChange,
    SafeChangeType,
    SchemaChange,
)
from covet_graphql.utilities.ast_from_value import ast_from_value
from covet_graphql.utilities.ast_to_dict import ast_to_dict
from covet_graphql.utilities.attach_resolvers import attach_resolvers
from covet_graphql.utilities.build_ast_schema import build_ast_schema, build_schema
from covet_graphql.utilities.build_client_schema import build_client_schema
from covet_graphql.utilities.coerce_input_value import coerce_input_literal, coerce_input_value
from covet_graphql.utilities.concat_ast import concat_ast
from covet_graphql.utilities.extend_schema import extend_schema
from covet_graphql.utilities.find_schema_changes import (
    find_breaking_changes,
    find_dangerous_changes,
    find_schema_changes,
)
from covet_graphql.utilities.get_default_value_ast import get_default_value_ast
from covet_graphql.utilities.get_introspection_query import get_introspection_query
from covet_graphql.utilities.get_operation_ast import get_operation_ast
from covet_graphql.utilities.introspection_from_schema import introspection_from_schema
from covet_graphql.utilities.lexicographic_sort_schema import lexicographic_sort_schema
from covet_graphql.utilities.print_schema import (
    print_directive,
    print_introspection_schema,
    print_schema,
    print_type,
    print_value,
)
from covet_graphql.utilities.replace_variables import replace_variables
from covet_graphql.utilities.resolve_schema_coordinate import (
    ResolvedDirective,
    ResolvedDirectiveArgument,
    ResolvedEnumValue,
    ResolvedField,
    ResolvedFieldArgument,
    ResolvedInputField,
    ResolvedNamedType,
    ResolvedSchemaElement,
    resolve_ast_schema_coordinate,
    resolve_schema_coordinate,
)
from covet_graphql.utilities.resolver_map import ResolverMap, ResolverMapError
from covet_graphql.utilities.separate_operations import separate_operations
from covet_graphql.utilities.strip_ignored_characters import strip_ignored_characters
from covet_graphql.utilities.type_comparators import (
    do_types_overlap,
    is_equal_type,
    is_type_sub_type_of,
)
from covet_graphql.utilities.type_from_ast import type_from_ast
from covet_graphql.utilities.type_info import TypeInfo, TypeInfoVisitor
from covet_graphql.utilities.validate_input_literal import validate_input_literal
from covet_graphql.utilities.validate_input_value import validate_input_value
from covet_graphql.utilities.value_from_ast import value_from_ast
from covet_graphql.utilities.value_from_ast_untyped import value_from_ast_untyped
from covet_graphql.utilities.value_to_literal import value_to_literal

__all__ = [
    "BreakingChange",
    "BreakingChangeType",
    "DangerousChange",
    "DangerousChangeType",
    "IntrospectionQuery",
    "ResolvedDirective",
    "ResolvedDirectiveArgument",
    "ResolvedEnumValue",
    "ResolvedField",
    "ResolvedFieldArgument",
    "ResolvedInputField",
    "ResolvedNamedType",
    "ResolvedSchemaElement",
    "ResolverMap",
    "ResolverMapError",
    "SafeChange",
    "SafeChangeType",
    "SchemaChange",
    "TypeInfo",
    "TypeInfoVisitor",
    "ast_from_value",
    "ast_to_dict",
    "attach_resolvers",
    "build_ast_schema",
    "build_client_schema",
    "build_schema",
    "coerce_input_literal",
    "coerce_input_value",
    "concat_ast",
    "do_types_overlap",
    "extend_schema",
    "find_breaking_changes",
    "find_dangerous_changes",
    "find_schema_changes",
    "get_default_value_ast",
    "get_introspection_query",
    "get_operation_ast",
    "introspection_from_schema",
    "is_equal_type",
    "is_type_sub_type_of",
    "lexicographic_sort_schema",
    "print_directive",
    "print_introspection_schema",
    "print_schema",
    "print_type",
    "print_value",
    "replace_variables",
    "resolve_ast_schema_coordinate",
    "resolve_schema_coordinate",
    "separate_operations",
    "strip_ignored_characters",
    "type_from_ast",
    "validate_input_literal",
    "validate_input_value",
    "value_from_ast",
    "value_from_ast_untyped",
    "value_to_literal",
]
