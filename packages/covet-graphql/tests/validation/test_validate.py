"""Whether a schema can execute a document, and whether a document can become a schema."""

import gc
import weakref
from typing import Any

import pytest

from covet_graphql import (
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    ParallelVisitor,
    Undefined,
    build_schema,
    concat_ast,
    extend_schema,
    parse,
    visit,
)
from covet_graphql.validation import (
    FieldsOnCorrectTypeRule,
    KnownTypeNamesRule,
    OverlappingFieldsCanBeMergedRule,
    ScalarLeafsRule,
    SDLValidationRule,
    ValidationContext,
    ValidationRule,
    ValuesOfCorrectTypeRule,
    assert_valid_sdl,
    assert_valid_sdl_extension,
    specified_rules,
    validate,
    validate_sdl,
)


class NoAliasesRule(ValidationRule):
    def enter_field(self, node: Any, *_args: Any) -> None:
        if node.alias:
            parent = self.context.get_parent_type()
            self.report_error(GraphQLError(f"Alias {node.alias.value} on {parent}.", node))


class NoStringsRule(ValidationRule):
    def enter_string_value(self, node: Any, *_args: Any) -> None:
        context = self.context
        argument = context.get_argument()
        self.report_error(
            GraphQLError(
                f"{context.get_field_def().type} {argument.type} {context.get_input_type()}"
                f" {context.get_directive()} {context.get_enum_value()} {context.get_type()}"
                f" {context.get_parent_input_type()}",
                node,
            )
        )


def messages(errors: list[GraphQLError]) -> list[str]:
    return [error.message for error in errors]


def test_valid_documents_have_no_errors(schema: GraphQLSchema) -> None:
    source = "query Q($a: Int) { dog { ...F } args { int(a: $a) } } fragment F on Dog { name }"

    assert validate(schema, parse(source)) == []


def test_errors_are_in_the_order_of_the_document(schema: GraphQLSchema) -> None:
    source = "query ($a: Int) { dog { nme name { a } } args { int(a: true) two(a: $b) } cat }"

    errors = validate(schema, parse(source))

    assert [(error.locations[0].column, error.message[:22]) for error in errors] == [
        (69, "Variable '$b' is not d"),
        (8, "Variable '$a' is never"),
        (25, "Cannot query field 'nm"),
        (34, "Field 'name' must not "),
        (56, "Int cannot represent n"),
        (62, "Argument 'Args.two(b:)"),
        (75, "Field 'cat' of type 'C"),
    ]


def test_documents_without_places_are_validated_too(schema: GraphQLSchema) -> None:
    document = concat_ast(
        [
            parse("{ dog { ...F } }", no_location=True),
            parse("fragment F on Dog { nme }", no_location=True),
        ]
    )

    assert messages(validate(schema, document)) == [
        "Cannot query field 'nme' on type 'Dog'. Did you mean 'name'?"
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{ dogg { name } }", "Cannot query field 'dogg' on type 'Query'."),
        ("{ dog }", "Field 'dog' of type 'Dog' must have a selection of subfields."),
        ("{ pet { barks } }", "Cannot query field 'barks' on type 'Pet'."),
        ("{ dog { name(surnam: 1) } }", "Unknown argument 'surnam' on field 'Dog.name'."),
        ("{ dog { ... on Dgo { a } } }", "Unknown type 'Dgo'."),
        ("{ args { command(a: SITT) } }", "Value 'SITT' does not exist in 'Command' enum."),
        (
            "{ args { complex(a: {requiredField: true, intfield: 1}) } }",
            "Expected value of type 'Complex' not to include unknown field 'intfield',"
            " found: { requiredField: true, intfield: 1 }.",
        ),
    ],
)
def test_suggestions_can_be_hidden(schema: GraphQLSchema, source: str, message: str) -> None:
    assert messages(validate(schema, parse(source), hide_suggestions=True)) == [message]


def test_no_more_errors_than_wanted_are_reported(schema: GraphQLSchema) -> None:
    document = parse("{ a b c }")

    assert len(validate(schema, document, max_errors=3)) == 3
    assert messages(validate(schema, document, max_errors=1)) == [
        "Cannot query field 'a' on type 'Query'.",
        "Too many validation errors, error limit reached. Validation aborted.",
    ]
    assert len(validate(schema, parse(f"{{ {'a ' * 200} }}"))) == 101


def test_an_invalid_schema_validates_nothing() -> None:
    schema = build_schema("type Query", assume_valid=False)

    with pytest.raises(TypeError, match="Query must define one or more fields"):
        validate(schema, parse("{ a }"))


# Rules


def test_only_the_chosen_rules_are_applied(schema: GraphQLSchema) -> None:
    document = parse("{ dog nope }")

    assert len(validate(schema, document)) == 2
    assert len(validate(schema, document, [ScalarLeafsRule])) == 1
    assert validate(schema, document, []) == []


