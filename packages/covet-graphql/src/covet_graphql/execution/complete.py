"""Turning what resolvers give into what the response carries, one field after the other.

Values of leaf types are coerced, lists and objects are walked, abstract types become object types.
An error becomes null at its place or, where null is not allowed, at the nearest place above that
may be null.

Source: GraphQL §6.4.3, https://spec.graphql.org/September2025/#sec-Value-Completion
"""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.execution._abstract import resolve_object_type
from covet_graphql.execution._awaitable import PLAIN_TYPES
from covet_graphql.execution._leaf import leaf_completer
from covet_graphql.execution.default_resolvers import read
from covet_graphql.execution.pending import Pending, Suspended, discard
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    ResponsePath,
    is_leaf_type,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from covet_graphql.execution._state import Execution
    from covet_graphql.execution.plan import FieldPlan, OperationPlan, SelectionPlan
    from covet_graphql.type import GraphQLAbstractType, GraphQLOutputType

_NO_LISTS = (str, bytes, bytearray, memoryview, Mapping)

Completer: TypeAlias = "Callable[[Any, FieldPlan, Execution, ResponsePath], Any]"
"""Completes a value of a field at a place."""

ItemCompleter: TypeAlias = "Callable[[Any, FieldPlan, Execution, ResponsePath, list[Any]], None]"
"""Appends what an item of a field becomes to the list at a place."""


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
    if table.resolve is None:
        try:
            value = source.get(table.name) if type(source) is dict else read(source, table.name)
        except Exception as error:  # of a property: the same as if that had returned it
            value = error
    else:
        path = ResponsePath(above, field.key, table.parent_name)
        try:
            arguments = field.arguments
            if arguments is None:
                arguments = execution.arguments(field)
            value = table.resolve(source, execution.info(field, path), **arguments)
        except Exception as error:
            value = error
    complete_field(field, value, execution, above, result)


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
                path = ResponsePath(above, key, table.parent_name)
                value = value(execution.info(field, path), **execution.arguments(field))
            if isinstance(value, Exception):
                raise value
            if execution.is_awaitable(value):
                result[key] = None
                path = ResponsePath(above, key, table.parent_name)
                execution.waiting.append(
                    Pending(value, field.complete, field, 0, path, result, key)
                )
                return
        if table.leaf is not None:
            result[key] = table.leaf(value)
        else:
            path = ResponsePath(above, key, table.parent_name)
            result[key] = field.complete(value, field, execution, path)
    except Suspended as later:
        result[key] = None
        path = ResponsePath(above, key, table.parent_name)
        execution.waiting.append(
            Pending(later.awaitable, later.proceed, field, 0, path, result, key)
        )
    except Exception as error:
        path = ResponsePath(above, key, table.parent_name)
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
        if field.table.resolve is None:
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
                path = ResponsePath(None, field.key, field.table.parent_name)
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


def completer(type_: GraphQLOutputType, if_null: str, depth: int = 0) -> Completer:
    """Return what completes values of *type_* that are within *depth* lists of a field.

    *if_null* is the message for null where that is not allowed.
    """
    if isinstance(type_, GraphQLNonNull):
        inner = type_.of_type
        if is_leaf_type(inner):
            return _leaf(leaf_completer(inner, if_null))
        return _non_null(completer(inner, if_null, depth), if_null)
    if isinstance(type_, GraphQLList):
        return _list(type_.of_type, if_null, depth + 1)
    if isinstance(type_, GraphQLObjectType):
        return _object(type_)
    if isinstance(type_, (GraphQLScalarType, GraphQLEnumType)):
        return _leaf(leaf_completer(type_, None))
    return _abstract(type_)


def leaf_of(type_: GraphQLOutputType, if_null: str) -> Callable[[Any], Any] | None:
    """Return what completes values of *type_* from the value alone, where that is enough."""
    if isinstance(type_, GraphQLNonNull):
        inner = type_.of_type
        return leaf_completer(inner, if_null) if is_leaf_type(inner) else None
    return leaf_completer(type_, None) if is_leaf_type(type_) else None


def _leaf(leaf: Callable[[Any], Any]) -> Completer:
    def complete_leaf(
        value: Any, _field: FieldPlan, _execution: Execution, _path: ResponsePath
    ) -> Any:
        return leaf(value)

    return complete_leaf


def _non_null(complete: Completer, if_null: str) -> Completer:
    def complete_non_null(
        value: Any, field: FieldPlan, execution: Execution, path: ResponsePath
    ) -> Any:
        completed = complete(value, field, execution, path)
        if completed is None:
            raise TypeError(if_null)
        return completed

    return complete_non_null


