"""What the parts of types (fields, arguments, enum values) have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Self


class Element:
    """A part of a type: data in slots, equal when all of it is."""

    __slots__ = ("__weakref__", "ast_node", "deprecation_reason", "description", "extensions")

    description: str | None
    deprecation_reason: str | None
    extensions: dict[str, Any]
    ast_node: Any

    @abstractmethod
    def to_kwargs(self) -> Any:
        """Return the arguments that make an equal part."""
        ...

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Element) or type(self) is not type(other):
            return NotImplemented
        return self is other or bool(self.to_kwargs() == other.to_kwargs())

    __hash__: ClassVar[None]  # type: ignore[assignment] # parts may be changed until a schema has them

    def __copy__(self) -> Self:
        return type(self)(**self.to_kwargs())
