"""From the source of a request to its result, in one call.

Source: GraphQL §6.1, https://spec.graphql.org/September2025/#sec-Executing-Requests
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from covet_graphql.error import GraphQLError
from covet_graphql.execution import execute, execute_sync
from covet_graphql.execution.compiled import refused
from covet_graphql.language import parse
from covet_graphql.type import validate_schema
from covet_graphql.validation import validate

if TYPE_CHECKING:
    from collections.abc import Collection

    from covet_graphql.execution import ErrorMask, ExecutionResult, Middleware, Tier
    from covet_graphql.language import DocumentNode, Source
    from covet_graphql.type import GraphQLFieldResolver, GraphQLSchema, GraphQLTypeResolver
    from covet_graphql.validation import ASTValidationRule


async def graphql(
    schema: GraphQLSchema,
    source: str | Source,
    root_value: Any = None,
    context_value: Any = None,
    variable_values: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    *,
    middleware: Middleware = None,
    is_awaitable: Callable[[Any], bool] | None = None,
    hide_suggestions: bool = False,
    no_location: bool = False,
    max_tokens: int | None = None,
    rules: Collection[type[ASTValidationRule]] | None = None,
    timeout_seconds: float | None = None,
    field_timeout_seconds: float | None = None,
    mask_error: ErrorMask | None = None,
    extensions: dict[str, Any] | None = None,
    tier: Tier = "auto",
) -> ExecutionResult:
    """Parse, validate and execute *source*; what went wrong is in the result.

    For most arguments see `execute`.

    Args:
        schema: The schema.
        source: The document as text.
        root_value: What the root fields are asked of.
        context_value: What resolvers find in ``info.context``.
        variable_values: The values of the variables, as the client gave them.
        operation_name: Which operation, where *source* has several.
        field_resolver: For fields without a resolver.
        type_resolver: For abstract types without one.
        middleware: What stands around all resolvers.
        is_awaitable: Tells what has to be awaited.
        hide_suggestions: Not to say in errors what might have been meant.
        no_location: Not to say in errors where in *source*.
        max_tokens: How many tokens *source* may have, None for any number.
        rules: What to validate, by default all that the specification has.
        timeout_seconds: How long the operation may wait.
        field_timeout_seconds: How long each field may wait.
        mask_error: Returns for each error the one that the client is to see.
        extensions: The ``extensions`` of the result.
        tier: ``"plan"`` and ``"source"`` pin how operations are run.

    Raises:
        CancelledError: The request was cancelled.
    """
    document = _document(schema, source, no_location, max_tokens, rules, hide_suggestions)
    if isinstance(document, list):
        return refused(document, mask_error, extensions)
    result = execute(
        schema,
        document,
        root_value,
        context_value,
        variable_values,
        operation_name,
        field_resolver,
        type_resolver,
        middleware=middleware,
        is_awaitable=is_awaitable,
        hide_suggestions=hide_suggestions,
        timeout_seconds=timeout_seconds,
        field_timeout_seconds=field_timeout_seconds,
        mask_error=mask_error,
        extensions=extensions,
        tier=tier,
    )
    return await result if asyncio.iscoroutine(result) else result


def graphql_sync(
    schema: GraphQLSchema,
    source: str | Source,
    root_value: Any = None,
    context_value: Any = None,
    variable_values: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    *,
    middleware: Middleware = None,
    check_sync: bool = True,
    hide_suggestions: bool = False,
    no_location: bool = False,
    max_tokens: int | None = None,
    rules: Collection[type[ASTValidationRule]] | None = None,
    mask_error: ErrorMask | None = None,
    extensions: dict[str, Any] | None = None,
    tier: Tier = "auto",
) -> ExecutionResult:
    """Parse, validate and execute *source* without waiting; for the rest see `graphql`.

    Raises:
        RuntimeError: Something has to be awaited. It is discarded.
    """
    document = _document(schema, source, no_location, max_tokens, rules, hide_suggestions)
    if isinstance(document, list):
        return refused(document, mask_error, extensions)
    return execute_sync(
        schema,
        document,
        root_value,
        context_value,
        variable_values,
        operation_name,
        field_resolver,
        type_resolver,
        middleware=middleware,
        check_sync=check_sync,
        hide_suggestions=hide_suggestions,
        mask_error=mask_error,
        extensions=extensions,
        tier=tier,
    )


def _document(
    schema: GraphQLSchema,
    source: str | Source,
    no_location: bool,
    max_tokens: int | None,
    rules: Collection[type[ASTValidationRule]] | None,
    hide_suggestions: bool,
) -> DocumentNode | list[GraphQLError]:
    """Return the valid document that *source* is, or why it is none."""
    schema_errors = validate_schema(schema)
    if schema_errors:
        return schema_errors
    try:
        document = parse(source, no_location=no_location, max_tokens=max_tokens)
    except GraphQLError as error:
        return [error]
    return validate(schema, document, rules, hide_suggestions=hide_suggestions) or document
