"""Places, limits and entry points of the parser."""

import pytest

from covet_graphql import (
    GraphQLLexer,
    GraphQLParser,
    GraphQLSyntaxError,
    Source,
    TokenKind,
    parse,
    parse_const_value,
    parse_schema_coordinate,
    parse_type,
    parse_value,
    print_ast,
)

DOCUMENT = '"d" query Q("e" $v: [Int!] = [1, {a: "\\u0041"}] @x) @y { a: b(c: $v) @z { ...F ... on T { d } } }'  # noqa: E501


def test_every_node_knows_what_it_was_read_from() -> None:
    source = Source("# c\n" + DOCUMENT + " ")
    pending = [parse(source)]
    stretches = {}
    while pending:
        node = pending.pop()
        stretches.setdefault(node.kind, source.body[node.loc.start : node.loc.end])
        for key in node.keys[1:]:
            value = getattr(node, key)
            children = value if isinstance(value, tuple) else [value]
            pending += [child for child in children if hasattr(child, "kind")]

    assert stretches["document"] == source.body
    assert stretches["operation_definition"] == DOCUMENT
    assert stretches["variable_definition"] == '"e" $v: [Int!] = [1, {a: "\\u0041"}] @x'
    assert stretches["list_type"] == "[Int!]"
    assert stretches["non_null_type"] == "Int!"
    assert stretches["list_value"] == '[1, {a: "\\u0041"}]'
    assert stretches["object_value"] == '{a: "\\u0041"}'
    assert stretches["object_field"] == 'a: "\\u0041"'
    assert stretches["inline_fragment"] == "... on T { d }"
    assert stretches["fragment_spread"] == "...F"
    assert stretches["argument"] == "c: $v"


def test_names_stand_behind_their_sigils() -> None:
    source = "query ($v: Int) { ...F @d }"
    operation = parse(source).definitions[0]
    spread = operation.selection_set.selections[0]
    names = [operation.variable_definitions[0].variable, spread, spread.directives[0]]

    assert [source[node.name.loc.start] for node in names] == ["v", "F", "d"]


def test_places_have_tokens() -> None:
    loc = parse("{\n  a\n}").definitions[0].loc

    assert (loc.start_token.kind, loc.end_token.kind) == (TokenKind.BRACE_L, TokenKind.BRACE_R)
    assert (loc.end_token.line, loc.end_token.column) == (3, 1)
    assert parse("{ a }").loc.start_token.kind is TokenKind.SOF
    assert parse("{ a }").loc.end_token.kind is TokenKind.EOF
    assert (str(loc), repr(loc)) == ("0:7", "<Location 0:7>")
    assert loc == (0, 7)
    assert loc != (0, 8)
    assert loc != "0:7"
    assert hash(loc) == hash(parse("{    a}").definitions[0].loc)


def test_places_can_be_left_out() -> None:
    document = parse("{ a(b: 1) }", no_location=True)

    assert document.loc is None
    assert document.definitions[0].selection_set.selections[0].name.loc is None
    assert repr(document) == "DocumentNode"


@pytest.mark.parametrize("source", [b"{ a }", "{ a }", Source("{ a }")])
def test_sources_are_text_bytes_or_named(source: str) -> None:
    assert print_ast(parse(source)) == "{\n  a\n}"


# Limits


def test_tokens_are_limited_while_reading() -> None:
    assert parse("{ a b c }", max_tokens=5)

    with pytest.raises(GraphQLSyntaxError) as caught:
        parse("{ a b c }", max_tokens=4)
    assert caught.value.description == "Document contains more than 4 tokens. Parsing aborted."
    assert caught.value.column == 9


def test_an_error_before_the_limit_comes_first() -> None:
    with pytest.raises(GraphQLSyntaxError, match="Expected Name, found '}'"):
        parse("{ a { } b c d }", max_tokens=5)


def test_a_source_far_beyond_the_limit_is_not_read_whole() -> None:
    with pytest.raises(GraphQLSyntaxError, match="more than 10 tokens"):
        parse("{ " + "a " * 100_000 + "?", max_tokens=10)


def test_a_long_source_of_few_tokens_is_within_the_limit() -> None:
    assert parse("{ a }" + " " * 10_000, max_tokens=3)
    assert parse("{ a " + "#" * 10_000 + "\n }", max_tokens=3)


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        ("{ a }", 1),
        ("{ a { b { c } } d { e } }", 3),
        ("{ a(b: [[1]]) }", 2),
        ("{ a(b: {c: {d: [1]}}) }", 3),
        ("{ ... { ... on T { a } } }", 3),
        ("query ($a: [[Int]]) { a }", 2),
    ],
)
def test_depth_is_limited_while_reading(source: str, depth: int) -> None:
    assert parse(source, max_depth=depth)

    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(source, max_depth=depth - 1)
    assert caught.value.description == (
        f"Document is nested more than {depth - 1} levels deep. Parsing aborted."
    )


