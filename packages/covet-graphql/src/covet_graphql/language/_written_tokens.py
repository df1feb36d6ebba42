"""A list of tokens, written down again so that each stands where it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.language.block_string import print_block_string
from covet_graphql.language.print_string import print_string
from covet_graphql.language.source import Source
from covet_graphql.language.token_kind import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from covet_graphql.language._token import Token


def source_of_tokens(tokens: Sequence[Token]) -> Source:
    """Return a source of *tokens* in which errors have their lines, and mostly their columns.

    A token that became longer by writing it (a string has lost which escapes it was written with)
    moves those behind it on its line.
    """
    written: list[str] = []
    line = 1
    column = 1
    for token in tokens:
        if token.line > line:
            written.append("\n" * (token.line - line))
            line = token.line
            column = 1
        gap = max(token.column - column, 1 if written and column > 1 else 0)
        text = _text(token)
        written += (" " * gap, text)
        line += text.count("\n")
        column = len(text) - text.rfind("\n") if "\n" in text else column + gap + len(text)
    return Source("".join(written))


def _text(token: Token) -> str:
    value = token.value or ""
    match token.kind:
        case TokenKind.EOF | TokenKind.SOF | TokenKind.COMMENT:
            return ""
        case TokenKind.STRING:
            return print_string(value)
        case TokenKind.BLOCK_STRING:
            return print_block_string(value, minimize=True)
        case TokenKind.DOLLAR | TokenKind.AT:
            return f"{token.kind.value}{value}"
        case _:
            return value or f"{token.kind.value}"
