"""The normative statements of GraphQL §2, September 2025, each by its section."""

import pytest

from covet_graphql import (
    FieldNode,
    GraphQLSyntaxError,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    parse,
    parse_type,
    parse_value,
    print_ast,
)


def fields(source: str) -> list[FieldNode]:
    return list(parse(source).definitions[0].selection_set.selections)


def refused(source: str) -> str:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(source)
    return caught.value.description


# §2.1 Source Text


def test_2_1_1_only_tabs_and_spaces_are_white_space() -> None:
    assert len(fields("{\ta b }")) == 2
    assert refused("{\u00a0a }") == "Unexpected character: U+00A0."
    assert refused("{\x0ba }") == "Unexpected character: U+000B."


def test_2_1_3_comments_end_with_their_line() -> None:
    assert [field.name.value for field in fields("{ a # b }\r c # }\n}")] == ["a", "c"]


def test_2_1_4_commas_are_insignificant() -> None:
    assert parse("{a,b(c:1,,d:[,2,,3,]),,}").to_dict() == parse("{a b(c:1 d:[2 3])}").to_dict()


def test_2_1_6_byte_order_marks_are_ignored() -> None:
    assert len(fields("\ufeff{ a \ufeff b }\ufeff")) == 2


def test_2_1_8_names_are_ascii() -> None:
    assert refused("{ né }") == "Unexpected character: U+00E9."


# §2.2 Descriptions


def test_2_2_operations_fragments_and_variables_have_descriptions() -> None:
    document = parse('"op" query Q("var" $v: Int) { ...F }\n"""\nfrag\n"""\nfragment F on T { a }')
    operation, fragment = document.definitions

    assert operation.description.value == "op"
    assert operation.variable_definitions[0].description.value == "var"
    assert fragment.description.value == "frag"


def test_2_2_shorthand_queries_have_none() -> None:
    assert refused('"d" { a }') == (
        "Unexpected description, descriptions are not supported on shorthand queries."
    )


def test_2_2_extensions_have_none() -> None:
    assert refused('"d" extend type T { a: Int }').startswith("Unexpected description")


# §2.3 Document


@pytest.mark.parametrize("source", ["", "  # nothing\n"])
def test_2_3_documents_have_a_definition(source: str) -> None:
    assert refused(source) == "Unexpected <EOF>."


def test_2_3_text_behind_the_last_definition_is_refused() -> None:
    assert refused("{ a } }") == "Unexpected '}'."
    assert refused("{ a } 5") == "Unexpected Int '5'."


# §2.4 Operations


@pytest.mark.parametrize("operation", list(OperationType))
def test_2_4_three_operation_types(operation: OperationType) -> None:
    definition = parse(f"{operation.value} Name {{ a }}").definitions[0]

    assert isinstance(definition, OperationDefinitionNode)
    assert (definition.operation, definition.name.value) == (operation, "Name")


def test_2_4_shorthand_is_an_anonymous_query() -> None:
    definition = parse("{ a }").definitions[0]

    assert definition.operation is OperationType.QUERY
    assert definition.name is definition.variable_definitions is definition.directives is None


# §2.5 to §2.8 Selection sets, fields, arguments, aliases


def test_2_5_selection_sets_are_not_empty() -> None:
    assert refused("{ }") == "Expected Name, found '}'."
    assert refused("{ a { } }") == "Expected Name, found '}'."


def test_2_6_keywords_are_names() -> None:
    names = ["query", "mutation", "fragment", "on", "true", "false", "null", "type", "extend"]

    assert [field.name.value for field in fields(f"{{ {' '.join(names)} }}")] == names


def test_2_7_arguments_are_not_empty() -> None:
    assert refused("{ a() }") == "Expected Name, found ')'."


def test_2_8_aliases_come_first() -> None:
    (field,) = fields("{ small: picture(size: 64) }")

    assert (field.alias.value, field.name.value) == ("small", "picture")


# §2.9 Fragments


def test_2_9_no_fragment_is_called_on() -> None:
    assert refused("fragment on on T { a }") == "Unexpected Name 'on'."
    assert refused("{ ...on }") == "Expected Name, found '}'."


def test_2_9_2_inline_fragments_need_no_condition() -> None:
    (one, other) = fields("{ ... on User { a } ... @include(if: true) { b } }")

    assert one.type_condition.name.value == "User"
    assert other.type_condition is None
    assert other.directives[0].name.value == "include"


# §2.10 Input Values


