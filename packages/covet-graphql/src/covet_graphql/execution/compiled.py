"""An operation made ready for its schema, to be run as often as needed.

Source: GraphQL §6.1 and §6.2, https://spec.graphql.org/September2025/#sec-Executing-Requests
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.execution._awaitable import is_awaitable as default_is_awaitable
from covet_graphql.execution._collect import condition_variables
from covet_graphql.execution._selection import execute_selection, execute_serially
from covet_graphql.execution._state import Execution
from covet_graphql.execution._tiers import RUNS_UNTIL_HOT, compile_plan
from covet_graphql.execution._timeouts import NO_TIMEOUTS, Timeouts
from covet_graphql.execution.pending import discard_waiting, finish
from covet_graphql.execution.plan import OperationPlan
from covet_graphql.execution.result import ExecutionResult
from covet_graphql.execution.values import NO_VARIABLES, get_variable_values
from covet_graphql.language import (
    FragmentDefinitionNode,
    OperationDefinitionNode,
    OperationType,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from covet_graphql.execution._tables import SchemaTables
    from covet_graphql.execution._tiers import Tier
    from covet_graphql.execution.masking import ErrorMask
    from covet_graphql.language import DocumentNode

_MAX_VARIANTS: Final = 16


class CompiledOperation:
    """An operation of a document, compiled for a schema.

    Attributes:
        document: The document.
        operation: The operation.

    Raises:
        GraphQLError: The document has no such operation, or the schema no type for it.
    """

    def __init__(
        self,
        tables: SchemaTables,
        document: DocumentNode,
        operation_name: str | None,
        tier: Tier = "auto",
    ) -> None:
        self.document: DocumentNode = document
        self.tier: Tier = tier
        self.was_used: bool = False
        fragments: dict[str, FragmentDefinitionNode] = {}
        operations: list[OperationDefinitionNode] = []
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                operations.append(definition)
            elif isinstance(definition, FragmentDefinitionNode):
                fragments[definition._name] = definition
        operation = _operation(operations, operation_name)
        self.operation: OperationDefinitionNode = operation
        root_type = tables.schema.get_root_type(operation.operation)
        if root_type is None:
            raise GraphQLError(
                f"Schema is not configured to execute {operation.operation.value} operation.",
                operation,
            )
        self._tables: SchemaTables = tables
        self._fragments = fragments
        self._root_type = root_type
        self._is_serial = operation.operation is OperationType.MUTATION
        self._conditions = condition_variables(operation, fragments)
        self._variables = operation.variable_definitions
        self._only_plan: OperationPlan | None = None  # where no condition makes several
        self._variants: dict[tuple[Any, ...], OperationPlan] = {}

    @property
    def source(self) -> str:
        """The Python source that the operation has become so far, for a look at it.

        Nothing, while it is walked. There is one for each meaning of its @skip and @include.
        """
        return "\n".join(source for plan in self._variants.values() for source in plan.sources)

    def execute(
        self,
        root_value: Any = None,
        context_value: Any = None,
        variable_values: Mapping[str, Any] | None = None,
        max_coercion_errors: int = 50,
        is_awaitable: Callable[[Any], bool] | None = None,
        hide_suggestions: bool = False,
        timeouts: Timeouts = NO_TIMEOUTS,
        mask_error: ErrorMask | None = None,
        extensions: dict[str, Any] | None = None,
    ) -> Coroutine[Any, Any, ExecutionResult] | ExecutionResult:
        """Execute the operation; for the arguments see ``execute()``.

        Raises:
            CancelledError: The request was cancelled.
        """
        execution = self._start(
            root_value,
            context_value,
            variable_values,
            max_coercion_errors,
            hide_suggestions,
            is_awaitable or default_is_awaitable,
        )
        if isinstance(execution, list):
            return refused(execution, mask_error, extensions)
        if execution.waiting:
            return _finished(execution, timeouts, mask_error, extensions)
        if execution.errors:
            return _result(execution, mask_error, extensions)
        return ExecutionResult(execution.data, None, extensions)

    def execute_sync(
        self,
        root_value: Any = None,
        context_value: Any = None,
        variable_values: Mapping[str, Any] | None = None,
        *,
        max_coercion_errors: int = 50,
        hide_suggestions: bool = False,
        mask_error: ErrorMask | None = None,
        extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Execute the operation without waiting; for the arguments see ``execute()``.

        Raises:
            RuntimeError: Something has to be awaited. It is discarded.
        """
        execution = self._start(
            root_value,
            context_value,
            variable_values,
            max_coercion_errors,
            hide_suggestions,
            default_is_awaitable,
        )
        if isinstance(execution, list):
            return refused(execution, mask_error, extensions)
        if execution.waiting:
            discard_waiting(execution)
            raise RuntimeError("GraphQL execution failed to complete synchronously.")
        return _result(execution, mask_error, extensions)

    def _start(
        self,
        root_value: Any,
        context_value: Any,
        variable_values: Mapping[str, Any] | None,
        max_coercion_errors: int,
        hide_suggestions: bool,
        is_awaitable: Callable[[Any], bool],
    ) -> Execution | list[GraphQLError]:
        """Run the operation as far as it goes without waiting; return the run, or its errors.

        A run that goes on has something in ``waiting``.
        """
        variables: Mapping[str, Any] = NO_VARIABLES
        if self._variables:
            coerced = get_variable_values(
                self._tables.schema,
                self._variables,
                variable_values or {},
                max_coercion_errors,
                hide_suggestions,
            )
            if isinstance(coerced, list):
                return coerced
            variables = coerced
        try:
            plan = self._only_plan or self._plan(variables)
        except GraphQLError as error:
            return [error]
        if not plan.is_hot and self.tier != "plan":
            plan.runs += 1
            if plan.runs >= RUNS_UNTIL_HOT or self.tier == "source":
                compile_plan(plan)
        execution = Execution(plan, root_value, variables, context_value, is_awaitable)
        if self._is_serial:
            execution.remaining = execute_serially(execution)
            next(execution.remaining, None)
            return execution
        try:
            run = plan.root.compiled
            if run is None:
                execution.data = execute_selection(plan.root, root_value, execution, None)
            else:
                execution.data = run(root_value, execution, None)
        except GraphQLError as error:
            execution.errors.append(error)
            discard_waiting(execution)
        return execution

    def _plan(self, variables: Mapping[str, Any]) -> OperationPlan:
        """Return the plan for what @skip and @include mean with these variables.

        Raises:
            GraphQLError: One of them has no proper value for the root fields.
        """
        names = self._conditions
        conditions = {name: variables[name] for name in names if name in variables}
        key = tuple([conditions.get(name, Undefined) for name in names])
        is_regular = not names or all(type(value) is bool for value in key)
        plan = self._variants.get(key) if is_regular else None
        if plan is None:
            plan = OperationPlan(
                self._tables, self.operation, self._fragments, conditions, self._root_type
            )
            if is_regular and len(self._variants) < _MAX_VARIANTS:
                self._variants[key] = plan
                if not names:
                    self._only_plan = plan
        return plan


