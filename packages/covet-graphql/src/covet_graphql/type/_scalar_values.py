"""Coercion of the built-in scalars.

``X_output`` takes what a resolver gave, ``X_input`` the value of a variable, ``X_literal`` a
literal, and ``X_to_literal`` the value of a variable again. Output is generous where nothing is
lost; input is as strict as the specification.

Source: GraphQL §3.5, https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars
"""

from __future__ import annotations

import math
import re
from enum import Enum
from typing import Any, Final, cast

from covet_graphql._inspect import inspect
from covet_graphql._undefined import Undefined
from covet_graphql.error import GraphQLError
from covet_graphql.language import (
    BooleanValueNode,
    FloatValueNode,
    IntValueNode,
    StringValueNode,
    ValueNode,
    print_ast,
)

GRAPHQL_MAX_INT: Final = 2_147_483_647
GRAPHQL_MIN_INT: Final = -2_147_483_648

_MAX_DIGITS: Final = 400  # no finite double has more before its point
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)")


# --- Int


def int_output(value: Any) -> int:
    """Return *value* as a 32-bit integer: of integral numbers, booleans and digits."""
    number: Any = None
    try:
        if isinstance(value, str):
            number = int(value) if value.isascii() and "_" not in value else None
        else:
            number = int(value) if value == int(value) else None
    except (ArithmeticError, TypeError, ValueError):
        pass
    if number is None:
        raise GraphQLError(f"Int cannot represent non-integer value: {inspect(value)}")
    return _in_32_bits(number, value)


def int_input(value: Any) -> int:
    """Return *value*, an integral number and no boolean, of 32 bits."""
    if isinstance(value, bool) or not (
        isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    ):
        raise GraphQLError(f"Int cannot represent non-integer value: {inspect(value)}")
    return _in_32_bits(int(value), value)


def int_literal(node: ValueNode) -> int:
    """Return the value of an integer literal of 32 bits."""
    if not isinstance(node, IntValueNode):
        raise GraphQLError(f"Int cannot represent non-integer value: {print_ast(node)}", node)
    text = node.value
    number = int(text) if len(text) <= 11 else GRAPHQL_MAX_INT + 1  # as long as the smallest Int
    if GRAPHQL_MIN_INT <= number <= GRAPHQL_MAX_INT:
        return number
    raise GraphQLError(f"Int cannot represent non 32-bit signed integer value: {text}", node)


def int_to_literal(value: Any) -> IntValueNode | None:
    """Return the literal of an integral number of 32 bits."""
    try:
        return IntValueNode(value=str(int_input(value)))
    except GraphQLError:
        return None


def _in_32_bits(number: int, value: Any) -> int:
    if GRAPHQL_MIN_INT <= number <= GRAPHQL_MAX_INT:
        return number
    raise GraphQLError(f"Int cannot represent non 32-bit signed integer value: {inspect(value)}")


# --- Float


def float_output(value: Any) -> float:
    """Return *value* as a finite float: of numbers, booleans and numerals."""
    if isinstance(value, int):
        return _float_of_integer(value, inspect(value))
    number = math.nan
    try:
        if not isinstance(value, str) or (value.isascii() and "_" not in value):
            number = float(value)
    except (ArithmeticError, TypeError, ValueError):
        pass
    if not math.isfinite(number):
        raise GraphQLError(f"Float cannot represent non numeric value: {inspect(value)}")
    return number


def float_input(value: Any) -> float:
    """Return *value*, a finite number and no boolean, as a float."""
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _float_of_integer(value, inspect(value))
    raise GraphQLError(f"Float cannot represent non numeric value: {inspect(value)}")


def float_literal(node: ValueNode) -> float:
    """Return the value of a number literal that a finite float can hold."""
    if isinstance(node, IntValueNode) and len(node.value) <= _MAX_DIGITS:
        return _float_of_integer(int(node.value), node.value, node)
    if isinstance(node, FloatValueNode):
        number = float(node.value)
        if math.isfinite(number):
            return number
    raise GraphQLError(f"Float cannot represent non numeric value: {print_ast(node)}", node)


def float_to_literal(value: Any) -> IntValueNode | FloatValueNode | None:
    """Return the literal of a finite number."""
    try:
        number = float_input(value)
    except GraphQLError:
        return None
    return IntValueNode(value=str(int(value))) if isinstance(value, int) else _literal(number)


