"""Why an input is not of its type: all faults, each with its place in the input.

Source: GraphQL §3.4 to §3.12, sections "Input Coercion", and §5.6,
https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    print_ast,
)
from covet_graphql.type._coerce_input import (
    VariableValues,
    coerced_values,
    is_missing_variable,
    leaf_of_literal,
    nullable_input,
)
from covet_graphql.type._enum import GraphQLEnumType
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._literals import is_list_input
from covet_graphql.type._predicates import is_required_input_field
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull

if TYPE_CHECKING:
    from covet_graphql.language import Node
    from covet_graphql.type.definition import GraphQLInputType, GraphQLLeafType

Path: TypeAlias = list[str | int]
OnErrorCB: TypeAlias = Callable[[GraphQLError, Path], None]


def validate_input_value(
    input_value: Any, type_: GraphQLInputType, on_error: OnErrorCB, hide_suggestions: bool = False
) -> None:
    """Report why the value of a variable is not of *type_*; nothing when it is.

    Args:
        input_value: Plain data, as JSON is read; `Undefined` when nothing was given.
        type_: An input type.
        on_error: Called for each fault with an error and the keys and indices down to it.
        hide_suggestions: Whether to leave out names that nearly are those given.
    """
    try:
        _Values(on_error, hide_suggestions).check(input_value, type_, [])
    except RecursionError:  # nested deeper than Python's stack
        on_error(GraphQLError(f"Value of type '{type_}' is nested too deeply."), [])


def validate_input_literal(
    value_node: ValueNode,
    type_: GraphQLInputType,
    on_error: OnErrorCB,
    variables: VariableValues | None = None,
    *,
    hide_suggestions: bool = False,
) -> None:
    """Report why a literal is not of *type_*; nothing when it is.

    Args:
        value_node: The literal.
        type_: An input type.
        on_error: Called for each fault with an error and the keys and indices down to it.
        variables: The values of the variables in it after coercion; without them variables are
            taken to fit.
        hide_suggestions: Whether to leave out names that nearly are those given.
    """
    try:
        _Literals(on_error, hide_suggestions, variables).check(value_node, type_, [])
    except RecursionError:
        error = GraphQLError(f"Value of type '{type_}' is nested too deeply.", value_node)
        on_error(error, [])


class _Inputs:
    """What values and literals have in common."""

    def __init__(self, on_error: OnErrorCB, hide_suggestions: bool) -> None:
        self.on_error = on_error
        self.hide_suggestions = hide_suggestions

    def report(self, message: str, path: Path, node: Node | None = None) -> None:
        self.on_error(GraphQLError(message, node), path)

    def report_null(self, type_: GraphQLInputType, path: Path, node: Node | None = None) -> None:
        self.report(f"Expected value of non-null type '{type_}' not to be None.", path, node)

    def unknown_field(self, type_: GraphQLInputObjectType, name: str, found: str) -> str:
        message = f"Expected value of type '{type_}' not to include unknown field '{name}'"
        if not self.hide_suggestions:
            suggestions = did_you_mean(suggestion_list(name, type_.fields))
            if suggestions:
                return f"{message}.{suggestions} Found: {found}."
        return f"{message}, found: {found}."

    def leaf(
        self,
        coerce: Callable[[], Any],
        type_: GraphQLLeafType,
        path: Path,
        show: Callable[[], str],
        node: Node | None = None,
    ) -> None:
        """Report why a scalar or enum does not take something."""
        try:
            if coerce() is Undefined:
                self.report(f"Expected value of type '{type_}', found: {show()}.", path, node)
        except RecursionError:
            raise
        except GraphQLError as error:
            self.on_error(error, path)
        except Exception as error:
            message = (
                f"Expected value of type '{type_}', but encountered error '{error}';"
                f" found: {show()}."
            )
            self.on_error(GraphQLError(message, node, original_error=error), path)


def _one_of_message(type_: GraphQLInputObjectType) -> str:
    return (
        f"Within OneOf Input Object type '{type_}', exactly one field must be specified,"
        " and the value for that field must be non-null."
    )


def _missing_field_message(type_: GraphQLInputObjectType, name: str, found: str) -> str:
    return f"Expected value of type '{type_}' to include required field '{name}', found: {found}."


class _Values(_Inputs):
    """Checks values of variables."""

    def check(self, value: Any, type_: GraphQLInputType, path: Path) -> None:
        leaf = nullable_input(type_)
        if value is Undefined:
            if leaf is not type_:
                self.report(f"Expected a value of non-null type '{type_}' to be provided.", path)
        elif value is None:
            if leaf is not type_:
                self.report_null(type_, path)
        elif isinstance(leaf, GraphQLList):
            if is_list_input(value):
                for index, item in enumerate(value):
                    self.check(item, leaf.of_type, [*path, index])
            else:
                self.check(value, leaf.of_type, path)
        elif isinstance(leaf, GraphQLInputObjectType):
            self.check_object(value, leaf, path)
        else:
            hidden = (self.hide_suggestions,) if isinstance(leaf, GraphQLEnumType) else ()
            self.leaf(
                lambda: leaf.coerce_input_value(value, *hidden), leaf, path, lambda: inspect(value)
            )

    def check_object(self, value: Any, type_: GraphQLInputObjectType, path: Path) -> None:
        if not isinstance(value, Mapping):
            self.report(
                f"Expected value of type '{type_}' to be an object, found: {inspect(value)}.", path
            )
            return
        given = cast("Mapping[str, object]", value)
        for name, field in type_.fields.items():
            item = given.get(name, Undefined)
            if item is not Undefined:
                self.check(item, field.type, [*path, name])
            elif is_required_input_field(field):
                self.report(_missing_field_message(type_, name, inspect(given)), path)
        for name, item in given.items():
            if item is not Undefined and name not in type_.fields:
                self.report(self.unknown_field(type_, str(name), inspect(given)), path)
        if type_.is_one_of:
            known = [
                name
                for name, item in given.items()
                if item is not Undefined and name in type_.fields
            ]
            if len(known) != 1:
                self.report(_one_of_message(type_), path)
            if known and given[known[0]] is None:
                self.report(_one_of_message(type_), [*path, known[0]])


class _Literals(_Inputs):
    """Checks literals."""

    def __init__(
        self, on_error: OnErrorCB, hide_suggestions: bool, variables: VariableValues | None
    ) -> None:
        super().__init__(on_error, hide_suggestions)
        self.is_static = variables is None
        self.variables = coerced_values(variables)

    def check(self, node: ValueNode, type_: GraphQLInputType, path: Path) -> None:
        if isinstance(node, VariableNode):
            self.check_variable(node, type_, path)
            return
        leaf = nullable_input(type_)
        if isinstance(node, NullValueNode):
            if leaf is not type_:
                self.report_null(type_, path, node)
        elif isinstance(leaf, GraphQLList):
            if isinstance(node, ListValueNode):
                for index, item in enumerate(node.values):
                    self.check(item, leaf.of_type, [*path, index])
            else:
                self.check(node, leaf.of_type, path)
        elif isinstance(leaf, GraphQLInputObjectType):
            self.check_object(node, leaf, path)
        else:
            self.leaf(
                lambda: leaf_of_literal(node, leaf, self.variables, self.hide_suggestions),
                leaf,
                path,
                lambda: print_ast(node),
                node,
            )

    def check_variable(self, node: VariableNode, type_: GraphQLInputType, path: Path) -> None:
        if self.is_static or not isinstance(type_, GraphQLNonNull):
            return
        value = self.variables.get(node.name.value, Undefined)
        given = f"Expected variable '${node.name.value}' provided to"
        if value is Undefined:
            self.report(f"{given} type '{type_}' to provide a runtime value.", path, node)
        elif value is None:
            self.report(f"{given} non-null type '{type_}' not to be None.", path, node)

    def check_object(self, node: ValueNode, type_: GraphQLInputObjectType, path: Path) -> None:
        if not isinstance(node, ObjectValueNode):
            self.report(
                f"Expected value of type '{type_}' to be an object, found: {print_ast(node)}.",
                path,
                node,
            )
            return
        given = {field.name.value: field for field in node.fields}
        for name, field in type_.fields.items():
            if name not in given:
                if is_required_input_field(field):
                    message = _missing_field_message(type_, name, print_ast(node))
                    self.report(message, path, node)
                continue
            value = given[name].value
            is_left_out = not self.is_static and is_missing_variable(value, self.variables)
            if not (is_left_out and not is_required_input_field(field)):
                self.check(value, field.type, [*path, name])
        for field_node in node.fields:
            if field_node.name.value not in type_.fields:
                message = self.unknown_field(type_, field_node.name.value, print_ast(node))
                self.report(message, path, field_node)
        if type_.is_one_of:
            self.check_one_of(node, type_, path)

    def check_one_of(
        self, node: ObjectValueNode, type_: GraphQLInputObjectType, path: Path
    ) -> None:
        known = [field for field in node.fields if field.name.value in type_.fields]
        if not self.is_static:
            for field in known:
                if isinstance(field.value, VariableNode):
                    self.check_variable_of_one_of(field.value, field.name.value, type_, path, node)
        if len(known) != 1:
            self.report(_one_of_message(type_), path, node)
        elif isinstance(known[0].value, NullValueNode):
            self.report(_one_of_message(type_), [*path, known[0].name.value], node)

    def check_variable_of_one_of(
        self,
        variable: VariableNode,
        field: str,
        type_: GraphQLInputObjectType,
        path: Path,
        node: ObjectValueNode,
    ) -> None:
        value = self.variables.get(variable.name.value, Undefined)
        given = (
            f"Expected variable '${variable.name.value}' provided to field '{field}'"
            f" for OneOf Input Object type '{type_}'"
        )
        if value is Undefined:
            self.report(f"{given} to provide a runtime value.", path, node)
        elif value is None:
            self.report(f"{given} not to be None.", path, node)
