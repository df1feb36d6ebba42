"""Documents of several sources as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language import DocumentNode

if TYPE_CHECKING:
    from collections.abc import Iterable


def concat_ast(asts: Iterable[DocumentNode]) -> DocumentNode:
    """Return a document with the definitions of all *asts* in order; each keeps its place."""
    return DocumentNode(definitions=tuple([node for ast in asts for node in ast.definitions]))
