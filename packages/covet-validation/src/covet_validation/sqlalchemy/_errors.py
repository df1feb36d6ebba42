"""What database rules raise, and for whom.

ValueError
└── ValidationException              (covet_validation)
    └── DatabaseValidationError      something that is referred to does not exist: 422
        └── DatabaseConflictError    something is taken already: 409
TypeError
└── RuleError                        a rule cannot be checked: at start-up
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import ClassVar

from covet_validation._errors import ValidationException
from covet_validation.models import ErrorDetail

_CONFLICTS = frozenset({"ALREADY_EXISTS", "STILL_REFERENCED"})


class DatabaseValidationError(ValidationException):
    """The input breaks rules that only the database can check; carries every one of them."""


class DatabaseConflictError(DatabaseValidationError):
    """The input wants what something else has already; it may refer to nothing as well."""

    status_code: ClassVar[int] = HTTPStatus.CONFLICT
    title: ClassVar[str] = "Conflict"

    def __str__(self) -> str:
        """Return a sentence that a client may read."""
        if any(error.code == "ALREADY_EXISTS" for error in self.errors):
            return "A value is taken already."
        return "Other objects still refer to this one."


def database_error(errors: Sequence[ErrorDetail]) -> DatabaseValidationError:
    """Return the error that *errors* make: a conflict if one of them is."""
    if any(error.code in _CONFLICTS for error in errors):
        return DatabaseConflictError(errors)
    return DatabaseValidationError(errors)


class RuleError(TypeError):
    """Database rules of *owner* cannot be checked; carries every fault of them."""

    def __init__(self, owner: str, faults: Iterable[str]) -> None:
        self.owner = owner
        self.faults: tuple[str, ...] = tuple(faults)
        super().__init__("\n".join(f"{owner}: {fault}" for fault in self.faults))
