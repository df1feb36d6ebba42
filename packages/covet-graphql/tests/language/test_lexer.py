"""Tokens of every kind, with their places; and what is no token."""

import pytest

from covet_graphql import GraphQLLexer, GraphQLSyntaxError, Source, Token, TokenKind, TokenType


def types(source: str) -> list[str]:
    return [token.type.name for token in GraphQLLexer(source).tokenize()]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("{", TokenType.BRACE_OPEN),
        ("}", TokenType.BRACE_CLOSE),
        ("[", TokenType.BRACKET_OPEN),
        ("]", TokenType.BRACKET_CLOSE),
        ("(", TokenType.PAREN_OPEN),
        (")", TokenType.PAREN_CLOSE),
        (":", TokenType.COLON),
        (",", TokenType.COMMA),
        ("query", TokenType.QUERY),
        ("mutation", TokenType.MUTATION),
        ("subscription", TokenType.SUBSCRIPTION),
        ("fragment", TokenType.FRAGMENT),
        ("on", TokenType.ON),
        ("_n4me", TokenType.NAME),
        ("$v", TokenType.VARIABLE),
        ("-12", TokenType.INT),
        ("-1.5e+3", TokenType.FLOAT),
        ('"s"', TokenType.STRING),
        ('"""b"""', TokenType.BLOCK_STRING),
        ("true", TokenType.BOOLEAN),
        ("false", TokenType.BOOLEAN),
        ("null", TokenType.NULL),
        ("...", TokenType.SPREAD),
        ("@d", TokenType.DIRECTIVE),
        ("=", TokenType.EQUALS),
        ("!", TokenType.BANG),
        ("|", TokenType.PIPE),
        ("&", TokenType.AMP),
    ],
)
def test_every_type_is_recognised(text: str, type_: TokenType) -> None:
    first, end = GraphQLLexer(text).tokenize()

    assert first.type is type_
    assert (first.start, first.end, first.line, first.column) == (0, len(text), 1, 1)
    assert end.type is TokenType.EOF


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("query", TokenKind.NAME, "query"),
        ("$v", TokenKind.DOLLAR, "v"),
        ("@ d", TokenKind.AT, "d"),
        ("1.50", TokenKind.FLOAT, "1.50"),
        (r'"\u00e9\n"', TokenKind.STRING, "é\n"),
        ('"""\n  a\n    b\n"""', TokenKind.BLOCK_STRING, "a\n  b"),
        ("{", TokenKind.BRACE_L, None),
    ],
)
def test_values_are_those_of_the_grammar(text: str, kind: TokenKind, value: str | None) -> None:
    token = GraphQLLexer(text).tokenize()[0]

    assert (token.kind, token.value) == (kind, value)


def test_a_token_knows_its_line_and_column() -> None:
    tokens = GraphQLLexer("{ # c, d\r\n  a,\r  $ b }\n").tokenize()

    assert [(token.type.name, token.line, token.column) for token in tokens] == [
        ("BRACE_OPEN", 1, 1),
        ("NAME", 2, 3),
        ("COMMA", 2, 4),
        ("VARIABLE", 3, 3),
        ("BRACE_CLOSE", 3, 7),
        ("EOF", 4, 1),
    ]


def test_commas_in_strings_and_comments_are_no_tokens() -> None:
    assert types('",", # ,\n1') == ["STRING", "COMMA", "INT", "EOF"]


@pytest.mark.parametrize("source", ["", " \t\r\n", "\ufeff", "# only a comment"])
def test_nothing_but_ignored_is_only_the_end(source: str) -> None:
    assert types(source) == ["EOF"]


def test_byte_order_marks_are_ignored_anywhere() -> None:
    assert types("\ufeffa\ufeff\ufeff{") == ["NAME", "BRACE_OPEN", "EOF"]


def test_tokens_compare_by_what_they_are_and_where() -> None:
    one, other = (GraphQLLexer("a b").tokenize() for _ in range(2))

    assert one == other
    assert hash(one[0]) == hash(other[0])
    assert one[0] != one[1]
    assert one[0] != "a"
    assert repr(one[0]) == "<Token Name 'a' 1:1>"
    assert repr(one[-1]) == "<Token <EOF> 1:4>"


def test_tokens_describe_themselves() -> None:
    descriptions = [token.desc for token in GraphQLLexer('{ a 1 "s"').tokenize()]

    assert descriptions == ["'{'", "Name 'a'", "Int '1'", "String 's'", "<EOF>"]


