"""The normative statements of GraphQL §3 and §4, September 2025, that types keep, by section."""

from typing import Any

import pytest

from covet_graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    Undefined,
    build_schema,
    coerce_input_literal,
    coerce_input_value,
    is_input_type,
    is_output_type,
    is_type_sub_type_of,
    parse_value,
    specified_directives,
    validate_schema,
)

ERROR = Undefined


def faults(text: str) -> list[str]:
    if "type Query" not in text:
        text += " type Query { fine: Int }"
    schema = build_schema(text, assume_valid_sdl=True)
    return [error.message for error in validate_schema(schema)]


def refused(function: Any, value: Any) -> bool:
    try:
        function(value)
    except GraphQLError:
        return True
    return False


# §3.3 Schema


def test_3_3_types_have_unique_names() -> None:
    one = GraphQLObjectType("Same", {"a": GraphQLInt})
    other = GraphQLObjectType("Same", {"a": GraphQLInt})

    with pytest.raises(TypeError, match="uniquely named types"):
        GraphQLSchema(one, types=[other])


@pytest.mark.parametrize("name", ["Int", "Float", "String", "Boolean", "ID", "__Type"])
def test_3_3_no_type_is_named_like_a_built_in_one(name: str) -> None:
    with pytest.raises(TypeError, match="reserved"):
        GraphQLObjectType(name, {"a": GraphQLInt})


def test_3_3_types_and_directives_do_not_begin_with_two_underscores() -> None:
    assert faults("type __Mine { a: Int }") == [
        "Name '__Mine' must not begin with '__', which is reserved by GraphQL introspection."
    ]
    assert faults("directive @__mine on FIELD") == [
        "Name '__mine' must not begin with '__', which is reserved by GraphQL introspection."
    ]


def test_3_3_1_the_query_root_is_an_object_and_must_be_there() -> None:
    assert faults("schema { mutation: Query } type Query { a: Int }") == [
        "Query root type must be provided."
    ]
    assert faults("schema { query: In } input In { a: Int } type Query { a: Int }") == [
        "Query root type must be Object type, it cannot be In."
    ]


@pytest.mark.parametrize("operation", ["mutation", "subscription"])
def test_3_3_1_other_roots_are_objects_and_optional(operation: str) -> None:
    text = f"schema {{ query: Query {operation}: Root }} type Query {{ a: Int }}"

    assert faults(f"{text} type Root {{ a: Int }}") == []
    assert faults(f"{text} interface Root {{ a: Int }}") == [
        f"{operation.capitalize()} root type must be Object type if provided, it cannot be Root."
    ]


def test_3_3_1_roots_are_different() -> None:
    (fault,) = faults("schema { query: Query mutation: Query } type Query { a: Int }")

    assert fault.startswith("All root types must be different")


# §3.4 Types


def test_3_4_2_input_and_output_types() -> None:
    enum = GraphQLEnumType("E", {"A": 1})
    inputs = GraphQLInputObjectType("I", {"a": GraphQLInt})
    objects = GraphQLObjectType("O", {"a": GraphQLInt})

    for type_, is_input, is_output in (
        (GraphQLInt, True, True),
        (enum, True, True),
        (inputs, True, False),
        (objects, False, True),
    ):
        for wrapped in (type_, GraphQLList(type_), GraphQLNonNull(GraphQLList(type_))):
            assert is_input_type(wrapped) is is_input
            assert is_output_type(wrapped) is is_output


# §3.5 Scalars


def test_3_5_1_int_is_an_integer_of_32_bits() -> None:
    assert GraphQLInt.coerce_output_value(1.0) == 1
    assert GraphQLInt.coerce_output_value("123") == 123
    assert GraphQLInt.coerce_output_value(True) == 1
    assert refused(GraphQLInt.coerce_output_value, 1.2)
    assert refused(GraphQLInt.coerce_output_value, 2**31)
    assert not refused(GraphQLInt.coerce_output_value, -(2**31))
    for value in ("123", True, 1.2, 2**31, -(2**31) - 1, None):
        assert refused(GraphQLInt.coerce_input_value, value)


def test_3_5_2_float_is_finite_and_takes_integers() -> None:
    assert GraphQLFloat.coerce_output_value(1) == 1.0
    assert GraphQLFloat.coerce_output_value("123") == 123.0
    assert GraphQLFloat.coerce_input_value(1) == 1.0
    for value in (float("nan"), float("inf"), 10**400, "123", True):
        assert refused(GraphQLFloat.coerce_input_value, value)
    assert refused(GraphQLFloat.coerce_output_value, float("nan"))
    assert refused(GraphQLFloat.coerce_input_literal, parse_value("1e400"))


