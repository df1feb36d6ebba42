"""Literals as internal values, by the older name."""

from covet_graphql import GraphQLInt, GraphQLList, Undefined, parse_value, value_from_ast


def test_literals_become_what_resolvers_get() -> None:
    assert value_from_ast(parse_value("[1, $a]"), GraphQLList(GraphQLInt), {"a": 2}) == [1, 2]


def test_what_does_not_fit_is_undefined() -> None:
    assert value_from_ast(parse_value('"x"'), GraphQLInt) is Undefined
    assert value_from_ast(parse_value("$a"), GraphQLInt) is Undefined
    assert value_from_ast(None, GraphQLInt) is Undefined
