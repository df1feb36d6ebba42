"""Enum types: leaves that are one of a few names.

Source: GraphQL §3.9, https://spec.graphql.org/September2025/#sec-Enums
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, cast

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql._inspect import inspect
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    ConstValueNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    EnumValueDefinitionNode,
    EnumValueNode,
    ValueNode,
    print_ast,
)
from covet_graphql.type._element import Element
from covet_graphql.type._named import GraphQLNamedType, GraphQLNamedTypeKwargs
from covet_graphql.type._thunk import Thunk, resolve_part
from covet_graphql.type.assert_name import assert_enum_value_name

if TYPE_CHECKING:
    from collections.abc import Collection


class GraphQLEnumValueKwargs(TypedDict, total=False):
    """The arguments of `GraphQLEnumValue`."""

    value: Any
    description: str | None
    deprecation_reason: str | None
    extensions: dict[str, Any]
    ast_node: EnumValueDefinitionNode | None


class GraphQLEnumValue(Element):
    """A value of an enum.

    Args:
        value: What resolvers give and get for it; without one they give its name.
        description: What it is for, as Markdown.
        deprecation_reason: Why it should not be used, None when it may be.
        extensions: Whatever belongs to it and is not of GraphQL.
        ast_node: The definition that it was read from.
    """

    __slots__ = ("value",)

    value: Any
    extensions: dict[str, Any]
    ast_node: EnumValueDefinitionNode | None

    def __init__(
        self,
        value: Any = None,
        description: str | None = None,
        deprecation_reason: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: EnumValueDefinitionNode | None = None,
    ) -> None:
        self.value = value
        self.description = description
        self.deprecation_reason = deprecation_reason
        self.extensions = {} if extensions is None else extensions
        self.ast_node = ast_node

    def to_kwargs(self) -> GraphQLEnumValueKwargs:
        """Return the arguments that make an equal value."""
        return GraphQLEnumValueKwargs(
            value=self.value,
            description=self.description,
            deprecation_reason=self.deprecation_reason,
            extensions=self.extensions,
            ast_node=self.ast_node,
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {inspect(self.value)}>"


GraphQLEnumValueMap: TypeAlias = dict[str, GraphQLEnumValue]
GraphQLEnumValuesDefinition: TypeAlias = Mapping[str, Any] | type[Enum]


class GraphQLEnumTypeKwargs(GraphQLNamedTypeKwargs, total=False):
    """The arguments of `GraphQLEnumType`."""

    values: GraphQLEnumValueMap
    names_as_values: bool | None


class GraphQLEnumType(GraphQLNamedType):
    """An enum type.

    Args:
        name: The name.
        values: The values: a mapping from their names to what resolvers give and get for them or
            to `GraphQLEnumValue`, or a Python Enum, or a function that returns one of these.
        names_as_values: What resolvers give and get for the members of a Python Enum: their
            values (False), their names (True), or the members themselves (None).
        description: What the type is for, as Markdown.
        extensions: Whatever belongs to the type and is not of GraphQL.
    """

    ast_node: EnumTypeDefinitionNode | None
    extension_ast_nodes: tuple[EnumTypeExtensionNode, ...]

    def __init__(
        self,
        name: str,
        values: Thunk[GraphQLEnumValuesDefinition],
        names_as_values: bool | None = False,
        description: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: EnumTypeDefinitionNode | None = None,
        extension_ast_nodes: Collection[EnumTypeExtensionNode] | None = None,
    ) -> None:
        super().__init__(name, description, extensions, ast_node, extension_ast_nodes)
        self._values = values
        self._names_as_values = names_as_values

    @cached_property
    def values(self) -> GraphQLEnumValueMap:
        """The values by name.

        Raises:
            TypeError: They are neither a mapping nor an Enum.
            GraphQLError: A name cannot name an enum value.
        """
        given: Any = self._values
        if not isinstance(given, type):  # classes can be called, but are no functions
            given = resolve_part(given, self.name, "values")
        if isinstance(given, type) and issubclass(given, Enum):
            given = self._of_members(given)
        elif not isinstance(given, Mapping):
            raise TypeError(
                f"{self.name} values must be an Enum or a mapping with value names as keys."
            )
        values = self._values = {
            assert_enum_value_name(name): (
                value if isinstance(value, GraphQLEnumValue) else GraphQLEnumValue(value)
            )
            for name, value in cast("Mapping[str, Any]", given).items()
        }
        return values

    def _of_members(self, members: type[Enum]) -> dict[str, Any]:
        if self._names_as_values:
            return {name: name for name in members.__members__}
        if self._names_as_values is None:
            return dict(members.__members__)
        return {name: member.value for name, member in members.__members__.items()}

    @cached_property
    def names_by_value(self) -> dict[Any, str]:
        """The names by what resolvers give for them, where that is hashable."""
        names: dict[Any, str] = {}
        for name, value in self.values.items():
            with suppress(TypeError):
                names.setdefault(name if value.value is None else value.value, name)
        return names

    def coerce_output_value(self, output_value: Any) -> str:
        """Return the name of the value that a resolver gave.

        Raises:
            GraphQLError: No value of the enum is that.
        """
        try:
            return self.names_by_value[output_value]
        except KeyError:
            pass
        except TypeError:
            for name, value in self.values.items():
                if value.value == output_value:
                    return name
        raise GraphQLError(f"Enum '{self.name}' cannot represent value: {inspect(output_value)}")

    def coerce_input_value(self, input_value: Any, hide_suggestions: bool = False) -> Any:
        """Return what resolvers get for the name in a variable.

        Raises:
            GraphQLError: It is no name of a value of the enum.
        """
        if not isinstance(input_value, str):
            found = inspect(input_value)
            raise GraphQLError(
                f"Enum '{self.name}' cannot represent non-string value: {found}."
                f"{'' if hide_suggestions else self._suggest(found)}"
            )
        return self._value(input_value, None, hide_suggestions)

    def coerce_input_literal(
        self, value_node: ConstValueNode | ValueNode, hide_suggestions: bool = False
    ) -> Any:
        """Return what resolvers get for a literal.

        Raises:
            GraphQLError: It is no name of a value of the enum.
        """
        if not isinstance(value_node, EnumValueNode):
            found = print_ast(value_node)
            raise GraphQLError(
                f"Enum '{self.name}' cannot represent non-enum value: {found}."
                f"{'' if hide_suggestions else self._suggest(found)}",
                value_node,
            )
        return self._value(value_node.value, value_node, hide_suggestions)

    def _value(self, name: str, node: ValueNode | None, hide_suggestions: bool) -> Any:
        value = self.values.get(name)
        if value is None:
            raise GraphQLError(
                f"Value '{name}' does not exist in '{self.name}' enum."
                f"{'' if hide_suggestions else self._suggest(name)}",
                node,
            )
        return value.value

    def _suggest(self, found: str) -> str:
        return did_you_mean(suggestion_list(found, self.values), "the enum value")

    def serialize(self, output_value: Any) -> str:
        """Do what `coerce_output_value` does, by its older name."""
        return self.coerce_output_value(output_value)

    def parse_value(self, input_value: Any, hide_suggestions: bool = False) -> Any:
        """Do what `coerce_input_value` does, by its older name."""
        return self.coerce_input_value(input_value, hide_suggestions)

    def parse_literal(
        self,
        value_node: ValueNode,
        _variables: dict[str, Any] | None = None,
        hide_suggestions: bool = False,
    ) -> Any:
        """Do what `coerce_input_literal` does, by its older name."""
        return self.coerce_input_literal(value_node, hide_suggestions)

    def value_to_literal(self, value: Any) -> ConstValueNode | None:
        """Return the literal for a name in a variable, None when the enum has no such value."""
        if isinstance(value, str) and value in self.values:
            return EnumValueNode(value=value)
        return None

    def to_kwargs(self) -> GraphQLEnumTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLEnumTypeKwargs(
            **super().to_kwargs(), values=self.values.copy(), names_as_values=False
        )
