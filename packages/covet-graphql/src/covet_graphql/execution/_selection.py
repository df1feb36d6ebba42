"""Asking an object for the fields of a selection.

Source: GraphQL §6.3.3 and §6.4, https://spec.graphql.org/September2025/#sec-Executing-Fields
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.execution._awaitable import PLAIN_TYPES
from covet_graphql.execution._place import place
from covet_graphql.execution.default_resolvers import read
from covet_graphql.execution.pending import Pending, Suspended
from covet_graphql.type import ResponsePath

if TYPE_CHECKING:
    from covet_graphql.execution._state import Execution
    from covet_graphql.execution.plan import FieldPlan, SelectionPlan


def execute_selection(
    selection: SelectionPlan, source: Any, execution: Execution, path: ResponsePath | None
) -> dict[str, Any]:
    """Return what *source* answers, an object of the selection's type at *path*.

    Raises:
        GraphQLError: A field that cannot be null has no value.

    Source: GraphQL §6.3.3, ExecuteCollectedFields()
    """
    if selection.compiled is not None:
        return selection.compiled(source, execution, path)
    result: dict[str, Any] = {}
    for field in selection.fields:
        execute_field(field, source, execution, path, result)
    return result


def execute_field(
    field: FieldPlan,
    source: Any,
    execution: Execution,
    above: ResponsePath | None,
    result: dict[str, Any],
) -> None:
    """Put the value of *field* of *source*, which is at *above*, into *result*.

    Raises:
        GraphQLError: The field cannot be null and has no value.

    Source: GraphQL §6.4, ExecuteField()
    """
    table = field.table
    value: Any
    if table.constant is not None:
        result[field.key] = table.constant
        return
    if table.resolve is None:
        try:
            if field.arguments is None:
                execution.arguments(field)  # may raise, though nobody may want to know them
            value = source.get(table.name) if type(source) is dict else read(source, table.name)
        except Exception as error:  # of a property: the same as if that had returned it
            value = error
    elif table.info is not None and above is None:
        _introspect(field, source, execution, result)
        return
    else:
        try:
            info = table.info
            if info is None:
                info = execution.info(field, place((above, field.key, table.parent_name)))
            arguments = field.arguments
            if arguments is None:
                arguments = execution.arguments(field)
            value = table.resolve(source, info, **arguments)
        except Exception as error:
            value = error
    complete_field(field, value, execution, above, result)


def _introspect(
    field: FieldPlan, source: Any, execution: Execution, result: dict[str, Any]
) -> None:
    """Put the value of a root *field* that is about the schema into *result*.

    What all runs of a plan say of the schema is made once and shared by their responses.

    Raises:
        GraphQLError: The field cannot be null and has no value.
    """
    known = execution.plan.introspection.get(field, Undefined)
    if known is not Undefined:
        result[field.key] = known
        return
    errors = len(execution.errors)
    try:
        resolve: Any = field.table.resolve
        value = resolve(source, field.table.info, **execution.arguments(field))
    except Exception as error:
        value = error
    complete_field(field, value, execution, None, result)
    if len(execution.errors) == errors and _is_constant(field):
        execution.plan.introspection[field] = result[field.key]


def _is_constant(field: FieldPlan) -> bool:
    """Return whether all requests mean the same by *field* and what it has been asked for."""
    pending = [field]
    while pending:
        checked = pending.pop()
        if checked.arguments is None:
            return False
        for selection in checked.selections.values():
            pending += selection.fields
    return True


def complete_field(
    field: FieldPlan,
    value: Any,
    execution: Execution,
    above: ResponsePath | None,
    result: dict[str, Any],
) -> None:
    """Put what *value* becomes into *result*, the *field* of an object at *above*.

    Raises:
        GraphQLError: The field cannot be null and has no value.
    """
    table = field.table
    key = field.key
    try:
        if type(value) not in PLAIN_TYPES:
            if table.resolve is None and callable(value):
                path = place((above, key, table.parent_name))
                value = value(execution.info(field, path), **execution.arguments(field))
            if isinstance(value, Exception):
                raise value
            if execution.is_awaitable(value):
                result[key] = None
                path = place((above, key, table.parent_name))
                execution.waiting.append(
                    Pending(value, field.complete, field, 0, path, result, key)
                )
                return
        if table.leaf is not None:
            result[key] = table.leaf(value)
        else:
            path = place((above, key, table.parent_name))
            result[key] = field.complete(value, field, execution, path)
    except Suspended as later:
        result[key] = None
        path = place((above, key, table.parent_name))
        execution.waiting.append(
            Pending(later.awaitable, later.proceed, field, 0, path, result, key)
        )
    except Exception as error:
        path = place((above, key, table.parent_name))
        execution.fail(error, field, path, table.nullable[0])
        result[key] = None


def complete_fields(
    selection: SelectionPlan,
    values: Iterable[Any],
    source: Any,
    execution: Execution,
    path: ResponsePath | None,
) -> dict[str, Any]:
    """Return what *source* answers, of which the *values* of fields without resolvers are read.

    Raises:
        GraphQLError: A field that cannot be null has no value.
    """
    result: dict[str, Any] = {}
    read_values = iter(values)
    for field in selection.fields:
        if field.is_read:
            complete_field(field, next(read_values), execution, path, result)
        else:
            execute_field(field, source, execution, path, result)
    return result


def execute_serially(execution: Execution) -> Iterator[None]:
    """Execute the root fields one after the other; stop for what has to be awaited before.

    Source: GraphQL §6.3.4, https://spec.graphql.org/September2025/#sec-Normal-and-Serial-Execution
    """
    data: dict[str, Any] = {}
    execution.data = data
    for field in execution.plan.root.fields:
        try:
            if execution.expired is not None:
                path = place((None, field.key, field.table.parent_name))
                execution.fail(execution.expired, field, path, field.table.nullable[0])
                data[field.key] = None
            else:
                execute_field(field, execution.request[0], execution, None, data)
        except GraphQLError as error:
            execution.errors.append(error)
            execution.data = None
            return
        if execution.waiting:
            yield  # meanwhile a field may have nulled everything
            if execution.data is None:  # pyright: ignore[reportUnnecessaryComparison]
                return
