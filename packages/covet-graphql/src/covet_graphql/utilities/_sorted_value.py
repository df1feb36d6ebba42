"""A value literal in an order of its own, so that equal values have equal texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from covet_graphql._natural_order import natural_key
from covet_graphql.language import ListValueNode, ObjectValueNode, Visitor, visit

if TYPE_CHECKING:
    from covet_graphql.language import ConstValueNode


def sorted_value(node: ConstValueNode) -> ConstValueNode:
    """Return *node* with the fields of all objects in it, however deep, sorted by name."""
    if isinstance(node, (ListValueNode, ObjectValueNode)):
        return cast("ConstValueNode", visit(node, _FieldSorter()))
    return node


class _FieldSorter(Visitor):
    """Sorts the fields of objects."""

    def leave_object_value(self, node: ObjectValueNode, *_: Any) -> ObjectValueNode:
        fields = sorted(node.fields, key=lambda field: natural_key(field.name.value))
        return ObjectValueNode(fields=tuple(fields))
