"""What a token is: in the grammar's terms, and in those of highlighters and editors."""

from __future__ import annotations

from enum import Enum


class TokenKind(Enum):
    """The lexical grammar's kinds of token; keywords are Names.

    Source: GraphQL §2.1.6, https://spec.graphql.org/September2025/#sec-Language.Source-Text
    """

    SOF = "<SOF>"
    EOF = "<EOF>"
    BANG = "!"
    DOLLAR = "$"
    AMP = "&"
    PAREN_L = "("
    PAREN_R = ")"
    DOT = "."
    SPREAD = "..."
    COLON = ":"
    EQUALS = "="
    AT = "@"
    BRACKET_L = "["
    BRACKET_R = "]"
    BRACE_L = "{"
    PIPE = "|"
    BRACE_R = "}"
    COMMA = ","
    NAME = "Name"
    INT = "Int"
    FLOAT = "Float"
    STRING = "String"
    BLOCK_STRING = "BlockString"
    COMMENT = "Comment"


class TokenType(Enum):
    """Kinds of token as people see them: keywords, ``$variable`` and ``@directive`` are one each.

    The grammar accepts keywords wherever it accepts a Name, except where it says otherwise.
    """

    BRACE_OPEN = "{"
    BRACE_CLOSE = "}"
    BRACKET_OPEN = "["
    BRACKET_CLOSE = "]"
    PAREN_OPEN = "("
    PAREN_CLOSE = ")"
    COLON = ":"
    COMMA = ","
    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"
    FRAGMENT = "fragment"
    ON = "on"
    NAME = "Name"
    VARIABLE = "Variable"
    INT = "Int"
    FLOAT = "Float"
    STRING = "String"
    BLOCK_STRING = "BlockString"
    BOOLEAN = "Boolean"
    NULL = "null"
    SPREAD = "..."
    DIRECTIVE = "Directive"
    EQUALS = "="
    BANG = "!"
    PIPE = "|"
    AMP = "&"
    EOF = "<EOF>"
