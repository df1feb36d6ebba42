# ruff: noqa: E501 (one case a line)
from enum import Enum

import pytest

from covet_graphql.type import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
)
from covet_graphql.utilities import (
    build_schema,
    print_directive,
    print_introspection_schema,
    print_schema,
    print_type,
    print_value,
)


def reprinted(text: str) -> str:
    return print_schema(build_schema(text, assume_valid_sdl=True))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"""d"""\nscalar S @specifiedBy(url: "a\\"b")', id="scalar"),
        pytest.param("type T implements A & B {\n  a(b: [Int!]! = [1]): T!\n}", id="object"),
        pytest.param("interface A implements B {\n  a: Int\n}", id="interface"),
        pytest.param("union U = T | V", id="union"),
        pytest.param('enum E {\n  A @deprecated(reason: "x")\n  B\n}', id="enum"),
        pytest.param("input I @oneOf {\n  a: Int @deprecated\n}", id="input"),
        pytest.param("type Empty implements A", id="empty"),
        pytest.param("union Nothing", id="empty-union"),
        pytest.param("enum None", id="empty-enum"),
    ],
)
def test_each_kind_is_printed_as_it_is_written(text: str) -> None:
    name = text.replace('"""d"""\n', "").split()[1]
    others = [other for other in ("A", "B", "T", "V") if other != name]
    rest = " ".join([f"interface {other}" if other < "T" else f"type {other}" for other in others])

    schema = build_schema(f"{text}\n{rest}", assume_valid_sdl=True)

    assert print_type(schema.type_map[name]) == text


def test_definitions_are_not_nested() -> None:
    printed = reprinted("type Query { a: B } type B { query: Query! }")

    assert printed == "type Query {\n  a: B\n}\n\ntype B {\n  query: Query!\n}"


def test_described_members_are_set_off() -> None:
    text = (
        'type T {\n  a: Int\n\n  """b"""\n  b(\n    """c"""\n    c: Int\n    d: Int\n\n    """e"""\n'
        '    e: Int\n  ): Int\n  f: Int\n}\n\nenum E {\n  """A"""\n  A\n\n  """\n  two\n\n    lines\n'
        '  """\n  B\n}'
    )

    assert reprinted(text) == text.replace("two\n\n", "two\n  \n")


@pytest.mark.parametrize(
    ("description", "printed"),
    [
        ("short", '"""short"""'),
        ("", '""""""'),
        ('with """quotes"""', '"""\nwith \\"""quotes\\"""\n"""'),
        ('ends with "', '"""\nends with "\n"""'),
        ("x" * 71, f'"""\n{"x" * 71}\n"""'),
        ("  leading", '"""  leading"""'),
        ("trailing\n", '"trailing\\n"'),
        ("bell\x07", '"bell\\u0007"'),
    ],
)
def test_descriptions_are_block_strings_where_these_can_hold_them(
    description: str, printed: str
) -> None:
    type_ = GraphQLScalarType("S", description=description)

    assert print_type(type_) == f"{printed}\nscalar S"
    text = print_type(type_)
    assert build_schema(text).type_map["S"].description == description


@pytest.mark.parametrize(
    ("text", "is_printed"),
    [
        ("schema { query: Query } type Query { a: Int }", False),
        ('"d" schema { query: Query } type Query { a: Int }', True),
        ("schema { query: Root } type Root { a: Int }", True),
        ("schema { query: Query } type Query { a: Mutation } type Mutation { a: Int }", True),
        ("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }", False),
        ("type Foo { a: Int }", False),
    ],
)
def test_the_schema_is_defined_where_it_would_not_be_presumed(text: str, is_printed: bool) -> None:
    assert ("schema {" in reprinted(text)) is is_printed


def test_built_in_directives_and_types_are_left_out() -> None:
    schema = GraphQLSchema(
        GraphQLObjectType("Query", {"a": GraphQLFloat}),
        directives=[*GraphQLSchema().directives, GraphQLDirective("mine", ["FIELD"])],
    )

    assert print_schema(schema) == "directive @mine on FIELD\n\ntype Query {\n  a: Float\n}"


def test_schemas_and_types_print_themselves() -> None:
    schema = build_schema("type Query { a: [Query] }")

    assert schema.to_schema_string() == print_schema(schema)
    assert schema.query_type.to_schema_string() == "type Query {\n  a: [Query]\n}"
    assert schema.query_type.fields["a"].type.to_schema_string() == "[Query]"


def test_the_introspection_schema_is_what_every_schema_has() -> None:
    printed = print_introspection_schema(
        build_schema("type Query { a: Int } directive @d on FIELD")
    )

    assert printed.startswith('"""\nDirects the executor to include')
    assert "type __Schema {" in printed
    assert "directive @oneOf on INPUT_OBJECT" in printed
    assert "Query" not in printed
    assert "@d " not in printed


def test_directives_are_printed_with_all_they_have() -> None:
    directive = GraphQLDirective(
        "d",
        ["FIELD", "QUERY"],
        {"a": GraphQLArgument(GraphQLInt, default_value=1, description="x"), "b": GraphQLString},
        is_repeatable=True,
        description="y",
    )

    assert print_directive(directive) == (
        '"""y"""\ndirective @d(\n  """x"""\n  a: Int = 1\n  b: String\n) repeatable on FIELD | QUERY'
    )


def test_defaults_given_as_python_values_are_printed_as_literals() -> None:
    class Color(Enum):
        RED = "#f00"

    color = GraphQLEnumType("Color", Color)
    filter_ = GraphQLInputObjectType(
        "Filter",
        {
            "colors": GraphQLInputField(GraphQLList(color), default_value=["#f00"]),
            "near": GraphQLInputField(GraphQLFloat, default=GraphQLDefaultInput(0.5)),
            "none": GraphQLInputField(GraphQLInt, default_value=None),
        },
    )

    assert print_type(filter_) == (
        "input Filter {\n  colors: [Color] = [RED]\n  near: Float = 0.5\n  none: Int = null\n}"
    )


def test_deprecated_arguments_are_shown() -> None:
    field = GraphQLField(
        GraphQLInt, {"a": GraphQLArgument(GraphQLInt, deprecation_reason='no "more"')}
    )

    assert print_type(GraphQLObjectType("T", {"f": field})) == (
        'type T {\n  f(a: Int @deprecated(reason: "no \\"more\\"")): Int\n}'
    )


def test_values_are_printed_as_literals_of_their_type() -> None:
    color = GraphQLEnumType("Color", {"RED": 1})

    assert print_value([1, 1], GraphQLList(color)) == "[RED, RED]"
    assert print_value(None, color) == "null"


def test_what_is_no_value_of_the_type_is_not_printed() -> None:
    with pytest.raises(TypeError, match=r"None is no value of type 'Int!' and has no literal\."):
        print_value(None, GraphQLNonNull(GraphQLInt))


def test_only_named_types_have_definitions() -> None:
    with pytest.raises(TypeError, match=r"^\[Int\] has no definition: only types with a name"):
        print_type(GraphQLList(GraphQLInt))
