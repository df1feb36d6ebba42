"""How two types relate: equal, sub-type, overlapping.

Source: GraphQL §3.4.1, https://spec.graphql.org/September2025/#sec-Wrapping-Types
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.type._composite import GraphQLInterfaceType, GraphQLObjectType
from covet_graphql.type._predicates import (
    is_abstract_type,
    is_list_type,
    is_non_null_type,
    is_wrapping_type,
)

if TYPE_CHECKING:
    from covet_graphql.type._named import GraphQLType
    from covet_graphql.type.definition import GraphQLCompositeType
    from covet_graphql.type.schema import GraphQLSchema


def is_equal_type(type_a: GraphQLType, type_b: GraphQLType) -> bool:
    """Whether two types are the same, with the same lists and non-nulls around them."""
    while type_a is not type_b:
        if not (is_wrapping_type(type_a) and is_wrapping_type(type_b)):
            return False
        if is_list_type(type_a) is not is_list_type(type_b):
            return False
        type_a, type_b = type_a.of_type, type_b.of_type
    return True


def is_type_sub_type_of(
    schema: GraphQLSchema, maybe_subtype: GraphQLType, super_type: GraphQLType
) -> bool:
    """Whether all values of one type are values of another: IsSubType() and covariance.

    Source: GraphQL §3.6, https://spec.graphql.org/September2025/#IsValidImplementationFieldType()
    """
    while maybe_subtype is not super_type:
        if is_non_null_type(super_type):
            if not is_non_null_type(maybe_subtype):
                return False
            maybe_subtype, super_type = maybe_subtype.of_type, super_type.of_type
        elif is_non_null_type(maybe_subtype):
            maybe_subtype = maybe_subtype.of_type
        elif is_list_type(super_type):
            if not is_list_type(maybe_subtype):
                return False
            maybe_subtype, super_type = maybe_subtype.of_type, super_type.of_type
        else:
            return (
                is_abstract_type(super_type)
                and isinstance(maybe_subtype, (GraphQLInterfaceType, GraphQLObjectType))
                and schema.is_sub_type(super_type, maybe_subtype)
            )
    return True


def do_types_overlap(
    schema: GraphQLSchema, type_a: GraphQLCompositeType, type_b: GraphQLCompositeType
) -> bool:
    """Whether an object could be of both types.

    Source: GraphQL §5.5.2.3, https://spec.graphql.org/September2025/#GetPossibleTypes()
    """
    if type_a is type_b:
        return True
    if isinstance(type_a, GraphQLObjectType):
        return not isinstance(type_b, GraphQLObjectType) and schema.is_sub_type(type_b, type_a)
    if isinstance(type_b, GraphQLObjectType):
        return schema.is_sub_type(type_a, type_b)
    return any(schema.is_sub_type(type_b, type_) for type_ in schema.get_possible_types(type_a))
