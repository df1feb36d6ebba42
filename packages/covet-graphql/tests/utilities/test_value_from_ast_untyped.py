"""Literals become Python data."""

import pytest

from covet_graphql import (
    GraphQLError,
    Undefined,
    parse_value,
    value_from_ast_untyped,
)


def test_values_become_python_data() -> None:
    node = parse_value('[1, -1.5, "s", true, null, E, {a: $b, c: [$d, {}]}, {a: 1, a: 2}]')

    assert value_from_ast_untyped(node, {"b": 3}) == [
        1, -1.5, "s", True, None, "E", {"a": 3, "c": [Undefined, {}]}, {"a": 2},
    ]  # fmt: skip
    assert value_from_ast_untyped(parse_value("$b")) is Undefined


def test_values_may_be_deep() -> None:
    value = value_from_ast_untyped(parse_value("[" * 20_000 + "]" * 20_000))

    depth = 0
    while value:
        (value,) = value
        depth += 1
    assert depth == 19_999


def test_integers_too_long_to_read_are_refused() -> None:
    assert value_from_ast_untyped(parse_value("9" * 4300)) == int("9" * 4300)

    with pytest.raises(GraphQLError, match="Integer of 4301 digits is too long") as caught:
        value_from_ast_untyped(parse_value("9" * 4301))
    assert caught.value.locations == [(1, 1)]