def test_own_rules_are_visitors_with_the_types_of_the_schema(schema: GraphQLSchema) -> None:
    document = parse('{ dog { a: name } b: args { string(a: "x") } }')

    assert messages(validate(schema, document, [NoAliasesRule])) == [
        "Alias a on Dog.",
        "Alias b on Query.",
    ]
    assert messages(validate(schema, document, [NoStringsRule])) == [
        "String String String None None String None"
    ]


def test_own_rules_work_beside_those_of_the_specification(schema: GraphQLSchema) -> None:
    document = parse("{ dog { a: nme } }")

    errors = validate(schema, document, [NoAliasesRule, *specified_rules])

    assert messages(errors) == [
        "Cannot query field 'nme' on type 'Dog'. Did you mean 'name'?",
        "Alias a on Dog.",
    ]


def test_own_rules_stop_at_the_limit(schema: GraphQLSchema) -> None:
    document = parse("{ a: dog { b: name c: name d: name } }")

    errors = validate(schema, document, [NoAliasesRule], max_errors=2)

    assert messages(errors) == [
        "Alias a on Query.",
        "Alias b on Dog.",
        "Too many validation errors, error limit reached. Validation aborted.",
    ]
    assert len(validate(schema, parse("{ a b c: d }"), [*specified_rules, NoAliasesRule], 1)) == 2


def test_rules_of_the_specification_are_visitors_too(schema: GraphQLSchema) -> None:
    document = parse("{ dog { nme } nope }")
    errors: list[GraphQLError] = []
    context = ValidationContext(schema, document, None, errors.append)  # type: ignore[arg-type]

    visit(document, ParallelVisitor([FieldsOnCorrectTypeRule(context), ScalarLeafsRule(context)]))

    assert errors == validate(schema, document, [FieldsOnCorrectTypeRule])


def test_a_rule_of_the_specification_can_be_extended(schema: GraphQLSchema) -> None:
    class StrictRule(FieldsOnCorrectTypeRule):
        def enter_field(self, node: Any, *_args: Any) -> None:
            self.report_error(GraphQLError(f"Saw {node.name.value}."))

    assert messages(validate(schema, parse("{ nope }"), [StrictRule])) == [
        "Cannot query field 'nope' on type 'Query'.",
        "Saw nope.",
    ]


# Values of scalars


def validate_scalar(value: str, **functions: Any) -> list[GraphQLError]:
    scalar = GraphQLScalarType("Own", **functions)
    field = GraphQLField(GraphQLString, {"a": GraphQLArgument(scalar)})
    schema = GraphQLSchema(GraphQLObjectType("Query", {"field": field}))
    return validate(schema, parse(f"{{ field(a: {value}) }}"), [ValuesOfCorrectTypeRule])


def raising(error: Exception) -> Any:
    def parse_value(_value: Any) -> Any:
        raise error

    return parse_value


def test_scalars_take_what_their_functions_take() -> None:
    assert validate_scalar('{a: [1, "b"]}', parse_value=lambda value: value) == []
    assert validate_scalar("$v") == []


def test_scalars_refuse_by_returning_undefined() -> None:
    (error,) = validate_scalar("[1, $v]", parse_value=lambda _value: Undefined)

    assert error.message == "Expected value of type 'Own', found: [1, $v]."
    assert error.locations == [(1, 12)]


def test_scalars_refuse_by_raising() -> None:
    (error,) = validate_scalar('"x"', parse_value=raising(ValueError("no")))

    assert error.message == (
        "Expected value of type 'Own', but encountered error 'no'; found: \"x\"."
    )
    assert isinstance(error.original_error, ValueError)


def test_scalars_may_raise_what_the_client_shall_read() -> None:
    (error,) = validate_scalar('"x"', parse_value=raising(GraphQLError("read this")))

    assert (error.message, error.locations) == ("read this", [(1, 12)])


def test_long_values_are_not_repeated_in_errors(schema: GraphQLSchema) -> None:
    many = " ".join(f"f{index}: 1" for index in range(200))
    text = "x" * 5000

    errors = validate(
        schema,
        parse(f'{{ args {{ complex(a: {{{many}}}) b: complex(a: {{s: "{text}"}}) }} }}'),
        [ValuesOfCorrectTypeRule],
        max_errors=1000,
    )
    (error,) = validate(schema, parse(f"{{ args {{ complex(a: [{'1 ' * 300}]) }} }}"))

    assert max(len(error.message) for error in errors) < 1300
    assert errors[0].message.endswith("found: { ... }.")
    assert error.message.endswith("found: [ ... ].")


# Documents meant to hurt


