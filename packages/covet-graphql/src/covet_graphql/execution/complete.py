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
from covet_graphql.execution._place import place
from covet_graphql.execution._selection import execute_selection
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
                at = place((path, index, None))
                result.append(complete(item, field, execution, at))
        except Suspended as later:
            result.append(None)
            at = place((path, index, None))
            execution.waiting.append(
                Pending(later.awaitable, later.proceed, field, depth, at, result, index)
            )
        except Exception as error:
            execution.fail(error, field, place((path, index, None)), is_nullable)
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
