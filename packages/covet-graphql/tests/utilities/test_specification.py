"""The normative statements of GraphQL §2.14, §3 and §4, September 2025, on texts and their data.

Each test has the number of its section. What makes a schema valid is tested with the types.
"""

from typing import Any

import pytest

from covet_graphql import GraphQLSchema, GraphQLSyntaxError, parse
from covet_graphql.type import introspection_types
from covet_graphql.utilities import (
    build_schema,
    extend_schema,
    introspection_from_schema,
    print_introspection_schema,
    print_schema,
    print_type,
    resolve_schema_coordinate,
)


def introspected(text: str) -> dict[str, Any]:
    return introspection_from_schema(build_schema(text))["__schema"]


def introspected_type(text: str, name: str) -> dict[str, Any]:
    return next(type_ for type_ in introspected(text)["types"] if type_["name"] == name)


def extended(text: str, extension: str) -> GraphQLSchema:
    return extend_schema(build_schema(text), parse(extension))


# §2.14 Schema Coordinates


def test_2_14_each_element_has_one_coordinate() -> None:
    schema = build_schema("""
        type Person { name: String  picture(size: Int = 4): String }
        enum SearchFilter { OPEN }
        input SearchCriteria { filter: SearchFilter }
        directive @private(scope: String) on FIELD
    """)
    types = schema.type_map

    assert resolve_schema_coordinate(schema, "Person").type is types["Person"]
    name = resolve_schema_coordinate(schema, "Person.name")
    assert name.field is types["Person"].fields["name"]
    criteria = resolve_schema_coordinate(schema, "SearchCriteria.filter")
    assert criteria.input_field is types["SearchCriteria"].fields["filter"]
    value = resolve_schema_coordinate(schema, "SearchFilter.OPEN")
    assert value.enum_value is types["SearchFilter"].values["OPEN"]
    size = resolve_schema_coordinate(schema, "Person.picture(size:)")
    assert size.field_argument is types["Person"].fields["picture"].args["size"]
    directive = resolve_schema_coordinate(schema, "@private")
    assert directive.directive is schema.get_directive("private")
    scope = resolve_schema_coordinate(schema, "@private(scope:)")
    assert scope.directive_argument is schema.get_directive("private").args["scope"]


def test_2_14_built_in_elements_have_coordinates() -> None:
    schema = build_schema("type Query { a: String }")

    assert resolve_schema_coordinate(schema, "String").type is schema.type_map["String"]
    assert resolve_schema_coordinate(schema, "@deprecated(reason:)") is not None


def test_2_14_coordinates_contain_nothing_that_is_ignored() -> None:
    with pytest.raises(GraphQLSyntaxError):
        resolve_schema_coordinate(build_schema("type Query { a: Int }"), "Query .a")


def test_2_14_only_the_last_part_may_be_missing() -> None:
    schema = build_schema("type Query { a: Int } union U = Query")

    assert resolve_schema_coordinate(schema, "Query.b") is None
    assert resolve_schema_coordinate(schema, "Query.a(b:)") is None
    for coordinate in ("B.a", "Query.b(c:)", "@b(c:)", "U.a"):
        with pytest.raises(TypeError):
            resolve_schema_coordinate(schema, coordinate)


# §3.1 Type System Extensions


def test_3_1_extensions_are_read_with_what_they_extend_or_later() -> None:
    text, extension = "type Query { a: Int }", "extend type Query { b: Int }"

    at_once = print_schema(build_schema(f"{text} {extension}"))

    assert at_once == print_schema(extended(text, extension))
    assert at_once == "type Query {\n  a: Int\n  b: Int\n}"


# §3.2 Type System Descriptions


