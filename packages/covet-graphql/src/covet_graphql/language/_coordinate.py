"""Reading schema coordinates, a grammar of their own in which nothing is ignored.

Source: GraphQL §2.14, https://spec.graphql.org/September2025/#sec-Schema-Coordinates
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from covet_graphql.error import GraphQLSyntaxError
from covet_graphql.language._lexical_error import printed_at
from covet_graphql.language._location import Location
from covet_graphql.language._token import Token
from covet_graphql.language.ast import (
    ArgumentCoordinateNode,
    DirectiveArgumentCoordinateNode,
    DirectiveCoordinateNode,
    MemberCoordinateNode,
    NameNode,
    TypeCoordinateNode,
)
from covet_graphql.language.token_kind import TokenKind

if TYPE_CHECKING:
    from covet_graphql.language.ast import SchemaCoordinateNode
    from covet_graphql.language.source import Source

_TOKEN: Final = re.compile(r"[A-Za-z_][0-9A-Za-z_]*+|[().:@]")


class CoordinateReader:
    """Reads one coordinate, token by token."""

    def __init__(self, source: Source, *, no_location: bool) -> None:
        self._source = source
        self._no_location = no_location
        self._token = self._last = self._read(0)
        self._first = self._token

    def _read(self, position: int) -> Token:
        body = self._source.body
        column = position + 1
        if position >= len(body):
            return Token(TokenKind.EOF, position, position, 1, column)
        found = _TOKEN.match(body, position)
        if found is None:
            shown = printed_at(body, position)
            raise GraphQLSyntaxError(self._source, position, f"Invalid character: {shown}.")
        text = found[0]
        if text.isidentifier():
            return Token(TokenKind.NAME, position, found.end(), 1, column, text)
        return Token(TokenKind(text), position, found.end(), 1, column)

    def _skip(self, kind: TokenKind) -> bool:
        if self._token.kind is not kind:
            return False
        self._last = self._token
        self._token = self._read(self._last.end)
        return True

    def _expect(self, kind: TokenKind) -> None:
        if not self._skip(kind):
            expected = kind.value if kind in (TokenKind.NAME, TokenKind.EOF) else f"'{kind.value}'"
            self._fail(expected)

    def _fail(self, expected: str) -> NoReturn:
        reason = f"Expected {expected}, found {self._token.desc}."
        raise GraphQLSyntaxError(self._source, self._token.start, reason)

    def _loc(self, first: Token) -> Location | None:
        return None if self._no_location else Location(first, self._last, self._source)

    def _name(self) -> NameNode:
        token = self._token
        self._expect(TokenKind.NAME)
        return NameNode(value=token.value or "", loc=self._loc(token))

    def _argument(self) -> NameNode:
        name = self._name()
        self._expect(TokenKind.COLON)
        self._expect(TokenKind.PAREN_R)
        return name

    def coordinate(self) -> SchemaCoordinateNode:
        """SchemaCoordinate."""
        of_directive = self._skip(TokenKind.AT)
        name = self._name()
        node: SchemaCoordinateNode
        if of_directive and self._skip(TokenKind.PAREN_L):
            argument = self._argument()
            node = DirectiveArgumentCoordinateNode(name=name, argument_name=argument)
        elif of_directive:
            node = DirectiveCoordinateNode(name=name)
        elif not self._skip(TokenKind.DOT):
            node = TypeCoordinateNode(name=name)
        else:
            member = self._name()
            if self._skip(TokenKind.PAREN_L):
                argument = self._argument()
                node = ArgumentCoordinateNode(name=name, field_name=member, argument_name=argument)
            else:
                node = MemberCoordinateNode(name=name, member_name=member)
        node.loc = self._loc(self._first)
        if self._token.kind is not TokenKind.EOF:
            self._fail("<EOF>")
        return node
