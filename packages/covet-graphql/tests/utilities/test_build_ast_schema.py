import pytest

from covet_graphql import GraphQLError, GraphQLSyntaxError, Undefined, parse, print_ast
from covet_graphql.type import (
    GraphQLDeprecatedDirective,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    GraphQLUnionType,
    introspection_types,
    specified_directives,
    validate_schema,
)
from covet_graphql.utilities import build_ast_schema, build_schema, print_schema

LIBRARY = '''
"Books"
schema { query: Library }

directive @shelf(number: Int! = 1, "Which" room: String) repeatable on OBJECT | FIELD_DEFINITION

"""
All
books
"""
type Library {
  "By title"
  book(title: String = "Emma", "Newest first" sorted: Boolean! = true): Book
  search(filter: Filter = {genres: [NOVEL]}): [Result!]!
}

interface Node { id: ID! }
type Book implements Node @shelf(number: 4) { id: ID! genre: Genre @deprecated price: Price }
type Author implements Node { id: ID! name: String @deprecated(reason: "Use `id`.") }
union Result = Book | Author
enum Genre { NOVEL POEM @deprecated(reason: "No room") }
input Filter @oneOf { genres: [Genre!] title: String }
scalar Price @specifiedBy(url: "https://example.org/price")
'''


def test_definitions_become_types_of_their_kind() -> None:
    schema = build_schema(LIBRARY)

    kinds = {name: type(type_) for name, type_ in schema.type_map.items() if name[0] != "_"}
    assert kinds == {
        "Library": GraphQLObjectType,
        "String": GraphQLScalarType,
        "Boolean": GraphQLScalarType,
        "Node": GraphQLInterfaceType,
        "ID": GraphQLScalarType,
        "Book": GraphQLObjectType,
        "Author": GraphQLObjectType,
        "Result": GraphQLUnionType,
        "Genre": GraphQLEnumType,
        "Filter": GraphQLInputObjectType,
        "Price": GraphQLScalarType,
        "Int": GraphQLScalarType,
    }
    assert validate_schema(schema) == []


def test_types_keep_the_order_of_the_text_and_introspection_comes_last() -> None:
    schema = build_schema("type B { a: A n: Int }  type Query { b: B }  type A { s: ID }")

    assert [*schema.type_map][:7] == ["B", "Int", "Query", "A", "ID", "Boolean", "String"]
    assert {*schema.type_map} >= {*introspection_types}


def test_everything_knows_what_it_was_read_from() -> None:
    schema = build_schema(LIBRARY)

    book = schema.type_map["Library"].fields["book"]
    assert book.ast_node.loc.start_token.line == 12
    assert book.args["sorted"].ast_node.description.value == "Newest first"
    assert schema.ast_node.description.value == "Books"
    assert schema.type_map["Genre"].values["POEM"].ast_node.name.value == "POEM"
    assert schema.get_directive("shelf").ast_node.repeatable
    assert build_schema(LIBRARY, no_location=True).type_map["Book"].ast_node.loc is None


def test_descriptions_are_read() -> None:
    schema = build_schema(LIBRARY)

    assert schema.description == "Books"
    assert schema.query_type.description == "All\nbooks"
    assert schema.query_type.fields["book"].description == "By title"
    assert schema.query_type.fields["book"].args["sorted"].description == "Newest first"
    assert schema.get_directive("shelf").args["room"].description == "Which"
    assert schema.type_map["Book"].description is None


def test_type_references_are_wrapped_however_deep() -> None:
    depth = 5_000
    schema = build_schema(f"type Query {{ a: {'[' * depth}Int!{']' * depth}! }}")

    type_ = schema.query_type.fields["a"].type
    assert isinstance(type_, GraphQLNonNull)
    for _ in range(depth):
        type_ = (type_.of_type if isinstance(type_, GraphQLNonNull) else type_).of_type
    assert str(type_) == "Int!"
    assert isinstance(schema.query_type.fields["a"].type.of_type, GraphQLList)