def test_3_2_everything_can_be_described() -> None:
    text = '''"""
A simple GraphQL schema which is well described.
And more
"""
schema {
  query: Query
}

"""Root type for all your query operations"""
type Query {
  """Translates a string from a given language into a different language."""
  translate(
    """The original language that `text` is provided in."""
    fromLanguage: Language

    """The translated language to be returned."""
    toLanguage: Language
  ): String
}

"""The set of languages supported by `translate`."""
enum Language {
  """English"""
  EN

  """French"""
  FR
}'''

    assert print_schema(build_schema(text)) == text


# §3.3 Schema


def test_3_3_1_root_types_may_have_any_name() -> None:
    schema = build_schema("""
        schema { query: MyQueryRootType  mutation: MyMutationRootType }
        type MyQueryRootType { someField: String }
        type MyMutationRootType { setSomeField(to: String): String }
    """)

    assert schema.query_type.name == "MyQueryRootType"
    assert schema.mutation_type.name == "MyMutationRootType"
    assert schema.subscription_type is None


def test_3_3_1_default_names_are_presumed() -> None:
    schema = build_schema("type Query { someField: String }")

    assert schema.query_type is schema.type_map["Query"]
    assert print_schema(schema) == "type Query {\n  someField: String\n}"


def test_3_3_1_a_type_that_is_no_root_may_have_a_default_name() -> None:
    text = (
        "schema {\n  query: Query\n}\n\ntype Query {\n  latestVirus: Virus\n}\n\n"
        "type Virus {\n  name: String\n  mutations: [Mutation]\n}\n\n"
        "type Mutation {\n  name: String\n}"
    )

    schema = build_schema(text)

    assert schema.mutation_type is None
    assert print_schema(schema) == text


def test_3_3_1_a_described_schema_is_defined() -> None:
    text = (
        '"""Example schema"""\nschema {\n  query: Query\n  mutation: Mutation\n}\n\n'
        "type Query {\n  someField: String\n}\n\ntype Mutation {\n  someMutation: String\n}"
    )

    assert print_schema(build_schema(text)) == text


def test_3_3_2_schemas_are_extended_with_operation_types() -> None:
    schema = extended(
        "type Query { a: Int }", "extend schema { mutation: Change } type Change { a: Int }"
    )

    assert schema.mutation_type.name == "Change"


# §3.5 Scalars


def test_3_5_built_in_scalars_are_there_when_they_are_used() -> None:
    names = [type_["name"] for type_ in introspected("type Query { a: Int }")["types"]]

    assert "Int" in names
    assert {"Float", "ID"}.isdisjoint(names)
    assert {"String", "Boolean"} <= {*names}  # of the introspection types


def test_3_5_built_in_scalars_are_not_printed() -> None:
    assert "scalar" not in print_schema(
        build_schema("type Query { a: Int b: Float c: String d: Boolean e: ID }")
    )


def test_3_5_custom_scalars_tell_where_they_are_specified() -> None:
    url = "https://tools.ietf.org/html/rfc4122"
    text = f'scalar UUID @specifiedBy(url: "{url}")'

    assert print_schema(build_schema(text)) == text
    assert introspected_type(f"{text} type Query {{ a: UUID }}", "UUID")["specifiedByURL"] == url


def test_3_5_6_scalars_are_extended() -> None:
    schema = extended("scalar A", "extend scalar A @x directive @x on SCALAR")

    assert len(schema.type_map["A"].extension_ast_nodes) == 1


