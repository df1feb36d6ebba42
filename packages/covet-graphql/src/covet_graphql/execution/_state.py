"""One run of an operation: what it was given, and what has become of it so far."""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from covet_graphql.error import located_error
from covet_graphql.execution.pending import discard_waiting
from covet_graphql.execution.values import get_argument_values
from covet_graphql.type import GraphQLResolveInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from covet_graphql.error import GraphQLError
    from covet_graphql.execution.pending import Pending
    from covet_graphql.execution.plan import FieldPlan, OperationPlan
    from covet_graphql.type import ResponsePath

_new: Final[Any] = tuple.__new__


class Execution:
    """One run of an operation.

    Attributes:
        plan: What is run.
        request: What the caller gave: the root value, the coerced values of the variables, the
            context, and what tells what must be awaited.
        is_awaitable: The last of these.
        data: The response so far.
        errors: What went wrong so far.
        waiting: What has been met and must be awaited, not begun yet.
        remaining: Goes on with the root fields of a mutation whose turn has not come.
        has_nulled: Whether a place has become null that others may still wait below.
        expired: What those root fields fail with, once there is no time left for them.
    """

    data: dict[str, Any] | None = None
    remaining: Iterator[None] = iter(())
    has_nulled: bool = False
    expired: Exception | None = None

    def __init__(
        self,
        plan: OperationPlan,
        root_value: Any,
        variables: Mapping[str, Any],
        context: Any,
        is_awaitable: Callable[[Any], bool],
    ) -> None:
        self.plan: OperationPlan = plan
        self.request: tuple[Any, ...] = (root_value, variables, context, is_awaitable)
        self.is_awaitable: Callable[[Any], bool] = is_awaitable
        self.errors: list[GraphQLError] = []
        self.waiting: list[Pending] = []

    def info(self, field: FieldPlan, path: ResponsePath) -> GraphQLResolveInfo[Any]:
        """Return what a resolver of *field* at *path* is told."""
        table = field.table
        plan = self.plan
        root_value, variables, context, is_awaitable = self.request
        return _new(  # type: ignore[no-any-return]  # twice as fast as a call of the class, once a resolver
            GraphQLResolveInfo,
            (
                table.name,
                field.nodes,
                table.type,
                table.parent_type,
                path,
                plan.tables.schema,
                plan.fragments,
                root_value,
                plan.operation,
                variables,
                context,
                is_awaitable,
                None,
                None,
            ),
        )

    def arguments(self, field: FieldPlan) -> dict[str, Any]:
        """Return the values of the arguments of *field*.

        Raises:
            GraphQLError: One has no proper value.
        """
        if field.arguments is not None:
            return field.arguments
        return get_argument_values(field.table.definition, field.nodes[0], self.request[1])

    def fail(
        self, error: Exception, field: FieldPlan, path: ResponsePath, is_nullable: bool
    ) -> None:
        """Note *error* at *path*, which becomes null, and discard what waits below it.

        Raises:
            GraphQLError: *path* cannot be null: what is above it has to become so.
        """
        located = located_error(error, field.nodes, path.as_list())
        if self.waiting:
            discard_waiting(self, path)
        if not is_nullable:
            raise located
        self.errors.append(located)
