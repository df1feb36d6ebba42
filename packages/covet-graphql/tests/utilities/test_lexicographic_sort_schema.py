# ruff: noqa: E501 (one case a line)
import pytest

from covet_graphql.type import GraphQLField, GraphQLInt, GraphQLObjectType, GraphQLSchema
from covet_graphql.utilities import build_schema, lexicographic_sort_schema, print_schema


def sorted_text(text: str) -> str:
    return print_schema(lexicographic_sort_schema(build_schema(text, assume_valid_sdl=True)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type Query { b: Int a: Int }", "type Query {\n  a: Int\n  b: Int\n}"),
        ("type Query { a(c: Int b: Int): Int }", "type Query {\n  a(b: Int, c: Int): Int\n}"),
        ("input I { b: Int a: I = {b: 1, a: null} }", "input I {\n  a: I = { b: 1, a: null }\n  b: Int\n}"),
        ("enum E { B A }", "enum E {\n  A\n  B\n}"),
        ("scalar B scalar A", "scalar A\n\nscalar B"),
        (
            "type B implements J & I interface J interface I",
            "type B implements I & J\n\ninterface I\n\ninterface J",
        ),
        ("union U = B | A type B type A", "type A\n\ntype B\n\nunion U = A | B"),
        (
            "directive @b(d: Int c: Int) repeatable on QUERY | FIELD directive @a on FIELD",
            "directive @a on FIELD\n\ndirective @b(c: Int, d: Int) repeatable on FIELD | QUERY",
        ),
    ],
)  # fmt: skip
def test_what_has_a_name_is_sorted_by_it(text: str, expected: str) -> None:
    assert sorted_text(text) == expected


def test_numbers_in_names_count_as_numbers() -> None:
    assert sorted_text("enum E { a10 a9 a_ a a02 a2 B a9b }").split()[3:-1] == [
        "B", "a", "a02", "a2", "a9", "a9b", "a10", "a_",
    ]  # fmt: skip


def test_numbers_in_names_may_have_any_number_of_digits() -> None:
    long = "9" * 5_000

    assert sorted_text(f"enum E {{ a1{long} a{long} }}").split()[3:-1] == [f"a{long}", f"a1{long}"]


def test_the_given_schema_stays_as_it_is() -> None:
    schema = build_schema("type Query { b: B } type B { z: Query a: Int }")
    before = print_schema(schema)

    copied = lexicographic_sort_schema(schema)

    assert print_schema(schema) == before
    assert copied.query_type is copied.type_map["B"].fields["z"].type
    assert [*copied.type_map] == sorted(copied.type_map)


def test_functions_and_nodes_are_kept() -> None:
    def resolve(*_: object) -> int:
        return 1

    fields = {"b": GraphQLField(GraphQLInt, resolve=resolve), "a": GraphQLField(GraphQLInt)}

    copied = lexicographic_sort_schema(GraphQLSchema(GraphQLObjectType("Query", fields)))

    assert copied.query_type.fields["b"].resolve is resolve
    schema = build_schema("type Query { a: Int }")
    assert lexicographic_sort_schema(schema).query_type.ast_node is schema.query_type.ast_node