# §3.6 to §3.10 Objects, interfaces, unions, enums, input objects


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "type Person {\n  name: String\n  age: Int\n  relationship: Person\n}", id="3.6"
        ),
        pytest.param("type Person {\n  picture(size: Int): String\n}", id="3.6.1"),
        pytest.param("type ExampleType {\n  oldField: String @deprecated\n}", id="3.6.2"),
        pytest.param(
            "interface Node {\n  id: ID!\n}\n\n"
            "interface Resource implements Node {\n  id: ID!\n  url: String\n}\n\n"
            "interface Image implements Resource & Node {\n  id: ID!\n  url: String\n}",
            id="3.7",
        ),
        pytest.param(
            "union SearchResult = Photo | Person\n\ntype Person {\n  name: String\n}\n\n"
            "type Photo {\n  height: Int\n}",
            id="3.8",
        ),
        pytest.param("enum Direction {\n  NORTH\n  EAST\n  SOUTH\n  WEST\n}", id="3.9"),
        pytest.param("input Example {\n  self: [Example!]!\n  value: String\n}", id="3.10"),
        pytest.param("input Condition @oneOf {\n  id: ID\n  username: String\n}", id="3.10.1"),
        pytest.param("type T {\n  matrix: [[Int]!]!\n}", id="3.12.1"),
        pytest.param(
            "directive @delegateField(name: String!) repeatable on OBJECT | INTERFACE", id="3.13"
        ),
    ],
)
def test_3_examples_are_printed_as_they_are_read(text: str) -> None:
    assert print_schema(build_schema(text)) == text


@pytest.mark.parametrize(
    ("text", "extension", "expected"),
    [
        pytest.param(
            "type Story { id: ID }",
            "extend type Story { isHiddenLocally: Boolean }",
            "type Story {\n  id: ID\n  isHiddenLocally: Boolean\n}",
            id="3.6.3",
        ),
        pytest.param(
            "interface NamedEntity { name: String }",
            "extend interface NamedEntity { nickname: String }",
            "interface NamedEntity {\n  name: String\n  nickname: String\n}",
            id="3.7.1",
        ),
        pytest.param(
            "union U = A type A { a: Int } type B { b: Int }",
            "extend union U = B",
            "union U = A | B",
            id="3.8.1",
        ),
        pytest.param("enum E { A }", "extend enum E { B }", "enum E {\n  A\n  B\n}", id="3.9.1"),
        pytest.param(
            "input I @oneOf { a: Int }",
            "extend input I { b: Int }",
            "input I @oneOf {\n  a: Int\n  b: Int\n}",
            id="3.10.2",
        ),
    ],
)
def test_3_types_are_extended(text: str, extension: str, expected: str) -> None:
    name = text.split()[1]

    assert print_type(extended(text, extension).type_map[name]) == expected


def test_3_8_union_members_may_begin_with_a_bar() -> None:
    schema = build_schema("union U = | A | B  type A { a: Int } type B { b: Int }")

    assert [member.name for member in schema.type_map["U"].types] == ["A", "B"]


# §3.13 Directives


def test_3_13_built_in_directives_are_always_there_and_not_printed() -> None:
    schema = build_schema("directive @example on FIELD")

    assert print_schema(schema) == "directive @example on FIELD"
    assert {item["name"] for item in introspected("type Query { a: Int }")["directives"]} == {
        "skip", "include", "deprecated", "specifiedBy", "oneOf",
    }  # fmt: skip


@pytest.mark.parametrize(
    "definition",
    [
        "directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT",
        "directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT",
        'directive @deprecated(reason: String! = "No longer supported") on FIELD_DEFINITION'
        " | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE",
        "directive @specifiedBy(url: String!) on SCALAR",
        "directive @oneOf on INPUT_OBJECT",
    ],
)
def test_3_13_built_in_directives_are_those_of_the_specification(definition: str) -> None:
    printed = print_introspection_schema(build_schema("type Query { a: Int }"))

    given = build_schema(definition, assume_valid_sdl=True)
    name = given.directives[0].name
    ours = build_schema(printed, assume_valid_sdl=True).get_directive(name)
    assert [(key, str(arg.type)) for key, arg in ours.args.items()] == [
        (key, str(arg.type)) for key, arg in given.directives[0].args.items()
    ]
    assert ours.locations == given.directives[0].locations


def test_3_13_3_deprecation_has_a_reason() -> None:
    schema = build_schema("""
        type ExampleType {
          newField: String
          oldField: String @deprecated(reason: "Use `newField`.")
          anotherField(newArg: String, oldArg: String @deprecated(reason: "Use `newArg`.")): String
        }
    """)

    fields = schema.type_map["ExampleType"].fields
    assert fields["newField"].deprecation_reason is None
    assert fields["oldField"].deprecation_reason == "Use `newField`."
    assert fields["anotherField"].args["oldArg"].deprecation_reason == "Use `newArg`."


