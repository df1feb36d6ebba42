"""Tokens of a source."""

from __future__ import annotations

from typing import Final

from covet_graphql.language.token_kind import TokenKind, TokenType

_KEYWORD_TYPES: Final = {
    "query": TokenType.QUERY,
    "mutation": TokenType.MUTATION,
    "subscription": TokenType.SUBSCRIPTION,
    "fragment": TokenType.FRAGMENT,
    "on": TokenType.ON,
    "true": TokenType.BOOLEAN,
    "false": TokenType.BOOLEAN,
    "null": TokenType.NULL,
}
_TYPES: Final = {
    TokenKind.BRACE_L: TokenType.BRACE_OPEN,
    TokenKind.BRACE_R: TokenType.BRACE_CLOSE,
    TokenKind.BRACKET_L: TokenType.BRACKET_OPEN,
    TokenKind.BRACKET_R: TokenType.BRACKET_CLOSE,
    TokenKind.PAREN_L: TokenType.PAREN_OPEN,
    TokenKind.PAREN_R: TokenType.PAREN_CLOSE,
    TokenKind.COLON: TokenType.COLON,
    TokenKind.COMMA: TokenType.COMMA,
    TokenKind.DOLLAR: TokenType.VARIABLE,
    TokenKind.INT: TokenType.INT,
    TokenKind.FLOAT: TokenType.FLOAT,
    TokenKind.STRING: TokenType.STRING,
    TokenKind.BLOCK_STRING: TokenType.BLOCK_STRING,
    TokenKind.SPREAD: TokenType.SPREAD,
    TokenKind.AT: TokenType.DIRECTIVE,
    TokenKind.EQUALS: TokenType.EQUALS,
    TokenKind.BANG: TokenType.BANG,
    TokenKind.PIPE: TokenType.PIPE,
    TokenKind.AMP: TokenType.AMP,
    TokenKind.EOF: TokenType.EOF,
}


class Token:
    """A token of a source.

    Attributes:
        kind: What it is to the grammar; of a VARIABLE or DIRECTIVE, what its first character is.
        type: What it is to a reader.
        start: Offset of its first code point, from 0.
        end: Offset behind its last code point.
        line: Its line, from 1.
        column: Its column, in code points from 1.
        value: The name, the number as written, the value of the string; None for punctuators.
    """

    __slots__ = ("column", "end", "kind", "line", "start", "value")

    kind: TokenKind
    start: int
    end: int
    line: int
    column: int
    value: str | None

    def __init__(
        self,
        kind: TokenKind,
        start: int,
        end: int,
        line: int,
        column: int,
        value: str | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.line = line
        self.column = column
        self.value = value

    @property
    def type(self) -> TokenType:
        """What the token is to a reader.

        Raises:
            LookupError: It is of a kind that ``tokenize()`` never gives (a comment, say).
        """
        if self.kind is TokenKind.NAME:
            return _KEYWORD_TYPES.get(self.value or "", TokenType.NAME)
        return _TYPES[self.kind]

    @property
    def desc(self) -> str:
        """The token as error messages name it."""
        if self.value is None or self.kind is TokenKind.EOF:
            text = self.kind.value
            return text if text.startswith("<") else f"'{text}'"
        return f"{self.kind.value} '{self.value}'"

    def _key(self) -> tuple[TokenKind, int, int, int, int, str | None]:
        return self.kind, self.start, self.end, self.line, self.column, self.value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Token):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        value = "" if self.value is None else f" {self.value!r}"
        return f"<Token {self.kind.value}{value} {self.line}:{self.column}>"
