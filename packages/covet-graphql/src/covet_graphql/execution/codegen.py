"""Python source for a plan that is run often.

What is one function call a field in a walk of the plan becomes straight code: objects are read in
a row, values of the exact type that is expected are taken as they are, lists are loops within one
another. Wherever a value is anything else, the code calls the same functions that walk plans, so
it makes no decision of its own: answers and errors are the same. Paths are made where an error, a
resolver or one of those functions needs them.

Each function completes the root, the value of one field with a resolver, or one object type of an
abstract one, with everything below that is read by default.
"""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from covet_graphql.execution._awaitable import AWAITABLE_TYPES, is_awaitable
from covet_graphql.execution._leaf_source import leaf_source
from covet_graphql.execution._members import OBJECT_TYPES, is_object, members, members_of_dict
from covet_graphql.execution._selection import complete_field, complete_fields, execute_field
from covet_graphql.execution._writer import Writer
from covet_graphql.execution.complete import item_completer
from covet_graphql.execution.pending import Pending, coordinate, discard
from covet_graphql.type import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    ResponsePath,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

if TYPE_CHECKING:
    from covet_graphql.execution.plan import FieldPlan, OperationPlan, SelectionPlan
    from covet_graphql.type import GraphQLLeafType, GraphQLOutputType

MAX_FIELDS: Final = 2000  # the source of more takes over 50 ms to compile
_MAX_BLOCKS: Final = 12  # of Python's 20; a list needs up to four, an object two

Store = Callable[[str], None]
"""Writes what becomes of the result of an expression."""

_AWAITABLE: Final = "AWAITABLE_TYPES and is_awaitable is default_is_awaitable"

_FILE_NAME: Final = "source of a GraphQL operation"  # in <> it would not be looked up

_NAMESPACE: Final[dict[str, Any]] = {
    "__name__": "graphql_operation",
    "AWAITABLE_TYPES": AWAITABLE_TYPES,
    "INFINITY": float("inf"),
    "Info": GraphQLResolveInfo,
    "Path": ResponsePath,
    "Pending": Pending,
    "complete_field": complete_field,
    "complete_fields": complete_fields,
    "default_is_awaitable": is_awaitable,
    "discard": discard,
    "execute_field": execute_field,
    "is_object": is_object,
    "members": members,
    "members_of_dict": members_of_dict,
    "new": tuple.__new__,
    "object_types": OBJECT_TYPES,
}


@dataclass(frozen=True, slots=True)
class _Position:
    """A place of the response whose value is in a variable.

    Attributes:
        field: The field that it belongs to.
        type: The type of its value.
        depth: Within how many lists of the field's value it is.
        value: The variable.
        path: An expression for the place.
        store: Writes what puts an expression's result there; names are those of variables.
        slow: Writes the call that completes any value there.
    """

    field: FieldPlan
    type: GraphQLOutputType
    depth: int
    value: str
    path: str
    store: Store
    slow: Callable[[], None]

    @property
    def is_nullable(self) -> bool:
        """Whether null may be there."""
        return not isinstance(self.type, GraphQLNonNull)


class TooLargeError(Exception):
    """A plan of too many fields to be worth the compilation."""


def generate(selections: list[SelectionPlan], plan: OperationPlan) -> str:
    """Make functions of *selections* and what they reach, use them from now on, return the source.

    Raises:
        TooLargeError: There are too many fields. Nothing has changed.
    """
    generator = _Generator(plan)
    source = generator.source(selections)
    generator.install(source)
    return source


