"""Schemas that are not valid, each with what is wrong and where; `test_oracle` has random ones."""

# ruff: noqa: E501 # schemas and messages stand whole, so that places and words can be found

from typing import Any

import pytest

from covet_graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    InputValueDefinitionNode,
    NamedTypeNode,
    NameNode,
    assert_valid_schema,
    build_schema,
    validate_schema,
)

CASES: dict[str, tuple[str, list[tuple[str, list[tuple[int, int]]]]]] = {
    "query-root-is-needed": (
        "type A {a:Int}",
        [("Query root type must be provided.", [])],
    ),
    "object-has-fields": (
        "type Query",
        [("Type Query must define one or more fields.", [(1, 1)])],
    ),
    "roots-differ": (
        "schema {query:Q mutation:Q} type Q {a:Int}",
        [
            (
                "All root types must be different, 'Q' type is used as query and mutation root types.",
                [(1, 15), (1, 26)],
            )
        ],
    ),
    "three-roots-differ": (
        "schema {query:Q mutation:Q subscription:Q} type Q {a:Int}",
        [
            (
                "All root types must be different, 'Q' type is used as query, mutation, and subscription root types.",
                [(1, 15), (1, 26), (1, 41)],
            )
        ],
    ),
    "mutation-and-subscription-differ": (
        "schema {query:Q mutation:M subscription:M} type Q {a:Int} type M {a:Int}",
        [
            (
                "All root types must be different, 'M' type is used as mutation and subscription root types.",
                [(1, 26), (1, 41)],
            )
        ],
    ),
    "query-root-is-object": (
        "schema {query:Q} input Q {a:Int}",
        [("Query root type must be Object type, it cannot be Q.", [(1, 15)])],
    ),
    "mutation-root-is-object": (
        "schema {query:Q mutation:M} type Q {a:Int} interface M {a:Int}",
        [("Mutation root type must be Object type if provided, it cannot be M.", [(1, 26)])],
    ),
    "names-are-not-reserved": (
        "type Query {__a(__b:Int):Int, a:__T} type __T {a:Int} enum E {__A} input __I {__x:Int} directive @__d(__x:Int) on FIELD",
        [
            (
                "Name '__d' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 88)],
            ),
            (
                "Name '__x' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 103)],
            ),
            (
                "Name '__a' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 13)],
            ),
            (
                "Name '__b' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 17)],
            ),
            (
                "Name '__T' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 38)],
            ),
            (
                "Name '__A' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 63)],
            ),
            (
                "Name '__I' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 68)],
            ),
            (
                "Name '__x' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 79)],
            ),
        ],
    ),
    "required-argument-of-directive-is-not-deprecated": (
        "directive @d(a:Int! @deprecated, b:Int!=3 @deprecated) on FIELD type Query {a:Int}",
        [("Required argument @d(a:) cannot be deprecated.", [(1, 21), (1, 16)])],
    ),
    "argument-of-directive-is-input": (
        "directive @d(a:Query) on FIELD type Query {a:Int}",
        [("The type of @d(a:) must be Input Type but got: Query.", [(1, 14)])],
    ),
    "fields-and-arguments-have-fitting-types": (
        "type Query {a:I, b(x:Query):Int, c(y:Int! @deprecated):Int} input I {q:Query, r:Int! @deprecated, s:Int!=3 @deprecated}",
        [
            ("The type of Query.a must be Output Type but got: I.", [(1, 15)]),
            ("The type of Query.b(x:) must be Input Type but got: Query.", [(1, 22)]),
            ("Required argument Query.c(y:) cannot be deprecated.", [(1, 43), (1, 38)]),
            ("The type of I.q must be Input Type but got: Query.", [(1, 72)]),
            ("Required input field I.r cannot be deprecated.", [(1, 86), (1, 81)]),
        ],
    ),
    "interface-has-fields": (
        "interface X type Query {a:Int}",
        [("Type X must define one or more fields.", [(1, 1)])],
    ),
    "union-has-members": (
        "union U type Query {a:U}",
        [("Union type U must define one or more member types.", [(1, 1)])],
    ),
    "union-has-members-once": (
        "union U = A|A|B type A {a:Int} type B {a:Int} type Query {a:U}",
        [("Union type U can only include type A once.", [(1, 11), (1, 13)])],
    ),
    "union-has-objects": (
        "union U = A|I|Query|S interface I {a:Int} type A {a:Int} scalar S type Query {a:U}",
        [
            ("Union type U can only include Object types, it cannot include I.", [(1, 13)]),
            ("Union type U can only include Object types, it cannot include S.", [(1, 21)]),
        ],
    ),
    "enum-has-values": (
        "enum E type Query {a:E}",
        [("Enum type E must define one or more values.", [(1, 1)])],
    ),
    "input-has-fields": (
        "input I type Query {a(i:I):Int}",
        [("Input Object type I must define one or more fields.", [(1, 1)])],
    ),
    "implements-interfaces-only": (
        "type Query implements A & S {a:Int} type A {a:Int} scalar S",
        [
            ("Type Query must only implement Interface types, it cannot implement A.", [(1, 23)]),
            ("Type Query must only implement Interface types, it cannot implement S.", [(1, 27)]),
        ],
    ),
    "implements-not-itself": (
        "interface I implements I {a:Int} type Query {a:I}",
        [
            (
                "Type I cannot implement itself because it would create a circular reference.",
                [(1, 24)],
            )
        ],
    ),
    "implements-once": (
        "interface I {a:Int} type Query implements I & I {a:Int}",
        [("Type Query can only implement I once.", [(1, 43), (1, 47)])],
    ),
    "implements-no-circle": (
        "interface I implements J {a:Int} interface J implements I {a:Int} type Query {a:Int}",
        [
            (
                "Type I cannot implement J because it would create a circular reference.",
                [(1, 57), (1, 24)],
            ),
            (
                "Type J cannot implement I because it would create a circular reference.",
                [(1, 24), (1, 57)],
            ),
        ],
    ),
    "implements-no-long-circle": (
        "interface I implements J {a:Int} interface J implements K {a:Int} interface K implements I {a:Int} type Query {a:Int}",
        [
            ("Type I must implement K because it is implemented by J.", [(1, 57), (1, 24)]),
            ("Type J must implement I because it is implemented by K.", [(1, 90), (1, 57)]),
            ("Type K must implement J because it is implemented by I.", [(1, 24), (1, 90)]),
        ],
    ),
    "implements-ancestors-too": (
        "interface I {a:Int} interface J implements I {a:Int} type Query implements J {a:Int}",
        [("Type Query must implement I because it is implemented by J.", [(1, 44), (1, 76)])],
    ),
    "implements-all-fields": (
        "interface I {a:Int b(x:Int):Int} type Query implements I {c:Int}",
        [
            ("Interface field I.a expected but Query does not provide it.", [(1, 14), (1, 34)]),
            ("Interface field I.b expected but Query does not provide it.", [(1, 20), (1, 34)]),
        ],
    ),
    "implements-with-sub-types": (
        "interface I {a:Int! b:[Int] c:I d:String} type Query implements I {a:Int b:Int c:Query d:Int}",
        [
            ("Interface field I.a expects type Int! but Query.a is type Int.", [(1, 16), (1, 70)]),
            ("Interface field I.b expects type [Int] but Query.b is type Int.", [(1, 23), (1, 76)]),
            (
                "Interface field I.d expects type String but Query.d is type Int.",
                [(1, 35), (1, 90)],
            ),
        ],
    ),
    "implements-all-arguments": (
        "interface I {a(x:Int y:String z:Int!):Int} type Query implements I {a(x:String z:Int w:Int! v:Int):Int}",
        [
            (
                "Interface field argument I.a(x:) expects type Int but Query.a(x:) is type String.",
                [(1, 18), (1, 73)],
            ),
            (
                "Interface field argument I.a(y:) expected but Query.a does not provide it.",
                [(1, 22), (1, 69)],
            ),
            (
                "Interface field argument I.a(z:) expects type Int! but Query.a(z:) is type Int.",
                [(1, 33), (1, 82)],
            ),
            (
                "Argument 'Query.a(w:)' must not be required type 'Int!' if not provided by the Interface field 'I.a'.",
                [(1, 86), (1, 14)],
            ),
        ],
    ),
    "implements-without-required-arguments": (
        "interface I {a(x:Int):Int} type Query implements I {a(x:Int, w:Int!=3, v: Int!):Int}",
        [
            (
                "Argument 'Query.a(v:)' must not be required type 'Int!' if not provided by the Interface field 'I.a'.",
                [(1, 72), (1, 14)],
            )
        ],
    ),
    "implements-without-deprecation": (
        "interface I {a:Int} type Query implements I {a:Int @deprecated}",
        [
            (
                "Interface field I.a is not deprecated, so implementation field Query.a must not be deprecated.",
                [(1, 52), (1, 48)],
            )
        ],
    ),
    "required-circle": (
        "input A {b:B!} input B {a:A!} type Query {a(i:A):Int}",
        [
            (
                "Input Object A cannot be provided a finite value because it references itself through fields: A.b, B.a.",
                [(1, 10), (1, 25)],
            )
        ],
    ),
    "required-self": (
        "input A {a:A!} type Query {a(i:A):Int}",
        [
            (
                "Input Object A cannot be provided a finite value because it references itself through fields: A.a.",
                [(1, 10)],
            )
        ],
    ),
    "required-circles": (
        "input A {b:B! a:A!} input B {c:C! b:B!} input C {a:A! b:B!} type Query {a(i:A):Int}",
        [
            (
                "Input Object A cannot be provided a finite value because it references itself through fields: A.b, B.c, C.a.",
                [(1, 10), (1, 30), (1, 50)],
            ),
            (
                "Input Object B cannot be provided a finite value because it references itself through fields: B.c, C.b.",
                [(1, 30), (1, 55)],
            ),
            (
                "Input Object B cannot be provided a finite value because it references itself through fields: B.b.",
                [(1, 35)],
            ),
            (
                "Input Object A cannot be provided a finite value because it references itself through fields: A.a.",
                [(1, 15)],
            ),
        ],
    ),
    "required-circle-despite-default": (
        "input A {b:[B!]! c:A d:A!=null} input B {a:A!} type Query {a(i:A):Int}",
        [
            (
                "A.d has invalid default value: Expected value of non-null type 'A!' not to be None.",
                [(1, 27)],
            ),
            (
                "Input Object A cannot be provided a finite value because it references itself through fields: A.d.",
                [(1, 22)],
            ),
        ],
    ),
    "one-of-is-nullable-without-default": (
        'input O @oneOf {a:Int! b:Int=3 c:String! = "x"} type Query {a(o:O):Int}',
        [
            ("OneOf input field O.a must be nullable.", [(1, 19)]),
            ("OneOf input field O.b cannot have a default value.", [(1, 24)]),
            ("OneOf input field O.c must be nullable.", [(1, 34)]),
            ("OneOf input field O.c cannot have a default value.", [(1, 32)]),
        ],
    ),
    "default-in-itself": (
        "input A {a:A={}} type Query {a(i:A):Int}",
        [
            (
                "Invalid circular reference. The default value of Input Object field A.a references itself.",
                [(1, 14)],
            )
        ],
    ),
    "default-in-itself-via-another": (
        "input A {b:B={}} input B {a:A={}} type Query {a(i:A):Int}",
        [
            (
                "Invalid circular reference. The default value of Input Object field A.b references itself via the default values of: B.a.",
                [(1, 14), (1, 31)],
            )
        ],
    ),
    "default-given-partly": (
        "input A {b:B={a:{}}} input B {a:A, c:[A]=[{}]} type Query {a(i:A):Int}",
        [
            (
                "Invalid circular reference. The default value of Input Object field A.b references itself.",
                [(1, 14)],
            ),
            (
                "Invalid circular reference. The default value of Input Object field A.b references itself via the default values of: B.c.",
                [(1, 14), (1, 42)],
            ),
        ],
    ),
    "default-that-ends": (
        "input A {a:A={a:null} c:[A]=[]} type Query {a(i:A):Int}",
        [],
    ),
    "defaults-fit": (
        'input A {a:Int="x" b:E=Z c:B={z:1}} input B {r:Int!} enum E {X} type Query {a(i:A={q:1} j:Int! = null k:[Int]=["x",1,true]):Int} directive @d(x:Int="s") on FIELD',
        [
            (
                '@d(x:) has invalid default value: Int cannot represent non-integer value: "s"',
                [(1, 149)],
            ),
            (
                'A.a has invalid default value: Int cannot represent non-integer value: "x"',
                [(1, 16)],
            ),
            (
                "A.b has invalid default value: Value 'Z' does not exist in 'E' enum. Did you mean the enum value 'X'?",
                [(1, 24)],
            ),
            (
                "A.c has invalid default value: Expected value of type 'B' to include required field 'r', found: { z: 1 }.",
                [(1, 30)],
            ),
            (
                "A.c has invalid default value: Expected value of type 'B' not to include unknown field 'z'. Did you mean 'r'? Found: { z: 1 }.",
                [(1, 31)],
            ),
            (
                "Query.a(i:) has invalid default value: Expected value of type 'A' not to include unknown field 'q'. Did you mean 'a', 'b', or 'c'? Found: { q: 1 }.",
                [(1, 84)],
            ),
            (
                "Query.a(j:) has invalid default value: Expected value of non-null type 'Int!' not to be None.",
                [(1, 98)],
            ),
            (
                'Query.a(k:) has invalid default value at [0]: Int cannot represent non-integer value: "x"',
                [(1, 112)],
            ),
            (
                "Query.a(k:) has invalid default value at [2]: Int cannot represent non-integer value: true",
                [(1, 118)],
            ),
        ],
    ),
    "defaults-fit-within": (
        'input A {a:B={b:"x"}} input B {b:Int=3} type Query {a(i:A):Int}',
        [
            (
                'A.a has invalid default value at .b: Int cannot represent non-integer value: "x"',
                [(1, 17)],
            )
        ],
    ),
    "directive-in-the-type-of-its-argument-via-an-enum": (
        "directive @a(x:E) on ENUM_VALUE enum E {V @b W} directive @b(y:E) on ENUM_VALUE type Query {a:Int}",
        [
            (
                "Invalid circular reference. The definition of directive @b references itself via: E.",
                [(1, 62), (1, 43)],
            )
        ],
    ),
    "directive-that-is-not-defined": (
        "directive @a(x:Int @nope) on ARGUMENT_DEFINITION type Query {a:Int}",
        [],
    ),
    "one-of-in-itself": (
        "input O @oneOf {a:O} type Query {a(o:O):Int}",
        [],
    ),
    "one-of-with-a-way-out": (
        "input O @oneOf {a:O b:Int} type Query {a(o:O):Int}",
        [],
    ),
    "specified-scalar": (
        'scalar S @specifiedBy(url:"x") type Query {a:S}',
        [],
    ),
    "subscription-with-two-fields": (
        "type Query{a:Int} type Subscription {a:Int b:Int}",
        [],
    ),
    "extended-name-is-not-reserved": (
        "type Query {a:Int} extend type Query {__x:Int}",
        [
            (
                "Name '__x' must not begin with '__', which is reserved by GraphQL introspection.",
                [(1, 39)],
            )
        ],
    ),
    "directive-in-its-definition": (
        "directive @d(a:Int @d) on ARGUMENT_DEFINITION type Query {a:Int}",
        [
            (
                "Invalid circular reference. The definition of directive @d references itself.",
                [(1, 20)],
            )
        ],
    ),
    "directives-in-a-circle": (
        "directive @a(x:Int @b) on ARGUMENT_DEFINITION directive @b(x:Int @a) on ARGUMENT_DEFINITION type Query {a:Int}",
        [
            (
                "Invalid circular reference. The definition of directive @a references itself via: @b.",
                [(1, 20), (1, 66)],
            ),
            (
                "Invalid circular reference. The definition of directive @b references itself via: @a.",
                [(1, 66), (1, 20)],
            ),
        ],
    ),
    "directive-in-the-type-of-its-argument": (
        "directive @a(x:In) on INPUT_FIELD_DEFINITION | INPUT_OBJECT | ENUM input In @a {x:Int @a(x:{})} type Query {a:Int}",
        [
            (
                "Invalid circular reference. The definition of directive @a references itself via: In.",
                [(1, 14), (1, 77)],
            )
        ],
    ),
}