# §4.2 Schema Introspection


def test_4_2_lists_keep_the_order_of_the_text() -> None:
    schema = introspected("""
        type Query implements J & I { z(y: Int x: Int): E a: I i: Int j: Int u: U }
        interface J { j: Int }
        interface I { i: Int }
        enum E { Z A }
        type T { t: Int }
        union U = T | Query
        input In { z: Int a: Int }
        directive @z on QUERY | FIELD
        directive @a on FIELD
    """)

    types = {type_["name"]: type_ for type_ in schema["types"]}
    assert [item["name"] for item in types["Query"]["fields"]] == ["z", "a", "i", "j", "u"]
    assert [item["name"] for item in types["Query"]["fields"][0]["args"]] == ["y", "x"]
    assert [item["name"] for item in types["Query"]["interfaces"]] == ["J", "I"]
    assert [item["name"] for item in types["E"]["enumValues"]] == ["Z", "A"]
    assert [item["name"] for item in types["U"]["possibleTypes"]] == ["T", "Query"]
    assert [item["name"] for item in types["In"]["inputFields"]] == ["z", "a"]
    assert [item["name"] for item in schema["directives"]][:2] == ["z", "a"]
    assert schema["directives"][0]["locations"] == ["QUERY", "FIELD"]


INTROSPECTION_SCHEMA = {
    "__Schema": {
        "description": "String",
        "types": "[__Type!]!",
        "queryType": "__Type!",
        "mutationType": "__Type",
        "subscriptionType": "__Type",
        "directives": "[__Directive!]!",
    },
    "__Type": {
        "kind": "__TypeKind!",
        "name": "String",
        "description": "String",
        "specifiedByURL": "String",
        "fields(includeDeprecated: Boolean! = false)": "[__Field!]",
        "interfaces": "[__Type!]",
        "possibleTypes": "[__Type!]",
        "enumValues(includeDeprecated: Boolean! = false)": "[__EnumValue!]",
        "inputFields(includeDeprecated: Boolean! = false)": "[__InputValue!]",
        "ofType": "__Type",
        "isOneOf": "Boolean",
    },
    "__Field": {
        "name": "String!",
        "description": "String",
        "args(includeDeprecated: Boolean! = false)": "[__InputValue!]!",
        "type": "__Type!",
        "isDeprecated": "Boolean!",
        "deprecationReason": "String",
    },
    "__InputValue": {
        "name": "String!",
        "description": "String",
        "type": "__Type!",
        "defaultValue": "String",
        "isDeprecated": "Boolean!",
        "deprecationReason": "String",
    },
    "__EnumValue": {
        "name": "String!",
        "description": "String",
        "isDeprecated": "Boolean!",
        "deprecationReason": "String",
    },
    "__Directive": {
        "name": "String!",
        "description": "String",
        "isRepeatable": "Boolean!",
        "locations": "[__DirectiveLocation!]!",
        "args(includeDeprecated: Boolean! = false)": "[__InputValue!]!",
    },
}


@pytest.mark.parametrize("name", INTROSPECTION_SCHEMA)
def test_4_2_introspection_has_a_schema(name: str) -> None:
    printed = print_type(introspection_types[name])

    lines = {line.strip() for line in printed.splitlines()}
    fields = introspection_types[name].fields
    assert [*fields] == [field.partition("(")[0] for field in INTROSPECTION_SCHEMA[name]]
    assert {f"{field}: {type_}" for field, type_ in INTROSPECTION_SCHEMA[name].items()} <= lines


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("__TypeKind", "SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL"),
        (
            "__DirectiveLocation",
            "QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT"
            " VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION"
            " INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION",
        ),
    ],
)
def test_4_2_introspection_has_enums(name: str, values: str) -> None:
    assert [*introspection_types[name].values] == values.split()


