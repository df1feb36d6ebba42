"""Limits as rules of validation."""

import pytest

from covet_graphql import GraphQLSchema, get_introspection_query, parse
from covet_graphql.limits import (
    Limits,
    LimitsRule,
    MaxAliasesRule,
    MaxCostRule,
    MaxDefinitionsRule,
    MaxDepthRule,
    MaxDirectivesRule,
    MaxFieldsRule,
    MaxOperationsRule,
    MaxRootFieldsRule,
    limited,
)
from covet_graphql.validation import specified_rules, validate

W1 = (
    "{ users(limit: 100) { id name posts { id title"
    " comments { id text author { id profile { bio } } } } } }"
)
NO_LIMITS = Limits(
    max_tokens=None,
    max_definitions=None,
    max_operations=None,
    max_depth=None,
    max_introspection_depth=None,
    max_root_fields=None,
    max_aliases=None,
    max_fields=None,
    max_directives=None,
    max_cost=None,
)


def many(text: str, times: int) -> str:
    return " ".join(text.format(index) for index in range(times))


BEYOND = [
    (
        MaxDefinitionsRule,
        "{ user { id } } " + many("fragment F{} on User {{ id }}", 50),
        "The document has more than 50 definitions.",
    ),
    (
        MaxDepthRule,
        "{ user { id " + "posts { comments { author { " * 5 + "id" + " } } }" * 5 + " } }",
        "The operation has fields nested deeper than 15 levels.",
    ),
    (
        MaxDepthRule,
        '{ __type(name: "a") { ' + "ofType { " * 20 + "name" + " }" * 20 + " } }",
        "The operation introspects deeper than 20 levels.",
    ),
    (
        MaxRootFieldsRule,
        "{ " + many("names", 11) + " ...F } fragment F on Query { " + many("names", 10) + " }",
        "The operation has more than 20 root fields.",
    ),
    (
        MaxAliasesRule,
        "{ user { " + many("a{}: id", 16) + " } }",
        "The operation has a selection set with more than 15 aliases.",
    ),
    (
        MaxFieldsRule,
        "{ a: user { ...F } b: user { ...F } } fragment F on User { " + many("id", 500) + " }",
        "The operation has more than 1000 fields, fragments included.",
    ),
    (
        MaxDirectivesRule,
        "{ user { id " + many("@skip(if: true)", 51) + " } }",
        "The operation has more than 50 directives, fragments included.",
    ),
    (
        MaxCostRule,
        "{ users(limit: 1000) { posts(limit: 1000) { id } } }",
        "The operation can return more than 100000 objects. Ask for fewer items of its lists.",
    ),
    (
        MaxCostRule,
        "{ users(limit: -1) { id } }",
        "Argument 'limit' of field 'users' asks for too many or too few items. Ask for 0 to 1000.",
    ),
]


@pytest.mark.parametrize(("rule", "source", "message"), BEYOND)
def test_operations_beyond_a_limit_are_refused(
    schema: GraphQLSchema, rule: type[LimitsRule], source: str, message: str
) -> None:
    document = parse(source)

    (error,) = validate(schema, document, [rule])

    assert error.message == message
    assert message in [error.message for error in validate(schema, document, [LimitsRule])]


@pytest.mark.parametrize(("rule", "source", "message"), BEYOND)
def test_other_limits_are_not_checked(
    schema: GraphQLSchema, rule: type[LimitsRule], source: str, message: str
) -> None:
    others = {rule for rule, _, _ in BEYOND} - {rule}

    assert validate(schema, parse(source), sorted(others, key=str)) == []


@pytest.mark.parametrize("source", [source for _, source, _ in BEYOND[:-1]])
def test_limits_can_be_lifted(schema: GraphQLSchema, source: str) -> None:
    assert validate(schema, parse(source), [LimitsRule.with_limits(NO_LIMITS)]) == []


def test_limits_can_be_changed(schema: GraphQLSchema) -> None:
    rule = MaxOperationsRule.with_limits(Limits(max_operations=1))
    document = parse("query A { user { id } } query B { user { id } }")

    assert rule.__name__ == "MaxOperationsRule"
    assert validate(schema, document, [MaxOperationsRule]) == []
    assert [error.message for error in validate(schema, document, [rule])] == [
        "The document has more than 1 operations."
    ]


def test_each_operation_is_measured_by_itself(schema: GraphQLSchema) -> None:
    rule = MaxDepthRule.with_limits(Limits(max_depth=2))
    document = parse("query A { user { id } } query B { user { posts { id } } } mutation { a }")

    (error,) = validate(schema, document, [rule])

    assert error.nodes == [document.definitions[1]]


@pytest.mark.parametrize("source", [W1, get_introspection_query(), "{ user(id: 1) { id name } }"])
def test_the_defaults_admit_what_applications_ask(schema: GraphQLSchema, source: str) -> None:
    limits = Limits()

    document = parse(source, max_tokens=limits.max_tokens)

    assert validate(schema, document, limited(specified_rules, limits)) == []


def test_limits_come_beside_the_rules_of_the_specification(schema: GraphQLSchema) -> None:
    rules = limited(specified_rules, Limits(max_depth=1, max_comparisons=3))
    document = parse("{ nope { deep } " + many("names(limit: 1)", 10) + " }")

    messages = [error.message for error in validate(schema, document, rules)]

    assert messages == [
        "The operation has fields nested deeper than 1 levels.",
        "Cannot query field 'nope' on type 'Query'. Did you mean 'node'?",
        "Too many fields share their response names or fragments to compare them all"
        " (more than 3 comparisons).",
    ]
