"""The arguments of the directives that type system definitions may use."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language import DirectiveDefinitionNode, NonNullTypeNode, print_ast
from covet_graphql.type import is_required_argument, specified_directives

if TYPE_CHECKING:
    from covet_graphql.validation._record import Record


def arguments_of_directives(record: Record) -> dict[str, dict[str, str | None]]:
    """Return by directive and name the arguments, with the type as text of those required.

    The directives are those of the schema, or the built-in ones, and those of the document.
    """
    directives = specified_directives if record.schema is None else record.schema.directives
    arguments: dict[str, dict[str, str | None]] = {
        directive.name: {
            name: str(argument.type) if is_required_argument(argument) else None
            for name, argument in directive.args.items()
        }
        for directive in directives
    }
    for node in record.defined(DirectiveDefinitionNode):
        arguments[node._name] = {
            argument._name: print_ast(argument.type)
            if isinstance(argument.type, NonNullTypeNode) and argument.default_value is None
            else None
            for argument in node.arguments or ()
        }
    return arguments
