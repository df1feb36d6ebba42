"""A document of several operations as one document each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.language import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
)

if TYPE_CHECKING:
    from covet_graphql.language import SelectionSetNode


def separate_operations(document_ast: DocumentNode) -> dict[str, DocumentNode]:
    """Return for each operation, by its name, a document of it and the fragments that it uses.

    An operation without a name is under the empty string. Definitions keep their order; fragments
    that no operation uses, and type system definitions, are left out.
    """
    spreads: dict[str, set[str]] = {
        node.name.value: _spreads(node.selection_set)
        for node in document_ast.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    separated: dict[str, DocumentNode] = {}
    for operation in document_ast.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        used: set[str] = set()
        pending = _spreads(operation.selection_set)
        while pending:
            name = pending.pop()
            if name not in used:
                used.add(name)
                pending |= spreads.get(name, set())
        definitions = [
            node
            for node in document_ast.definitions
            if node is operation
            or (isinstance(node, FragmentDefinitionNode) and node.name.value in used)
        ]
        separated[operation.name.value if operation.name else ""] = DocumentNode(
            definitions=tuple(definitions)
        )
    return separated


def _spreads(selection_set: SelectionSetNode) -> set[str]:
    """Return the names of the fragments spread anywhere in a selection set."""
    names: set[str] = set()
    pending: list[SelectionSetNode] = [selection_set]
    while pending:
        for selection in pending.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                names.add(selection.name.value)
            else:
                inner: Any = getattr(selection, "selection_set", None)
                if inner is not None:
                    pending.append(inner)
    return names
