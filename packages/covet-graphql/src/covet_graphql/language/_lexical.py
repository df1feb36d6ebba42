"""The lexical grammar as one regular expression over a whole source.

``texts`` gives the tokens as plain strings, which is all that a parser needs: a string says by its
first character what it is. Where a token stands is found out when somebody asks (`span_of`).

Source: GraphQL §2.1, https://spec.graphql.org/September2025/#sec-Language.Source-Text
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from covet_graphql.language._token import Token
from covet_graphql.language.print_string import string_value
from covet_graphql.language.token_kind import TokenKind

if TYPE_CHECKING:
    from covet_graphql.language.source import Source

_HEX: Final = "[0-9A-Fa-f]"
# two or four hexadecimal digits below, or not, the surrogates D800 to DFFF
_SCALAR: Final = rf"(?:[0-9A-CE-Fa-ce-f]{_HEX}|[Dd][0-7]){_HEX}{{2}}"
_SURROGATE_PAIR: Final = rf"[Dd][89ABab]{_HEX}{{2}}\\u[Dd][C-Fc-f]{_HEX}{{2}}"
_VARIABLE_WIDTH: Final = (
    rf"\{{(?={_HEX})0*+(?:(?:10|[1-9A-Fa-f]){_HEX}{{4}}|{_SCALAR}|{_HEX}{{0,3}})\}}"
)
_ESCAPE: Final = rf'\\(?:["\\/bfnrt]|u(?:{_SCALAR}|{_SURROGATE_PAIR}|{_VARIABLE_WIDTH}))'

_COMMENT: Final = r"#[^\r\n\ud800-\udfff]*+"
_SPACE: Final = r"[ \n\t,\r]*+"
_TOKEN: Final = "|".join(
    [
        r"[A-Za-z_][0-9A-Za-z_]*+",
        r"[{}()\[\]:!=|&@$]",
        r"\.\.\.",
        r'"""(?:[^"\\\ud800-\udfff]++|"(?!"")|\\(?:""")?+)*+"""',
        rf'"(?!"")(?:[^"\\\r\n\ud800-\udfff]++|{_ESCAPE})*+"',
        r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[Ee][+-]?[0-9]++)?+(?![0-9A-Za-z_.])",
    ]
)
# the rest of the source, from where it stops being GraphQL, is one last "token"
_CAPTURED: Final = rf"({_TOKEN}|\Z|[\s\S]++)"
_PATTERN: Final = re.compile(rf"{_SPACE}(?:(?:\ufeff|{_COMMENT}){_SPACE})*+{_CAPTURED}")
# the same for the many sources without comments: a tenth faster
_PLAIN_PATTERN: Final = re.compile(rf"{_SPACE}{_CAPTURED}")

_WHOLE_TOKEN: Final = re.compile(_TOKEN)

STOP: Final = "\0"
"""Stands for the first place that cannot be read on; no token can be this text."""

END: Final = ""
"""Stands for the end of the source."""

# A source this many times longer than its limit of tokens, most often above the limit, is cut while
# reading; reading a shorter one to its end takes hardly longer, and a token costs half as much.
_CUT_FROM: Final = 8


def texts(body: str, max_tokens: int | None = None) -> list[str]:
    """Return the tokens of *body*, then ``END``.

    What is no token, and what comes after *max_tokens* tokens, is replaced by ``STOP``.
    """
    if max_tokens is not None and len(body) > _CUT_FROM * (max_tokens + 1):
        matches = islice(_PATTERN.finditer(body), max_tokens + 1)
        found = [match[1] for match in matches]
    elif "#" in body or "\ufeff" in body:
        found = _PATTERN.findall(body)
    else:
        found = _PLAIN_PATTERN.findall(body)
    if found[-1] != END:  # cut before the end
        found.append(END)
    while len(found) > 1 and found[-2] == END:  # ignored tokens at the end give one more
        found.pop()
    if len(found) > 1 and found[-2] != "}" and _WHOLE_TOKEN.fullmatch(found[-2]) is None:
        found[-2] = STOP
    if max_tokens is not None and len(found) > max_tokens + 1:
        found[max_tokens:] = (STOP, END)
    return found


def kind_of(text: str) -> TokenKind:
    """Return the kind of a token by its text."""
    if text == END:
        return TokenKind.EOF
    if text.isidentifier():
        return TokenKind.NAME
    if text[0] == '"':
        return TokenKind.BLOCK_STRING if text.startswith('"""') else TokenKind.STRING
    if text[0] in "-0123456789":
        return TokenKind.INT if text.lstrip("-").isdigit() else TokenKind.FLOAT
    return TokenKind(text)


def value_of(kind: TokenKind, text: str) -> str | None:
    """Return the value of a token: None for punctuators and the end."""
    if kind is TokenKind.STRING or kind is TokenKind.BLOCK_STRING:
        return string_value(text)
    if kind is TokenKind.NAME or kind is TokenKind.INT or kind is TokenKind.FLOAT:
        return text
    return None


def start_of(source: Source, index: int) -> int:
    """Return where the token at *index* begins, looking no further: for errors."""
    return next(islice(_PATTERN.finditer(source.body), index, None)).start(1)


def span_of(source: Source, index: int) -> tuple[int, int]:
    """Return where the token at *index*, counting the end as one, begins and ends."""
    spans = source.token_spans
    if spans is None:
        spans = source.token_spans = [match.span(1) for match in _PATTERN.finditer(source.body)]
    return spans[index]


def token_at(source: Source, index: int) -> Token:
    """Return the token at *index*; -1 is the start of the source."""
    if index < 0:
        return Token(TokenKind.SOF, 0, 0, 0, 0)
    start, end = span_of(source, index)
    text = source.body[start:end]
    kind = kind_of(text)
    line, column = source.get_location(start)
    return Token(kind, start, end, line, column, value_of(kind, text))
