"""Reading values, arguments, directives and type references.

Source: GraphQL §2.6 and §2.10 to §2.13, https://spec.graphql.org/September2025/#sec-Input-Values
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.language._lexical import STOP
from covet_graphql.language._reader import Reader, new
from covet_graphql.language.ast import (
    ArgumentNode,
    BooleanValueNode,
    DirectiveNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    VariableNode,
)
from covet_graphql.language.block_string import value_of_block_string
from covet_graphql.language.print_string import string_value

if TYPE_CHECKING:
    from covet_graphql.language.ast import TypeNode, ValueNode


class ValueReader(Reader):
    """Reads what documents and type systems have in common."""

    __slots__ = ()

    def value(self, i: int, const: bool) -> tuple[ValueNode, int]:
        """Value[Const]."""
        text = self.texts[i]
        if text != "[" and text != "{":
            return self._leaf(i, text, const)
        return self._container(i, const)

    def _leaf(self, i: int, text: str, const: bool) -> tuple[ValueNode, int]:
        """Value[Const] that contains no other."""
        node: Any
        if text.isdigit():
            node = new(IntValueNode)
            node.value = text
        elif text.isidentifier():
            if text == "true" or text == "false":
                node = new(BooleanValueNode)
                node.value = text == "true"
            elif text == "null":
                node = new(NullValueNode)
            else:
                node = new(EnumValueNode)
                node.value = text
        elif text == "$":
            return self.constant_variable(i) if const else self.variable(i)
        elif text[:1] == '"':
            return self.string(i)
        elif text[:1] in "-0123456789" and text:
            node = new(IntValueNode if text.lstrip("-").isdigit() else FloatValueNode)
            node.value = text
        else:
            self.fail(i)
        node._origin = self.origin
        node._first = i
        i += 1
        node._end = i
        return node, i

    def string(self, i: int) -> tuple[StringValueNode, int]:
        """StringValue, which must be at *i*."""
        text = self.texts[i]
        node = new(StringValueNode)
        if text[:3] == '"""':
            node.block = True
            node.value = value_of_block_string(text)
        else:
            node.block = False
            node.value = text[1:-1] if "\\" not in text else string_value(text)
        node._origin = self.origin
        node._first = i
        i += 1
        node._end = i
        return node, i

    def variable(self, i: int) -> tuple[VariableNode, int]:
        """Variable."""
        if self.texts[i] != "$":
            self.fail(i, "'$'")
        node = new(VariableNode)
        node._origin = self.origin
        node._first = i
        i += 1
        text = self.texts[i]
        if not text.isidentifier():
            self.fail(i, "Name")
        node._name = text
        i += 1
        node._end = i
        return node, i

    def constant_variable(self, i: int) -> tuple[ValueNode, int]:
        """Raise: a variable stands where values are constant."""
        name = self.texts[i + 1]
        if name == STOP:
            self.fail(i + 1)
        if not name.isidentifier():
            self.fail(i)
        self.fail_with(i, f"Unexpected variable '${name}' in constant value.")

    def _container(self, i: int, const: bool) -> tuple[ValueNode, int]:
        """ListValue[Const] or ObjectValue[Const].

        ``open_`` holds the containers around the current one: whether each is a list, its items
        so far, and where it began. The last item of an object still waits for its value.
        """
        all_texts = self.texts
        origin = self.origin
        open_: list[tuple[bool, list[Any], int]] = []
        node: Any
        while True:
            text = all_texts[i]
            if text == "[" or text == "{":
                if len(open_) >= self.max_depth:
                    self.fail_too_deep(i)
                open_.append((text == "[", [], i))
                i += 1
            else:
                node, i = self._leaf(i, text, const)
                self._put(open_[-1], node, i)
            while True:
                is_list, items, first = open_[-1]
                if is_list:
                    if all_texts[i] != "]":
                        break
                    i += 1
                    node = new(ListValueNode)
                    node.values = tuple(items)
                elif all_texts[i] == "}":
                    i += 1
                    node = new(ObjectValueNode)
                    node.fields = tuple(items)
                else:
                    field = new(ObjectFieldNode)
                    field._origin = origin
                    field._first = i
                    text = all_texts[i]
                    if not text.isidentifier():
                        self.fail(i, "Name")
                    field._name = text
                    i = self.expect(i + 1, ":")
                    items.append(field)
                    break
                node._origin = origin
                node._first = first
                node._end = i
                open_.pop()
                if not open_:
                    return node, i
                self._put(open_[-1], node, i)

    @staticmethod
    def _put(container: tuple[bool, list[Any], int], node: ValueNode, end: int) -> None:
        is_list, items, _ = container
        if is_list:
            items.append(node)
        else:
            field = items[-1]
            field.value = node
            field._end = end

    def arguments(self, i: int, const: bool) -> tuple[tuple[ArgumentNode, ...], int]:
        """Arguments[Const], whose parenthesis is at *i*."""
        all_texts = self.texts
        origin = self.origin
        i += 1
        arguments: list[ArgumentNode] = []
        while True:
            text = all_texts[i]
            if not text.isidentifier():
                self.fail(i, "Name")
            node = new(ArgumentNode)
            node._origin = origin
            node._first = i
            node._name = text
            i += 1
            if all_texts[i] != ":":
                self.fail(i, "':'")
            i += 1
            text = all_texts[i]
            if text == "$" and not const:
                text = all_texts[i + 1]
                if not text.isidentifier():
                    self.fail(i + 1, "Name")
                variable = node.value = new(VariableNode)
                variable._name = text
                variable._origin = origin
                variable._first = i
                i += 2
                variable._end = i
            elif text == "[" or text == "{":
                node.value, i = self._container(i, const)
            else:
                node.value, i = self._leaf(i, text, const)
            node._end = i
            arguments.append(node)
            if all_texts[i] == ")":
                return tuple(arguments), i + 1

    def directives(self, i: int, const: bool) -> tuple[tuple[DirectiveNode, ...] | None, int]:
        """Directives[Const]?."""
        all_texts = self.texts
        if all_texts[i] != "@":
            return None, i
        directives: list[DirectiveNode] = []
        while all_texts[i] == "@":
            node = new(DirectiveNode)
            node._origin = self.origin
            node._first = i
            i += 1
            text = all_texts[i]
            if not text.isidentifier():
                self.fail(i, "Name")
            node._name = text
            i += 1
            node.arguments = None
            if all_texts[i] == "(":
                node.arguments, i = self.arguments(i, const)
            node._end = i
            directives.append(node)
        return tuple(directives), i

    def type_reference(self, i: int) -> tuple[TypeNode, int]:
        """Type."""
        all_texts = self.texts
        text = all_texts[i]
        if not text.isidentifier():
            return self._wrapped_type(i)
        origin = self.origin
        node = new(NamedTypeNode)
        node._name = text
        node._origin = origin
        node._first = i
        i += 1
        node._end = i
        if all_texts[i] != "!":
            return node, i
        non_null = new(NonNullTypeNode)
        non_null.type = node
        non_null._origin = origin
        non_null._first = i - 1
        i += 1
        non_null._end = i
        return non_null, i

    def _wrapped_type(self, i: int) -> tuple[TypeNode, int]:
        """Type that begins with a bracket, however many follow."""
        all_texts = self.texts
        opened = i
        while all_texts[i] == "[":
            if i - opened >= self.max_depth:
                self.fail_too_deep(i)
            i += 1
        first = i
        if first == opened:
            self.fail(i, "Name")
        node: Any
        node, i = self.type_reference(i)
        while True:
            item = node
            if all_texts[i] != "]":
                self.fail(i, "']'")
            first -= 1
            i += 1
            node = new(ListTypeNode)
            node.type = item
            node._origin = self.origin
            node._first = first
            node._end = i
            if all_texts[i] == "!":
                nullable = node
                node = new(NonNullTypeNode)
                node.type = nullable
                node._origin = self.origin
                node._first = first
                i += 1
                node._end = i
            if first == opened:
                return node, i

    def named_type(self, i: int) -> tuple[NamedTypeNode, int]:
        """NamedType."""
        text = self.texts[i]
        if not text.isidentifier():
            self.fail(i, "Name")
        node = new(NamedTypeNode)
        node._name = text
        node._origin = self.origin
        node._first = i
        i += 1
        node._end = i
        return node, i
