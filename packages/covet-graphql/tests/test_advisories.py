"""Known vulnerabilities of other GraphQL engines, each as a document that does no harm here.

Each is done or refused with the default limits in a few milliseconds; here it is enough that the
work, counted in fields that are looked at, does not grow faster than the document.
"""

import pytest

from covet_graphql import GraphQLSyntaxError, build_schema, parse
from covet_graphql.limits import Limits, LimitsRule, MaxAliasesRule, MaxDepthRule, measure
from covet_graphql.validation import OverlappingFieldsCanBeMergedRule, specified_rules, validate

SCHEMA = build_schema(
    "type Query { a(x: Int): String node: Node } interface Node { id: ID node: Node }"
    " type User implements Node { id: ID node: Node name: String }"
)


def counted(source: str) -> int:
    """Return how many fields are looked at again while they are merged."""
    low, high = 0, 1_000_000
    while low < high:
        middle = (low + high) // 2
        rule = type("Rule", (OverlappingFieldsCanBeMergedRule,), {"max_comparisons": middle})
        low, high = (middle + 1, high) if validate(SCHEMA, parse(source), [rule]) else (low, middle)
    return low


def test_cve_2023_26144_repeated_fields_are_not_compared_two_by_two() -> None:
    few = counted(f"{{ {'a(x: 1) ' * 100} }}")
    many = counted(f"{{ {'a(x: 1) ' * 1000} }}")

    assert many <= 11 * few


def test_graphql_core_270_nor_are_those_of_fragments() -> None:
    fragments = [
        " ".join(f"fragment F{i} on Node {{ node {{ id a{i}: id }} }}" for i in range(count))
        + f"{{ node {{ {' '.join(f'...F{i}' for i in range(count))} }} }}"
        for count in (20, 200)
    ]

    few, many = map(counted, fragments)

    assert many <= 11 * few


def test_webonyx_1906_nor_are_those_of_inline_fragments() -> None:
    nested = [
        "{ node {"
        + f"... on User {{ {'... on Node { id node { id } }' * count} }} " * count
        + "} }"
        for count in (5, 20)
    ]

    few, many = map(counted, nested)

    assert many <= 18 * few  # sixteen times the text


def test_cve_2026_47707_aliases_of_spread_fragments_are_counted() -> None:
    aliases = " ".join(f"a{index}: id" for index in range(8))
    source = f"{{ node {{ ...F ...G }} }} fragment F on Node {{ {aliases} }}"
    source += f" fragment G on Node {{ {aliases.replace('a', 'b')} }}"

    (error,) = validate(SCHEMA, parse(source), [MaxAliasesRule])

    assert error.message == "The operation has a selection set with more than 15 aliases."


def test_cve_2026_47707_fragment_cycles_do_not_stop_the_depth_limit() -> None:
    source = "{ node { ...F } } fragment F on Node { node { ...G } } fragment G on Node { ...F }"
    document = parse(source)

    found = measure(SCHEMA, document, document.definitions[0])

    assert found.depth == 2
    assert validate(SCHEMA, document, [MaxDepthRule]) == []
    assert [error.message for error in validate(SCHEMA, document, [*specified_rules, LimitsRule])]


def test_cve_2022_37734_directives_are_counted_before_they_are_read() -> None:
    source = f"{{ a {'@a ' * 30_000} }}"

    with pytest.raises(GraphQLSyntaxError, match="token"):
        parse(source, max_tokens=Limits().max_tokens)


def test_cve_2022_37734_repeated_directives_are_refused() -> None:
    errors = validate(SCHEMA, parse(f"{{ a {'@skip(if: true) ' * 200} }}"), [LimitsRule])

    assert [error.message for error in errors] == [
        "The operation has more than 50 directives, fragments included."
    ]


def test_cve_2024_40094_introspection_does_not_nest_lists() -> None:
    source = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"

    errors = validate(SCHEMA, parse(source))

    assert [error.message for error in errors] == ["Maximum introspection depth exceeded"]


def test_ariadne_and_graphene_have_no_limits_but_limits_are_one_rule_here() -> None:
    source = f"{{ {'node { ' * 20} id {'}' * 20} }}"

    errors = validate(SCHEMA, parse(source), [*specified_rules, LimitsRule])

    assert [error.message for error in errors] == [
        "The operation has fields nested deeper than 15 levels."
    ]
