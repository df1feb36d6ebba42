"""Lists and non-nulls around types."""

from typing import Any

import pytest

from covet_graphql import GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLString


def test_wrapped_types_show_as_references() -> None:
    type_ = GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLList(GraphQLString))))

    assert str(type_) == type_.to_schema_string() == "[[String]!]!"
    assert repr(GraphQLNonNull(GraphQLList(GraphQLInt))) == (
        "<GraphQLNonNull <GraphQLList <GraphQLScalarType 'Int'>>>"
    )


def test_wrapping_has_no_depth_limit() -> None:
    type_: Any = GraphQLString
    for _ in range(20_000):
        type_ = GraphQLList(type_)

    assert str(type_) == f"{'[' * 20_000}String{']' * 20_000}"
    assert repr(type_).endswith("'String'" + ">" * 20_001)


def test_non_null_does_not_wrap_non_null() -> None:
    with pytest.raises(TypeError, match="Expected String! to be a GraphQL nullable type"):
        GraphQLNonNull(GraphQLNonNull(GraphQLString))


@pytest.mark.parametrize("wrapper", [GraphQLList, GraphQLNonNull])
@pytest.mark.parametrize("value", [None, 5, "String", str])
def test_only_types_are_wrapped(wrapper: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="to be a GraphQL type"):
        wrapper(value)
