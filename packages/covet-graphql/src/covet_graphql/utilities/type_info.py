"""What the schema knows of the place that a walk through a document is at.

Source: the rules that give types to fields, arguments and values are those of GraphQL §5,
https://spec.graphql.org/September2025/#sec-Validation
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from covet_graphql._undefined import Undefined
from covet_graphql.language import Node, Visitor
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_input_type,
    is_output_type,
)
from covet_graphql.utilities.type_from_ast import type_from_ast

if TYPE_CHECKING:
    from collections.abc import Callable

    from covet_graphql.language import (
        ArgumentNode,
        DirectiveNode,
        EnumValueNode,
        FieldNode,
        FragmentDefinitionNode,
        InlineFragmentNode,
        ObjectFieldNode,
        OperationDefinitionNode,
        VariableDefinitionNode,
    )
    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLCompositeType,
        GraphQLDirective,
        GraphQLEnumValue,
        GraphQLField,
        GraphQLInputField,
        GraphQLInputType,
        GraphQLOutputType,
        GraphQLSchema,
        GraphQLType,
    )

T = TypeVar("T")


class _Stack(Generic[T]):
    """The values around a place, the innermost last; None below and where nothing is known."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: list[T | None] = []

    def push(self, value: T | None) -> None:
        self._values.append(value)

    def pop(self) -> None:
        self._values.pop()

    def top(self, up: int = 1) -> T | None:
        """Return the innermost value, or the one *up* - 1 around it."""
        return self._values[-up] if len(self._values) >= up else None


class TypeInfo:
    """Follows a walk through a document, told of each node by `enter` and `leave`.

    Args:
        schema: The schema to look things up in.
        initial_type: The type to begin with, for a walk that begins below a document.
    """

    def __init__(self, schema: GraphQLSchema, initial_type: GraphQLType | None = None) -> None:
        self._schema = schema
        self._types: _Stack[GraphQLOutputType] = _Stack()
        self._parent_types: _Stack[GraphQLCompositeType] = _Stack()
        self._input_types: _Stack[GraphQLInputType] = _Stack()
        self._field_defs: _Stack[GraphQLField] = _Stack()
        self._inputs: _Stack[GraphQLArgument | GraphQLInputField] = _Stack()
        self._directive: GraphQLDirective | None = None
        self._argument: GraphQLArgument | None = None
        self._enum_value: GraphQLEnumValue | None = None
        if is_input_type(initial_type):
            self._input_types.push(initial_type)
        if is_composite_type(initial_type):
            self._parent_types.push(initial_type)
        if is_output_type(initial_type):
            self._types.push(initial_type)

    def get_type(self) -> GraphQLOutputType | None:
        """Return the type of the field, fragment or operation that the walk is in."""
        return self._types.top()

    def get_parent_type(self) -> GraphQLCompositeType | None:
        """Return the type that the current selection set selects from."""
        return self._parent_types.top()

    def get_input_type(self) -> GraphQLInputType | None:
        """Return the type of the variable, argument, list item or input field."""
        return self._input_types.top()

    def get_parent_input_type(self) -> GraphQLInputType | None:
        """Return the type of the input around the current one."""
        return self._input_types.top(2)

    def get_field_def(self) -> GraphQLField | None:
        """Return the definition of the field that the walk is in."""
        return self._field_defs.top()

    def get_default_value(self) -> Any:
        """Return the default of the current argument or input field, `Undefined` without one.

        A default that was given as a client gives it is a `GraphQLDefaultInput`.
        """
        input_ = self._inputs.top()
        if input_ is None:
            return Undefined
        return input_.default_value if input_.default is None else input_.default

    def get_directive(self) -> GraphQLDirective | None:
        """Return the definition of the directive that the walk is in."""
        return self._directive

    def get_argument(self) -> GraphQLArgument | None:
        """Return the definition of the argument that the walk is in."""
        return self._argument

    def get_enum_value(self) -> GraphQLEnumValue | None:
        """Return the definition of the enum value that the walk is at."""
        return self._enum_value

    def enter(self, node: Node) -> None:
        """Take note that the walk goes into *node*."""
        method = _ENTER.get(node.kind)
        if method is not None:
            method(self, node)

    def leave(self, node: Node) -> None:
        """Take note that the walk comes out of *node*."""
        method = _LEAVE.get(node.kind)
        if method is not None:
            method(self)

    # --- Selections

    def _enter_selection_set(self, _node: Node) -> None:
        named = get_named_type(self.get_type())
        self._parent_types.push(named if is_composite_type(named) else None)

    def _leave_selection_set(self) -> None:
        self._parent_types.pop()

    def _enter_field(self, node: FieldNode) -> None:
        parent = self.get_parent_type()
        field = None if parent is None else self._schema.get_field(parent, node.name.value)
        self._field_defs.push(field)
        type_ = None if field is None else field.type
        self._types.push(type_ if is_output_type(type_) else None)

    def _leave_field(self) -> None:
        self._field_defs.pop()
        self._types.pop()

    def _enter_operation_definition(self, node: OperationDefinitionNode) -> None:
        self._types.push(self._schema.get_root_type(node.operation))

    def _enter_fragment(self, node: InlineFragmentNode | FragmentDefinitionNode) -> None:
        if node.type_condition is None:
            type_: GraphQLType | None = get_named_type(self.get_type())
        else:
            type_ = type_from_ast(self._schema, node.type_condition)
        self._types.push(type_ if is_output_type(type_) else None)

    def _leave_type(self) -> None:
        self._types.pop()

    def _enter_directive(self, node: DirectiveNode) -> None:
        self._directive = self._schema.get_directive(node.name.value)

    def _leave_directive(self) -> None:
        self._directive = None

    # --- Inputs

    def _enter_variable_definition(self, node: VariableDefinitionNode) -> None:
        type_ = type_from_ast(self._schema, node.type)
        self._push_input(None, type_ if is_input_type(type_) else None)

    def _enter_argument(self, node: ArgumentNode) -> None:
        owner = self.get_directive() or self.get_field_def()
        argument = None if owner is None else owner.args.get(node.name.value)
        self._argument = argument
        self._push_input(argument, None if argument is None else argument.type)

    def _leave_argument(self) -> None:
        self._argument = None
        self._pop_input()

    def _enter_list_value(self, _node: Node) -> None:
        type_: Any = get_nullable_type(self.get_input_type())
        is_list = isinstance(type_, GraphQLList)
        self._push_input(None, cast("GraphQLList[Any]", type_).of_type if is_list else type_)

    def _enter_object_field(self, node: ObjectFieldNode) -> None:
        type_ = get_named_type(self.get_input_type())
        field = None
        if isinstance(type_, GraphQLInputObjectType):
            field = type_.fields.get(node.name.value)
        self._push_input(field, None if field is None else field.type)

    def _push_input(
        self, input_: GraphQLArgument | GraphQLInputField | None, type_: GraphQLInputType | None
    ) -> None:
        self._inputs.push(input_)
        self._input_types.push(type_ if is_input_type(type_) else None)

    def _pop_input(self) -> None:
        self._inputs.pop()
        self._input_types.pop()

    def _enter_enum_value(self, node: EnumValueNode) -> None:
        type_ = get_named_type(self.get_input_type())
        if isinstance(type_, GraphQLEnumType):
            self._enum_value = type_.values.get(node.value)

    def _leave_enum_value(self) -> None:
        self._enum_value = None