def _literal(number: float) -> FloatValueNode:
    return FloatValueNode(value=repr(number))


def _float_of_integer(number: int, shown: str, node: ValueNode | None = None) -> float:
    try:
        converted = float(number)
    except OverflowError:
        raise GraphQLError(f"Float cannot represent non numeric value: {shown}", node) from None
    if converted != number:
        raise GraphQLError(
            f"Float cannot represent non numeric value: {shown} (value would lose precision)", node
        )
    return converted


# --- String


def string_output(value: Any) -> str:
    """Return *value* as text: of text, numbers, booleans, and objects that have a text."""
    if isinstance(value, str):
        return value
    return _text(value, "String", exact=False)


def _text(value: Any, scalar: str, *, exact: bool) -> str:
    """Return the text of something that is none, where its class says what that is."""
    if isinstance(value, bool):
        if not exact:
            return "true" if value else "false"
    elif isinstance(value, float):
        if math.isfinite(value):
            if not exact:
                return repr(float(value))
            if value.is_integer():
                return str(int(value))
    elif isinstance(value, int):
        return str(int(value))
    elif (
        # what has no text of its own would show its insides
        cast("Any", type(value)).__str__ is not object.__str__
        and value is not Undefined
        and not isinstance(value, (bytes, complex, Enum, BaseException))
    ):
        return str(value)
    raise GraphQLError(f"{scalar} cannot represent value: {inspect(value)}")


def string_input(value: Any) -> str:
    """Return *value*, a text of Unicode."""
    if isinstance(value, str) and _is_unicode(value):
        return value
    raise GraphQLError(f"String cannot represent a non string value: {inspect(value)}")


def string_literal(node: ValueNode) -> str:
    """Return the value of a string literal."""
    if isinstance(node, StringValueNode):
        return node.value
    raise GraphQLError(f"String cannot represent a non string value: {print_ast(node)}", node)


def string_to_literal(value: Any) -> StringValueNode | None:
    """Return the literal of a text."""
    return StringValueNode(value=value) if isinstance(value, str) else None


def _is_unicode(value: str) -> bool:
    """Return whether *value* has no half of a surrogate pair, which no encoding has."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- Boolean


def boolean_output(value: Any) -> bool:
    """Return *value* as a boolean: of booleans, and of finite numbers, of which 0 is false."""
    if isinstance(value, (bool, int)):
        return bool(value)
    try:
        if not isinstance(value, str) and math.isfinite(value):
            return bool(value != 0)
    except (ArithmeticError, TypeError, ValueError):
        pass
    raise GraphQLError(f"Boolean cannot represent a non boolean value: {inspect(value)}")


def boolean_input(value: Any) -> bool:
    """Return *value*, a boolean."""
    if isinstance(value, bool):
        return value
    raise GraphQLError(f"Boolean cannot represent a non boolean value: {inspect(value)}")


def boolean_literal(node: ValueNode) -> bool:
    """Return the value of a boolean literal."""
    if isinstance(node, BooleanValueNode):
        return node.value
    raise GraphQLError(f"Boolean cannot represent a non boolean value: {print_ast(node)}", node)


def boolean_to_literal(value: Any) -> BooleanValueNode | None:
    """Return the literal of a boolean."""
    return BooleanValueNode(value=value) if isinstance(value, bool) else None


# --- ID


def id_output(value: Any) -> str:
    """Return *value* as text: of text, integral numbers, and objects that have a text."""
    if isinstance(value, str):
        return value
    return _text(value, "ID", exact=True)


def id_input(value: Any) -> str:
    """Return *value*, a text of Unicode or an integer, as text."""
    if isinstance(value, str) and _is_unicode(value):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    raise GraphQLError(f"ID cannot represent value: {inspect(value)}")


def id_literal(node: ValueNode) -> str:
    """Return the value of a string or integer literal, as written."""
    if isinstance(node, (StringValueNode, IntValueNode)):
        return node.value
    raise GraphQLError(
        f"ID cannot represent a non-string and non-integer value: {print_ast(node)}", node
    )


def id_to_literal(value: Any) -> StringValueNode | IntValueNode | None:
    """Return the literal of an id: an integer where it reads as one."""
    try:
        text = id_input(value)
    except GraphQLError:
        return None
    is_integer = _INTEGER.fullmatch(text) is not None
    return IntValueNode(value=text) if is_integer else StringValueNode(value=text)
