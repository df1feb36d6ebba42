"""Literals with values in the place of variables."""

from typing import Any

import pytest

from covet_graphql import parse_value, print_ast, replace_variables


@pytest.mark.parametrize(
    ("literal", "values", "replaced"),
    [
        ("$a", {"a": 1}, "1"),
        ("$a", {"a": None}, "null"),
        ("$a", {}, "null"),
        ("[$a, $b, 3]", {"a": "x"}, '["x", null, 3]'),
        ("{a: $a, b: $b, c: [$a]}", {"a": {"x": True}}, "{ a: { x: true }, c: [{ x: true }] }"),
        ("{a: 1, b: {c: $missing}}", {}, "{ a: 1, b: {  } }"),
        ("[1, A, {b: null}]", {}, "[1, A, { b: null }]"),
    ],
)  # fmt: skip
def test_variables_become_literals(literal: str, values: dict[str, Any], replaced: str) -> None:
    assert print_ast(replace_variables(parse_value(literal), values)) == replaced


def test_without_values_all_variables_are_missing() -> None:
    assert print_ast(replace_variables(parse_value("{a: $a, b: [$b]}"))) == "{ b: [null] }"


def test_what_has_no_variables_stays_as_it_is() -> None:
    node = parse_value("[1, {a: 2}]")

    assert replace_variables(node, {"a": 1}) is node


def test_values_without_a_literal_are_refused() -> None:
    with pytest.raises(TypeError, match="Cannot convert value to AST"):
        replace_variables(parse_value("$a"), {"a": object()})
