"""Type system documents, GraphQL §3: every definition and extension, and what is neither."""

import pytest

from covet_graphql import GraphQLSyntaxError, parse, print_ast

FORMS = [
    "schema {\n  query: Q\n  mutation: M\n  subscription: S\n}",
    '"d"\nschema @a {\n  query: Q\n}',
    "extend schema @a",
    "extend schema {\n  mutation: M\n}",
    "extend schema @a {\n  mutation: M\n}",
    '"""\nfirst\nsecond\n"""\nscalar Date @specifiedBy(url: "u")',
    "extend scalar Date @a",
    "type T",
    "type T implements A & B @a {\n  a: Int\n}",
    'type T {\n  "d"\n  a(\n    "e"\n    b: Int = 1 @x\n    c: [S!]\n  ): Int! @deprecated\n}',
    "type T {\n  a(b: Int = 1, c: E = V): [Int!]!\n}",
    "extend type T implements A",
    "extend type T @a",
    "extend type T {\n  a: Int\n}",
    "interface I implements A & B {\n  a: Int\n}",
    "interface I @a",
    "extend interface I implements A",
    "extend interface I {\n  a: Int\n}",
    "union U",
    "union U @a = A | B",
    "extend union U @a",
    "extend union U = A",
    'enum E @a {\n  "d"\n  A @b\n  on\n}',
    "enum E",
    "extend enum E {\n  A\n}",
    "extend enum E @a",
    'input I @a {\n  a: Int = {a: 1} @b\n  "d"\n  b: [I!]\n}'.replace("{a: 1}", "{ a: 1 }"),
    "input I",
    "extend input I {\n  a: Int\n}",
    "extend input I @a",
    'directive @d(\n  "e"\n  a: Int\n) repeatable on FIELD | QUERY',
    "directive @d on ARGUMENT_DEFINITION",
]


@pytest.mark.parametrize("text", FORMS)
def test_every_form_reads_and_prints(text: str) -> None:
    assert print_ast(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("union U = | A | B", "union U = A | B"),
        ("type T implements & A & B", "type T implements A & B"),
        ("directive @d on | FIELD", "directive @d on FIELD"),
    ],
)
def test_separators_may_come_first(text: str, printed: str) -> None:
    assert print_ast(parse(text)) == printed


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("type T {}", "Expected Name, found '}'."),
        ("type T { a: }", "Expected Name, found '}'."),
        ("type T { a Int }", "Expected ':', found Name 'Int'."),
        ("type T { a(): Int }", "Expected Name, found ')'."),
        ("type T { a(b Int): Int }", "Expected ':', found Name 'Int'."),
        ('type T { "d" }', "Expected Name, found '}'."),
        ("type T implements {a: Int}", "Expected Name, found '{'."),
        ("type T implements A, B", "Unexpected Name 'B'."),
        ("union U = ", "Expected Name, found <EOF>."),
        ("enum E {}", "Expected Name, found '}'."),
        ("enum E { true }", "Name 'true' is reserved and cannot be used for an enum value."),
        ('enum E { "d" null }', "Name 'null' is reserved and cannot be used for an enum value."),
        ("input I { a: Int = $b }", "Unexpected variable '$b' in constant value."),
        ("input I { a(b: Int): Int }", "Expected ':', found '('."),
        ("schema {}", "Expected Name, found '}'."),
        ("schema { foo: Bar }", "Unexpected Name 'foo'."),
        ("schema @a", "Expected '{', found <EOF>."),
        ("directive @a on FOO", "Unexpected Name 'FOO'."),
        ("directive @a on FOO ?", "Unexpected character: '?'."),
        ("directive @a FIELD", "Expected 'on', found Name 'FIELD'."),
        ("directive a on FIELD", "Expected '@', found Name 'a'."),
        ("extend type T", "Unexpected <EOF>."),
        ("extend schema", "Unexpected <EOF>."),
        ("extend scalar S", "Unexpected <EOF>."),
        ("extend query", "Unexpected Name 'query'."),
        ("extend directive @a @b", "Unexpected Name 'directive'."),
        ("directive @a @b on FIELD", "Expected 'on', found '@'."),
        ("foo", "Unexpected Name 'foo'."),
        ('"d" foo', "Unexpected description, only GraphQL definitions support descriptions."),
        ('"d"', "Unexpected <EOF>."),
    ],
)
def test_what_is_no_definition_is_explained(text: str, description: str) -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(text)

    assert caught.value.description == description
