"""What changes between two OpenAPI documents, and whether clients will notice."""

from ._changes import Change, Changes, Severity
from ._document import diff
from ._rules import RULES

__all__ = ["RULES", "Change", "Changes", "Severity", "diff"]