@pytest.mark.parametrize("text", ["0", "-0", "7", "-123", "1234567890123456789012345"])
def test_2_10_1_ints_are_kept_as_written(text: str) -> None:
    node = parse_value(text)

    assert (node.kind, node.value) == ("int_value", text)


@pytest.mark.parametrize("text", ["1.0", "1e50", "6.0221413e23", "-0.5E-10", "0.0", "1E+0"])
def test_2_10_2_floats_are_kept_as_written(text: str) -> None:
    node = parse_value(text)

    assert (node.kind, node.value) == ("float_value", text)


@pytest.mark.parametrize(
    "text", ["00", "01", "0x123", "123L", "1.23.4", "0x1.2p3", "1.", "1e", "-"]
)
def test_2_10_2_other_numbers_have_no_lexical_form(text: str) -> None:
    with pytest.raises(GraphQLSyntaxError, match="Invalid number"):
        parse_value(text)


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_2_10_3_booleans(text: str, value: bool) -> None:
    assert parse_value(text).value is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('""', ""),
        (r'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t'),
        (r'"\u000A\u00e9"', "\né"),
        (r'"\u{1F4A9}"', "\U0001f4a9"),
        (r'"\uD83D\uDCA9"', "\U0001f4a9"),
        (r'"\u{000000000041}\u{0}\u{10FFFF}"', "A\x00\U0010ffff"),
        ('"\x00\t é"', "\x00\t é"),
        (r'"""\n"""', r"\n"),
        (r'"""a \""" b"""', 'a """ b'),
    ],
)
def test_2_10_4_strings_are_unicode_text(text: str, value: str) -> None:
    node = parse_value(text)

    assert isinstance(node, StringValueNode)
    assert (node.value, node.block) == (value, text.startswith('"""'))


@pytest.mark.parametrize("text", [r'"\uDEAD"', r'"\u{110000}"', r'"\u{D83D}\u{DCA9}"', r'"\uDCA9"'])
def test_2_10_4_escapes_describe_scalar_values(text: str) -> None:
    with pytest.raises(GraphQLSyntaxError, match="Invalid Unicode escape sequence"):
        parse_value(text)


def test_2_10_4_the_example_in_both_forms() -> None:
    block = parse_value('"""\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  """')
    quoted = parse_value(r'"Hello,\n  World!\n\nYours,\n  GraphQL."')

    assert block.value == quoted.value


def test_2_10_5_null_is_a_value_of_its_own() -> None:
    assert parse_value("null").kind == "null_value"


def test_2_10_6_enum_values_are_other_names() -> None:
    assert [parse_value(name).kind for name in ("MOBILE_WEB", "on", "True")] == ["enum_value"] * 3


def test_2_10_7_lists_may_be_empty_or_mixed() -> None:
    empty, mixed = parse_value("[]"), parse_value("[1 [$a], {}]")

    assert isinstance(empty, ListValueNode)
    assert empty.values == ()
    assert [value.kind for value in mixed.values] == ["int_value", "list_value", "object_value"]


def test_2_10_8_objects_may_be_empty() -> None:
    empty, full = parse_value("{}"), parse_value("{ lon: 12.43, lat: {kind: VARIABLE} }")

    assert isinstance(empty, ObjectValueNode)
    assert empty.fields == ()
    assert [field.name.value for field in full.fields] == ["lon", "lat"]
    assert full.fields[1].value.kind == "object_value"  # never a variable, whatever it looks like


# §2.11 Variables


def test_2_11_defaults_are_constant() -> None:
    assert refused("query ($a: Int = [$b]) { a }") == "Unexpected variable '$b' in constant value."
    assert refused("query ($a: Int = $) { a }") == "Unexpected '$'."


def test_2_11_directives_of_variables_are_constant() -> None:
    assert refused("query ($a: Int @d(x: $b)) { a }").startswith("Unexpected variable '$b'")


# §2.12 Type References


@pytest.mark.parametrize("text", ["T", "T!", "[T]", "[T!]!", "[[[T]!]]!"])
def test_2_12_types_wrap(text: str) -> None:
    assert print_ast(parse_type(text)) == text


@pytest.mark.parametrize("text", ["T!!", "[T", "T]", "[]", "!", ""])
def test_2_12_other_types_are_refused(text: str) -> None:
    with pytest.raises(GraphQLSyntaxError):
        parse_type(text)


# §2.13 Directives


def test_2_13_order_is_kept() -> None:
    (field,) = fields("{ a @b @c(x: 1) @b }")

    assert [directive.name.value for directive in field.directives] == ["b", "c", "b"]
