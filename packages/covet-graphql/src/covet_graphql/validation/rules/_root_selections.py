"""What an operation selects from its root type, through fragments but not below fields."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import SelectionNode
    from covet_graphql.validation._record import Part, Record
    from covet_graphql.validation._tables import CompositeTable


def root_selections(
    record: Record, operation: Part, *, only_applying: bool
) -> Iterator[SelectionNode]:
    """Yield the selections of *operation* from its root type, each fragment's but once.

    With *only_applying* what is in fragments on types that the root type is not of is left out.
    """
    spread: set[str] = set()
    pending = [iter(operation.node.selection_set.selections)]
    while pending:
        for node in pending[-1]:
            yield node
            if isinstance(node, FieldNode):
                continue
            if isinstance(node, FragmentSpreadNode):
                fragment = record.fragment_named.get(node._name)
                if node._name in spread or fragment is None:
                    continue
                spread.add(node._name)
                if not only_applying or _applies(fragment.table, operation):
                    pending.append(iter(fragment.node.selection_set.selections))
                    break
            elif isinstance(node, InlineFragmentNode) and (
                not only_applying or _inline_applies(record, node, operation)
            ):
                pending.append(iter(node.selection_set.selections))
                break
        else:
            pending.pop()


def _inline_applies(record: Record, node: InlineFragmentNode, operation: Part) -> bool:
    if node.type_condition is None or record.tables is None:
        return True
    return _applies(record.tables.composites[node.type_condition._name], operation)


def _applies(table: CompositeTable | None, operation: Part) -> bool:
    """DoesFragmentTypeApply of the specification."""
    root = operation.table
    return table is not None and root is not None and root.name in table.possible
