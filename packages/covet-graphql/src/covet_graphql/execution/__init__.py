"""Executing operations of documents on schemas."""

from covet_graphql.execution._cache import compile_operation
from covet_graphql.execution._tiers import Tier
from covet_graphql.execution._timeouts import Timeouts
from covet_graphql.execution.compiled import CompiledOperation
from covet_graphql.execution.default_resolvers import (
    default_field_resolver,
    default_type_resolver,
)
from covet_graphql.execution.execute import execute, execute_sync
from covet_graphql.execution.masking import ErrorMask, mask_unexpected_errors
from covet_graphql.execution.middleware import Middleware, MiddlewareManager
from covet_graphql.execution.result import ExecutionResult, FormattedExecutionResult
from covet_graphql.execution.values import (
    VariableValues,
    get_argument_values,
    get_directive_values,
    get_variable_values,
)

__all__ = [
    "CompiledOperation",
    "ErrorMask",
    "ExecutionResult",
    "FormattedExecutionResult",
    "Middleware",
    "MiddlewareManager",
    "Tier",
    "Timeouts",
    "VariableValues",
    "compile_operation",
    "default_field_resolver",
    "default_type_resolver",
    "execute",
    "execute_sync",
    "get_argument_values",
    "get_directive_values",
    "get_variable_values",
    "mask_unexpected_errors",
]