def refused(
    errors: list[GraphQLError], mask_error: ErrorMask | None, extensions: dict[str, Any] | None
) -> ExecutionResult:
    """Return the result of a request that has come to nothing."""
    if mask_error is not None:
        errors = [mask_error(error) for error in errors]
    return ExecutionResult(None, errors, extensions)


def _result(
    execution: Execution, mask_error: ErrorMask | None, extensions: dict[str, Any] | None
) -> ExecutionResult:
    errors = execution.errors
    if mask_error is not None:
        errors = [mask_error(error) for error in errors]
    return ExecutionResult(execution.data, errors or None, extensions)


async def _finished(
    execution: Execution,
    timeouts: Timeouts,
    mask_error: ErrorMask | None,
    extensions: dict[str, Any] | None,
) -> ExecutionResult:
    await finish(execution, timeouts)
    return _result(execution, mask_error, extensions)


def _operation(
    operations: list[OperationDefinitionNode], name: str | None
) -> OperationDefinitionNode:
    """Return the operation called *name*, or without a name the only one: GetOperation()."""
    if name is None:
        if len(operations) == 1:
            return operations[0]
        raise GraphQLError(
            "Must provide operation name if query contains multiple operations."
            if operations
            else "Must provide an operation."
        )
    for operation in operations:
        if operation._name == name and operation.name is not None:
            return operation
    raise GraphQLError(f"Unknown operation named '{name}'.")
