"""A source as the list of its tokens, for highlighters and editors.

The parser needs no such list; it reads the plain texts that `_lexical` gives.
"""

from __future__ import annotations

import re
from typing import Final

from covet_graphql.error import GraphQLSyntaxError
from covet_graphql.language._lexical import END, STOP, kind_of, span_of, texts, token_at, value_of
from covet_graphql.language._lexical_error import lexical_error
from covet_graphql.language._token import Token
from covet_graphql.language.source import Source
from covet_graphql.language.token_kind import TokenKind

_COMMA_OR_COMMENT: Final = re.compile(r",|#[^\r\n]*+")


class GraphQLLexer:
    """Splits a source into tokens.

    Args:
        source: The text; commas, which the grammar ignores, become tokens here.
        max_tokens: Refuse sources of more tokens than this, not counting commas.
    """

    def __init__(self, source: Source | str | bytes, *, max_tokens: int | None = None) -> None:
        self.source: Source = source if isinstance(source, Source) else Source(source)
        self.max_tokens: int | None = max_tokens

    def tokenize(self) -> list[Token]:
        """Return the tokens in order; the last one is of type EOF.

        ``$name`` is one VARIABLE and ``@name`` one DIRECTIVE, with the bare name as value.

        Raises:
            GraphQLSyntaxError: A place cannot be read, a ``$`` or ``@`` has no name behind it,
                or there are too many tokens.
        """
        source = self.source
        found = texts(source.body, self.max_tokens)
        tokens: list[Token] = []
        end_of_last = 0
        index = 0
        while True:
            text = found[index]
            start = span_of(source, index)[0]
            tokens += self._commas(end_of_last, start)
            if text == STOP:
                raise self._stopped(index, start)
            kind = kind_of(text)
            value = value_of(kind, text)
            end = start + len(text)
            if text == "$" or text == "@":
                index += 1
                value = found[index]
                after = span_of(source, index)[0]
                if value == STOP:
                    raise self._stopped(index, after)
                if not value.isidentifier():
                    reason = f"Expected Name, found {token_at(source, index).desc}."
                    raise GraphQLSyntaxError(source, after, reason)
                end = after + len(value)
            tokens.append(Token(kind, start, end, *source.get_location(start), value))
            if text == END:
                return tokens
            end_of_last = end
            index += 1

    def _commas(self, start: int, end: int) -> list[Token]:
        return [
            Token(TokenKind.COMMA, at, at + 1, *self.source.get_location(at))
            for ignored in _COMMA_OR_COMMENT.finditer(self.source.body, start, end)
            if ignored[0] == "," and (at := ignored.start()) >= 0
        ]

    def _stopped(self, index: int, position: int) -> GraphQLSyntaxError:
        if index == self.max_tokens:
            reason = f"Document contains more than {index} tokens. Parsing aborted."
            return GraphQLSyntaxError(self.source, position, reason)
        return lexical_error(self.source, position)