def test_4_2_1_the_schema_has_all_types_and_directives() -> None:
    schema = introspected("type Query { a: Int } scalar Unused directive @mine on FIELD")

    names = {type_["name"] for type_ in schema["types"]}
    assert {"Query", "Int", "Unused", *introspection_types} <= names
    assert "mine" in {directive["name"] for directive in schema["directives"]}


KINDS = """
    type Query implements Node & Named { id: ID! name: String }
    interface Node { id: ID! }
    interface Named implements Node { id: ID! name: String }
    union Union = Query
    enum Enum { A B @deprecated }
    input Input { a: Int b: Int @deprecated }
    input OneOf @oneOf { a: Int }
    scalar Custom
"""


@pytest.mark.parametrize(
    ("name", "kind", "members"),
    [
        ("Custom", "SCALAR", {}),
        ("Query", "OBJECT", {"fields", "interfaces"}),
        ("Union", "UNION", {"possibleTypes"}),
        ("Node", "INTERFACE", {"fields", "interfaces", "possibleTypes"}),
        ("Enum", "ENUM", {"enumValues"}),
        ("Input", "INPUT_OBJECT", {"inputFields", "isOneOf"}),
    ],
)
def test_4_2_2_each_kind_has_its_members(name: str, kind: str, members: set[str]) -> None:
    type_ = introspected_type(KINDS, name)

    assert type_["kind"] == kind
    present = {key for key, value in type_.items() if value is not None}
    assert present == {"kind", "name", *members}


def test_4_2_2_interfaces_name_the_objects_that_implement_them() -> None:
    possible = introspected_type(KINDS, "Node")["possibleTypes"]

    assert [type_["name"] for type_ in possible] == ["Query"]


def test_4_2_2_one_of_input_objects_say_so() -> None:
    assert introspected_type(KINDS, "OneOf")["isOneOf"] is True
    assert introspected_type(KINDS, "Input")["isOneOf"] is False


def test_4_2_2_lists_and_non_nulls_have_a_type_inside() -> None:
    type_ = introspected_type("type Query { a: [Int!]! }", "Query")["fields"][0]["type"]

    kinds = []
    while type_ is not None:
        kinds.append((type_["kind"], type_["name"]))
        type_ = type_["ofType"]
    assert kinds == [("NON_NULL", None), ("LIST", None), ("NON_NULL", None), ("SCALAR", "Int")]


@pytest.mark.parametrize(
    "default", ["1", '"a\\nb"', "[1, 2]", "{ a: 1, b: [] }", "null", "true", "NAME", "1.5"]
)
def test_4_2_4_defaults_are_literals(default: str) -> None:
    text = f"type Query {{ a(b: Custom = {default}): Int }} scalar Custom"

    argument = introspected_type(text, "Query")["fields"][0]["args"][0]

    assert argument["defaultValue"] == default


def test_4_2_4_without_default_it_is_null() -> None:
    text = "type Query { a(b: Int): Int }"

    assert introspected_type(text, "Query")["fields"][0]["args"][0]["defaultValue"] is None


@pytest.mark.parametrize("member", ["fields", "enumValues", "inputFields"])
def test_4_2_deprecated_members_tell_their_reason(member: str) -> None:
    text = """
        type fields { a: Int @deprecated(reason: "r") }
        enum enumValues { A @deprecated(reason: "r") }
        input inputFields { a: Int @deprecated(reason: "r") }
    """

    (element,) = introspected_type(text, member)[member]

    assert (element["isDeprecated"], element["deprecationReason"]) == (True, "r")


def test_4_2_6_directives_say_whether_they_may_be_repeated() -> None:
    directives = introspected("directive @once on FIELD directive @often repeatable on FIELD")[
        "directives"
    ]

    assert [directive["isRepeatable"] for directive in directives[:2]] == [False, True]