def test_3_5_3_string_is_unicode() -> None:
    assert GraphQLString.coerce_output_value(True) == "true"
    assert GraphQLString.coerce_output_value(1) == "1"
    assert GraphQLString.coerce_input_value("é") == "é"
    for value in (1, True, None, ["a"], "\ud800"):
        assert refused(GraphQLString.coerce_input_value, value)


def test_3_5_4_boolean_is_true_or_false() -> None:
    assert GraphQLBoolean.coerce_output_value(5) is True
    assert GraphQLBoolean.coerce_output_value(0) is False
    for value in (0, 1, "true", "false", None):
        assert refused(GraphQLBoolean.coerce_input_value, value)


def test_3_5_5_id_is_text_and_takes_integers() -> None:
    assert GraphQLID.coerce_output_value(4) == "4"
    assert GraphQLID.coerce_input_value("4") == GraphQLID.coerce_input_value(4) == "4"
    assert GraphQLID.coerce_input_value(-4) == "-4"
    for value in (4.0, True, None):
        assert refused(GraphQLID.coerce_input_value, value)


# §3.6 Objects


@pytest.mark.parametrize("kind", ["type", "interface"])
def test_3_6_objects_and_interfaces_have_fields_of_output_types(kind: str) -> None:
    assert faults(f"{kind} Empty") == ["Type Empty must define one or more fields."]
    assert faults(f"{kind} Bad {{ a: In }} input In {{ a: Int }}") == [
        "The type of Bad.a must be Output Type but got: In."
    ]
    assert faults(f"{kind} Bad {{ __a: Int }}")[0].startswith("Name '__a' must not begin with")


def test_3_6_1_arguments_are_inputs_with_names_of_their_own() -> None:
    assert faults("type Bad { a(o: Bad): Int }") == [
        "The type of Bad.a(o:) must be Input Type but got: Bad."
    ]
    assert faults("type Bad { a(__o: Int): Int }")[0].startswith("Name '__o' must not begin")
    assert faults('type Bad { a(o: Int = "x"): Int }') == [
        'Bad.a(o:) has invalid default value: Int cannot represent non-integer value: "x"'
    ]


INTERFACE = "interface Node { id: ID! self(short: Boolean): Node old: Int @deprecated }"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("id: ID! self(short: Boolean): Node old: Int", None),
        ("id: ID! self(short: Boolean): Thing! old: Int! @deprecated more: Int", None),
        ("id: ID! self(short: Boolean, more: Int): Node old: Int", None),
        ("id: ID! self(short: Boolean, more: Int! = 1): Node old: Int", None),
        (
            "self(short: Boolean): Node old: Int",
            "Interface field Node.id expected but Thing does not provide it.",
        ),
        (
            "id: ID self(short: Boolean): Node old: Int",
            "Interface field Node.id expects type ID! but Thing.id is type ID.",
        ),
        (
            "id: ID! self: Node old: Int",
            "Interface field argument Node.self(short:) expected"
            " but Thing.self does not provide it.",
        ),
        (
            "id: ID! self(short: Boolean!): Node old: Int",
            "Interface field argument Node.self(short:) expects type Boolean"
            " but Thing.self(short:) is type Boolean!.",
        ),
        (
            "id: ID! self(short: Boolean, more: Int!): Node old: Int",
            "Argument 'Thing.self(more:)' must not be required type 'Int!'"
            " if not provided by the Interface field 'Node.self'.",
        ),
        (
            "id: ID! @deprecated self(short: Boolean): Node old: Int",
            "Interface field Node.id is not deprecated,"
            " so implementation field Thing.id must not be deprecated.",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["type", "interface"])
def test_3_6_is_valid_implementation(kind: str, fields: str, message: str | None) -> None:
    found = faults(f"{INTERFACE} {kind} Thing implements Node {{ {fields} }}")

    assert found == ([] if message is None else [message])


def test_3_6_is_sub_type() -> None:
    schema = build_schema(
        "interface Node { a: Int } type Thing implements Node { a: Int } union Any = Thing | Query"
        " type Query { a: Int any: Any node: Node }",
        assume_valid_sdl=True,
    )
    types: dict[str, Any] = dict(schema.type_map)

    assert is_type_sub_type_of(schema, types["Thing"], types["Node"])
    assert is_type_sub_type_of(schema, types["Thing"], types["Any"])
    assert not is_type_sub_type_of(schema, types["Query"], types["Node"])
    assert not is_type_sub_type_of(schema, types["Any"], types["Node"])


