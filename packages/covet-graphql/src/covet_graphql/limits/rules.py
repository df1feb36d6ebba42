"""Limits as rules of validation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from covet_graphql.error import GraphQLError
from covet_graphql.language import FragmentDefinitionNode, OperationDefinitionNode
from covet_graphql.limits._limits import Limits
from covet_graphql.limits.measure import measure_operation
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule
from covet_graphql.validation.rules.overlapping_fields_can_be_merged import (
    OverlappingFieldsCanBeMergedRule,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from covet_graphql.limits.measure import Measure
    from covet_graphql.validation._record import Record
    from covet_graphql.validation.rules import ASTValidationRule

# by figure: what a message says of an operation that goes beyond the limit
_MESSAGES: Final = {
    "depth": "The operation has fields nested deeper than {} levels.",
    "introspection_depth": "The operation introspects deeper than {} levels.",
    "root_fields": "The operation has more than {} root fields.",
    "aliases": "The operation has a selection set with more than {} aliases.",
    "fields": "The operation has more than {} fields, fragments included.",
    "directives": "The operation has more than {} directives, fragments included.",
    "cost": "The operation can return more than {} objects. Ask for fewer items of its lists.",
}


class LimitsRule(RecordRule, ValidationRule):
    """Documents and operations ask for no more than they may.

    All limits are checked in one walk. Subclasses check one of them each.

    Attributes:
        limits: The limits; `with_limits` changes them.
        figures: What is checked: figures of `Measure`, ``definitions`` and ``operations``.
    """

    reads: ClassVar[str] = "operations"
    limits: ClassVar[Limits] = Limits()
    figures: ClassVar[tuple[str, ...]] = ("definitions", "operations", *_MESSAGES)

    @classmethod
    def with_limits(cls, limits: Limits) -> type[Self]:
        """Return the same rule with other limits."""
        rule: Any = type(cls.__name__, (cls,), {"limits": limits, "__doc__": cls.__doc__})
        return rule  # type: ignore[no-any-return]

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find what asks for too much."""
        for figure, parts in (("definitions", record.parts), ("operations", record.operations)):
            limit = getattr(cls.limits, f"max_{figure}")
            if figure in cls.figures and limit is not None and len(parts) > limit:
                message = f"The document has more than {limit} {figure}."
                yield Fault(GraphQLError(message), record.document)
        for operation, measured in _measured(record, cls.limits):
            for figure in cls.figures:
                limit = getattr(cls.limits, f"max_{figure}")
                if figure in _MESSAGES and limit is not None and getattr(measured, figure) > limit:
                    message = _MESSAGES[figure].format(limit)
                    yield Fault(GraphQLError(message, operation), operation)
            if "cost" in cls.figures:
                for error in measured.errors:
                    yield Fault(error, operation)


def _measured(record: Record, limits: Limits) -> list[tuple[OperationDefinitionNode, Measure]]:
    """Return the operations with what they ask for, measured once for all rules."""
    measured: list[tuple[OperationDefinitionNode, Measure]] | None = record.kept.get(limits)
    if measured is None:
        fragments = {
            part.name: part.node
            for part in record.fragments
            if isinstance(part.node, FragmentDefinitionNode)
        }
        nodes = [part.node for part in record.operations]
        tables = record.tables
        measured = record.kept[limits] = [
            (node, measure_operation(tables, fragments, node, None, limits))
            for node in nodes
            if tables is not None and isinstance(node, OperationDefinitionNode)
        ]
    return measured


class MaxDefinitionsRule(LimitsRule):
    """Documents have no more operations and fragments than they may."""

    figures: ClassVar[tuple[str, ...]] = ("definitions",)


class MaxOperationsRule(LimitsRule):
    """Documents have no more operations than they may."""

    figures: ClassVar[tuple[str, ...]] = ("operations",)


class MaxDepthRule(LimitsRule):
    """Operations nest fields no deeper than they may."""

    figures: ClassVar[tuple[str, ...]] = ("depth", "introspection_depth")


class MaxRootFieldsRule(LimitsRule):
    """Operations have no more root fields than they may."""

    figures: ClassVar[tuple[str, ...]] = ("root_fields",)


class MaxAliasesRule(LimitsRule):
    """Selection sets have no more aliases than they may."""

    figures: ClassVar[tuple[str, ...]] = ("aliases",)


class MaxFieldsRule(LimitsRule):
    """Operations have no more fields than they may, fragments included."""

    figures: ClassVar[tuple[str, ...]] = ("fields",)


class MaxDirectivesRule(LimitsRule):
    """Operations have no more directives than they may, fragments included."""

    figures: ClassVar[tuple[str, ...]] = ("directives",)


class MaxCostRule(LimitsRule):
    """Operations cost no more than they may."""

    figures: ClassVar[tuple[str, ...]] = ("cost",)


def limited(
    rules: Collection[type[ASTValidationRule]], limits: Limits
) -> tuple[type[ASTValidationRule], ...]:
    """Return *rules* with all *limits* added, also that of comparisons."""
    budget: dict[str, Any] = {"max_comparisons": limits.max_comparisons}
    return (
        *[
            type(rule.__name__, (rule,), budget)
            if issubclass(rule, OverlappingFieldsCanBeMergedRule)
            else rule
            for rule in rules
        ],
        LimitsRule.with_limits(limits),
    )
