"""How much an operation may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a document, and each operation in it with its fragments, may ask for.

    None is no limit. The defaults admit what applications commonly ask and the standard
    introspection query.

    Attributes:
        max_tokens: Tokens of the document; for ``parse``.
        max_definitions: Operations and fragments of the document.
        max_operations: Operations of the document, of which one is executed.
        max_depth: Fields within fields.
        max_introspection_depth: The same below ``__schema`` and ``__type``.
        max_root_fields: Fields of the operation itself.
        max_aliases: Fields with an alias in one selection set.
        max_fields: Fields of the operation, those of a fragment each time that it is spread.
        max_directives: Directives, counted likewise.
        max_cost: Objects that the response can have.
        max_page_size: Items that an argument may ask for.
        assumed_list_size: Items of a list that says nothing of their number.
        max_comparisons: Fields that are compared with others of one response name.
    """

    max_tokens: int | None = 2_000
    max_definitions: int | None = 50
    max_operations: int | None = None
    max_depth: int | None = 15
    max_introspection_depth: int | None = 20
    max_root_fields: int | None = 20
    max_aliases: int | None = 15
    max_fields: int | None = 1_000
    max_directives: int | None = 50
    max_cost: int | None = 100_000
    max_page_size: int = 1_000
    assumed_list_size: int = 10
    max_comparisons: int = 10_000
