"""What differs between two versions of a schema, and whether it hurts their clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from covet_graphql.language import print_ast
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
    is_specified_scalar_type,
)
from covet_graphql.utilities._schema_change import (
    BreakingChange,
    BreakingChangeType,
    DangerousChange,
    DangerousChangeType,
    SafeChange,
    SafeChangeType,
)
from covet_graphql.utilities._sorted_value import sorted_value
from covet_graphql.utilities.get_default_value_ast import get_default_value_ast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLDirective,
        GraphQLField,
        GraphQLInputField,
        GraphQLNamedType,
        GraphQLSchema,
        GraphQLType,
    )
    from covet_graphql.utilities._schema_change import SchemaChange

_T = TypeVar("_T")


class _Named(Protocol):
    """What a list of types or directives needs to know of each."""

    @property
    def name(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def find_schema_changes(old_schema: GraphQLSchema, new_schema: GraphQLSchema) -> list[SchemaChange]:
    """Return all changes from *old_schema* to *new_schema*: of types, then of directives."""
    return [
        *_type_changes(old_schema.type_map, new_schema.type_map),
        *_directive_changes(_by_name(old_schema.directives), _by_name(new_schema.directives)),
    ]


def find_breaking_changes(
    old_schema: GraphQLSchema, new_schema: GraphQLSchema
) -> list[BreakingChange]:
    """Return the changes that make documents invalid that were valid, or answers unreadable."""
    changes = find_schema_changes(old_schema, new_schema)
    return [change for change in changes if isinstance(change, BreakingChange)]


def find_dangerous_changes(
    old_schema: GraphQLSchema, new_schema: GraphQLSchema
) -> list[DangerousChange]:
    """Return the changes after which documents stay valid, but may be answered unlike before."""
    changes = find_schema_changes(old_schema, new_schema)
    return [change for change in changes if isinstance(change, DangerousChange)]


# --- Types


def _type_changes(
    old: Mapping[str, GraphQLNamedType], new: Mapping[str, GraphQLNamedType]
) -> Iterator[SchemaChange]:
    for name, type_ in _only_in(old, new):
        yield BreakingChange(
            BreakingChangeType.TYPE_REMOVED,
            f"Standard scalar {name} was removed because it is not referenced anymore."
            if is_specified_scalar_type(type_)
            else f"{name} was removed.",
        )
    for name, _ in _only_in(new, old):
        yield SafeChange(SafeChangeType.TYPE_ADDED, f"{name} was added.")
    for name, old_type, new_type in _in_both(old, new):
        yield from _description_change(name, old_type.description, new_type.description)
        yield from _changes_of_type(old_type, new_type)


def _changes_of_type(
    old_type: GraphQLNamedType, new_type: GraphQLNamedType
) -> Iterator[SchemaChange]:
    name = old_type.name
    match old_type, new_type:
        case GraphQLEnumType(), GraphQLEnumType():
            yield from _enum_changes(old_type, new_type)
        case GraphQLUnionType(), GraphQLUnionType():
            yield from _union_changes(old_type, new_type)
        case GraphQLInputObjectType(), GraphQLInputObjectType():
            yield from _input_field_changes(name, old_type.fields, new_type.fields)
        case GraphQLObjectType(), GraphQLObjectType():
            yield from _field_changes(name, old_type.fields, new_type.fields)
            yield from _interface_changes(old_type, new_type)
        case GraphQLInterfaceType(), GraphQLInterfaceType():
            yield from _field_changes(name, old_type.fields, new_type.fields)
            yield from _interface_changes(old_type, new_type)
        case GraphQLScalarType(), GraphQLScalarType():
            pass
        case _:
            yield BreakingChange(
                BreakingChangeType.TYPE_CHANGED_KIND,
                f"{name} changed from {_kind(old_type)} to {_kind(new_type)}.",
            )


def _kind(type_: GraphQLNamedType) -> str:
    match type_:
        case GraphQLScalarType():
            return "a Scalar type"
        case GraphQLObjectType():
            return "an Object type"
        case GraphQLInterfaceType():
            return "an Interface type"
        case GraphQLUnionType():
            return "a Union type"
        case GraphQLEnumType():
            return "an Enum type"
        case _:
            return "an Input type"


def _enum_changes(old: GraphQLEnumType, new: GraphQLEnumType) -> Iterator[SchemaChange]:
    for name, _ in _only_in(new.values, old.values):
        yield DangerousChange(
            DangerousChangeType.VALUE_ADDED_TO_ENUM, f"Enum value {new.name}.{name} was added."
        )
    for name, _ in _only_in(old.values, new.values):
        yield BreakingChange(
            BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
            f"Enum value {new.name}.{name} was removed.",
        )
    for name, old_value, new_value in _in_both(old.values, new.values):
        yield from _description_change(
            f"enum value {new.name}.{name}", old_value.description, new_value.description
        )


def _union_changes(old: GraphQLUnionType, new: GraphQLUnionType) -> Iterator[SchemaChange]:
    old_types, new_types = _by_name(old.types), _by_name(new.types)
    for name, _ in _only_in(new_types, old_types):
        yield DangerousChange(
            DangerousChangeType.TYPE_ADDED_TO_UNION, f"{name} was added to union type {new.name}."
        )
    for name, _ in _only_in(old_types, new_types):
        yield BreakingChange(
            BreakingChangeType.TYPE_REMOVED_FROM_UNION,
            f"{name} was removed from union type {new.name}.",
        )


def _interface_changes(
    old: GraphQLObjectType | GraphQLInterfaceType, new: GraphQLObjectType | GraphQLInterfaceType
) -> Iterator[SchemaChange]:
    old_types, new_types = _by_name(old.interfaces), _by_name(new.interfaces)
    for name, _ in _only_in(new_types, old_types):
        yield DangerousChange(
            DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED,
            f"{name} added to interfaces implemented by {new.name}.",
        )
    for name, _ in _only_in(old_types, new_types):
        yield BreakingChange(
            BreakingChangeType.IMPLEMENTED_INTERFACE_REMOVED,
            f"{new.name} no longer implements interface {name}.",
        )


# --- Fields


def _field_changes(
    type_name: str, old: Mapping[str, GraphQLField], new: Mapping[str, GraphQLField]
) -> Iterator[SchemaChange]:
    for name, _ in _only_in(old, new):
        yield BreakingChange(
            BreakingChangeType.FIELD_REMOVED, f"Field {type_name}.{name} was removed."
        )
    for name, _ in _only_in(new, old):
        yield SafeChange(SafeChangeType.FIELD_ADDED, f"Field {type_name}.{name} was added.")
    for name, old_field, new_field in _in_both(old, new):
        coordinate = f"{type_name}.{name}"
        yield from _argument_changes(coordinate, old_field.args, new_field.args)
        old_type, new_type = str(old_field.type), str(new_field.type)
        if old_type != new_type:
            described = f"Field {coordinate} changed type from {old_type} to {new_type}."
            if _is_as_strict(new_field.type, old_field.type):
                yield SafeChange(SafeChangeType.FIELD_CHANGED_KIND_SAFE, described)
            else:
                yield BreakingChange(BreakingChangeType.FIELD_CHANGED_KIND, described)
        yield from _description_change(
            f"field {coordinate}", old_field.description, new_field.description
        )


def _input_field_changes(
    type_name: str, old: Mapping[str, GraphQLInputField], new: Mapping[str, GraphQLInputField]
) -> Iterator[SchemaChange]:
    for name, field in _only_in(new, old):
        if is_required_input_field(field):
            yield BreakingChange(
                BreakingChangeType.REQUIRED_INPUT_FIELD_ADDED,
                f"A required field {type_name}.{name} was added.",
            )
        else:
            yield DangerousChange(
                DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED,
                f"An optional field {type_name}.{name} was added.",
            )
    for name, _ in _only_in(old, new):
        yield BreakingChange(
            BreakingChangeType.FIELD_REMOVED, f"Field {type_name}.{name} was removed."
        )
    for name, old_field, new_field in _in_both(old, new):
        coordinate = f"{type_name}.{name}"
        old_type, new_type = str(old_field.type), str(new_field.type)
        described = f"Field {coordinate} changed type from {old_type} to {new_type}."
        if old_type != new_type and not _is_as_strict(old_field.type, new_field.type):
            yield BreakingChange(BreakingChangeType.FIELD_CHANGED_KIND, described)
        elif (default := _default_change(coordinate, old_field, new_field)) is not None:
            text, is_safe = default
            if is_safe:
                yield SafeChange(SafeChangeType.INPUT_FIELD_DEFAULT_VALUE_ADDED, text)
            else:
                yield DangerousChange(DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE, text)
        elif old_type != new_type:
            yield SafeChange(SafeChangeType.FIELD_CHANGED_KIND_SAFE, described)
        yield from _description_change(
            f"input-field {coordinate}", old_field.description, new_field.description
        )


# --- Arguments


def _argument_changes(
    coordinate: str, old: Mapping[str, GraphQLArgument], new: Mapping[str, GraphQLArgument]
) -> Iterator[SchemaChange]:
    for name, _ in _only_in(old, new):
        yield BreakingChange(
            BreakingChangeType.ARG_REMOVED, f"Argument {coordinate}({name}:) was removed."
        )
    for name, old_argument, new_argument in _in_both(old, new):
        yield from _changes_of_argument(f"{coordinate}({name}:)", old_argument, new_argument)
        yield from _description_change(
            f"argument {coordinate}({name})", old_argument.description, new_argument.description
        )
    for name, argument in _only_in(new, old):
        if is_required_argument(argument):
            yield BreakingChange(
                BreakingChangeType.REQUIRED_ARG_ADDED,
                f"A required argument {coordinate}({name}:) was added.",
            )
        else:
            yield DangerousChange(
                DangerousChangeType.OPTIONAL_ARG_ADDED,
                f"An optional argument {coordinate}({name}:) was added.",
            )


def _changes_of_argument(
    coordinate: str, old: GraphQLArgument, new: GraphQLArgument
) -> Iterator[SchemaChange]:
    old_type, new_type = str(old.type), str(new.type)
    described = f"Argument {coordinate} has changed type from {old_type} to {new_type}."
    if old_type != new_type and not _is_as_strict(old.type, new.type):
        yield BreakingChange(BreakingChangeType.ARG_CHANGED_KIND, described)
    elif (default := _default_change(coordinate, old, new)) is not None:
        text, is_safe = default
        if is_safe:
            yield SafeChange(SafeChangeType.ARG_DEFAULT_VALUE_ADDED, text)
        else:
            yield DangerousChange(DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE, text)
    elif old_type != new_type:
        yield SafeChange(SafeChangeType.ARG_CHANGED_KIND_SAFE, described)


# --- Directives


def _directive_changes(
    old: Mapping[str, GraphQLDirective], new: Mapping[str, GraphQLDirective]
) -> Iterator[SchemaChange]:
    for name, _ in _only_in(old, new):
        yield BreakingChange(
            BreakingChangeType.DIRECTIVE_REMOVED, f"Directive @{name} was removed."
        )
    for name, _ in _only_in(new, old):
        yield SafeChange(SafeChangeType.DIRECTIVE_ADDED, f"Directive @{name} was added.")
    for name, old_directive, new_directive in _in_both(old, new):
        yield from _directive_argument_changes(name, old_directive.args, new_directive.args)
        yield from _changes_of_directive(name, old_directive, new_directive)


def _directive_argument_changes(
    directive_name: str, old: Mapping[str, GraphQLArgument], new: Mapping[str, GraphQLArgument]
) -> Iterator[SchemaChange]:
    for name, argument in _only_in(new, old):
        if is_required_argument(argument):
            yield BreakingChange(
                BreakingChangeType.REQUIRED_DIRECTIVE_ARG_ADDED,
                f"A required argument @{directive_name}({name}:) was added.",
            )
        else:
            yield SafeChange(
                SafeChangeType.OPTIONAL_DIRECTIVE_ARG_ADDED,
                f"An optional argument @{directive_name}({name}:) was added.",
            )
    for name, _ in _only_in(old, new):
        yield BreakingChange(
            BreakingChangeType.DIRECTIVE_ARG_REMOVED,
            f"Argument @{directive_name}({name}:) was removed.",
        )
    for name, old_argument, new_argument in _in_both(old, new):
        yield from _changes_of_argument(f"@{directive_name}({name}:)", old_argument, new_argument)
        yield from _description_change(
            f"@{directive_name}({name})", old_argument.description, new_argument.description
        )


def _changes_of_directive(
    name: str, old: GraphQLDirective, new: GraphQLDirective
) -> Iterator[SchemaChange]:
    if old.is_repeatable and not new.is_repeatable:
        yield BreakingChange(
            BreakingChangeType.DIRECTIVE_REPEATABLE_REMOVED,
            f"Repeatable flag was removed from @{name}.",
        )
    elif new.is_repeatable and not old.is_repeatable:
        yield SafeChange(
            SafeChangeType.DIRECTIVE_REPEATABLE_ADDED, f"Repeatable flag was added to @{name}."
        )
    yield from _description_change(f"@{name}", old.description, new.description)
    for location in old.locations:
        if location not in new.locations:
            yield BreakingChange(
                BreakingChangeType.DIRECTIVE_LOCATION_REMOVED,
                f"{location.name} was removed from @{name}.",
            )
    for location in new.locations:
        if location not in old.locations:
            yield SafeChange(
                SafeChangeType.DIRECTIVE_LOCATION_ADDED, f"{location.name} was added to @{name}."
            )


# --- What all of them need


def _description_change(what: str, old: str | None, new: str | None) -> Iterator[SafeChange]:
    if old != new:
        text = "was removed" if new is None else f'has changed to "{new}"'
        yield SafeChange(SafeChangeType.DESCRIPTION_CHANGED, f"Description of {what} {text}.")


def _default_change(
    coordinate: str,
    old: GraphQLArgument | GraphQLInputField,
    new: GraphQLArgument | GraphQLInputField,
) -> tuple[str, bool] | None:
    """Return how a default value changed and whether that is safe, or None when it did not."""
    old_default, new_default = get_default_value_ast(old), get_default_value_ast(new)
    if new_default is None:
        return None if old_default is None else (f"{coordinate} defaultValue was removed.", False)
    new_text = print_ast(sorted_value(new_default))
    if old_default is None:
        return f"{coordinate} added a defaultValue {new_text}.", True
    old_text = print_ast(sorted_value(old_default))
    if old_text == new_text:
        return None
    return f"{coordinate} has changed defaultValue from {old_text} to {new_text}.", False


def _is_as_strict(type_: GraphQLType, than: GraphQLType) -> bool:
    """Whether whatever *type_* allows is allowed by *than*: the same, or with more non-nulls."""
    while True:
        if is_non_null_type(type_):
            type_ = type_.of_type
            if is_non_null_type(than):
                than = than.of_type
        if not (is_list_type(type_) and is_list_type(than)):
            return str(type_) == str(than)
        type_, than = type_.of_type, than.of_type


def _by_name(items: Iterable[_N]) -> dict[str, _N]:
    return {item.name: item for item in items}


def _only_in(items: Mapping[str, _T], others: Mapping[str, _T]) -> list[tuple[str, _T]]:
    return [(name, item) for name, item in items.items() if name not in others]


def _in_both(old: Mapping[str, _T], new: Mapping[str, _T]) -> list[tuple[str, _T, _T]]:
    return [(name, item, new[name]) for name, item in old.items() if name in new]