def test_3_6_2_deprecation_has_a_reason_by_default() -> None:
    schema = build_schema("type Query { old: String @deprecated }", assume_valid_sdl=True)

    assert schema.type_map["Query"].fields["old"].deprecation_reason == "No longer supported"  # type: ignore[attr-defined]


# §3.7 Interfaces

RESOURCE = """
    interface Node { id: ID! }
    interface Resource implements Node { id: ID! url: String }
"""


def test_3_7_what_an_interface_implements_its_implementers_do_too() -> None:
    fields = "{ id: ID! url: String thumbnail: String }"

    assert faults(f"{RESOURCE} interface Image implements Resource & Node {fields}") == []
    assert faults(f"{RESOURCE} interface Image implements Resource {fields}") == [
        "Type Image must implement Node because it is implemented by Resource."
    ]


def test_3_7_interfaces_do_not_implement_themselves() -> None:
    assert faults("interface Node implements Node { id: ID! }") == [
        "Type Node cannot implement itself because it would create a circular reference."
    ]
    assert faults(
        "interface Node implements Named { id: ID! name: String }"
        " interface Named implements Node { id: ID! name: String }"
    ) == [
        "Type Node cannot implement Named because it would create a circular reference.",
        "Type Named cannot implement Node because it would create a circular reference.",
    ]


def test_3_7_only_interfaces_are_implemented_each_once() -> None:
    node = "interface Node { id: Int }"

    assert faults(f"{node} type Thing implements Node & Node {{ id: Int }}") == [
        "Type Thing can only implement Node once."
    ]
    assert faults("type Thing implements Query { id: Int } type Query { id: Int }") == [
        "Type Thing must only implement Interface types, it cannot implement Query."
    ]


# §3.8 Unions


def test_3_8_unions_have_objects_each_once() -> None:
    objects = "type Photo { a: Int } type Person { a: Int }"

    assert faults(f"union SearchResult = Photo | Person {objects}") == []
    assert faults("union Empty") == ["Union type Empty must define one or more member types."]
    assert faults(f"union Twice = Photo | Photo {objects}") == [
        "Union type Twice can only include type Photo once."
    ]
    assert faults("union Bad = Int | Other union Other = Query type Query { a: Int }") == [
        "Union type Bad can only include Object types, it cannot include Int.",
        "Union type Bad can only include Object types, it cannot include Other.",
    ]


# §3.9 Enums


def test_3_9_enums_have_values() -> None:
    assert faults("enum Direction { NORTH EAST SOUTH WEST }") == []
    assert faults("enum Empty") == ["Enum type Empty must define one or more values."]


def test_3_9_enum_values_are_names_not_texts() -> None:
    direction = GraphQLEnumType("Direction", {"NORTH": "n"})

    assert coerce_input_literal(parse_value("NORTH"), direction) == "n"
    assert coerce_input_literal(parse_value('"NORTH"'), direction) is ERROR
    assert coerce_input_value("NORTH", direction) == "n"
    assert coerce_input_value("n", direction) is ERROR


# §3.10 Input Objects

EXAMPLE = GraphQLInputObjectType(
    "ExampleInputObject", {"a": GraphQLString, "b": GraphQLNonNull(GraphQLInt)}
)


@pytest.mark.parametrize(
    ("literal", "variables", "coerced"),
    [
        ('{ a: "abc", b: 123 }', {}, {"a": "abc", "b": 123}),
        ("{ a: null, b: 123 }", {}, {"a": None, "b": 123}),
        ("{ b: 123 }", {}, {"b": 123}),
        ("{ a: $var, b: 123 }", {"var": None}, {"a": None, "b": 123}),
        ("{ a: $var, b: 123 }", {}, {"b": 123}),
        ("{ b: $var }", {"var": 123}, {"b": 123}),
        ("$var", {"var": {"b": 123}}, {"b": 123}),
        ('"abc123"', {}, ERROR),
        ('{ a: "abc", b: "123" }', {}, ERROR),
        ('{ a: "abc" }', {}, ERROR),
        ("{ b: $var }", {}, ERROR),
        ('{ a: "abc", b: null }', {}, ERROR),
        ("{ b: $var }", {"var": None}, ERROR),
        ('{ b: 123, c: "xyz" }', {}, ERROR),
    ],
)
def test_3_10_input_coercion(literal: str, variables: dict[str, Any], coerced: Any) -> None:
    assert coerce_input_literal(parse_value(literal), EXAMPLE, variables) == coerced


