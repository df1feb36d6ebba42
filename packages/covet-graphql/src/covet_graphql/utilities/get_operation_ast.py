"""The operation of a document that a request means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language import OperationDefinitionNode

if TYPE_CHECKING:
    from covet_graphql.language import DocumentNode


def get_operation_ast(
    document_ast: DocumentNode, operation_name: str | None = None
) -> OperationDefinitionNode | None:
    """Return the operation called *operation_name*, or without a name the only one.

    None when there is no such operation, or when there are several and no name says which.

    Source: GraphQL §6.1 GetOperation(), https://spec.graphql.org/September2025/#GetOperation()
    """
    operations = [
        node for node in document_ast.definitions if isinstance(node, OperationDefinitionNode)
    ]
    if operation_name is None:
        return operations[0] if len(operations) == 1 else None
    for operation in operations:
        if operation.name is not None and operation.name.value == operation_name:
            return operation
    return None
