"""The absence of a value, where None is one."""

from __future__ import annotations

from typing import Final


class UndefinedType:
    """The type of `Undefined`, which is its only instance."""

    __slots__ = ()
    _instance: UndefinedType | None = None

    def __new__(cls) -> UndefinedType:
        """Return the one instance."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "Undefined"

    def __reduce__(self) -> str:
        return "Undefined"


Undefined: Final = UndefinedType()
"""What a value is that was not given."""
