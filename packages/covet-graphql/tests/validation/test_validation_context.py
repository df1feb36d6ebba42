"""What rules may ask while a document is validated."""

from covet_graphql import GraphQLError, GraphQLSchema, TypeInfo, Undefined, parse
from covet_graphql.validation import (
    ASTValidationContext,
    SDLValidationContext,
    ValidationContext,
)

SOURCE = """
query One($v: Int) { ...A args { int(a: $v) } }
query Two { dog { name } }
fragment A on Query { ...B args { optional(b: $v) oneOf(a: {b: $v}) any(a: [$w]) } }
fragment B on Query { dog { name } }
fragment C on Query { ...A dog { ... on Dog { ...D } } }
"""


def test_errors_go_to_whoever_asked_for_them() -> None:
    errors: list[GraphQLError] = []
    context = ASTValidationContext(parse("{ a }"), errors.append)

    context.report_error(GraphQLError("first"))
    context.on_error(GraphQLError("second"))

    assert [error.message for error in errors] == ["first", "second"]
    assert context.hide_suggestions is False


def test_fragments_are_found_by_name() -> None:
    context = ASTValidationContext(parse(SOURCE), print)

    assert context.get_fragment("A") is context.document.definitions[2]
    assert context.get_fragment("X") is None


def test_spreads_are_listed_without_those_in_fragments() -> None:
    context = ASTValidationContext(parse(SOURCE), print)

    spreads = context.get_fragment_spreads(context.document.definitions[4].selection_set)

    assert [spread.name.value for spread in spreads] == ["A", "D"]


def test_fragments_are_followed() -> None:
    context = SDLValidationContext(parse(SOURCE), None, print)
    one, two, a, b, _ = context.document.definitions

    assert context.get_recursively_referenced_fragments(one) == [a, b]
    assert context.get_recursively_referenced_fragments(two) == []
    assert context.get_recursively_referenced_fragments_for_operations([one, two]) == [a, b]
    assert context.schema is None


def test_uses_of_variables_are_listed_with_their_places(schema: GraphQLSchema) -> None:
    context = ValidationContext(schema, parse(SOURCE), TypeInfo(schema), print, True)
    one, _, a, _, _ = context.document.definitions

    (own,) = context.get_variable_usages(one)
    usages = context.get_recursive_variable_usages(one)

    assert (str(own.type), own.default_value, own.parent_type) == ("Int", Undefined, None)
    assert context.get_variable_usages(a) == usages[1:]
    assert [(str(usage.type), str(usage.parent_type)) for usage in usages] == [
        ("Int", "None"),
        ("Int!", "None"),
        ("Int", "OneOf"),
        ("None", "None"),
    ]
    assert context.hide_suggestions is True
    assert context.schema is schema
