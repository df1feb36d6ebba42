"""Quoted strings: from their raw text to their value and back."""

from __future__ import annotations

import re

from covet_graphql.language.block_string import value_of_block_string

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|u([Dd][89ABab]..)\\u(....)|u(....)|(.))"  # valid by the lexer
)
_SHORT = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MUST_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f-\x9f]')
_ESCAPED = {
    **{chr(code): f"\\u{code:04X}" for code in (*range(0x20), *range(0x7F, 0xA0))},
    **{value: f"\\{letter}" for letter, value in _SHORT.items() if letter != "/"},
}


def string_value(text: str) -> str:
    """Return the value of a string token, with its quotes, that the lexer has accepted.

    Source: GraphQL §2.10.4, https://spec.graphql.org/September2025/#sec-String-Value
    """
    if text.startswith('"""'):
        return value_of_block_string(text)
    value = text[1:-1]
    return _ESCAPE.sub(_unescape, value) if "\\" in value else value


def _unescape(escape: re.Match[str]) -> str:
    code_point, leading, trailing, fixed, letter = escape.groups()
    if letter is not None:
        return _SHORT[letter]
    if leading is not None:
        return chr(((int(leading, 16) - 0xD800) << 10) + int(trailing, 16) - 0xDC00 + 0x10000)
    return chr(int(code_point or fixed, 16))


def print_string(value: str) -> str:
    """Return *value* as a quoted string, with escapes only where the specification asks for them.

    Source: GraphQL §2.10.4, https://spec.graphql.org/September2025/#sec-String-Value
    """
    return f'"{_MUST_ESCAPE.sub(lambda found: _ESCAPED[found[0]], value)}"'
