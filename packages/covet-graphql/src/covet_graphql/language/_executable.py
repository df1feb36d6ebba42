"""Reading operations, fragments and selection sets.

Source: GraphQL §2.4 to §2.9, https://spec.graphql.org/September2025/#sec-Language.Operations
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql.language._reader import new
from covet_graphql.language._values import ValueReader
from covet_graphql.language.ast import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
)

if TYPE_CHECKING:
    from covet_graphql.language.ast import StringValueNode

_AFTER_FIELD_NAME: Final = frozenset("(@{:")
OPERATION_TYPES: Final = {operation.value: operation for operation in OperationType}


class ExecutableReader(ValueReader):
    """Reads what a client sends."""

    __slots__ = ()

    def shorthand(
        self, i: int, description: StringValueNode | None
    ) -> tuple[OperationDefinitionNode, int]:
        """OperationDefinition in shorthand: only a selection set."""
        if description is not None:
            self.fail_with(
                i - 1,
                "Unexpected description, descriptions are not supported on shorthand queries.",
            )
        node = new(OperationDefinitionNode)
        node.operation = OperationType.QUERY
        node.description = node.name = node.variable_definitions = node.directives = None
        node._origin = self.origin
        node._first = i
        node.selection_set, i = self.selection_set(i)
        node._end = i
        return node, i

    def operation(
        self, i: int, description: StringValueNode | None
    ) -> tuple[OperationDefinitionNode, int]:
        """OperationDefinition, not in shorthand."""
        node = new(OperationDefinitionNode)
        node._origin = self.origin
        node._first = i if description is None else i - 1
        node.description = description
        node.operation = OPERATION_TYPES[self.texts[i]]
        i += 1
        if self.texts[i].isidentifier():
            i = self.own_name(node, i)
        else:
            node.name = None
        node.variable_definitions, i = self._variable_definitions(i)
        node.directives, i = self.directives(i, False)
        node.selection_set, i = self.selection_set(i)
        node._end = i
        return node, i

    def fragment(
        self, i: int, description: StringValueNode | None
    ) -> tuple[FragmentDefinitionNode, int]:
        """FragmentDefinition."""
        node = new(FragmentDefinitionNode)
        node._origin = self.origin
        node._first = i if description is None else i - 1
        node.description = description
        node.variable_definitions = None
        i += 1
        if self.texts[i] == "on":
            self.fail(i)
        i = self.own_name(node, i)
        node.type_condition, i = self.named_type(self.expect(i, "on"))
        node.directives, i = self.directives(i, False)
        node.selection_set, i = self.selection_set(i)
        node._end = i
        return node, i

    def _variable_definitions(
        self, i: int
    ) -> tuple[tuple[VariableDefinitionNode, ...] | None, int]:
        """VariablesDefinition?."""
        all_texts = self.texts
        if all_texts[i] != "(":
            return None, i
        i += 1
        definitions: list[VariableDefinitionNode] = []
        while True:
            node = new(VariableDefinitionNode)
            node._origin = self.origin
            node._first = i
            node.description = None
            if all_texts[i][:1] == '"':
                node.description, i = self.string(i)
            node.variable, i = self.variable(i)
            node.type, i = self.type_reference(self.expect(i, ":"))
            default: Any = None
            if all_texts[i] == "=":
                default, i = self.value(i + 1, True)
            node.default_value = default
            node.directives = None
            if all_texts[i] == "@":
                node.directives, i = self.directives(i, True)
            node._end = i
            definitions.append(node)
            if all_texts[i] == ")":
                return tuple(definitions), i + 1

    def selection_set(self, i: int) -> tuple[SelectionSetNode, int]:
        """SelectionSet: the part that long documents consist of, so all of it in one loop.

        ``enclosing`` holds the selection sets around the current one: the selections of each so
        far, where it began, and the field or inline fragment that waits for it.
        """
        all_texts = self.texts
        origin = self.origin
        max_depth = self.max_depth
        enclosing: list[tuple[list[Any], int, Any]] = []
        owner: Any = None
        opened = i
        if all_texts[i] != "{":
            self.fail(i, "'{'")
        i += 1
        if max_depth < 1:
            self.fail_too_deep(opened)
        selections: list[Any] = []
        while True:
            text = all_texts[i]
            if text.isidentifier():  # Field
                node: Any = new(FieldNode)
                node._origin = origin
                node._first = i
                i += 1
                after = all_texts[i]
                selections.append(node)
                if after not in _AFTER_FIELD_NAME:
                    node._name = text
                    node.alias = node.arguments = node.directives = node.selection_set = None
                    node._end = i
                    continue
                if after == ":":
                    node.alias, _ = self.name(i - 1)
                    i = self.own_name(node, i + 1)
                    after = all_texts[i]
                else:
                    node.alias = None
                    node._name = text
                if after == "(":
                    node.arguments, i = self.arguments(i, False)
                    after = all_texts[i]
                else:
                    node.arguments = None
                if after == "@":
                    node.directives, i = self.directives(i, False)
                    after = all_texts[i]
                else:
                    node.directives = None
                if after != "{":
                    node.selection_set = None
                    node._end = i
                    continue
            elif text == "}":
                if not selections:
                    self.fail(i, "Name")
                i += 1
                whole = new(SelectionSetNode)
                whole.selections = tuple(selections)
                whole._origin = origin
                whole._first = opened
                whole._end = i
                if not enclosing:
                    return whole, i
                owner.selection_set = whole
                owner._end = i
                selections, opened, owner = enclosing.pop()
                continue
            elif text == "...":
                first = i
                i += 1
                text = all_texts[i]
                if text != "on" and text.isidentifier():
                    spread = new(FragmentSpreadNode)
                    spread._name = text
                    spread.directives = None
                    i += 1
                    if all_texts[i] == "@":
                        spread.directives, i = self.directives(i, False)
                    spread._origin = origin
                    spread._first = first
                    spread._end = i
                    selections.append(spread)
                    continue
                node = new(InlineFragmentNode)
                node._origin = origin
                node._first = first
                node.type_condition = None
                if text == "on":
                    node.type_condition, i = self.named_type(i + 1)
                node.directives = None
                if all_texts[i] == "@":
                    node.directives, i = self.directives(i, False)
                if all_texts[i] != "{":
                    self.fail(i, "'{'")
                selections.append(node)
            else:
                self.fail(i, "Name")
            if len(enclosing) + 2 > max_depth:
                self.fail_too_deep(i)
            enclosing.append((selections, opened, owner))
            owner = node
            selections = []
            opened = i
            i += 1
