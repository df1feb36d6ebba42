"""Fields and directives are given the arguments that they require."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._directive_arguments import arguments_of_directives
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import DirectiveNode, FieldNode
    from covet_graphql.validation._record import Record


class ProvidedRequiredArgumentsOnDirectivesRule(RecordRule):
    """Directives are given the arguments that they require.

    Source: https://spec.graphql.org/September2025/#sec-Required-Arguments
    """

    reads: ClassVar[str] = "applied"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find directives without such an argument."""
        known = arguments_of_directives(record)
        for node, _ in record.applied:
            given = {argument._name for argument in node.arguments or ()}
            for name, type_ in known.get(node._name, {}).items():
                if type_ is not None and name not in given:
                    yield _fault(node, f"@{node._name}({name}:)", type_)


class ProvidedRequiredArgumentsRule(RecordRule, ValidationRule):
    """Fields and directives are given the arguments that they require.

    Source: https://spec.graphql.org/September2025/#sec-Required-Arguments
    """

    reads: ClassVar[str] = "document"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find fields and directives without such an argument."""
        for field, parent, table in record.fields:
            if table is not None and table.required:
                given = {argument._name for argument in field.arguments or ()}
                for name in table.required:
                    if name not in given:
                        of = "<meta>" if field._name[:2] == "__" or parent is None else parent.name
                        type_ = table.arguments[name].text
                        yield _fault(field, f"{of}.{field._name}({name}:)", type_)
        for node, directive in record.applied:
            if directive is not None and directive.required:
                given = {argument._name for argument in node.arguments or ()}
                for name in directive.required:
                    if name not in given:
                        type_ = directive.arguments[name].text
                        yield _fault(node, f"@{node._name}({name}:)", type_)


def _fault(node: FieldNode | DirectiveNode, argument: str, type_: str) -> Fault:
    message = f"Argument '{argument}' of type '{type_}' is required, but it was not provided."
    return Fault(GraphQLError(message, node), node, leaving=True)
