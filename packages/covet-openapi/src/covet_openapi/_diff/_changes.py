"""What a comparison comes to: changes, each with its place, its reason and what it does."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["breaking", "risky", "safe"]
"""Breaking: a client that works stops working. Risky: some will. Safe: none will."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents.

    Attributes:
        rule: The name of the rule that found it, stable: ``request-property-required``.
        severity: What it does to clients.
        pointer: Where it is, as a JSON Pointer (RFC 6901).
        document: The document that *pointer* leads into: the old one where something is gone.
        reason: What changed and what that means, one sentence.
    """

    rule: str
    severity: Severity
    pointer: str
    document: Literal["old", "new"]
    reason: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.pointer or '/'}: {self.reason} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two documents, in the order of the documents."""

    breaking: tuple[Change, ...] = ()
    risky: tuple[Change, ...] = ()
    safe: tuple[Change, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        """Iterate over all changes, the worst first."""
        yield from (*self.breaking, *self.risky, *self.safe)

    def __len__(self) -> int:
        return len(self.breaking) + len(self.risky) + len(self.safe)
