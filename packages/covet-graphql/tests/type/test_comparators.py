"""How types relate."""

from typing import Any

import pytest

from covet_graphql import (
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    do_types_overlap,
    is_equal_type,
    is_type_sub_type_of,
)

NODE = GraphQLInterfaceType("Node", {"id": GraphQLInt})
NAMED = GraphQLInterfaceType("Named", {"id": GraphQLInt}, [NODE])
DOG = GraphQLObjectType("Dog", {"id": GraphQLInt}, [NAMED, NODE])
CAT = GraphQLObjectType("Cat", {"id": GraphQLInt})
PET = GraphQLUnionType("Pet", [DOG, CAT])
SCHEMA = GraphQLSchema(GraphQLObjectType("Query", {"node": NODE, "pet": PET}), types=[DOG])


def listed(type_: Any) -> GraphQLList[Any]:
    return GraphQLList(type_)


def required(type_: Any) -> GraphQLNonNull[Any]:
    return GraphQLNonNull(type_)


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        (GraphQLInt, GraphQLInt, True),
        (GraphQLInt, GraphQLString, False),
        (listed(GraphQLInt), listed(GraphQLInt), True),
        (required(listed(GraphQLInt)), required(listed(GraphQLInt)), True),
        (listed(GraphQLInt), required(GraphQLInt), False),
        (listed(GraphQLInt), GraphQLInt, False),
        (listed(GraphQLInt), listed(GraphQLString), False),
    ],
)
def test_equal_types_are_wrapped_alike(a: Any, b: Any, equal: bool) -> None:
    assert is_equal_type(a, b) is is_equal_type(b, a) is equal


@pytest.mark.parametrize(
    ("sub", "super_"),
    [
        (GraphQLInt, GraphQLInt),
        (required(GraphQLInt), GraphQLInt),
        (required(GraphQLInt), required(GraphQLInt)),
        (listed(required(GraphQLInt)), listed(GraphQLInt)),
        (required(listed(DOG)), listed(PET)),
        (DOG, PET),
        (DOG, NODE),
        (NAMED, NODE),
        (required(NAMED), NODE),
    ],
)
def test_sub_types_have_only_values_of_the_other(sub: Any, super_: Any) -> None:
    assert is_type_sub_type_of(SCHEMA, sub, super_)


@pytest.mark.parametrize(
    ("sub", "super_"),
    [
        (GraphQLInt, GraphQLString),
        (GraphQLInt, required(GraphQLInt)),
        (listed(GraphQLInt), GraphQLInt),
        (GraphQLInt, listed(GraphQLInt)),
        (CAT, NODE),
        (NODE, NAMED),
        (NODE, DOG),
        (NODE, PET),
        (PET, NODE),
    ],
)
def test_other_types_have_more(sub: Any, super_: Any) -> None:
    assert not is_type_sub_type_of(SCHEMA, sub, super_)


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [
        (DOG, DOG, True),
        (DOG, CAT, False),
        (DOG, NODE, True),
        (CAT, NODE, False),
        (PET, NODE, True),
        (NAMED, NODE, True),
        (GraphQLUnionType("Cats", [CAT]), NODE, False),
    ],
)
def test_types_overlap_where_an_object_is_of_both(a: Any, b: Any, overlap: bool) -> None:
    assert do_types_overlap(SCHEMA, a, b) is do_types_overlap(SCHEMA, b, a) is overlap
