"""How two types relate: equal, sub-type, overlapping.

Source: GraphQL §3.4.1, https://spec.graphql.org/September2025/#sec-Wrapping-Types
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.type._composite import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull, GraphQLWrappingType

if TYPE_CHECKING:
    from covet_graphql.type._named import GraphQLType
    from covet_graphql.type.definition import GraphQLCompositeType
    from covet_graphql.type.schema import GraphQLSchema


def is_equal_type(type_a: GraphQLType, type_b: GraphQLType) -> bool:
    """Whether two types are the same, with the same lists and non-nulls around them."""
    a: Any = type_a
    b: Any = type_b
    while a is not b:
        if type(a) is not type(b) or not isinstance(a, GraphQLWrappingType):
            return False
        a, b = a.of_type, b.of_type
    return True


def is_type_sub_type_of(
    schema: GraphQLSchema, maybe_subtype: GraphQLType, super_type: GraphQLType
) -> bool:
    """Whether all values of one type are values of another: IsSubType() and covariance.

    Source: GraphQL §3.6, https://spec.graphql.org/September2025/#IsValidImplementationFieldType()
    """
    sub: Any = maybe_subtype
    super_: Any = super_type
    while sub is not super_:
        if isinstance(super_, GraphQLNonNull):
            if not isinstance(sub, GraphQLNonNull):
                return False
            sub, super_ = sub.of_type, super_.of_type
        elif isinstance(sub, GraphQLNonNull):
            sub = sub.of_type
        elif isinstance(super_, GraphQLList):
            if not isinstance(sub, GraphQLList):
                return False
            sub, super_ = sub.of_type, super_.of_type
        else:
            return (
                isinstance(super_, (GraphQLInterfaceType, GraphQLUnionType))
                and isinstance(sub, (GraphQLInterfaceType, GraphQLObjectType))
                and schema.is_sub_type(super_, sub)
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