def deep(opening: str, closing: str, times: int = 50_000) -> str:
    return opening * times + closing * times


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"{{ dog {deep('{ mother ', '}')} }}", id="fields"),
        pytest.param(
            f"{{ dog {{ {deep('... {', '}').replace('{}', '{ name }')} }} }}", id="inline"
        ),
        pytest.param(f"{{ args {{ any(a: {deep('[', ']')}) }} }}", id="lists"),
        pytest.param(f"{{ args {{ nestedList(a: {deep('[', ']')}) }} }}", id="typed lists"),
        pytest.param(f"{{ args {{ any(a: {deep('{a:', '}').replace(':}', ':1}')}) }} }}", id="any"),
        pytest.param(
            f"{{ args {{ complex(a: {deep('{nested:', '}').replace(':}', ':1}')}) }} }}",
            id="object",
        ),
        pytest.param(f"query ($a: {deep('[', ']').replace('[]', '[Int]')}) {{ a }}", id="types"),
        pytest.param(
            f"{{ dog {deep('{ mother ', '}', 5000)} dog {deep('{ x: mother ', '}', 5000)} }}"
            f" {{ a: dog {deep('{ mother ', '}', 3000)} a: cat {deep('{ mother ', '}', 3000)} }}",
            id="merged fields",
        ),
        pytest.param(
            "{ dog { ...F0 } }"
            + "".join(f" fragment F{i} on Dog {{ mother {{ ...F{i + 1} }} }}" for i in range(5000))
            + " fragment F5000 on Dog { ...F0 }",
            id="fragments",
        ),
    ],
)
def test_no_depth_is_too_deep(schema: GraphQLSchema, source: str) -> None:
    errors = validate(schema, parse(source))

    assert len(errors) <= 101
    assert sum(len(error.message) for error in errors) < 100_000


def test_deep_conflicts_are_shown_in_short(schema: GraphQLSchema) -> None:
    source = f"{{ dog {{ {'mother {' * 2000} x: name {'}' * 2000} }} "
    source += f"dog {{ {'mother {' * 2000} x: nickname {'}' * 2000} }} }}"

    (error,) = validate(schema, parse(source))

    assert len(error.message) < 1200
    assert len(error.nodes) == 40


def test_a_shared_fragment_costs_no_more_than_it_is_long(schema: GraphQLSchema) -> None:
    operations = " ".join(f"query Q{i}($x: Int) {{ ...F0 }}" for i in range(1500))
    fragments = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} }}" for i in range(1500))
    last = "fragment F1500 on Query { args { int(a: $x) } }"

    assert validate(schema, parse(f"{operations} {fragments} {last}")) == []


def test_more_comparisons_than_allowed_are_not_made(schema: GraphQLSchema) -> None:
    class ImpatientRule(OverlappingFieldsCanBeMergedRule):
        max_comparisons = 10

    source = f"{{ dog {{ {'name(surname: true) ' * 20} }} }}"

    assert validate(schema, parse(source)) == []
    assert messages(validate(schema, parse(source), [ImpatientRule])) == [
        "Too many fields share their response names or fragments to compare them all"
        " (more than 10 comparisons)."
    ]


def test_what_is_kept_of_a_schema_dies_with_it() -> None:
    schema = build_schema("type Query { a(b: In): Query } input In { c: In }")
    validate(schema, parse("query ($v: In) { a(b: {c: {c: $v}}) { a { __typename } } }"))
    reference = weakref.ref(schema)

    del schema
    gc.collect()

    assert reference() is None


# Type systems


class NoScalarsRule(SDLValidationRule):
    def enter_scalar_type_definition(self, node: Any, *_args: Any) -> None:
        extends = "extension" if self.context.schema else "schema"
        self.report_error(GraphQLError(f"{node.name.value} in {extends}", node))


def test_type_systems_are_validated_with_own_rules() -> None:
    document = parse("scalar A type B { a: C }")
    schema = build_schema("type Query { a: Int }")

    assert messages(validate_sdl(document, None, [NoScalarsRule])) == ["A in schema"]
    assert messages(validate_sdl(document, schema, [NoScalarsRule, KnownTypeNamesRule])) == [
        "Unknown type 'C'. Did you mean 'A' or 'B'?",
        "A in extension",
    ]


def test_invalid_type_systems_are_refused_with_all_errors() -> None:
    with pytest.raises(TypeError) as caught:
        assert_valid_sdl(parse("type A { a: B } type A { a: C }"))

    assert (
        str(caught.value).split("\n\n")
        == [
            "There can be only one type named 'A'.",
            "Field 'A.a' can only be defined once.",
            "Unknown type 'B'. Did you mean 'A'?",
            "Unknown type 'C'. Did you mean 'A'?",
        ]
        or str(caught.value).count("\n\n") == 3
    )


def test_valid_type_systems_are_accepted() -> None:
    schema = build_schema("type Query { a: Int }")

    assert_valid_sdl(parse("type Query { a: Int }"))
    assert_valid_sdl_extension(parse("extend type Query { b: Int }"), schema)
    with pytest.raises(TypeError, match="already exists"):
        assert_valid_sdl_extension(parse("extend type Query { a: Int }"), schema)
    assert "b" in extend_schema(schema, parse("extend type Query { b: Int }")).query_type.fields
