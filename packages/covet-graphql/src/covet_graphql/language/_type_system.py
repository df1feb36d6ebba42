"""Reading definitions and extensions of schemas, types and directives.

Source: GraphQL §3, https://spec.graphql.org/September2025/#sec-Type-System
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from covet_graphql.language._executable import OPERATION_TYPES
from covet_graphql.language._lexical import STOP
from covet_graphql.language._reader import new
from covet_graphql.language._values import ValueReader
from covet_graphql.language.ast import (
    DirectiveDefinitionNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    OperationTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
)
from covet_graphql.language.directive_locations import DirectiveLocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from covet_graphql.language.ast import DefinitionNode, NamedTypeNode, NameNode, StringValueNode

_N = TypeVar("_N")
_LOCATIONS: Final = frozenset(DirectiveLocation.__members__)
_NO_ENUM_VALUES: Final = frozenset({"true", "false", "null"})
_DEFINITIONS: Final[dict[str, type[Any]]] = {
    "scalar": ScalarTypeDefinitionNode,
    "type": ObjectTypeDefinitionNode,
    "interface": InterfaceTypeDefinitionNode,
    "union": UnionTypeDefinitionNode,
    "enum": EnumTypeDefinitionNode,
    "input": InputObjectTypeDefinitionNode,
}
_EXTENSIONS: Final[dict[str, type[Any]]] = {
    "scalar": ScalarTypeExtensionNode,
    "type": ObjectTypeExtensionNode,
    "interface": InterfaceTypeExtensionNode,
    "union": UnionTypeExtensionNode,
    "enum": EnumTypeExtensionNode,
    "input": InputObjectTypeExtensionNode,
}


class TypeSystemReader(ValueReader):
    """Reads the schema definition language."""

    __slots__ = ()

    def schema(
        self, i: int, description: StringValueNode | None
    ) -> tuple[SchemaDefinitionNode, int]:
        """SchemaDefinition."""
        node = new(SchemaDefinitionNode)
        node._origin = self.origin
        node._first = i if description is None else i - 1
        node.description = description
        node.directives, i = self.directives(i + 1, True)
        node.operation_types, i = self._operation_types(i)
        node._end = i
        return node, i

    def _operation_types(self, i: int) -> tuple[tuple[OperationTypeDefinitionNode, ...], int]:
        """RootOperationTypeDefinition, one or more in braces."""
        i = self.expect(i, "{")
        definitions: list[OperationTypeDefinitionNode] = []
        while True:
            node = new(OperationTypeDefinitionNode)
            node._origin = self.origin
            node._first = i
            name, after = self.name(i)
            if name.value not in OPERATION_TYPES:
                self._fail_at_name(i)
            node.operation = OPERATION_TYPES[name.value]
            node.type, i = self.named_type(self.expect(after, ":"))
            node._end = i
            definitions.append(node)
            if self.texts[i] == "}":
                return tuple(definitions), i + 1

    def type_definition(
        self, i: int, description: StringValueNode | None
    ) -> tuple[DefinitionNode, int]:
        """TypeDefinition."""
        keyword = self.texts[i]
        node = new(_DEFINITIONS[keyword])
        node._origin = self.origin
        node._first = i if description is None else i - 1
        node.description = description
        i = self.own_name(node, i + 1)
        i = self._body(node, keyword, i)
        node._end = i
        return node, i

    def extension(self, i: int, description: StringValueNode | None) -> tuple[DefinitionNode, int]:
        """TypeSystemExtension."""
        keyword = self.texts[i + 1]
        if description is not None:
            self.fail_on_description(i - 1)
        if keyword != "schema" and keyword not in _EXTENSIONS:
            self.fail(i + 1)
        node: Any = new(SchemaExtensionNode if keyword == "schema" else _EXTENSIONS[keyword])
        node._origin = self.origin
        node._first = i
        i += 2
        if keyword == "schema":
            node.directives, i = self.directives(i, True)
            node.operation_types = None
            if self.texts[i] == "{":
                node.operation_types, i = self._operation_types(i)
        else:
            i = self.own_name(node, i)
            i = self._body(node, keyword, i)
        node._end = i
        if all(getattr(node, key, None) is None for key in node.keys if key not in ("loc", "name")):
            self.fail(i)  # an extension that adds nothing
        return node, i

    def _body(self, node: Any, keyword: str, i: int) -> int:
        """Read what follows the name of a type, in its definition as in its extension."""
        if keyword == "type" or keyword == "interface":
            node.interfaces, i = self._interfaces(i)
        node.directives, i = self.directives(i, True)
        if keyword == "type" or keyword == "interface":
            node.fields, i = self._fields(i)
        elif keyword == "union":
            node.types, i = self._union_members(i)
        elif keyword == "enum":
            node.values, i = self._enum_values(i)
        elif keyword == "input":
            node.fields = None
            if self.texts[i] == "{":
                node.fields, i = self._input_values(i, "}")
        return i

    def _interfaces(self, i: int) -> tuple[tuple[NamedTypeNode, ...] | None, int]:
        """ImplementsInterfaces?."""
        if self.texts[i] != "implements":
            return None, i
        return self._separated(i + 1, "&", self.named_type)

    def _union_members(self, i: int) -> tuple[tuple[NamedTypeNode, ...] | None, int]:
        """UnionMemberTypes?."""
        if self.texts[i] != "=":
            return None, i
        return self._separated(i + 1, "|", self.named_type)

    def _described_name(self, node: Any, i: int) -> int:
        """Read Description Name into *node*."""
        if self.texts[i][:1] != '"':
            self.fail(i, "Name")
        node.description, i = self.string(i)
        return self.own_name(node, i)

    def _fields(self, i: int) -> tuple[tuple[FieldDefinitionNode, ...] | None, int]:
        """FieldsDefinition?."""
        all_texts = self.texts
        origin = self.origin
        if all_texts[i] != "{":
            return None, i
        i += 1
        fields: list[FieldDefinitionNode] = []
        while True:
            node = new(FieldDefinitionNode)
            node._origin = origin
            node._first = i
            text = all_texts[i]
            if text.isidentifier():
                node.description = None
                node._name = text
                i += 1
            else:
                i = self._described_name(node, i)
            node.arguments = None
            if all_texts[i] == "(":
                node.arguments, i = self._input_values(i, ")")
            if all_texts[i] != ":":
                self.fail(i, "':'")
            node.type, i = self.type_reference(i + 1)
            node.directives = None
            if all_texts[i] == "@":
                node.directives, i = self.directives(i, True)
            node._end = i
            fields.append(node)
            if all_texts[i] == "}":
                return tuple(fields), i + 1

    def _input_values(
        self, i: int, closing: str
    ) -> tuple[tuple[InputValueDefinitionNode, ...], int]:
        """ArgumentsDefinition or InputFieldsDefinition, whose bracket is at *i*."""
        all_texts = self.texts
        origin = self.origin
        i += 1
        values: list[InputValueDefinitionNode] = []
        while True:
            node = new(InputValueDefinitionNode)
            node._origin = origin
            node._first = i
            text = all_texts[i]
            if text.isidentifier():
                node.description = None
                node._name = text
                i += 1
            else:
                i = self._described_name(node, i)
            if all_texts[i] != ":":
                self.fail(i, "':'")
            node.type, i = self.type_reference(i + 1)
            default: Any = None
            if all_texts[i] == "=":
                default, i = self.value(i + 1, True)
            node.default_value = default
            node.directives = None
            if all_texts[i] == "@":
                node.directives, i = self.directives(i, True)
            node._end = i
            values.append(node)
            if all_texts[i] == closing:
                return tuple(values), i + 1

    def _enum_values(self, i: int) -> tuple[tuple[EnumValueDefinitionNode, ...] | None, int]:
        """EnumValuesDefinition?."""
        all_texts = self.texts
        origin = self.origin
        if all_texts[i] != "{":
            return None, i
        i += 1
        values: list[EnumValueDefinitionNode] = []
        while True:
            node = new(EnumValueDefinitionNode)
            node._origin = origin
            node._first = i
            text = all_texts[i]
            if text.isidentifier():
                node.description = None
                node._name = text
                i += 1
            else:
                i = self._described_name(node, i)
                text = all_texts[i - 1]
            if text in _NO_ENUM_VALUES:
                reason = f"Name '{text}' is reserved and cannot be used for an enum value."
                self.fail_with(i - 1, reason)
            node.directives = None
            if all_texts[i] == "@":
                node.directives, i = self.directives(i, True)
            node._end = i
            values.append(node)
            if all_texts[i] == "}":
                return tuple(values), i + 1

    def directive_definition(
        self, i: int, description: StringValueNode | None
    ) -> tuple[DirectiveDefinitionNode, int]:
        """DirectiveDefinition."""
        node = new(DirectiveDefinitionNode)
        node._origin = self.origin
        node._first = i if description is None else i - 1
        node.description = description
        i = self.own_name(node, self.expect(i + 1, "@"))
        node.arguments = None
        if self.texts[i] == "(":
            node.arguments, i = self._input_values(i, ")")
        node.repeatable = self.texts[i] == "repeatable"
        i = self.expect(i + 1 if node.repeatable else i, "on")
        node.locations, i = self._separated(i, "|", self._directive_location)
        node._end = i
        return node, i

    def _directive_location(self, i: int) -> tuple[NameNode, int]:
        """DirectiveLocation."""
        name, after = self.name(i)
        if name.value not in _LOCATIONS:
            self._fail_at_name(i)
        return name, after

    def _fail_at_name(self, i: int) -> None:
        """Raise that the name at *i* is none of those that may stand there.

        A place after it that cannot be read comes first, as it does for other names.
        """
        self.fail(i + 1 if self.texts[i + 1] == STOP else i)

    def fail_on_description(self, i: int) -> None:
        """Raise that what follows the description at *i* cannot have one."""
        self.fail_with(i, "Unexpected description, only GraphQL definitions support descriptions.")

    def _separated(
        self, i: int, separator: str, read: Callable[[int], tuple[_N, int]]
    ) -> tuple[tuple[_N, ...], int]:
        """Return one or more of what *read* reads; a separator may also come first."""
        if self.texts[i] == separator:
            i += 1
        nodes: list[_N] = []
        while True:
            node, i = read(i)
            nodes.append(node)
            if self.texts[i] != separator:
                return tuple(nodes), i
            i += 1