def test_types_may_refer_to_each_other_in_circles() -> None:
    schema = build_schema(
        "type Query { self: Query other: Other }  type Other { back: Query! }"
        "  input In { more: [In!] other: In2 } input In2 { back: In }"
    )

    other = schema.type_map["Other"]
    assert schema.query_type.fields["self"].type is schema.query_type
    assert other.fields["back"].type.of_type is schema.query_type
    assert schema.type_map["In2"].fields["back"].type is schema.type_map["In"]


def test_default_values_are_kept_as_literals() -> None:
    arguments = build_schema(LIBRARY).query_type.fields["search"].args

    assert print_ast(arguments["filter"].default.literal) == "{ genres: [NOVEL] }"
    assert arguments["filter"].default_value is Undefined


def test_null_is_a_default_value() -> None:
    argument = build_schema("type Query { a(b: Int = null): Int }").query_type.fields["a"].args["b"]

    assert print_ast(argument.default.literal) == "null"


def test_specified_directives_say_what_they_do() -> None:
    types = build_schema(LIBRARY).type_map

    assert types["Book"].fields["genre"].deprecation_reason == "No longer supported"
    assert types["Author"].fields["name"].deprecation_reason == "Use `id`."
    assert types["Author"].fields["id"].deprecation_reason is None
    assert types["Genre"].values["POEM"].deprecation_reason == "No room"
    assert types["Price"].specified_by_url == "https://example.org/price"
    assert types["Filter"].is_one_of


def test_arguments_and_input_fields_may_be_deprecated() -> None:
    schema = build_schema(
        'type Query { a(b: Int @deprecated): Int }  input I { c: Int @deprecated(reason: "c") }'
    )

    assert schema.query_type.fields["a"].args["b"].deprecation_reason == "No longer supported"
    assert schema.type_map["I"].fields["c"].deprecation_reason == "c"


