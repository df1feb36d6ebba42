"""A value literal as Python data, without a type to say what it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    VariableNode,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.language import ValueNode

_MAX_DIGITS = 4300  # sys.get_int_max_str_digits(): reading more takes quadratic time


def value_from_ast_untyped(
    value_node: ValueNode, variables: Mapping[str, Any] | None = None
) -> Any:
    """Return the Python value of a literal, however deep.

    Objects are dicts (the last of two equal names counts), lists are lists, enum values their
    names; a variable is its value in *variables*, or `Undefined`.

    Raises:
        GraphQLError: An integer has more than 4300 digits.
    """
    top: list[Any] = []
    pending: list[tuple[ValueNode, list[Any] | dict[str, Any], str]] = [(value_node, top, "")]
    while pending:
        node, container, key = pending.pop()
        value: Any
        if isinstance(node, ListValueNode):
            value = []
            pending += [(item, value, "") for item in reversed(node.values)]
        elif isinstance(node, ObjectValueNode):
            value = {}
            pending += [(field.value, value, field.name.value) for field in reversed(node.fields)]
        else:
            value = _leaf(node, variables or {})
        if isinstance(container, list):
            container.append(value)
        else:
            container[key] = value
    return top[0]


def _leaf(node: ValueNode, variables: Mapping[str, Any]) -> Any:
    if isinstance(node, VariableNode):
        return variables.get(node.name.value, Undefined)
    if isinstance(node, NullValueNode):
        return None
    if isinstance(node, IntValueNode):
        if len(node.value) > _MAX_DIGITS:
            digits = len(node.value)
            raise GraphQLError(
                f"Integer of {digits} digits is too long: at most {_MAX_DIGITS} are read.", node
            )
        return int(node.value)
    if isinstance(node, FloatValueNode):
        return float(node.value)
    value: Any = getattr(node, "value", None)
    return value
