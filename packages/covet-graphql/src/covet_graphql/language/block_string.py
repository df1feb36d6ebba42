"""Block strings: from their raw text to their value and back."""

from __future__ import annotations

import re

_LINE_TERMINATOR = re.compile(r"\r\n|[\n\r]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WHITESPACE = " \t"


def value_of_block_string(text: str) -> str:
    """Return the value of a block string token, with its quotes, that the lexer has accepted."""
    raw = text[3:-3]
    return block_string_value(raw.replace('\\"""', '"""') if "\\" in raw else raw)


def block_string_value(raw: str) -> str:
    """Return the value of a block string whose text between the quotes is *raw*.

    Source: GraphQL §2.10.4 BlockStringValue(),
    https://spec.graphql.org/September2025/#BlockStringValue()
    """
    if "\n" not in raw and "\r" not in raw:
        return raw if raw.strip(_WHITESPACE) else ""
    lines = _LINE_TERMINATOR.split(raw)
    indents = [len(line) - len(text) for line in lines[1:] if (text := line.lstrip(_WHITESPACE))]
    common = min(indents, default=0)
    if common:
        lines[1:] = [line[common:] for line in lines[1:]]
    first, last = 0, len(lines)
    while first < last and not lines[first].strip(_WHITESPACE):
        first += 1
    while last > first and not lines[last - 1].strip(_WHITESPACE):
        last -= 1
    return "\n".join(lines[first:last])


def reads_back(value: str) -> bool:
    """Whether a block string of *value*, indented or not, has exactly that value."""
    return value_of_block_string(print_block_string(value)) == value


def is_printable_as_block_string(value: str) -> bool:
    """Whether *value* may be written as a block string: it reads back and all of it can be seen.

    Source: GraphQL §2.10.4, the note on non-printable characters,
    https://spec.graphql.org/September2025/#sec-String-Value.Block-Strings
    """
    return not value or (_CONTROL.search(value) is None and reads_back(value))


def print_block_string(value: str, minimize: bool = False) -> str:
    """Return a block string of *value*, which must be expressible as one.

    Args:
        value: The text; its lines are separated by line feeds.
        minimize: Add no line that only serves the reader.
    """
    escaped = value.replace('"""', '\\"""')
    lines = escaped.split("\n")
    single_line = len(lines) == 1
    # the first line counts for no indentation: when all others are indented, it must stand below
    others_indented = not single_line and all(
        not line or line[0] in _WHITESPACE for line in lines[1:]
    )
    ends_with_quote = escaped.endswith('"') and not escaped.endswith('\\"""')
    needs_own_last_line = ends_with_quote or escaped.endswith("\\")
    as_lines = not minimize and (
        not single_line
        or len(value) > 70
        or needs_own_last_line
        or others_indented
        or escaped.endswith('\\"""')
    )
    begins_blank = single_line and value[:1] in tuple(_WHITESPACE)
    before = "\n" if (as_lines and not begins_blank) or others_indented else ""
    after = "\n" if as_lines or needs_own_last_line else ""
    return f'"""{before}{escaped}{after}"""'