@pytest.mark.parametrize(
    ("applied", "message"),
    [
        ("@deprecated(reason: null)", "'reason' of '@deprecated' must be a string, found null."),
        ("@deprecated(reason: [1])", "'reason' of '@deprecated' must be a string, found [1]."),
    ],
)
def test_reasons_of_unchecked_texts_must_be_strings(applied: str, message: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        build_schema(f"type Query {{ a: Int {applied} }}", assume_valid_sdl=True)

    assert f"Query fields cannot be resolved. Argument {message}" in caught.value.message


def test_urls_of_unchecked_texts_must_be_given() -> None:
    with pytest.raises(
        GraphQLError, match="'url' of '@specifiedBy' is required, but was"
    ) as caught:
        build_schema("scalar A @specifiedBy", assume_valid_sdl=True)

    assert caught.value.locations[0].column == 10


def test_unchecked_directives_are_left_alone() -> None:
    schema = build_schema("type Query { a: Int @nope }", assume_valid_sdl=True)

    assert schema.query_type.fields["a"].deprecation_reason is None


def test_directives_of_the_text_come_before_built_in_ones_and_replace_them() -> None:
    schema = build_schema("directive @mine on FIELD  directive @skip(a: Int) on FIELD")

    assert [directive.name for directive in schema.directives] == [
        "mine", "skip", "include", "deprecated", "specifiedBy", "oneOf",
    ]  # fmt: skip
    assert [*schema.get_directive("skip").args] == ["a"]
    assert schema.get_directive("deprecated") is GraphQLDeprecatedDirective
    assert build_schema("type Query { a: Int }").directives == specified_directives


def test_root_types_are_presumed_by_their_names() -> None:
    schema = build_schema(
        "type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }"
    )

    assert schema.query_type.name == "Query"
    assert schema.mutation_type.name == "Mutation"
    assert schema.subscription_type.name == "Subscription"


def test_a_schema_definition_names_all_root_types() -> None:
    schema = build_schema("schema { query: Q } type Q { a: Mutation } type Mutation { a: Int }")

    assert (schema.query_type.name, schema.mutation_type) == ("Q", None)


def test_extensions_in_the_text_count_as_part_of_what_they_extend() -> None:
    schema = build_schema("""
        extend type Query implements I @x { b: Int }
        type Query { a: E }
        interface I { b: Int }
        extend interface I @x
        enum E { A }
        extend enum E { B @deprecated }
        scalar S
        extend scalar S @specifiedBy(url: "u")
        input In { a: Int }
        extend input In { b: [Int!]! = [1] }
        union U = Query
        extend union U = M
        type M { a: Int }
        extend schema @x { mutation: M }
        directive @x on OBJECT | INTERFACE | SCHEMA
    """)

    types = schema.type_map
    assert [*types["Query"].fields] == ["a", "b"]
    assert types["Query"].interfaces == (types["I"],)
    assert len(types["Query"].extension_ast_nodes) == len(types["I"].extension_ast_nodes) == 1
    assert [*types["E"].values] == ["A", "B"]
    assert types["S"].specified_by_url == "u"
    assert [*types["In"].fields] == ["a", "b"]
    assert types["U"].types == (types["Query"], types["M"])
    assert (schema.query_type, schema.mutation_type) == (types["Query"], types["M"])
    assert len(schema.extension_ast_nodes) == 1


def test_extensions_of_another_kind_are_not_taken() -> None:
    schema = build_schema(
        "type Query { a: Int }  extend interface Query { b: Int }", assume_valid_sdl=True
    )

    assert [*schema.query_type.fields] == ["a"]


def test_built_in_types_cannot_be_replaced() -> None:
    schema = build_schema("type Query { a: String } type String { b: Int }", assume_valid_sdl=True)

    assert schema.type_map["String"] is GraphQLString


def test_operations_and_fragments_define_nothing() -> None:
    document = parse("{ a }  type Query { a: Int }  fragment F on Query { a }")

    schema = build_ast_schema(document, assume_valid_sdl=True)

    assert print_schema(schema) == "type Query {\n  a: Int\n}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type Query { a: [Nope!] }", "Query fields cannot be resolved. Unknown type: 'Nope'."),
        (
            "type Query { a(b: Nope): Int }",
            "Query fields cannot be resolved. Unknown type: 'Nope'.",
        ),
        (
            "type Query implements Nope",
            "Query interfaces cannot be resolved. Unknown type: 'Nope'.",
        ),
        ("union U = Nope", "U types cannot be resolved. Unknown type: 'Nope'."),
        ("input I { a: Nope! }", "I fields cannot be resolved. Unknown type: 'Nope'."),
        ("schema { query: Nope }", "Unknown type: 'Nope'."),
        ("directive @d(a: Nope) on FIELD", "Unknown type: 'Nope'."),
    ],
)
def test_unknown_types_of_unchecked_texts_are_told(text: str, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        build_schema(text, assume_valid_sdl=True)

    assert str(caught.value) == message


def test_invalid_texts_are_refused_with_all_that_is_wrong() -> None:
    with pytest.raises(TypeError) as caught:
        build_schema("type Query { a: Nope }  extend type None { a: Int }")

    assert "Unknown type 'Nope'." in str(caught.value)
    assert "Cannot extend type 'None' because it is not defined." in str(caught.value)


def test_texts_are_read_within_limits() -> None:
    with pytest.raises(GraphQLSyntaxError, match="more than 5 tokens"):
        build_schema("type Query { a: Int }", max_tokens=5)
    with pytest.raises(GraphQLSyntaxError, match="more than 9 code points"):
        build_schema("type Query { a: Int }", max_source_length=9)
    with pytest.raises(GraphQLSyntaxError, match="deep"):
        build_schema("type Query { a: [[Int]] }", max_depth=1)


def test_schemas_can_be_taken_as_valid() -> None:
    schema = build_schema("type Foo { a: Int }", assume_valid=True)

    assert schema.query_type is None
    assert validate_schema(schema) == []