def test_comment_tokens_have_no_type() -> None:
    comment = Token(TokenKind.COMMENT, 0, 2, 1, 1, "c")

    with pytest.raises(LookupError):
        _ = comment.type


@pytest.mark.parametrize(
    ("source", "description", "column"),
    [
        ("?", "Unexpected character: '?'.", 1),
        ("é", "Unexpected character: U+00E9.", 1),
        ("a ²", "Unexpected character: U+00B2.", 3),
        ("\x00", "Unexpected character: U+0000.", 1),
        ("\ud800", "Invalid character: U+D800.", 1),
        ("# \udfff", "Invalid character: U+DFFF.", 3),
        ("..", "Unexpected '..', did you mean '...'?", 1),
        (".", "Unexpected character: '.'.", 1),
        (".5", "Invalid number, expected digit before '.', did you mean '0.5'?", 1),
        (
            "'a'",
            "Unexpected single quote character ('), did you mean to use a double quote (\")?",
            1,
        ),
        ("-", "Invalid number, expected digit but got: <EOF>.", 2),
        ("-.5", "Invalid number, expected digit but got: '.'.", 2),
        ("-a", "Invalid number, expected digit but got: 'a'.", 2),
        ("00", "Invalid number, unexpected digit after 0: '0'.", 2),
        ("-01", "Invalid number, unexpected digit after 0: '1'.", 3),
        ("1.", "Invalid number, expected digit but got: <EOF>.", 3),
        ('1."', "Invalid number, expected digit but got: '\"'.", 3),
        ("1.2.3", "Invalid number, expected digit but got: '.'.", 4),
        ("1e", "Invalid number, expected digit but got: <EOF>.", 3),
        ("1e+x", "Invalid number, expected digit but got: 'x'.", 4),
        ("0x1F", "Invalid number, expected digit but got: 'x'.", 2),
        ("123L", "Invalid number, expected digit but got: 'L'.", 4),
        ("1_000", "Invalid number, expected digit but got: '_'.", 2),
        ('"a', "Unterminated string.", 3),
        ('"a\n"', "Unterminated string.", 3),
        ('"""a""', "Unterminated string.", 7),
        ('"a\udead"', "Invalid character within String: U+DEAD.", 3),
        ('"""a\ud83d\udca9"""', "Invalid character within String: U+D83D.", 5),
        (r'"a\x"', r"Invalid character escape sequence: '\x'.", 3),
        ('"a\\', "Invalid character escape sequence: '\\'.", 3),
        (r'"\u00G0"', r"Invalid Unicode escape sequence: '\u00G0'.", 2),
        (r'"\uDEAD"', r"Invalid Unicode escape sequence: '\uDEAD'.", 2),
        (r'"\uD83Dx"', r"Invalid Unicode escape sequence: '\uD83D'.", 2),
        (r'"\uD83D\u0041"', r"Invalid Unicode escape sequence: '\uD83D'.", 2),
        (r'"\u{}"', r"Invalid Unicode escape sequence: '\u{}'.", 2),
        (r'"\u{110000}"', r"Invalid Unicode escape sequence: '\u{110000}'.", 2),
        (r'"\u{D800}"', r"Invalid Unicode escape sequence: '\u{D800}'.", 2),
        (r'"\n\uD83D\uDCA9\u{41}\u{12"', r"Invalid Unicode escape sequence: '\u{12\"'.", 22),
        (r'"\u0041\x"', r"Invalid character escape sequence: '\x'.", 8),
        ("$", "Expected Name, found <EOF>.", 2),
        ("@ 1", "Expected Name, found Int '1'.", 3),
        ("$?", "Unexpected character: '?'.", 2),
    ],
)
def test_what_is_no_token_is_explained(source: str, description: str, column: int) -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        GraphQLLexer(Source(source)).tokenize()

    assert caught.value.description == description.replace('\\"', '"')
    assert (caught.value.line, caught.value.column) == (1, column)


def test_too_many_tokens_are_refused() -> None:
    assert len(GraphQLLexer("{ a, }", max_tokens=3).tokenize()) == 5

    with pytest.raises(GraphQLSyntaxError, match="more than 2 tokens") as caught:
        GraphQLLexer("{ a, }", max_tokens=2).tokenize()
    assert caught.value.column == 6
