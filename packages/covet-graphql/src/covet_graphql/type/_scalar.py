"""Scalar types: the leaves of responses and inputs.

Source: GraphQL §3.5, https://spec.graphql.org/September2025/#sec-Scalars
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from covet_graphql._untyped_value import value_from_ast_untyped
from covet_graphql.language import (
    ConstValueNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    ValueNode,
    is_const_value_node,
)
from covet_graphql.type._named import GraphQLNamedType, GraphQLNamedTypeKwargs

if TYPE_CHECKING:
    from collections.abc import Collection

GraphQLScalarOutputValueCoercer: TypeAlias = Callable[[Any], Any]
GraphQLScalarInputValueCoercer: TypeAlias = Callable[[Any], Any]
GraphQLScalarInputLiteralCoercer: TypeAlias = Callable[[ConstValueNode], Any]
GraphQLScalarValueToLiteral: TypeAlias = Callable[[Any], ConstValueNode | None]
GraphQLScalarSerializer: TypeAlias = GraphQLScalarOutputValueCoercer
GraphQLScalarValueParser: TypeAlias = GraphQLScalarInputValueCoercer
GraphQLScalarLiteralParser: TypeAlias = Callable[..., Any]


class GraphQLScalarTypeKwargs(GraphQLNamedTypeKwargs, total=False):
    """The arguments of `GraphQLScalarType`."""

    serialize: GraphQLScalarSerializer | None
    parse_value: GraphQLScalarValueParser | None
    parse_literal: GraphQLScalarLiteralParser | None
    coerce_output_value: GraphQLScalarOutputValueCoercer | None
    coerce_input_value: GraphQLScalarInputValueCoercer | None
    coerce_input_literal: GraphQLScalarInputLiteralCoercer | None
    value_to_literal: GraphQLScalarValueToLiteral | None
    specified_by_url: str | None


class GraphQLScalarType(GraphQLNamedType):
    """A scalar type.

    Its functions turn internal values into response values and inputs into internal values; they
    raise, or return `Undefined`, where there is no such value. Each has two names; those in
    parentheses are the older ones, and ``serialize_fn`` and ``parse_value_fn`` are accepted too.
    A subclass may define methods of these names instead.

    Args:
        name: The name.
        coerce_output_value: (``serialize``) From an internal value to one for the response; by
            default the same.
        coerce_input_value: (``parse_value``) From the value of a variable to an internal value;
            by default the same.
        coerce_input_literal: From a literal without variables to an internal value.
        parse_literal: The same, called with the values of variables too; by default
            ``coerce_input_value`` gets the literal as plain data.
        value_to_literal: From the value of a variable to a literal, None where there is none.
        description: What the type is for, as Markdown.
        specified_by_url: Where the behaviour of the type is specified.

    Raises:
        TypeError: A function for literals is given without the one for values.

    Source: GraphQL §3.5, https://spec.graphql.org/September2025/#sec-Scalars
    """

    ast_node: ScalarTypeDefinitionNode | None
    extension_ast_nodes: tuple[ScalarTypeExtensionNode, ...]
    specified_by_url: str | None
    serialize: GraphQLScalarSerializer
    parse_value: GraphQLScalarValueParser
    coerce_output_value: GraphQLScalarOutputValueCoercer
    coerce_input_value: GraphQLScalarInputValueCoercer
    coerce_input_literal: GraphQLScalarInputLiteralCoercer | None
    value_to_literal: GraphQLScalarValueToLiteral | None

    def __init__(
        self,
        name: str,
        serialize: GraphQLScalarSerializer | None = None,
        parse_value: GraphQLScalarValueParser | None = None,
        parse_literal: GraphQLScalarLiteralParser | None = None,
        coerce_output_value: GraphQLScalarOutputValueCoercer | None = None,
        coerce_input_value: GraphQLScalarInputValueCoercer | None = None,
        coerce_input_literal: GraphQLScalarInputLiteralCoercer | None = None,
        value_to_literal: GraphQLScalarValueToLiteral | None = None,
        description: str | None = None,
        specified_by_url: str | None = None,
        extensions: dict[str, Any] | None = None,
        ast_node: ScalarTypeDefinitionNode | None = None,
        extension_ast_nodes: Collection[ScalarTypeExtensionNode] | None = None,
        *,
        serialize_fn: GraphQLScalarSerializer | None = None,
        parse_value_fn: GraphQLScalarValueParser | None = None,
    ) -> None:
        super().__init__(name, description, extensions, ast_node, extension_ast_nodes)
        self.specified_by_url = specified_by_url
        serialize = serialize or serialize_fn or self._own("serialize")
        output = coerce_output_value or self._own("coerce_output_value") or serialize
        parse_value = parse_value or parse_value_fn or self._own("parse_value")
        input_ = coerce_input_value or self._own("coerce_input_value") or parse_value
        if parse_literal is not None and input_ is None:
            raise TypeError(
                f"{name} must provide both 'parse_value' and 'parse_literal' functions."
            )
        if coerce_input_literal is not None and input_ is None:
            raise TypeError(
                f"{name} must provide both 'coerce_input_value' and 'coerce_input_literal'"
                " functions."
            )
        self.coerce_output_value = output or _unchanged
        self.serialize = serialize or self.coerce_output_value
        self.coerce_input_value = input_ or _unchanged
        self.parse_value = parse_value or self.coerce_input_value
        self.coerce_input_literal = coerce_input_literal or self._own("coerce_input_literal")
        self.value_to_literal = value_to_literal or self._own("value_to_literal")
        if parse_literal is not None:
            self.parse_literal = parse_literal  # type: ignore[method-assign]

    def _own(self, function: str) -> Any:
        """Return the function that a subclass defines as a method, if it does."""
        return getattr(self, function) if hasattr(type(self), function) else None

    def parse_literal(self, node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        """Return the internal value of a literal, with *variables* by name put in.

        Raises:
            Exception: Whatever the functions of the type raise for an unfit value.
        """
        if self.coerce_input_literal is not None and is_const_value_node(node):
            return self.coerce_input_literal(node)
        return self.coerce_input_value(value_from_ast_untyped(node, variables))

    def to_kwargs(self) -> GraphQLScalarTypeKwargs:
        """Return the arguments that make an equal type."""
        return GraphQLScalarTypeKwargs(
            **super().to_kwargs(),
            serialize=_unless_unchanged(self.serialize),
            parse_value=_unless_unchanged(self.parse_value),
            parse_literal=vars(self).get("parse_literal"),
            coerce_output_value=_unless_unchanged(self.coerce_output_value),
            coerce_input_value=_unless_unchanged(self.coerce_input_value),
            coerce_input_literal=self.coerce_input_literal,
            value_to_literal=self.value_to_literal,
            specified_by_url=self.specified_by_url,
        )


def _unchanged(value: Any) -> Any:
    return value


def _unless_unchanged(function: Callable[[Any], Any]) -> Callable[[Any], Any] | None:
    return None if function is _unchanged else function