class _Generator:
    """The source of one plan under construction."""

    def __init__(self, plan: OperationPlan) -> None:
        self._root = plan.root
        self._writer = Writer(
            {
                **_NAMESPACE,
                "fragments": plan.fragments,
                "operation": plan.operation,
                "schema": plan.tables.schema,
            }
        )
        self._selections: list[tuple[SelectionPlan, str]] = []
        self._completers: dict[FieldPlan, str] = {}
        self._queue: list[FieldPlan] = []
        self._fields = 0

    def source(self, selections: list[SelectionPlan]) -> str:
        """Return the source of functions of *selections* and of what they reach."""
        for selection in selections:
            self._selection_function(selection)
        while self._queue:
            self._completer_function(self._queue.pop())
        return "\n".join(self._writer.lines) + "\n"

    def install(self, source: str) -> None:
        """Make the plan use the functions of *source*."""
        namespace = self._writer.namespace
        namespace["__loader__"] = _Source(source)  # where tracebacks find the lines
        exec(compile(source, _FILE_NAME, "exec"), namespace)  # noqa: S102 (literals are repr'd)
        for selection, name in self._selections:
            selection.compiled = namespace[name]
        for field, name in self._completers.items():
            field.complete = namespace[name]

    # --- Functions

    def _selection_function(self, selection: SelectionPlan) -> None:
        """Write (source, execution, path) → what an object of a known type answers."""
        write = self._writer
        name = write.name(selection.type.name)
        self._selections.append((selection, name))
        with write.nested(f"def {name}(source, x, path):"):
            self._object_of_any_kind(selection)
        write.line("")

    def _completer(self, field: FieldPlan) -> str:
        """Return the name of the function that completes *field*, which will be written."""
        name = self._completers.get(field)
        if name is None:
            name = self._completers[field] = self._writer.name(f"complete_{field.key}")
            self._queue.append(field)
        return name

    def _completer_function(self, field: FieldPlan) -> None:
        """Write a completer: (value, field, execution, path) → what the value becomes."""
        write = self._writer
        any_value = write.constant("complete", field.table.complete)
        write.line(f"# {coordinate(field)}: {field.table.type}")
        with write.nested(f"def {self._completers[field]}(value, field, x, path):"):
            self._value(
                _Position(
                    field,
                    field.table.type,
                    0,
                    "value",
                    "path",
                    lambda expression: write.line(f"return {expression}"),
                    lambda: write.line(f"return {any_value}(value, field, x, path)"),
                )
            )
        write.line("")

    # --- Values

    def _value(self, position: _Position) -> None:
        """Write what completes the value at *position*."""
        inner = get_nullable_type(position.type)
        if isinstance(inner, GraphQLList):
            self._list(position, inner.of_type)
        elif is_leaf_type(inner):
            self._leaf(position, inner)
        else:
            selection = _inlined(position.field, inner)
            if selection is None:
                position.slow()
            else:
                self._object(position, selection)

    def _leaf(self, position: _Position, type_: GraphQLLeafType) -> None:
        leaf = leaf_source(type_, position.value, position.is_nullable, self._writer)
        if leaf is None:
            position.slow()
            return
        with self._writer.nested(f"if {leaf.condition}:"):
            position.store(leaf.result)
        with self._writer.nested("else:"):
            position.slow()

    def _list(self, position: _Position, item_type: GraphQLOutputType) -> None:
        write = self._writer
        value = position.value
        with write.nested(f"if type({value}) is list:"):
            result = write.name("items")
            write.line(f"{result} = []")
            if _can_fail(item_type):
                with write.nested("try:"):
                    self._items(position, item_type, result)
                with write.nested("except Exception:"):
                    write.line(f"discard({value}[len({result}) + 1:])")
                    write.line("raise")
            else:
                self._items(position, item_type, result)
            position.store(result)
        if position.is_nullable:
            with write.nested(f"elif {value} is None:"):
                position.store("None")
        with write.nested("else:"):
            position.slow()

    def _items(self, position: _Position, item_type: GraphQLOutputType, result: str) -> None:
        write = self._writer
        field = position.field
        depth = position.depth + 1
        item = write.name("item")
        plan = write.constant(field.key, field)
        put = write.constant("put", item_completer(item_type, field.table.if_null, depth))
        place = f"new(Path, ({position.path}, len({result}), None))"
        inner = _Position(
            field,
            item_type,
            depth,
            item,
            place,
            lambda expression: write.line(f"{result}.append({expression})"),
            lambda: write.line(f"{put}({item}, {plan}, x, {position.path}, {result})"),
        )
        with write.nested(f"for {item} in {position.value}:"):
            if self._needs_handler(inner):
                with write.nested("try:"):
                    self._value(inner)
                with write.nested("except Exception as error:"):
                    write.line(f"x.fail(error, {plan}, {place}, True)")
                    write.line(f"{result}.append(None)")
            else:
                self._value(inner)

    def _needs_handler(self, position: _Position) -> bool:
        """Return whether what is below *position* may fail, and *position* stops that."""
        if not position.is_nullable:
            return False
        if isinstance(position.type, GraphQLList):
            return _can_fail(position.type.of_type)
        selection = _inlined(position.field, position.type)
        return selection is not None and any(
            _can_fail(field.table.type) for field in selection.fields
        )

    # --- Objects

    def _object(self, position: _Position, selection: SelectionPlan) -> None:
        write = self._writer
        value = position.value
        kind = f"{value}_type"
        write.line(f"{kind} = type({value})")
        word = "if"
        if position.is_nullable:
            with write.nested(f"if {value} is None:"):
                position.store("None")
            word = "elif"
        unknown = f"{kind} not in object_types and not is_object({value})"
        with write.nested(f"{word} {kind} is not dict and {unknown}:"):
            position.slow()
        with write.nested("else:"):
            names = self._names(selection)
            if names:
                with write.nested(f"if {kind} is dict:"):
                    self._read_dict(value, names)
                with write.nested("else:"):
                    self._read_attributes(value, names)
            self._answer(selection, value, names, position.path, position.store)

    def _object_of_any_kind(self, selection: SelectionPlan) -> None:
        """Write what reads ``source``, whatever it is: a root value or one of a known type."""
        write = self._writer
        names = self._names(selection)
        if names:
            with write.nested("if type(source) is dict:"):
                self._read_dict("source", names)
            with write.nested("elif type(source) in object_types or is_object(source):"):
                self._read_attributes("source", names)
            with write.nested("else:"):
                write.line(f"{_unpacked(names)} = members(source, {tuple(names)})")
        self._answer(
            selection,
            "source",
            names,
            "None" if selection is self._root else "path",
            lambda expression: write.line(f"return {expression}"),
        )

    def _names(self, selection: SelectionPlan) -> dict[str, str]:
        """Return variables for what *selection* reads, by the names to read."""
        self._fields += len(selection.fields)
        if self._fields > MAX_FIELDS:
            raise TooLargeError
        names: dict[str, str] = {}
        for field in selection.fields:
            name = field.table.name
            if field.is_read and name not in names:
                names[name] = self._writer.name(name)
        return names

    def _read_dict(self, source: str, names: dict[str, str]) -> None:
        write = self._writer
        with write.nested("try:"):
            for name, variable in names.items():
                write.line(f"{variable} = {source}[{name!r}]")
        with write.nested("except KeyError:"):
            write.line(f"{_unpacked(names)} = members_of_dict({source}, {tuple(names)})")

    def _read_attributes(self, source: str, names: dict[str, str]) -> None:
        write = self._writer
        with write.nested("try:"):
            for name, variable in names.items():
                if keyword.iskeyword(name):
                    write.line(f"{variable} = getattr({source}, {name!r})")
                else:
                    write.line(f"{variable} = {source}.{name}")
        with write.nested("except Exception:"):
            write.line(f"{_unpacked(names)} = members({source}, {tuple(names)})")

    def _answer(
        self,
        selection: SelectionPlan,
        source: str,
        names: dict[str, str],
        path: str,
        store: Store,
    ) -> None:
        """Write what makes the answer of an object whose members have been read."""
        write = self._writer
        conditions: dict[str, None] = {}  # in order, each once
        entries: list[str] = []
        later: list[FieldPlan] = []
        for field in selection.fields:
            table = field.table
            result = "None"
            if table.constant is not None:
                result = repr(table.constant)
            elif field.is_read and table.leaf is not None:
                type_: Any = get_nullable_type(table.type)
                leaf = leaf_source(type_, names[table.name], table.nullable[0], write)
                if leaf is None:
                    later.append(field)
                else:
                    conditions[leaf.condition] = None
                    result = leaf.result
            else:
                later.append(field)
            entries.append(f"    {field.key!r}: {result},  # {coordinate(field)}")
        display = "\n".join(["{", *entries, "}"]) if entries else "{}"
        if not conditions:
            self._filled(display, later, source, names, path, store)
            return
        with write.nested(f"if {' and '.join(conditions)}:"):
            self._filled(display, later, source, names, path, store)
        with write.nested("else:"):
            plan = write.constant(selection.type.name, selection)
            values = "".join(
                f"{names[field.table.name]}, " for field in selection.fields if field.is_read
            )
            store(f"complete_fields({plan}, ({values}), {source}, x, {path})")

    def _filled(
        self,
        display: str,
        later: list[FieldPlan],
        source: str,
        names: dict[str, str],
        path: str,
        store: Store,
    ) -> None:
        """Write *display*, then what fills in the fields that need more than a look."""
        if not later:
            store(display)
            return
        write = self._writer
        result = write.name("result")
        write.line(f"{result} = {display}")
        if not all(field.is_read for field in later):
            if not path.isidentifier():
                write.line(f"{result}_path = {path}")
                path = f"{result}_path"
            write.line("root_value, variables, context, is_awaitable = x.request")
        for field in later:
            write.line(f"# {coordinate(field)}: {field.table.type}")
            if field.table.info is not None or (
                field.table.resolve is None and not field.is_read  # its arguments may be unfit
            ):
                plan = write.constant(field.key, field)
                write.line(f"execute_field({plan}, {source}, x, {path}, {result})")
            elif field.is_read:
                self._read_field(field, names[field.table.name], path, result)
            else:
                self._resolved_field(field, source, path, result)
        store(result)

    def _read_field(self, field: FieldPlan, value: str, path: str, result: str) -> None:
        write = self._writer
        table = field.table
        plan = write.constant(field.key, field)
        place = f"new(Path, ({path}, {field.key!r}, {table.parent_name!r}))"

        def store(expression: str) -> None:
            # null is there already
            write.line(
                "pass" if expression == "None" else f"{result}[{field.key!r}] = {expression}"
            )

        def slow() -> None:
            write.line(f"complete_field({plan}, {value}, x, {path}, {result})")

        position = _Position(field, table.type, 0, value, place, store, slow)
        if table.leaf is not None or write.blocks > _MAX_BLOCKS:
            if table.leaf is None:
                self._completer(field)
            slow()
        elif self._needs_handler(position):
            with write.nested("try:"):
                self._value(position)
            with write.nested("except Exception as error:"):
                write.line(f"x.fail(error, {plan}, {place}, True)")
        else:
            self._value(position)

    def _resolved_field(self, field: FieldPlan, source: str, path: str, result: str) -> None:
        write = self._writer
        table = field.table
        plan = write.constant(field.key, field)
        resolve = write.constant(f"resolve_{table.name}", table.resolve)
        nodes = write.constant("nodes", field.nodes)
        type_ = write.constant("type", table.type)
        parent_type = write.constant(table.parent_name, table.parent_type)
        about = f"{table.name!r}, {nodes}, {type_}, {parent_type}"
        everything = (
            "schema, fragments, root_value, operation, variables, context, is_awaitable, None, None"
        )
        arguments = self._arguments(field, plan)
        value = write.name(table.name)
        place = f"{value}_path"
        if path == "None":  # a root field is always at the same place
            root_place = ResponsePath(None, field.key, table.parent_name)
            place = write.constant(f"{field.key}_path", root_place)
        else:
            write.line(f"{place} = new(Path, ({path}, {field.key!r}, {table.parent_name!r}))")
        with write.nested("try:"):
            info = f"{about}, {place}, {everything}"
            write.line(f"{value} = {resolve}({source}, new(Info, ({info})){arguments})")
            word = "if"
            expected = self._expected(field, value, place)
            if expected is not None:
                condition, expression = expected
                with write.nested(f"if {condition}:"):
                    write.line(f"{result}[{field.key!r}] = {expression}")
                word = "elif"
            with write.nested(f"{word} type({value}) in {_AWAITABLE}:"):
                pending = f"{value}, {plan}.complete, {plan}, 0, {place}, {result}, {field.key!r}"
                write.line(f"x.waiting.append(Pending({pending}))")
            with write.nested("else:"):
                write.line(f"complete_field({plan}, {value}, x, {path}, {result})")
        with write.nested("except Exception as error:"):
            write.line(f"x.fail(error, {plan}, {place}, {table.nullable[0]})")

    def _arguments(self, field: FieldPlan, plan: str) -> str:
        """Return what a call of the field's resolver has behind the info."""
        values = field.arguments
        if values is None:
            return f", **x.arguments({plan})"
        if any(keyword.iskeyword(name) for name in values):
            return f", **{self._writer.constant('arguments', values)}"
        return "".join(
            f", {name}={self._writer.constant(name, value)}" for name, value in values.items()
        )

    def _expected(self, field: FieldPlan, value: str, place: str) -> tuple[str, str] | None:
        """Return when what a resolver gave is as expected, and what makes the answer of it."""
        table = field.table
        inner: Any = get_nullable_type(table.type)
        if table.leaf is not None:
            leaf = leaf_source(inner, value, table.nullable[0], self._writer)
            return None if leaf is None else (leaf.condition, leaf.result)
        named = get_named_type(inner)
        if not is_leaf_type(named) and _inlined(field, named) is None:
            return None
        condition = f"type({value}) is list"
        if not isinstance(inner, GraphQLList):
            condition = f"type({value}) is dict or type({value}) in object_types"
        plan = self._writer.constant(field.key, field)
        return condition, f"{self._completer(field)}({value}, {plan}, x, {place})"


class _Source:
    """What tracebacks ask for the lines of generated code."""

    def __init__(self, source: str) -> None:
        self._source = source

    def get_source(self, _name: str) -> str:
        return self._source


def _inlined(field: FieldPlan, type_: Any) -> SelectionPlan | None:
    """Return what *field* asks *type_* for when that can be straight code.

    It must be an object type that does not test its values, and have been reached.
    """
    if isinstance(type_, GraphQLObjectType) and type_.is_type_of is None:
        return field.selections.get(type_)
    return None


def _can_fail(type_: GraphQLOutputType) -> bool:
    """Return whether an error at a position of *type_* spreads to the position above."""
    return isinstance(type_, GraphQLNonNull)


def _unpacked(names: dict[str, str]) -> str:
    return f"[{', '.join(names.values())}]"
