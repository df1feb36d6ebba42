"""Variables are used where values of their type can be."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from covet_graphql.error import GraphQLError
from covet_graphql.language import NullValueNode
from covet_graphql.validation._fault import Fault
from covet_graphql.validation._reach import members
from covet_graphql.validation._tables import is_list, is_non_null
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import VariableDefinitionNode
    from covet_graphql.type import GraphQLInputObjectType
    from covet_graphql.validation._record import Part, Record
    from covet_graphql.validation._tables import Position


class VariablesInAllowedPositionRule(RecordRule, ValidationRule):
    """Variables are used where values of their type can be.

    Source: https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed
    """

    reads: ClassVar[str] = "variables"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find uses of variables that do not fit."""
        uses = record.uses
        for part in record.operations:
            # of variables with one name the last counts
            definitions = {
                definition.variable._name: (definition, position)
                for definition, position in part.variables
                if position is not None
            }
            reached = record.reach.parts[part.index] if definitions else 0
            unfit = {
                name: definitions[name]
                for name in definitions
                if any(
                    users & reached and not _fits(*definitions[name], place, one_of)
                    for place, one_of, users in uses.get(name, ())
                )
            }
            if unfit:
                yield from _faults(record, part, reached, unfit)


def _fits(
    definition: VariableDefinitionNode,
    position: Position,
    place: Position,
    one_of: GraphQLInputObjectType | None,
) -> bool:
    """IsVariableUsageAllowed of the specification."""
    if position.text == place.text and one_of is None:
        return True
    expected = place.type
    default = definition.default_value
    if not is_non_null(position.type):
        if one_of is not None:
            return False
        if is_non_null(expected):
            has_default = default is not None and not isinstance(default, NullValueNode)
            if not has_default and not place.has_default:
                return False
            expected = expected.of_type
    return _compatible(position.type, expected)


def _compatible(type_: Any, expected: Any) -> bool:
    """AreTypesCompatible of the specification."""
    while True:
        if is_non_null(expected):
            if not is_non_null(type_):
                return False
            expected = expected.of_type
        if is_non_null(type_):
            type_ = type_.of_type
        if not is_list(expected) or not is_list(type_):
            return expected is type_
        expected = expected.of_type
        type_ = type_.of_type


def _faults(
    record: Record,
    part: Part,
    reached: int,
    unfit: dict[str, tuple[VariableDefinitionNode, Position]],
) -> Iterator[Fault]:
    """Yield an error for each use that does not fit of the *unfit* variables of *part*."""
    for index in members(reached):
        for variable, place, one_of in record.parts[index].usages:
            name = variable._name
            if name not in unfit or place is None:
                continue
            definition, position = unfit[name]
            nodes = [definition.variable, variable]
            if not _fits(definition, position, place, None):
                message = (
                    f"Variable '${name}' of type '{position.text}'"
                    f" used in position expecting type '{place.text}'."
                )
                yield Fault(GraphQLError(message, nodes), part.node, leaving=True)
            if one_of is not None and not is_non_null(position.type):
                message = (
                    f"Variable '${name}' is of type '{position.text}' but must be non-nullable"
                    f" to be used for OneOf Input Object '{one_of.name}'."
                )
                yield Fault(GraphQLError(message, nodes), part.node, leaving=True)
