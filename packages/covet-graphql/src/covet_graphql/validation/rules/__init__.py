"""What all rules are.

ASTValidationRule     a rule about a document, with or without a schema
├── ValidationRule    a rule about a document that a schema shall execute
└── SDLValidationRule a rule about a document that shall become part of a schema
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language import Visitor

if TYPE_CHECKING:
    from covet_graphql.error import GraphQLError
    from covet_graphql.validation.validation_context import (
        ASTValidationContext,
        SDLValidationContext,
        ValidationContext,
    )

__all__ = ["ASTValidationRule", "SDLValidationRule", "ValidationRule"]


class ASTValidationRule(Visitor):
    """A visitor that reports what is wrong with a document.

    Attributes:
        context: What the rule may ask, and where it reports to.
    """

    context: ASTValidationContext

    def __init__(self, context: ASTValidationContext) -> None:
        super().__init__()
        self.context = context

    def report_error(self, error: GraphQLError) -> None:
        """Report *error*; the walk may end with it, when it is one too many."""
        self.context.report_error(error)


class SDLValidationRule(ASTValidationRule):
    """A rule about type system definitions."""

    context: SDLValidationContext  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self, context: SDLValidationContext) -> None:
        super().__init__(context)


class ValidationRule(ASTValidationRule):
    """A rule about operations and fragments.

    Your own rule is a subclass with methods such as ``enter_field``, which ask the context for
    the types where the walk is: ``self.context.get_parent_type()``.
    """

    context: ValidationContext  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
