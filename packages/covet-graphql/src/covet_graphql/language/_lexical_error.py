"""Why a source cannot be read on, found out by looking at it slowly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from covet_graphql.error import GraphQLSyntaxError

if TYPE_CHECKING:
    from covet_graphql.language.source import Source

_PLAIN: Final = re.compile(r'[^"\\\r\n\ud800-\udfff]*+')
_BLOCK: Final = re.compile(r'(?:[^"\\\ud800-\udfff]++|"(?!"")|\\(?:""")?+)*+')
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*+)?+")
_PART: Final = re.compile(r"\.[0-9]++")
_EXPONENT: Final = re.compile(r"[Ee][+-]?[0-9]++")
_FIXED: Final = re.compile(r"u([0-9A-Fa-f]{4})")
_VARIABLE: Final = re.compile(r"u\{([0-9A-Fa-f]++)\}")
_DIGITS: Final = frozenset("0123456789")
_SHOWN_OF_ESCAPE: Final = 12  # code points


def lexical_error(source: Source, position: int) -> GraphQLSyntaxError:
    """Return what is wrong at *position*, where a token should begin and none does."""
    body = source.body
    ch = body[position]
    if ch == '"':
        at, reason = _string_error(body, position)
    elif ch in "-0123456789":
        at, reason = _number_error(body, position)
    else:
        at, reason = position, _character_error(body, position)
    return GraphQLSyntaxError(source, at, reason)


def printed_at(body: str, position: int) -> str:
    """Return the character at *position* as messages show it."""
    if position >= len(body):
        return "<EOF>"
    ch = body[position]
    if ch == '"':
        return "'\"'"
    return f"'{ch}'" if " " <= ch <= "~" else f"U+{ord(ch):04X}"


def is_surrogate(ch: str) -> bool:
    """Whether *ch* is half of a pair, which is no character."""
    return "\ud800" <= ch <= "\udfff"


def _character_error(body: str, position: int) -> str:
    ch = body[position]
    if ch == "'":
        return "Unexpected single quote character ('), did you mean to use a double quote (\")?"
    if ch == ".":
        if body.startswith("..", position):
            return "Unexpected '..', did you mean '...'?"
        digits = re.compile("[0-9]*").match(body, position + 1)
        if digits is not None and digits[0]:
            return f"Invalid number, expected digit before '.', did you mean '0.{digits[0]}'?"
    shown = printed_at(body, position)
    return f"Invalid character: {shown}." if is_surrogate(ch) else f"Unexpected character: {shown}."


def _number_error(body: str, position: int) -> tuple[int, str]:
    at = _end(_NUMBER, body, position)
    if body[at - 1] == "-":
        return at, f"Invalid number, expected digit but got: {printed_at(body, at)}."
    if body[position:at] in ("0", "-0") and body[at : at + 1] in _DIGITS:
        return at, f"Invalid number, unexpected digit after 0: {printed_at(body, at)}."
    for pattern, opening in ((_PART, "."), (_EXPONENT, "eE")):
        if body[at : at + 1] and body[at] in opening:
            end = _end(pattern, body, at)
            if end == at:
                signed = opening == "eE" and body[at + 1 : at + 2] in ("+", "-")
                at += 2 if signed else 1
                break
            at = end
    return at, f"Invalid number, expected digit but got: {printed_at(body, at)}."


def _string_error(body: str, position: int) -> tuple[int, str]:
    if body.startswith('"""', position):
        at = _end(_BLOCK, body, position + 3)
        return at, _ended_string_error(body, at)
    at = _end(_PLAIN, body, position + 1)
    while body.startswith("\\", at):
        length = _escape_length(body, at)
        if length == 0:
            return at, _escape_error(body, at)
        at = _end(_PLAIN, body, at + length)
    return at, _ended_string_error(body, at)


def _ended_string_error(body: str, at: int) -> str:
    if at < len(body) and is_surrogate(body[at]):
        return f"Invalid character within String: {printed_at(body, at)}."
    return "Unterminated string."


def _escape_length(body: str, at: int) -> int:
    """Return the length of the escape sequence at *at*, 0 when it is none."""
    if body[at + 1 : at + 2] in ('"', "\\", "/", "b", "f", "n", "r", "t"):
        return 2
    variable = _VARIABLE.match(body, at + 1)
    if variable is not None:
        return 1 + len(variable[0]) if _is_scalar(variable[1]) else 0
    leading = _FIXED.match(body, at + 1)
    if leading is None:
        return 0
    if _is_scalar(leading[1]):
        return 6
    trailing = _FIXED.match(body, at + 7) if body.startswith("\\", at + 6) else None
    paired = (
        trailing is not None
        and leading[1].upper() < "DC00"
        and "DC00" <= trailing[1].upper() < "E000"
    )
    return 12 if paired else 0


def _is_scalar(digits: str) -> bool:
    code_point = int(digits, 16)
    return code_point <= 0xD7FF or 0xE000 <= code_point <= 0x10FFFF


def _escape_error(body: str, at: int) -> str:
    if body.startswith("\\u{", at):
        shown = re.compile(r"[0-9A-Fa-f]*+[\s\S]?").match(body, at + 3)
        sequence = body[at : at + 3] + (shown[0] if shown is not None else "")
        return f"Invalid Unicode escape sequence: '{sequence[:_SHOWN_OF_ESCAPE]}'."
    if body.startswith("\\u", at):
        return f"Invalid Unicode escape sequence: '{body[at : at + 6]}'."
    return f"Invalid character escape sequence: '{body[at : at + 2]}'."


def _end(pattern: re.Pattern[str], body: str, position: int) -> int:
    match = pattern.match(body, position)
    return position if match is None else match.end()
