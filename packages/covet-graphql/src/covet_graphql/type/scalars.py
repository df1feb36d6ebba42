"""The built-in scalars.

Source: GraphQL §3.5, https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from covet_graphql.type import _scalar_values as values
from covet_graphql.type._named import GraphQLNamedType
from covet_graphql.type._scalar import GraphQLScalarType
from covet_graphql.type._scalar_values import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT

if TYPE_CHECKING:
    from collections.abc import Mapping

GraphQLInt: Final = GraphQLScalarType(
    name="Int",
    description=(
        "The `Int` scalar type represents non-fractional signed whole numeric values."
        " Int can represent values between -(2^31) and 2^31 - 1."
    ),
    coerce_output_value=values.int_output,
    coerce_input_value=values.int_input,
    coerce_input_literal=values.int_literal,
    value_to_literal=values.int_to_literal,
)

GraphQLFloat: Final = GraphQLScalarType(
    name="Float",
    description=(
        "The `Float` scalar type represents signed double-precision fractional values as specified"
        " by [IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point)."
    ),
    coerce_output_value=values.float_output,
    coerce_input_value=values.float_input,
    coerce_input_literal=values.float_literal,
    value_to_literal=values.float_to_literal,
)

GraphQLString: Final = GraphQLScalarType(
    name="String",
    description=(
        "The `String` scalar type represents textual data, represented as UTF-8 character"
        " sequences. The String type is most often used by GraphQL to represent free-form"
        " human-readable text."
    ),
    coerce_output_value=values.string_output,
    coerce_input_value=values.string_input,
    coerce_input_literal=values.string_literal,
    value_to_literal=values.string_to_literal,
)

GraphQLBoolean: Final = GraphQLScalarType(
    name="Boolean",
    description="The `Boolean` scalar type represents `true` or `false`.",
    coerce_output_value=values.boolean_output,
    coerce_input_value=values.boolean_input,
    coerce_input_literal=values.boolean_literal,
    value_to_literal=values.boolean_to_literal,
)

GraphQLID: Final = GraphQLScalarType(
    name="ID",
    description=(
        "The `ID` scalar type represents a unique identifier, often used to refetch an object or"
        " as key for a cache. The ID type appears in a JSON response as a String; however, it is"
        " not intended to be human-readable. When expected as an input type, any string (such as"
        ' `"4"`) or integer (such as `4`) input value will be accepted as an ID.'
    ),
    coerce_output_value=values.id_output,
    coerce_input_value=values.id_input,
    coerce_input_literal=values.id_literal,
    value_to_literal=values.id_to_literal,
)

specified_scalar_types: Final[Mapping[str, GraphQLScalarType]] = {
    type_.name: type_
    for type_ in (GraphQLString, GraphQLInt, GraphQLFloat, GraphQLBoolean, GraphQLID)
}
"""The built-in scalars by name."""

GraphQLNamedType.reserved_types.update(specified_scalar_types)


def is_specified_scalar_type(type_: GraphQLNamedType) -> TypeGuard[GraphQLScalarType]:
    """Whether *type_* has the name of a built-in scalar."""
    return type_.name in specified_scalar_types


__all__ = [
    "GRAPHQL_MAX_INT",
    "GRAPHQL_MIN_INT",
    "GraphQLBoolean",
    "GraphQLFloat",
    "GraphQLID",
    "GraphQLInt",
    "GraphQLString",
    "is_specified_scalar_type",
    "specified_scalar_types",
]