@pytest.mark.parametrize(("text", "faults"), CASES.values(), ids=CASES)
def test_faults_are_found_where_they_are(
    text: str, faults: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    schema = build_schema(text, assume_valid_sdl=True)

    assert [
        (error.message, [(place.line, place.column) for place in error.locations or ()])
        for error in validate_schema(schema)
    ] == faults


def messages(query: GraphQLObjectType | None, **more: Any) -> list[str]:
    return [error.message for error in validate_schema(GraphQLSchema(query, **more))]


def query(**fields: Any) -> GraphQLObjectType:
    return GraphQLObjectType("Query", {"a": GraphQLInt, **fields})


def taking(type_: Any, **more: Any) -> GraphQLObjectType:
    return query(f=GraphQLField(GraphQLInt, {"x": GraphQLArgument(type_, **more)}))


def test_a_schema_without_source_is_validated_too() -> None:
    node = GraphQLInterfaceType("Node", {"id": GraphQLField(GraphQLInt, {"x": GraphQLInt})})
    thing = GraphQLObjectType("Thing", {"id": GraphQLString}, [node])

    assert messages(query(thing=thing)) == [
        "Interface field Node.id expects type Int but Thing.id is type String.",
        "Interface field argument Node.id(x:) expected but Thing.id does not provide it.",
    ]


def test_directives_have_locations_and_names_of_their_own() -> None:
    here = GraphQLDirective("d", [DirectiveLocation.FIELD])
    nowhere = GraphQLDirective("d", [])

    assert messages(query(), directives=[here, nowhere]) == [
        "There can be only one directive named '@d'.",
        "Directive @d must include 1 or more locations.",
    ]


def test_what_stands_for_a_type_is_one_of_the_right_kind() -> None:
    inputs = GraphQLInputObjectType("In", {"a": GraphQLInt})
    union = GraphQLUnionType("U", [GraphQLList(GraphQLString), inputs])  # type: ignore[list-item]
    listed: Any = GraphQLList(query(u=union))

    assert messages(listed, mutation=inputs) == [
        "Query root type must be Object type, it cannot be [Query].",
        "Mutation root type must be Object type if provided, it cannot be In.",
        "Union type U can only include Object types, it cannot include [String].",
        "Union type U can only include Object types, it cannot include In.",
    ]


def test_a_default_given_as_resolvers_see_it_is_recognised() -> None:
    enum = GraphQLEnumType("E", {"RED": 1})
    inputs = GraphQLInputObjectType("In", {"e": enum, "l": GraphQLList(GraphQLNonNull(enum))})

    assert messages(taking(enum, default=GraphQLDefaultInput(1))) == [
        "Query.f(x:) has invalid default value: 1. Did you mean: 'RED'?"
    ]
    assert messages(taking(inputs, default=GraphQLDefaultInput({"e": None, "l": [1]}))) == [
        "Query.f(x:) has invalid default value: {'e': None, 'l': [1]}."
        " Did you mean: {'e': None, 'l': ['RED']}?"
    ]
    assert messages(taking(GraphQLList(enum), default=GraphQLDefaultInput(1))) == [
        "Query.f(x:) has invalid default value: 1. Did you mean: 'RED'?"
    ]


@pytest.mark.parametrize("value", [2, [2], {"z": 1}, {"e": 2}, "x"])
def test_other_defaults_are_told_as_they_are(value: Any) -> None:
    enum = GraphQLEnumType("E", {"RED": 1})
    inputs = GraphQLInputObjectType("In", {"e": GraphQLNonNull(enum)})

    for type_ in (enum, GraphQLList(enum), inputs):
        found = messages(taking(type_, default=GraphQLDefaultInput(value)))
        assert found
        assert not any("Did you mean:" in message for message in found)


def test_defaults_as_resolvers_get_them_are_taken_as_they_are() -> None:
    assert messages(taking(GraphQLInt, default_value="anything")) == []


def test_defaults_of_what_is_no_input_type_are_not_looked_at() -> None:
    thing = GraphQLObjectType("Thing", {"a": GraphQLInt})

    assert messages(taking(thing, default=GraphQLDefaultInput(5))) == [
        "The type of Query.f(x:) must be Input Type but got: Thing."
    ]


@pytest.mark.parametrize(
    ("default", "is_cycle"),
    [({}, True), ({"a": {}}, True), ({"a": None}, False), ({"a": {"a": None}}, False)],
)
def test_defaults_as_data_are_followed(default: Any, is_cycle: bool) -> None:
    loop = GraphQLInputObjectType(
        "Loop", lambda: {"a": GraphQLInputField(loop, default=GraphQLDefaultInput(default))}
    )

    found = messages(taking(loop))

    assert (
        found
        == [
            "Invalid circular reference."
            " The default value of Input Object field Loop.a references itself."
        ]
        * is_cycle
    )


def test_lists_in_defaults_are_followed() -> None:
    loop = GraphQLInputObjectType(
        "Loop",
        lambda: {
            "a": GraphQLInputField(GraphQLList(loop), default=GraphQLDefaultInput([{"a": []}, {}]))
        },
    )

    assert len(messages(taking(loop))) == 1


def test_deprecation_need_not_be_written() -> None:
    argument = GraphQLArgument(
        GraphQLNonNull(GraphQLInt),
        deprecation_reason="old",
        ast_node=InputValueDefinitionNode(
            name=NameNode(value="x"), type=NamedTypeNode(name=NameNode(value="Int"))
        ),
    )

    assert messages(query(f=GraphQLField(GraphQLInt, {"x": argument}))) == [
        "Required argument Query.f(x:) cannot be deprecated."
    ]


def test_chains_may_be_longer_than_the_stack() -> None:
    count = 3_000
    texts = [f"input I{i} {{ n: I{i + 1}! d: I{i + 1} = {{n: null}} }}" for i in range(count)]
    texts[-1] = f"input I{count - 1} {{ n: I0! }}"

    errors = validate_schema(
        build_schema("type Query { a(i: I0): Int }" + "".join(texts), assume_valid_sdl=True)
    )

    (cycle,) = [error for error in errors if "finite value" in error.message]
    assert cycle.message.endswith(f", I{count - 1}.n.")


def test_a_default_nested_deeper_than_the_stack_is_refused() -> None:
    depth = 5_000
    value = "{a: " * depth + "null" + "}" * depth

    (error,) = validate_schema(
        build_schema(
            f"type Query {{ f(x: Loop = {value}): Int }} input Loop {{ a: Loop }}",
            assume_valid_sdl=True,
        )
    )

    assert error.message == (
        "Query.f(x:) has invalid default value: Value of type 'Loop' is nested too deeply."
    )


def test_a_schema_is_validated_once() -> None:
    schema = GraphQLSchema(None)

    assert schema.validation_errors is None
    assert validate_schema(schema) is validate_schema(schema) is schema.validation_errors


def test_a_schema_assumed_valid_is_not_validated() -> None:
    schema = GraphQLSchema(None, assume_valid=True)

    assert validate_schema(schema) == []
    assert schema.to_kwargs()["assume_valid"]


def test_asserting_tells_all_faults() -> None:
    assert_valid_schema(GraphQLSchema(query()))
    with pytest.raises(TypeError) as caught:
        assert_valid_schema(GraphQLSchema(None, GraphQLObjectType("M", {})))
    assert str(caught.value) == (
        "Query root type must be provided.\n\nType M must define one or more fields."
    )


def test_only_schemas_are_validated() -> None:
    with pytest.raises(TypeError, match="Expected 5 to be a GraphQL schema"):
        validate_schema(5)  # type: ignore[arg-type]
