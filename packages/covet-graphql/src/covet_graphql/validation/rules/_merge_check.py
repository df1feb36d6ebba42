"""Whether the fields of a selection set can be merged, in time that grows with their number.

Instead of comparing fields two by two, those with one response name are compared with the first
of them, and their selection sets are merged and checked as one.

Source: FieldsInSetCanMerge and SameResponseShape of GraphQL §5.3.2,
https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.language import ListValueNode, ObjectValueNode, VariableNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import FieldNode, ValueNode
    from covet_graphql.validation.rules._merged_fields import MergedField, MergedFields, Selections


class MergeCheck:
    """Checks selection sets, and remembers what was merged without a conflict."""

    def __init__(self, fields: MergedFields) -> None:
        self._fields = fields
        self._harmless: set[tuple[frozenset[int], bool]] = set()

    def can_merge(self, selections: Selections) -> bool:
        """Return whether the fields of *selections*, and what is below them, can be merged."""
        pending: list[tuple[tuple[Selections, ...], bool]] = [((selections,), False)]
        seen: set[tuple[frozenset[int], bool]] = set()
        while pending:
            several, only_shape = pending.pop()
            key = (frozenset([id(selection_set) for selection_set, _ in several]), only_shape)
            if key in seen or key in self._harmless:
                continue
            seen.add(key)
            for same in self._fields.repeated(several):
                self._fields.budget.spend(len(same))
                if not _same_shape(same):
                    return False
                groups = [] if only_shape else list(_with_common_parents(same))
                if not all(map(_same_field, groups)):
                    return False
                if len(groups) != 1:
                    pending += _below(same, True)
                for group in groups:
                    pending += _below(group, False)
        self._harmless |= seen
        return True


def are_equal_leaves(fields: list[MergedField]) -> bool:
    """Return whether *fields* can be merged and have nothing below them."""
    return (
        all(field.node.selection_set is None for field in fields)
        and _same_shape(fields)
        and all(map(_same_field, _with_common_parents(fields)))
    )


def _below(
    fields: list[MergedField], only_shape: bool
) -> Iterator[tuple[tuple[Selections, ...], bool]]:
    """Yield the selection sets below *fields*, if there are several."""
    several = {id(below[0]): below for field in fields if (below := field.below) is not None}
    if len(several) > 1:
        yield tuple(several.values()), only_shape


def _same_shape(fields: list[MergedField]) -> bool:
    return len({field.table.shape for field in fields if field.table is not None}) <= 1


def _with_common_parents(fields: list[MergedField]) -> Iterator[list[MergedField]]:
    """Yield groups of fields that one object could have: those of a type, with all abstract."""
    by_type: dict[str, list[MergedField]] = {}
    abstract: list[MergedField] = []
    for field in fields:
        if field.parent is not None and field.parent.is_object:
            by_type.setdefault(field.parent.name, []).append(field)
        else:
            abstract.append(field)
    if not by_type:
        yield abstract
    for group in by_type.values():
        yield group + abstract


def _same_field(fields: list[MergedField]) -> bool:
    first = fields[0].node
    if len(fields) > 1 and any(is_streamed(field.node) for field in fields):
        return False
    arguments = canonical_arguments(first)
    return all(
        field.node._name == first._name and canonical_arguments(field.node) == arguments
        for field in fields
    )


def is_streamed(node: FieldNode) -> bool:
    """Return whether a field has @stream."""
    return any(directive._name == "stream" for directive in node.directives or ())


def canonical_arguments(node: FieldNode) -> Any:
    """Return the arguments of a field such that equal ones are equal, whatever their order."""
    if not node.arguments:
        return None
    return sorted(
        [(argument._name, list(_canonical(argument.value))) for argument in node.arguments]
    )


def _canonical(value: ValueNode) -> Iterator[str]:
    """Yield a value in parts, the fields of objects sorted by name."""
    pending: list[Any] = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            yield node
            continue
        yield node.kind
        if isinstance(node, ListValueNode):
            yield str(len(node.values))
            pending += reversed(node.values)
        elif isinstance(node, ObjectValueNode):
            yield str(len(node.fields))
            for field in sorted(node.fields, key=_name, reverse=True):
                pending += [field.value, field._name]
        elif isinstance(node, VariableNode):
            yield node._name
        else:
            yield f"{getattr(node, 'value', None)}{getattr(node, 'block', '')}"


def _name(node: Any) -> str:
    return str(node._name)
