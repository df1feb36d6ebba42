"""Literals with values in the place of variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from covet_graphql._undefined import Undefined
from covet_graphql.language import REMOVE, NullValueNode, VariableNode, Visitor, visit
from covet_graphql.type._literals import untyped_to_literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.language import ConstValueNode, ObjectFieldNode, ValueNode


def replace_variables(
    value_node: ValueNode, variable_values: Mapping[str, Any] | None = None
) -> ConstValueNode:
    """Return *value_node* with literals of the variables' values in it.

    A variable without a value takes its field with it; elsewhere it becomes null.

    Args:
        value_node: A literal.
        variable_values: The values of variables by name, as the client gave them.

    Raises:
        TypeError: A value has no literal.
    """
    return cast("ConstValueNode", visit(value_node, _Replacer(variable_values or {})))


class _Replacer(Visitor):
    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.values = values

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> Any:
        value = node.value
        if not isinstance(value, VariableNode):
            return None
        return REMOVE if self.values.get(value.name.value, Undefined) is Undefined else None

    def leave_variable(self, node: VariableNode, *_: Any) -> ConstValueNode:
        value = self.values.get(node.name.value, Undefined)
        return NullValueNode() if value is Undefined else untyped_to_literal(value)