def _list(item_type: GraphQLOutputType, if_null: str, depth: int) -> Completer:
    put = item_completer(item_type, if_null, depth)

    def complete_list(
        value: Any, field: FieldPlan, execution: Execution, path: ResponsePath
    ) -> Any:
        if value is None or value is Undefined:
            return None
        if type(value) is not list:
            value = _iterable(value, field, complete_list)
        result: list[Any] = []
        items: Iterator[Any] = iter(value)
        try:
            for item in items:
                put(item, field, execution, path, result)
        except GraphQLError:
            if type(value) in (list, tuple):
                discard(list(items))  # anything else would have to make its items first
            raise
        return result

    return complete_list


def item_completer(item_type: GraphQLOutputType, if_null: str, depth: int) -> ItemCompleter:
    """Return what completes items of *item_type* that are within *depth* lists of a field."""
    complete = completer(item_type, if_null, depth)
    leaf = leaf_of(item_type, if_null)
    is_nullable = not isinstance(item_type, GraphQLNonNull)

    def complete_item(
        item: Any, field: FieldPlan, execution: Execution, path: ResponsePath, result: list[Any]
    ) -> None:
        index = len(result)
        try:
            if type(item) not in PLAIN_TYPES:
                if isinstance(item, Exception):
                    raise item
                if execution.is_awaitable(item):
                    raise Suspended(item, complete)
            if leaf is not None:
                result.append(leaf(item))
            else:
                place = ResponsePath(path, index, None)
                result.append(complete(item, field, execution, place))
        except Suspended as later:
            result.append(None)
            place = ResponsePath(path, index, None)
            execution.waiting.append(
                Pending(later.awaitable, later.proceed, field, depth, place, result, index)
            )
        except Exception as error:
            execution.fail(error, field, ResponsePath(path, index, None), is_nullable)
            result.append(None)

    return complete_item


def _iterable(value: Any, field: FieldPlan, complete: Completer) -> Iterable[Any]:
    """Return *value* when it is a list for GraphQL: no text, no bytes, no mapping."""
    if isinstance(value, Iterable) and not isinstance(value, _NO_LISTS):
        items: Iterable[Any] = value
        return items
    if isinstance(value, AsyncIterable):
        later: AsyncIterable[Any] = value
        raise Suspended(_items_of(later), complete)
    table = field.table
    raise GraphQLError(
        f"Expected Iterable, but did not find one for field '{table.parent_name}.{table.name}'."
    )


async def _items_of(value: AsyncIterable[Any]) -> list[Any]:
    iterator = aiter(value)
    try:
        return [item async for item in iterator]
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:  # a generator that is left half way must not wait for the collector
            await close()


def _object(type_: GraphQLObjectType) -> Completer:
    def complete_object(
        value: Any, field: FieldPlan, execution: Execution, path: ResponsePath
    ) -> Any:
        if value is None or value is Undefined:
            return None
        if type_.is_type_of is not None:
            return _checked_object(type_, value, field, execution, path)
        selection = field.selections.get(type_) or field.selection(type_, execution.plan)
        return execute_selection(selection, value, execution, path)

    return complete_object


def _checked_object(
    type_: GraphQLObjectType, value: Any, field: FieldPlan, execution: Execution, path: ResponsePath
) -> Any:
    """Complete *value* when the type's own ``is_type_of`` accepts it."""

    def proceed(
        answer: Any, field: FieldPlan, execution: Execution, path: ResponsePath
    ) -> dict[str, Any]:
        if not answer:
            raise GraphQLError(f"Expected value of type '{type_}' but got: {inspect(value)}.")
        selection = field.selections.get(type_) or _reached(field, type_, execution.plan)
        return execute_selection(selection, value, execution, path)

    if type_.is_type_of is None:
        return proceed(True, field, execution, path)
    answer = type_.is_type_of(value, execution.info(field, field_path(path)))
    if execution.is_awaitable(answer):
        raise Suspended(answer, proceed)
    return proceed(answer, field, execution, path)


def _reached(field: FieldPlan, type_: GraphQLObjectType, plan: OperationPlan) -> SelectionPlan:
    selection = field.selection(type_, plan)
    if plan.is_hot:
        plan.tables.compile_reached(selection, plan)
    return selection


def _abstract(type_: GraphQLAbstractType) -> Completer:
    def complete_abstract(
        value: Any, field: FieldPlan, execution: Execution, path: ResponsePath
    ) -> Any:
        if value is None or value is Undefined:
            return None

        def proceed(answer: Any, field: FieldPlan, execution: Execution, path: ResponsePath) -> Any:
            object_type = resolve_object_type(answer, type_, value, field, tables.schema)
            return _checked_object(object_type, value, field, execution, path)

        tables = execution.plan.tables
        resolve = type_.resolve_type or tables.type_resolver
        answer = resolve(value, execution.info(field, field_path(path)), type_)
        if execution.is_awaitable(answer):
            raise Suspended(answer, proceed)
        return proceed(answer, field, execution, path)

    return complete_abstract


def field_path(path: ResponsePath) -> ResponsePath:
    """Return the place of the field that the value at *path* belongs to."""
    while path.typename is None and path.prev is not None:
        path = path.prev
    return path
