"""Database rules: what has to be unique, what has to exist, and who lost the race.

Needs the extra ``covet-validation[sqlalchemy]``.
"""

from importlib import import_module

try:
    import_module("sqlalchemy")
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "covet_validation.sqlalchemy needs SQLAlchemy. Install covet-validation[sqlalchemy].",
        name="sqlalchemy",
    ) from None

from covet_validation.sqlalchemy._ask import Connection
from covet_validation.sqlalchemy._errors import (
    DatabaseConflictError,
    DatabaseValidationError,
    RuleError,
)
from covet_validation.sqlalchemy._model import DatabaseValidatedModel
from covet_validation.sqlalchemy._race import IntegrityFailure, explain_integrity_error
from covet_validation.sqlalchemy._requests import DatabaseChecks, Updates
from covet_validation.sqlalchemy._rules import DatabaseRules, Exists, Unique
from covet_validation.sqlalchemy._validator import DatabaseConstraintValidator

__all__ = [
    "Connection",
    "DatabaseChecks",
    "DatabaseConflictError",
    "DatabaseConstraintValidator",
    "DatabaseRules",
    "DatabaseValidatedModel",
    "DatabaseValidationError",
    "Exists",
    "IntegrityFailure",
    "RuleError",
    "Unique",
    "Updates",
    "explain_integrity_error",
]
