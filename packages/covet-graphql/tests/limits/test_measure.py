"""What an operation asks for, in figures."""

from collections.abc import Callable
from typing import Any

import pytest

from covet_graphql import GraphQLSchema, get_introspection_query, parse
from covet_graphql.limits import Measure, measure

Measured = Callable[..., Measure]

W1 = (
    "{ users(limit: 100) { id name posts { id title"
    " comments { id text author { id profile { bio } } } } } }"
)


def test_everything_is_counted(measured: Measured) -> None:
    found = measured(
        "query @a { users(limit: 2) @b { x: id ...F } y: node { id ... on User @c { z: name } } }"
        " fragment F on User { name @d posts(limit: 3) { id } }"
    )

    assert found == Measure(
        depth=3,
        introspection_depth=0,
        root_fields=2,
        aliases=1,
        fields=8,
        directives=4,
        cost=2 * (1 + 3) + 1,
        errors=(),
    )


def test_the_nested_workload_costs_as_many_objects_as_it_can_return(measured: Measured) -> None:
    assert measured(W1).cost == 100 + 1_000 + 10_000 + 10_000 + 10_000


@pytest.mark.parametrize(
    ("source", "cost"),
    [
        pytest.param("{ user { id } }", 1, id="an object is one"),
        pytest.param("{ names(limit: 500) }", 0, id="leaves are none"),
        pytest.param("{ users { id } }", 10, id="assumed"),
        pytest.param("{ users(limit: 7) { id } }", 7, id="asked for"),
        pytest.param("{ users(limit: 0) { id } }", 0, id="nothing"),
        pytest.param("{ users(limit: null) { id } }", 10, id="null says nothing"),
        pytest.param("{ page { id } }", 5, id="default of the argument"),
        pytest.param("{ page(first: 2, last: 4) { id } }", 4, id="the larger one"),
        pytest.param("{ declared { id } }", 3, id="declared"),
        pytest.param("{ matrix { id } }", 100, id="lists of lists"),
        pytest.param("{ connection(first: 7) { edges { node { id } } } }", 15, id="connection"),
        pytest.param("{ connection(first: 7) { nodes { posts { id } } } }", 78, id="lists below"),
        pytest.param("{ connection { nodes { id } } }", 11, id="connection without size"),
        pytest.param("{ declaredConnection { nodes { id } } }", 5, id="declared connection"),
        pytest.param("{ connection(first: 3) { ...F } }"
                     " fragment F on UserConnection { nodes { id } }", 4, id="fragment inside"),
        pytest.param("{ unknown { id } user { unknown { id } } }", 1, id="unknown fields are none"),
        pytest.param("{ __schema { types { fields { name } } } }", 0, id="introspection is none"),
        pytest.param("{ ... on Query { users { id } } ... { user { id } } }", 11, id="inline"),
        pytest.param("{ ...Unknown user { ...Unknown id } }", 1, id="unknown fragments are none"),
    ],
)  # fmt: skip
def test_cost_is_the_number_of_objects(measured: Measured, source: str, cost: int) -> None:
    assert measured(source).cost == cost


@pytest.mark.parametrize(
    ("definition", "values", "cost"),
    [
        ("$n: Int", {"n": 7}, 7),
        ("$n: Int", {}, 10),
        ("$n: Int", None, 10),
        ("$n: Int = 6", None, 6),
        ("$n: Int = 6", {"n": 3}, 3),
        ("$n: Int = 6", {"n": None}, 10),
        ("$n: Int", {"n": "many"}, 10),
        ("$n: Int", {"n": True}, 10),
    ],
)
def test_sizes_may_be_variables(
    measured: Measured, definition: str, values: Any, cost: int
) -> None:
    assert measured(f"query ({definition}) {{ users(limit: $n) {{ id }} }}", values).cost == cost


@pytest.mark.parametrize("size", ["-1", "1001", "99999999999999999999", "-99999999999999999999"])
def test_impossible_sizes_are_errors(measured: Measured, size: str) -> None:
    (error,) = measured(f"{{ users(limit: {size}) {{ id }} }}").errors

    assert error.message == (
        "Argument 'limit' of field 'users' asks for too many or too few items. Ask for 0 to 1000."
    )
    assert error.locations == [(1, 3)]


def test_the_largest_page_and_the_assumed_size_can_be_set(measured: Measured) -> None:
    assert measured("{ users(limit: 6) { id } }", max_page_size=5).errors
    assert measured("{ users { id } }", assumed_list_size=2).cost == 2


def test_a_fragment_counts_each_time_that_it_is_spread(measured: Measured) -> None:
    source = "{ a: user { ...F } b: user { ...F } } fragment F on User { x: id @a y: name @b }"

    found = measured(source)

    assert (found.fields, found.directives, found.aliases) == (6, 4, 2)


def test_aliases_of_fragments_count_where_they_are_spread(measured: Measured) -> None:
    source = "{ user { a: id ...F ... { c: id } } } fragment F on User { b: id posts { x: id } }"

    assert measured(source).aliases == 3


def test_figures_stop_growing(measured: Measured) -> None:
    fragments = " ".join(
        f"fragment F{i} on User {{ posts {{ id }} ...F{i + 1} ...F{i + 1} ...F{i + 1} @a }}"
        for i in range(200)
    )
    nested = "{ users(limit: 1000) { posts(limit: 1000) { comments { author { id } } } ...F0 } }"

    found = measured(f"{nested} {fragments} fragment F200 on User {{ name }}")

    assert max(found.fields, found.cost, found.directives) <= 10_000_000_010
    assert min(found.fields, found.cost, found.directives) >= 1_000_000_000


def test_fragments_in_themselves_end(measured: Measured) -> None:
    found = measured("{ user { ...F } } fragment F on User { id ...G } fragment G on User { ...F }")

    assert (found.depth, found.fields) == (2, 2)


def test_no_depth_is_too_deep(measured: Measured) -> None:
    found = measured(f"{{ user {'{ posts ' * 50_000} {'}' * 50_000} }}")

    assert found.depth == 50_001


def test_introspection_has_a_depth_of_its_own(schema: GraphQLSchema) -> None:
    document = parse(get_introspection_query())

    found = measure(schema, document, document.definitions[0])

    assert (found.depth, found.introspection_depth, found.cost) == (1, 15, 0)


def test_introspection_below_fragments_is_found(measured: Measured) -> None:
    found = measured('{ ...F user { id } } fragment F on Query { __type(name: "a") { name } }')

    assert (found.depth, found.introspection_depth) == (2, 2)
