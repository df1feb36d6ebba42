"""Rules that read what one walk for all of them has recorded, instead of walking themselves."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from covet_graphql.validation._fault import place
from covet_graphql.validation.rules import ASTValidationRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from covet_graphql.validation._fault import Fault
    from covet_graphql.validation._record import Record


class RecordRule(ASTValidationRule):
    """A rule that is one function of a record.

    It is a visitor all the same, which checks the whole document on entering it, so that it can
    stand wherever a rule can.

    Attributes:
        reads: What of the record there is nothing to check without.
    """

    reads: ClassVar[str]

    @classmethod
    @abstractmethod
    def check(cls, record: Record) -> Iterable[Fault]:
        """Return what is wrong with the document, in its order."""

    def enter_document(self, *_args: Any) -> None:
        """Report what is wrong with the document."""
        for fault in sorted(self.check(self.context.record), key=place):
            self.report_error(fault.error)
