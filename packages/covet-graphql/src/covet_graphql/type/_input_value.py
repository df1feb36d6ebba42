"""Arguments and input fields: names that take values.

Source: GraphQL §3.6.1 and §3.10, https://spec.graphql.org/September2025/#sec-Field-Arguments
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.language import ConstValueNode, InputValueDefinitionNode
from covet_graphql.type._element import Element
from covet_graphql.type._named import GraphQLType

if TYPE_CHECKING:
    from covet_graphql.type.definition import GraphQLInputType


class GraphQLDefaultInput:
    """A default value as a client would give it: as the value of a variable, or as a literal.

    Args:
        value: The value, before coercion.
        literal: The literal.

    Raises:
        TypeError: Both are given, or none.
    """

    __slots__ = ("literal", "value")

    value: Any
    literal: ConstValueNode | None

    def __init__(self, value: Any = Undefined, literal: ConstValueNode | None = None) -> None:
        if (value is Undefined) is (literal is None):
            raise TypeError("A default input has either a value or a literal: give one of them.")
        self.value = value
        self.literal = literal

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GraphQLDefaultInput):
            return NotImplemented
        return bool(self.value == other.value) and self.literal == other.literal

    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"GraphQLDefaultInput({self.value if self.literal is None else self.literal!r})"


class _InputValueKwargs(TypedDict, total=False):
    """The arguments of `GraphQLArgument` and `GraphQLInputField`."""

    type_: GraphQLInputType
    default_value: Any
    description: str | None
    deprecation_reason: str | None
    out_name: str | None
    extensions: dict[str, Any]
    ast_node: InputValueDefinitionNode | None
    default: GraphQLDefaultInput | None


class GraphQLArgumentKwargs(_InputValueKwargs, total=False):
    """The arguments of `GraphQLArgument`."""


class GraphQLInputFieldKwargs(_InputValueKwargs, total=False):
    """The arguments of `GraphQLInputField`."""


class InputValue(Element):
    """What arguments and input fields are alike in.

    Args:
        type_: The type of the value, an input type.
        default_value: The internal value when none is given: what resolvers get, as it is.
        description: What it is for, as Markdown.
        deprecation_reason: Why it should not be used, None when it may be.
        out_name: Its name for resolvers, where that is not its name in the schema.
        extensions: Whatever belongs to it and is not of GraphQL.
        ast_node: The definition that it was read from.
        default: The value when none is given, as a client would give it; coerced like one.

    Raises:
        TypeError: *type_* is no type.
    """

    __slots__ = ("_coerced_default", "default", "default_value", "out_name", "type")

    type: GraphQLInputType
    default_value: Any
    default: GraphQLDefaultInput | None
    out_name: str | None
    extensions: dict[str, Any]
    ast_node: InputValueDefinitionNode | None
    _coerced_default: Any  # what `default` is for resolvers, once somebody asked

    def __init__(
        self,
        type_: GraphQLInputType,
        default_value: Any = Undefined,
        description: str | None = None,
        deprecation_reason: str | None = None,
        out_name: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: InputValueDefinitionNode | None = None,
        default: GraphQLDefaultInput | None = None,
    ) -> None:
        if not isinstance(type_, GraphQLType):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"Expected {inspect(type_)} to be a GraphQL type.")
        self.type = type_
        self.default_value = default_value
        self.description = description
        self.deprecation_reason = deprecation_reason
        self.out_name = out_name
        self.extensions = {} if extensions is None else extensions
        self.ast_node = ast_node
        self.default = default
        self._coerced_default = Undefined

    @property
    def has_default(self) -> bool:
        """Whether there is a value when none is given."""
        return self.default is not None or self.default_value is not Undefined

    def to_kwargs(self) -> Any:
        """Return the arguments that make an equal part."""
        return _InputValueKwargs(
            type_=self.type,
            default_value=self.default_value,
            description=self.description,
            deprecation_reason=self.deprecation_reason,
            out_name=self.out_name,
            extensions=self.extensions,
            ast_node=self.ast_node,
            default=self.default,
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.type!r}>"


class GraphQLArgument(InputValue):
    """An argument of a field or directive."""

    __slots__ = ()


class GraphQLInputField(InputValue):
    """A field of an input object."""

    __slots__ = ()