@pytest.mark.parametrize(
    ("value", "coerced"), [("abc123", ERROR), ({"a": "abc"}, ERROR), ({"b": 123}, {"b": 123})]
)
def test_3_10_input_coercion_of_variables(value: Any, coerced: Any) -> None:
    assert coerce_input_value(value, EXAMPLE) == coerced


def test_3_10_defaults_stand_for_fields_that_are_not_given() -> None:
    with_default = GraphQLInputObjectType(
        "In", {"a": GraphQLInputField(GraphQLNonNull(GraphQLInt), default_value=5)}
    )

    assert coerce_input_value({}, with_default) == {"a": 5}
    assert coerce_input_value({"a": None}, with_default) is ERROR
    assert coerce_input_literal(parse_value("{a: $v}"), with_default, {}) == {"a": 5}


@pytest.mark.parametrize(
    ("fields", "is_valid"),
    [
        ("self: Example value: String", True),
        ("self: [Example!]! value: String", True),
        ("value: String self: Example!", False),
        ("value: String self: Example! = {}", False),
    ],
)
def test_3_10_required_fields_do_not_lead_back(fields: str, is_valid: bool) -> None:
    found = faults(f"input Example {{ {fields} }}")

    assert (found == []) is is_valid


def test_3_10_required_fields_do_not_lead_back_through_others() -> None:
    assert faults(
        "input First { second: Second! value: String } input Second { first: First! value: String }"
    ) == [
        "Input Object First cannot be provided a finite value"
        " because it references itself through fields: First.second, Second.first."
    ]


def test_3_10_defaults_do_not_take_in_themselves() -> None:
    assert faults("input A { b: B = {} } input B { a: A = {} }") == [
        "Invalid circular reference. The default value of Input Object field A.b references itself"
        " via the default values of: B.a."
    ]
    assert faults("input A { b: B = {a: null} } input B { a: A = {} }") == []


def test_3_10_input_objects_have_fields_of_input_types() -> None:
    assert faults("input Empty") == ["Input Object type Empty must define one or more fields."]
    assert faults("input Bad { a: Query } type Query { a: Int }") == [
        "The type of Bad.a must be Input Type but got: Query."
    ]
    assert faults("input Bad { a: Int! @deprecated }") == [
        "Required input field Bad.a cannot be deprecated."
    ]
    assert faults("input Fine { a: Int! = 1 @deprecated b: Int @deprecated }") == []


ONE_OF = GraphQLInputObjectType(
    "ExampleOneOfInputObject", {"a": GraphQLString, "b": GraphQLInt}, is_one_of=True
)


@pytest.mark.parametrize(
    ("literal", "variables", "coerced"),
    [
        ('{ a: "abc" }', {}, {"a": "abc"}),
        ("{ b: 123 }", {}, {"b": 123}),
        ("$var", {"var": {"a": "abc"}}, {"a": "abc"}),
        ("{ a: null }", {}, ERROR),
        ("{ a: $a }", {"a": None}, ERROR),
        ("{ a: $a }", {}, ERROR),
        ('{ a: "abc", b: 123 }', {}, ERROR),
        ('{ a: "abc", b: null }', {}, ERROR),
        ("{ a: $a, b: 123 }", {"a": "abc"}, ERROR),
        ('{ a: "abc", b: $b }', {}, ERROR),
        ("{ b: $b }", {"b": 123}, {"b": 123}),
        ('{ b: "123" }', {}, ERROR),
        ("{}", {}, ERROR),
        ('{ c: "xyz" }', {}, ERROR),
        ('"abc123"', {}, ERROR),
    ],
)
def test_3_10_1_one_of_input_coercion(
    literal: str, variables: dict[str, Any], coerced: Any
) -> None:
    assert coerce_input_literal(parse_value(literal), ONE_OF, variables) == coerced


def test_3_10_1_fields_of_one_of_are_nullable_without_default() -> None:
    assert faults('input Either @oneOf { a: Int! b: String = "x" }') == [
        "OneOf input field Either.a must be nullable.",
        "OneOf input field Either.b cannot have a default value.",
    ]


# §3.11 List


