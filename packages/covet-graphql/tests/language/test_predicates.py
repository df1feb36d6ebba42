"""Predicates tell the grammar's kinds apart."""

import pytest

from covet_graphql import (
    Node,
    is_const_value_node,
    is_definition_node,
    is_executable_definition_node,
    is_schema_coordinate_node,
    is_selection_node,
    is_subscription_operation_definition_node,
    is_type_definition_node,
    is_type_extension_node,
    is_type_node,
    is_type_system_definition_node,
    is_type_system_extension_node,
    is_value_node,
    parse,
    parse_schema_coordinate,
    parse_type,
    parse_value,
)

PREDICATES = {
    is_definition_node: "definition",
    is_executable_definition_node: "executable",
    is_subscription_operation_definition_node: "subscription",
    is_selection_node: "selection",
    is_value_node: "value",
    is_const_value_node: "const",
    is_type_node: "type",
    is_type_system_definition_node: "system",
    is_type_definition_node: "type definition",
    is_type_system_extension_node: "system extension",
    is_type_extension_node: "type extension",
    is_schema_coordinate_node: "coordinate",
}


@pytest.mark.parametrize(
    ("node", "kinds"),
    [
        (parse("{ a }"), ""),
        (parse("{ a }").definitions[0], "definition, executable"),
        (parse("subscription { a }").definitions[0], "definition, executable, subscription"),
        (parse("fragment F on T { a }").definitions[0], "definition, executable"),
        (parse("{ a }").definitions[0].selection_set, ""),
        (parse("{ a }").definitions[0].selection_set.selections[0], "selection"),
        (parse("schema { query: Q }").definitions[0], "definition, system"),
        (parse("type T").definitions[0], "definition, system, type definition"),
        (parse("directive @d on FIELD").definitions[0], "definition, system"),
        (parse("extend schema @a").definitions[0], "definition, system extension"),
        (
            parse("extend type T @a").definitions[0],
            "definition, system, system extension, type extension",
        ),
        (parse("type T { a: Int }").definitions[0].fields[0], "definition"),
        (parse_value("1"), "value, const"),
        (parse_value("$v"), "value"),
        (parse_value("[1, {a: [$v]}]"), "value"),
        (parse_value("[1, {a: [E]}]"), "value, const"),
        (parse_type("[T!]"), "type"),
        (parse_schema_coordinate("A.b"), "coordinate"),
    ],
)
def test_predicates(node: Node, kinds: str) -> None:
    holding = {name for predicate, name in PREDICATES.items() if predicate(node)}

    assert holding == set(filter(None, kinds.split(", ")))
