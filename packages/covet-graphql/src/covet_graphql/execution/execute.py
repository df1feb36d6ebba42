"""Executing documents.

Source: GraphQL §6, https://spec.graphql.org/September2025/#sec-Execution
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from covet_graphql.error import GraphQLError
from covet_graphql.execution._cache import compile_operation
from covet_graphql.execution._timeouts import NO_TIMEOUTS, Timeouts
from covet_graphql.execution.compiled import refused
from covet_graphql.execution.result import ExecutionResult

if TYPE_CHECKING:
    from covet_graphql.execution._tiers import Tier
    from covet_graphql.execution.masking import ErrorMask
    from covet_graphql.execution.middleware import Middleware
    from covet_graphql.language import DocumentNode
    from covet_graphql.type import GraphQLFieldResolver, GraphQLSchema, GraphQLTypeResolver


def execute(
    schema: GraphQLSchema,
    document: DocumentNode,
    root_value: Any = None,
    context_value: Any = None,
    variable_values: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    *,
    max_coercion_errors: int = 50,
    middleware: Middleware = None,
    is_awaitable: Callable[[Any], bool] | None = None,
    hide_suggestions: bool = False,
    timeout_seconds: float | None = None,
    field_timeout_seconds: float | None = None,
    mask_error: ErrorMask | None = None,
    extensions: dict[str, Any] | None = None,
    tier: Tier = "auto",
) -> Coroutine[Any, Any, ExecutionResult] | ExecutionResult:
    """Execute an operation of *document*, which is expected to be valid for *schema*.

    The result is there at once unless something has to be awaited. What has been begun for it is
    over when it is there, also when it is given up by cancelling.

    Args:
        schema: The schema, which must not change from its first execution on.
        document: What `parse` returned; the same document is made ready only once.
        root_value: What the root fields are asked of.
        context_value: What resolvers find in ``info.context``.
        variable_values: The values of the variables, as the client gave them.
        operation_name: Which operation, where *document* has several.
        field_resolver: For fields without a resolver, by default `default_field_resolver`.
        type_resolver: For abstract types without one, by default `default_type_resolver`.
        max_coercion_errors: How many errors in *variable_values* to tell.
        middleware: What stands around all resolvers.
        is_awaitable: Tells what has to be awaited.
        hide_suggestions: Not to say in errors what might have been meant.
        timeout_seconds: How long the operation may wait; what is missing then becomes an error.
        field_timeout_seconds: How long each field may wait; ``extensions={"timeout_seconds": …}``
            of a field says otherwise for it.
        mask_error: Returns for each error the one that the client is to see.
        extensions: The ``extensions`` of the result, which resolvers may still fill.
        tier: ``"plan"`` and ``"source"`` pin how operations are run; see `compile_operation`.

    Raises:
        TypeError: *schema* is invalid.
        CancelledError: The request was cancelled, by cancelling the task that awaits it.
    """
    try:
        compiled = compile_operation(
            schema, document, operation_name, field_resolver, type_resolver, middleware, tier
        )
    except GraphQLError as error:
        return refused([error], mask_error, extensions)
    timeouts = NO_TIMEOUTS
    if timeout_seconds is not None or field_timeout_seconds is not None:
        timeouts = Timeouts(timeout_seconds, field_timeout_seconds)
    return compiled.execute(
        root_value,
        context_value,
        variable_values,
        max_coercion_errors,
        is_awaitable,
        hide_suggestions,
        timeouts,
        mask_error,
        extensions,
    )


def execute_sync(
    schema: GraphQLSchema,
    document: DocumentNode,
    root_value: Any = None,
    context_value: Any = None,
    variable_values: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    *,
    max_coercion_errors: int = 50,
    middleware: Middleware = None,
    check_sync: bool = True,
    hide_suggestions: bool = False,
    mask_error: ErrorMask | None = None,
    extensions: dict[str, Any] | None = None,
    tier: Tier = "auto",
) -> ExecutionResult:
    """Execute an operation of *document* without waiting; for the rest see `execute`.

    What has to be awaited is always found; *check_sync* is for callers of graphql-core's function.

    Raises:
        RuntimeError: Something has to be awaited. It is discarded.
        TypeError: *schema* is invalid.
    """
    try:
        compiled = compile_operation(
            schema, document, operation_name, field_resolver, type_resolver, middleware, tier
        )
    except GraphQLError as error:
        return refused([error], mask_error, extensions)
    return compiled.execute_sync(
        root_value,
        context_value,
        variable_values,
        max_coercion_errors=max_coercion_errors,
        hide_suggestions=hide_suggestions,
        mask_error=mask_error,
        extensions=extensions,
    )