@pytest.mark.parametrize(
    ("depth", "literal", "coerced"),
    [
        (1, "[1, 2, 3]", [1, 2, 3]),
        (1, '[1, "b", true]', ERROR),
        (1, "1", [1]),
        (1, "null", None),
        (2, "[[1], [2, 3]]", [[1], [2, 3]]),
        (2, "[1, 2, 3]", [[1], [2], [3]]),
        (2, "[1, null, 3]", [[1], None, [3]]),
        (2, '[[1], ["b"]]', ERROR),
        (2, "1", [[1]]),
        (2, "null", None),
    ],
)
def test_3_11_input_coercion(depth: int, literal: str, coerced: Any) -> None:
    type_: Any = GraphQLInt
    for _ in range(depth):
        type_ = GraphQLList(type_)

    assert coerce_input_literal(parse_value(literal), type_) == coerced


# §3.12 Non-Null


def test_3_12_non_null_does_not_wrap_non_null() -> None:
    with pytest.raises(TypeError, match="nullable type"):
        GraphQLNonNull(GraphQLNonNull(GraphQLInt))


@pytest.mark.parametrize(
    ("type_", "literal", "coerced"),
    [
        ("[Int]", "[1, 2, null]", [1, 2, None]),
        ("[Int]!", "null", ERROR),
        ("[Int]!", "[1, 2, null]", [1, 2, None]),
        ("[Int!]", "null", None),
        ("[Int!]", "[1, 2, null]", ERROR),
        ("[Int!]!", "null", ERROR),
        ("[Int!]!", "[1, 2, null]", ERROR),
        ("[Int!]!", "[1, 2, 3]", [1, 2, 3]),
    ],
)
def test_3_12_1_combining_list_and_non_null(type_: str, literal: str, coerced: Any) -> None:
    types = {
        str(wrapped): wrapped
        for item in (GraphQLInt, GraphQLNonNull(GraphQLInt))
        for wrapped in (GraphQLList(item), GraphQLNonNull(GraphQLList(item)))
    }

    assert coerce_input_literal(parse_value(literal), types[type_]) == coerced


# §3.13 Directives


def test_3_13_directives_do_not_reference_themselves() -> None:
    invalid = "directive @invalidExample(arg: String @invalidExample) on ARGUMENT_DEFINITION"

    assert faults(invalid) == [
        "Invalid circular reference."
        " The definition of directive @invalidExample references itself."
    ]  # fmt: skip
    assert len(faults(
        "directive @a(x: In) on INPUT_OBJECT input In @b { x: Int } directive @b(x: Int @a)"
        " on INPUT_OBJECT | ARGUMENT_DEFINITION"
    )) == 2  # fmt: skip


def test_3_13_arguments_of_directives_are_inputs() -> None:
    assert faults("directive @d(o: Query, __p: Int) on FIELD type Query { a: Int }") == [
        "The type of @d(o:) must be Input Type but got: Query.",
        "Name '__p' must not begin with '__', which is reserved by GraphQL introspection.",
    ]


def test_3_13_3_required_arguments_are_not_deprecated() -> None:
    assert faults("type Query { a(newArg: String oldArg: String! @deprecated): String }") == [
        "Required argument Query.a(oldArg:) cannot be deprecated."
    ]
    assert faults('type Query { a(oldArg: String! = "" @deprecated): String }') == []


def test_3_13_built_in_directives_are_provided() -> None:
    schema = GraphQLSchema(GraphQLObjectType("Query", {"a": GraphQLInt}))

    assert schema.directives == specified_directives
    assert [str(directive) for directive in schema.directives] == [
        "@include", "@skip", "@deprecated", "@specifiedBy", "@oneOf",
    ]  # fmt: skip


# §4 Introspection


def test_4_names_in_a_schema_do_not_begin_with_two_underscores() -> None:
    assert len(faults("type Bad { __a(__b: Int): Int } enum E { __V } input In { __i: Int }")) == 4


def test_4_1_typename_is_a_field_of_any_composite_type() -> None:
    schema = build_schema(
        "type Query { a: Any } union Any = Query interface Node { a: Int }", assume_valid_sdl=True
    )
    types: dict[str, Any] = dict(schema.type_map)

    for name in ("Query", "Any", "Node"):
        assert schema.get_field(types[name], "__typename") is not None
    assert "__typename" not in types["Query"].fields


def test_4_2_schema_and_type_are_fields_of_the_query_type() -> None:
    schema = build_schema("type Query { a: Thing } type Thing { a: Int }", assume_valid_sdl=True)
    types: dict[str, Any] = dict(schema.type_map)

    for name in ("__schema", "__type"):
        assert schema.get_field(types["Query"], name) is not None
        assert schema.get_field(types["Thing"], name) is None
