"""How many items a field can return, by what it is asked and what its definition says."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import IntValueNode, VariableNode
from covet_graphql.validation._tables import is_list, nullable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covet_graphql.language import FieldNode, ValueNode
    from covet_graphql.limits._limits import Limits
    from covet_graphql.validation._tables import FieldTable, Position

PAGE_ARGUMENTS: Final = ("first", "last", "limit")
"""The arguments that say how many items are asked for."""

_MAX_DIGITS: Final = 10  # of an Int


def list_levels(table: FieldTable) -> int:
    """Return how many lists are within one another in the type of a field."""
    levels = 0
    type_: Any = nullable(table.definition.type)
    while is_list(type_):
        levels += 1
        type_ = nullable(type_.of_type)
    return levels


def page_size(
    node: FieldNode, table: FieldTable, variables: Mapping[str, Any], limits: Limits
) -> int | None:
    """Return how many items a field can return, None when nothing says so.

    That is what its arguments ask for, after variables and defaults, or else ``max_items`` among
    the extensions of its definition.

    Raises:
        GraphQLError: It is asked for fewer than none, or for more than one page has.
    """
    asked: int | None = None
    for name in PAGE_ARGUMENTS:
        position = table.arguments.get(name)
        if position is None:
            continue
        size = _argument(node, name, position, variables)
        if size is None:
            continue
        if not 0 <= size <= limits.max_page_size:
            raise GraphQLError(
                f"Argument '{name}' of field '{node._name}' asks for too many or too few items."
                f" Ask for 0 to {limits.max_page_size}.",
                node,
            )
        asked = size if asked is None else max(asked, size)
    if asked is not None:
        return asked
    declared = table.definition.extensions.get("max_items")
    return declared if isinstance(declared, int) else None


def _argument(
    node: FieldNode, name: str, position: Position, variables: Mapping[str, Any]
) -> int | None:
    for argument in node.arguments or ():
        if argument._name == name:
            value = argument.value
            if not isinstance(value, VariableNode):
                return integer(value)
            if value._name in variables:
                return _if_integer(variables[value._name])
    definition = position.definition
    if definition is None:
        return None
    default = definition.default
    if default is None:
        return _if_integer(definition.default_value)
    return integer(default.literal) if default.value is Undefined else _if_integer(default.value)


def integer(node: ValueNode | None) -> int | None:
    """Return the value of an integer literal, of one too long for an Int something as large."""
    if not isinstance(node, IntValueNode):
        return None
    if len(node.value) > _MAX_DIGITS + 1:
        return -1 if node.value[0] == "-" else 10**_MAX_DIGITS
    return int(node.value)


def _if_integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
