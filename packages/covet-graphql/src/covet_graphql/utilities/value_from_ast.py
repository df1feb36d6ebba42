"""Literals as internal values, by the older name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql._undefined import Undefined
from covet_graphql.type._coerce_input import coerce_input_literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.language import ValueNode
    from covet_graphql.type import GraphQLInputType


def value_from_ast(
    value_node: ValueNode | None,
    type_: GraphQLInputType,
    variables: Mapping[str, Any] | None = None,
) -> Any:
    """Return what resolvers get for a literal, `Undefined` when it is not of *type_* or None.

    Args:
        value_node: The literal, or None.
        type_: An input type.
        variables: The values of the variables in it after coercion, by name.
    """
    if value_node is None:
        return Undefined
    return coerce_input_literal(value_node, type_, variables)
