"""One run of an operation: what it was given, and what has become of it so far."""

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

_new: Final = tuple.__new__
_NOTHING: Final[Iterator[None]] = iter(())


class Execution:
    """One run of an operation.

    Attributes:
        plan: What is run.
        root_value: What the root fields are asked of.
        context: What resolvers find in ``info.context``.
        variables: The coerced values of the variables.
        data: The response so far.
        errors: What went wrong so far.
        waiting: What has been met and must be awaited, not begun yet.
        remaining: Goes on with the root fields of a mutation whose turn has not come.
        has_nulled: Whether a place has become null that others may still wait below.
        expired: What those root fields fail with, once there is no time left for them.
        is_awaitable: Tells what must be awaited.
    """

    __slots__ = (
        "context",
        "data",
        "errors",
        "expired",
        "has_nulled",
        "is_awaitable",
        "plan",
        "remaining",
        "request",
        "root_value",
        "variables",
        "waiting",
    )

    def __init__(
        self,
        plan: OperationPlan,
        root_value: Any,
        context: Any,
        variables: Mapping[str, Any],
        is_awaitable: Callable[[Any], bool],
    ) -> None:
        self.plan = plan
        self.root_value = root_value
        self.context = context
        self.variables = variables
        self.is_awaitable = is_awaitable
        self.data: dict[str, Any] | None = None
        self.errors: list[GraphQLError] = []
        self.waiting: list[Pending] = []
        self.remaining: Iterator[None] = _NOTHING
        self.has_nulled = False
        self.expired: Exception | None = None
        # the part of every info that is the same for all fields
        self.request = (
            plan.tables.schema,
            plan.fragments,
            root_value,
            plan.operation,
            variables,
            context,
            is_awaitable,
            None,
            None,
        )

    def info(self, field: FieldPlan, path: ResponsePath) -> GraphQLResolveInfo[Any]:
        """Return what a resolver of *field* at *path* is told."""
        table = field.table
        # twice as fast as a call of the class, once a resolver
        return _new(
            GraphQLResolveInfo,
            (table.name, field.nodes, table.type, table.parent_type, path, *self.request),
        )

    def arguments(self, field: FieldPlan) -> dict[str, Any]:
        """Return the values of the arguments of *field*.

        Raises:
            GraphQLError: One has no proper value.
        """
        if field.arguments is not None:
            return field.arguments
        return get_argument_values(field.table.definition, field.nodes[0], self.variables)

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
