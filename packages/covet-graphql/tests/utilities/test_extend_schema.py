import pytest

from covet_graphql import parse
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
)
from covet_graphql.utilities import build_schema, extend_schema, print_schema, print_type

BASE = build_schema("""
    type Query { item: Item  any: Any }
    interface Node { id: ID }
    type Item implements Node { id: ID color: Color }
    type Other { a: Int }
    union Any = Item
    enum Color { RED }
    input Filter { color: Color = RED }
    scalar Date
    directive @tag(name: String) on OBJECT
""")


def extended(text: str, base: GraphQLSchema = BASE) -> GraphQLSchema:
    return extend_schema(base, parse(text))


def test_nothing_to_add_gives_the_same_schema() -> None:
    assert extend_schema(BASE, parse("{ item { id } }"), assume_valid_sdl=True) is BASE


def test_the_extended_schema_stays_as_it_is() -> None:
    before = print_schema(BASE)

    schema = extended("extend type Item { size: Int }")

    assert print_schema(BASE) == before
    assert schema.type_map["Item"] is not BASE.type_map["Item"]
    assert schema.type_map["Item"] is schema.query_type.fields["item"].type
    assert schema.type_map["String"] is BASE.type_map["String"]


@pytest.mark.parametrize(
    ("text", "name", "printed"),
    [
        (
            "extend type Item implements More { size(unit: Unit = CM): Int } "
            "interface More { size(unit: Unit = CM): Int } enum Unit { CM }",
            "Item",
            "type Item implements Node & More {\n  id: ID\n  color: Color\n"
            "  size(unit: Unit = CM): Int\n}",
        ),
        (
            "extend interface Node { at: Date } extend type Item { at: Date }",
            "Node",
            "interface Node {\n  id: ID\n  at: Date\n}",
        ),
        ("extend union Any = Other", "Any", "union Any = Item | Other"),
        (
            'extend enum Color { "new" GREEN BLUE @deprecated }',
            "Color",
            'enum Color {\n  RED\n\n  """new"""\n  GREEN\n  BLUE @deprecated\n}',
        ),
        (
            "extend input Filter { more: [Filter!] = [{color: null}] }",
            "Filter",
            "input Filter {\n  color: Color = RED\n  more: [Filter!] = [{ color: null }]\n}",
        ),
        (
            'extend scalar Date @specifiedBy(url: "u")',
            "Date",
            'scalar Date @specifiedBy(url: "u")',
        ),
        ("type New { date: Date, new: New }", "New", "type New {\n  date: Date\n  new: New\n}"),
    ],
)
def test_types_are_extended_and_added(text: str, name: str, printed: str) -> None:
    assert print_type(extended(text).type_map[name]) == printed


def test_types_remember_their_extensions() -> None:
    once = extended("extend type Item { a: Int } extend enum Color { GREEN }")
    twice = extended("extend type Item { b: Int }", once)

    item = twice.type_map["Item"]
    assert [node.fields[0].name.value for node in item.extension_ast_nodes] == ["a", "b"]
    assert item.ast_node is BASE.type_map["Item"].ast_node
    assert len(twice.type_map["Color"].extension_ast_nodes) == 1


def test_a_scalar_keeps_its_url_unless_it_gets_another() -> None:
    once = extended('extend scalar Date @specifiedBy(url: "u")')

    assert extended("extend scalar Date @again directive @again on SCALAR", once).type_map[
        "Date"
    ].specified_by_url == "u"  # fmt: skip


def test_directives_are_added() -> None:
    schema = extended("directive @new(date: Date) on FIELD")

    assert [directive.name for directive in schema.directives] == [
        "tag", "include", "skip", "deprecated", "specifiedBy", "oneOf", "new",
    ]  # fmt: skip
    assert schema.get_directive("new").args["date"].type is schema.type_map["Date"]


def test_root_types_are_added() -> None:
    schema = extended("extend schema @s { mutation: Other } directive @s on SCHEMA")

    assert schema.mutation_type is schema.type_map["Other"]
    assert schema.query_type is schema.type_map["Query"]
    assert len(schema.extension_ast_nodes) == 1


def test_a_schema_without_definition_gets_one() -> None:
    schema = extend_schema(
        GraphQLSchema(), parse('"d" schema { query: Q }  type Q { a: Int }'), assume_valid=True
    )

    assert (schema.query_type.name, schema.description) == ("Q", "d")
    assert schema.ast_node.description.value == "d"
    assert schema.validation_errors == []


def test_a_definition_without_description_takes_it_away() -> None:
    schema = extend_schema(
        GraphQLSchema(description="old"), parse("schema { query: Q }  type Q { a: Int }")
    )

    assert schema.description is None


def test_built_in_types_that_come_into_use_are_added() -> None:
    schema = extended("extend type Item { weight: Float }")

    names = [*schema.type_map]
    assert names.index("Float") == names.index("Item") + 1


def test_functions_and_whatever_else_types_carry_are_kept() -> None:
    def resolve(*_: object) -> int:
        return 1

    def out_type(value: dict[str, object]) -> object:
        return value

    color = GraphQLEnumType("Color", {"RED": GraphQLEnumValue(0xFF0000, extensions={"x": 1})})
    date = GraphQLScalarType("Date", serialize=str, parse_value=int)
    filter_ = GraphQLInputObjectType(
        "Filter", {"color": GraphQLInputField(color, default_value=0xFF0000)}, out_type=out_type
    )
    query = GraphQLObjectType(
        "Query",
        {"a": GraphQLField(date, {"f": filter_}, resolve=resolve, extensions={"y": 2})},
        is_type_of=lambda *_: True,
        extensions={"z": 3},
    )

    schema = extended("extend type Query { b: Int }", GraphQLSchema(query, extensions={"s": 4}))

    copied = schema.query_type
    assert copied.fields["a"].resolve is resolve
    assert copied.fields["a"].extensions == {"y": 2}
    assert copied.is_type_of is query.is_type_of
    assert (copied.extensions, schema.extensions) == ({"z": 3}, {"s": 4})
    assert schema.type_map["Color"].values["RED"].value == 0xFF0000
    assert schema.type_map["Color"].values["RED"].extensions == {"x": 1}
    assert schema.type_map["Date"].serialize is str
    assert schema.type_map["Filter"].out_type is out_type
    assert schema.type_map["Filter"].fields["color"].default_value == 0xFF0000
    assert copied.fields["b"].type is GraphQLInt


def test_classes_of_types_are_kept() -> None:
    class Money(GraphQLScalarType):
        def serialize(self, value: int) -> str:
            return f"{value} €"

    query = GraphQLObjectType("Query", {"a": Money("Money")})

    schema = extended("extend type Query { b: Int }", GraphQLSchema(query))

    assert type(schema.type_map["Money"]) is Money
    assert schema.type_map["Money"].coerce_output_value(5) == "5 €"


def test_resolvers_may_be_given_with_the_extension() -> None:
    schema = extend_schema(
        BASE,
        parse("extend type Item { name: String }"),
        resolvers={"Item": {"name": lambda *_: "n"}},
    )

    assert schema.type_map["Item"].fields["name"].resolve(None, None) == "n"
    assert schema.type_map["Item"].fields["name"].type is GraphQLString


def test_invalid_extensions_are_refused() -> None:
    with pytest.raises(TypeError, match="Cannot extend type 'Itm' because it is not defined"):
        extended("extend type Itm { a: Int }")


def test_only_schemas_are_extended() -> None:
    with pytest.raises(TypeError, match="Expected None to be a GraphQL schema"):
        extend_schema(None, parse("type A { a: Int }"))