# pyright: reportPrivateUsage=false

_ENTER: Final[dict[str, Callable[[TypeInfo, Any], None]]] = {
    "selection_set": TypeInfo._enter_selection_set,
    "field": TypeInfo._enter_field,
    "operation_definition": TypeInfo._enter_operation_definition,
    "inline_fragment": TypeInfo._enter_fragment,
    "fragment_definition": TypeInfo._enter_fragment,
    "directive": TypeInfo._enter_directive,
    "variable_definition": TypeInfo._enter_variable_definition,
    "argument": TypeInfo._enter_argument,
    "list_value": TypeInfo._enter_list_value,
    "object_field": TypeInfo._enter_object_field,
    "enum_value": TypeInfo._enter_enum_value,
}

_LEAVE: Final[dict[str, Callable[[TypeInfo], None]]] = {
    "selection_set": TypeInfo._leave_selection_set,
    "field": TypeInfo._leave_field,
    "operation_definition": TypeInfo._leave_type,
    "inline_fragment": TypeInfo._leave_type,
    "fragment_definition": TypeInfo._leave_type,
    "directive": TypeInfo._leave_directive,
    "variable_definition": TypeInfo._pop_input,
    "argument": TypeInfo._leave_argument,
    "list_value": TypeInfo._pop_input,
    "object_field": TypeInfo._pop_input,
    "enum_value": TypeInfo._leave_enum_value,
}


class TypeInfoVisitor(Visitor):
    """A visitor that keeps a `TypeInfo` at the place where another visitor is.

    Args:
        type_info: What is told of each node, before the other visitor enters it and after it left.
        visitor: The other visitor.
    """

    def __init__(self, type_info: TypeInfo, visitor: Visitor) -> None:
        super().__init__()
        self.type_info = type_info
        self.visitor = visitor

    def enter(self, node: Node, *args: Any) -> Any:
        """Enter *node*: the type info first, then the visitor, whose answer is returned."""
        self.type_info.enter(node)
        method = self.visitor.get_enter_leave_for_kind(node.kind).enter
        if method is None:
            return None
        result = method(node, *args)
        if result is not None:  # the walk will not leave this node, but perhaps another
            self.type_info.leave(node)
            if isinstance(result, Node):
                self.type_info.enter(result)
        return result

    def leave(self, node: Node, *args: Any) -> Any:
        """Leave *node*: the visitor first, whose answer is returned, then the type info."""
        method = self.visitor.get_enter_leave_for_kind(node.kind).leave
        result = None if method is None else method(node, *args)
        self.type_info.leave(node)
        return result
