"""Literals fit the types that are expected where they are."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from covet_graphql._did_you_mean import did_you_mean, suggestion_list
from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    EnumValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    print_ast,
)
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLNonNull,
    is_required_input_field,
    is_specified_scalar_type,
)
from covet_graphql.validation._fault import Fault
from covet_graphql.validation.rules import ValidationRule
from covet_graphql.validation.rules._record_rule import RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from covet_graphql.language import ValueNode
    from covet_graphql.validation._record import Record

_SURE_DIGITS: Final = 10  # 999 999 999 still is an Int

# Errors stay smaller than what they refuse.
_MAX_SHOWN_TOKENS: Final = 200
_MAX_SHOWN_CHARACTERS: Final = 1_000


class ValuesOfCorrectTypeRule(RecordRule, ValidationRule):
    """Literals fit the types that are expected where they are.

    Source: https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type,
    https://spec.graphql.org/September2025/#sec-Input-Object-Field-Names and
    https://spec.graphql.org/September2025/#sec-Input-Object-Required-Fields
    """

    reads: ClassVar[str] = "literals"

    @classmethod
    def check(cls, record: Record) -> Iterator[Fault]:
        """Find literals that do not fit."""
        node: Any
        for node, position in record.literals:
            kind = node.__class__
            if kind in position.accepted:
                continue
            if kind is IntValueNode:
                if position.named is GraphQLInt and len(node.value) < _SURE_DIGITS:
                    continue
            elif kind is EnumValueNode and node.value in position.enum_values:
                continue
            if kind is NullValueNode:
                if isinstance(position.type, GraphQLNonNull):
                    message = f"Expected value of non-null type '{position.text}' not to be None."
                    yield Fault(GraphQLError(message, node), node)
            elif kind is ListValueNode and position.is_list:
                pass  # its items are literals of their own
            elif not isinstance(position.named, GraphQLInputObjectType):
                error = _leaf_error(node, position.named, record.hide_suggestions)
                if error is not None:
                    yield Fault(error, node)
            elif isinstance(node, ObjectValueNode):
                yield from _object_faults(node, position.named, record.hide_suggestions)
            else:
                message = (
                    f"Expected value of type '{position.named}' to be an object,"
                    f" found: {_shown(node)}."
                )
                yield Fault(GraphQLError(message, node), node)


def _leaf_error(node: ValueNode, type_: Any, hide_suggestions: bool) -> GraphQLError | None:
    """Return what the scalar or enum *type_* has against a literal."""
    try:
        if isinstance(type_, GraphQLEnumType):
            type_.parse_literal(node, None, hide_suggestions)
        elif is_specified_scalar_type(type_):
            if _is_long(node):
                message = f"{type_} cannot represent value: {_shown(node)}"
                return GraphQLError(message, node)
            coerce: Any = type_.coerce_input_literal
            coerce(node)  # also what is not constant, to show it as it is
        elif type_.parse_literal(node) is Undefined:
            message = f"Expected value of type '{type_}', found: {_shown(node)}."
            return GraphQLError(message, node)
    except GraphQLError as error:
        return error if error.nodes else GraphQLError(error.message, node, original_error=error)
    except Exception as error:
        message = (
            f"Expected value of type '{type_}', but encountered error '{error}';"
            f" found: {_shown(node)}."
        )
        return GraphQLError(message, node, original_error=error)
    return None


def _object_faults(
    node: ObjectValueNode, type_: GraphQLInputObjectType, hide_suggestions: bool
) -> Iterator[Fault]:
    """Yield what is wrong with the fields of an input object, not with their values."""
    given = {field._name: field for field in node.fields}
    for name, field in type_.fields.items():
        if name not in given and is_required_input_field(field):
            message = (
                f"Expected value of type '{type_}' to include required field '{name}',"
                f" found: {_shown(node)}."
            )
            yield Fault(GraphQLError(message, node), node)
    for field_node in node.fields:
        name = field_node._name
        if name not in type_.fields:
            hint = "" if hide_suggestions else did_you_mean(suggestion_list(name, type_.fields))
            found = f"{hint} Found: {_shown(node)}." if hint else f", found: {_shown(node)}."
            message = (
                f"Expected value of type '{type_}' not to include unknown field '{name}'"
                f"{'.' if hint else ''}{found}"
            )
            yield Fault(GraphQLError(message, field_node), field_node)
    values = [field.value for field in node.fields if field._name in type_.fields]
    if type_.is_one_of and (len(values) != 1 or isinstance(values[0], NullValueNode)):
        message = (
            f"Within OneOf Input Object type '{type_}', exactly one field must be specified,"
            " and the value for that field must be non-null."
        )
        yield Fault(GraphQLError(message, node), node)


def _is_long(node: ValueNode) -> bool:
    return node._end - node._first > _MAX_SHOWN_TOKENS


def _shown(node: ValueNode) -> str:
    if _is_long(node):
        return "[ ... ]" if isinstance(node, ListValueNode) else "{ ... }"
    text = print_ast(node)
    return text if len(text) <= _MAX_SHOWN_CHARACTERS else f"{text[:_MAX_SHOWN_CHARACTERS]}..."