def test_length_is_limited_before_reading() -> None:
    assert parse("{ a }", max_source_length=5)

    with pytest.raises(GraphQLSyntaxError, match="more than 4 code points") as caught:
        parse("{ a }", max_source_length=4)
    assert caught.value.column == 5


@pytest.mark.parametrize("entry", [parse_value, parse_const_value, parse_type])
def test_all_entry_points_have_the_limits(entry: object) -> None:
    for limit in ("max_tokens", "max_depth", "max_source_length"):
        with pytest.raises(GraphQLSyntaxError):
            entry("[[A]]", **{limit: 1})  # type: ignore[operator]


# Entry points


@pytest.mark.parametrize(
    ("entry", "text", "description"),
    [
        (parse_value, "1 2", "Expected <EOF>, found Int '2'."),
        (parse_value, "", "Unexpected <EOF>."),
        (parse_value, "]", "Unexpected ']'."),
        (parse_value, "{a 1}", "Expected ':', found Int '1'."),
        (parse_value, "{1: 1}", "Expected Name, found Int '1'."),
        (parse_value, "[1", "Unexpected <EOF>."),
        (parse_value, '$""', "Expected Name, found String ''."),
        (parse_const_value, "[$v]", "Unexpected variable '$v' in constant value."),
        (parse_const_value, "$?", "Unexpected character: '?'."),
        (parse_type, "A B", "Expected <EOF>, found Name 'B'."),
        (parse_type, "[A", "Expected ']', found <EOF>."),
        (parse, "query Q() { a }", "Expected '$', found ')'."),
        (parse, "query Q($a Int) { a }", "Expected ':', found Name 'Int'."),
        (parse, "{ a: }", "Expected Name, found '}'."),
        (parse, "{ a(b: $) }", "Expected Name, found ')'."),
        (parse, "{ a @ }", "Expected Name, found '}'."),
        (parse, "{ a(b 1) }", "Expected ':', found Int '1'."),
        (parse, "{ ... 5 }", "Expected '{', found Int '5'."),
        (parse, '{ a(b: "s', "Unterminated string."),
    ],
)
def test_what_the_grammar_wants_is_said(entry: object, text: str, description: str) -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        entry(text)  # type: ignore[operator]

    assert caught.value.description == description


# Parsing tokens


def test_tokens_of_the_lexer_parse_like_their_source() -> None:
    tokens = GraphQLLexer(DOCUMENT).tokenize()

    assert GraphQLParser(tokens).parse().to_dict() == parse(DOCUMENT).to_dict()
    assert GraphQLParser(DOCUMENT, no_location=True).parse() == parse(DOCUMENT, no_location=True)


def test_edited_tokens_parse() -> None:
    tokens = [token for token in GraphQLLexer("{ a, b # c\n c }").tokenize() if token.value != "b"]

    assert print_ast(GraphQLParser(tokens).parse()) == "{\n  a\n  c\n}"


def test_errors_in_tokens_have_their_place() -> None:
    tokens = GraphQLLexer('{\n\n  a """x\n  y""" }').tokenize()

    with pytest.raises(GraphQLSyntaxError) as caught:
        GraphQLParser(tokens).parse()

    assert (caught.value.line, caught.value.column) == (3, 5)


def test_a_parser_has_the_limits() -> None:
    with pytest.raises(GraphQLSyntaxError, match="more than 2 tokens"):
        GraphQLParser("{ a b }", max_tokens=2).parse()


# Schema coordinates


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Business", "type_coordinate"),
        ("Business.name", "member_coordinate"),
        ("Query.searchBusiness(criteria:)", "argument_coordinate"),
        ("@private", "directive_coordinate"),
        ("@private(scope:)", "directive_argument_coordinate"),
    ],
)
def test_coordinates_of_every_kind(text: str, kind: str) -> None:
    node = parse_schema_coordinate(text)

    assert node.kind == kind
    assert node.loc == (0, len(text))
    assert print_ast(node) == text
    assert parse_schema_coordinate(text, no_location=True).loc is None


@pytest.mark.parametrize(
    ("text", "description", "column"),
    [
        ("", "Expected Name, found <EOF>.", 1),
        ("A.", "Expected Name, found <EOF>.", 3),
        ("A.b(c", "Expected ':', found <EOF>.", 6),
        ("A.b(c:", "Expected ')', found <EOF>.", 7),
        ("A.b(c:)x", "Expected <EOF>, found Name 'x'.", 8),
        ("A .b", "Invalid character: ' '.", 2),
        ("@a.b", "Expected <EOF>, found '.'.", 3),
        ("A(b:)", "Expected <EOF>, found '('.", 2),
        ("é", "Invalid character: U+00E9.", 1),
        ('A."', "Invalid character: '\"'.", 3),
    ],
)
def test_what_is_no_coordinate_is_explained(text: str, description: str, column: int) -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse_schema_coordinate(text)

    assert (caught.value.description, caught.value.column) == (description, column)
