"""The type system: all kinds of types, their parts, and what they are together.

Source: GraphQL §3, https://spec.graphql.org/September2025/#sec-Type-System
"""

from __future__ import annotations

from typing import Any, TypeAlias

from covet_graphql.type._composite import (
    GraphQLFieldMap,
    GraphQLInterfaceType,
    GraphQLInterfaceTypeKwargs,
    GraphQLIsTypeOfFn,
    GraphQLObjectType,
    GraphQLObjectTypeKwargs,
    GraphQLTypeResolver,
    GraphQLUnionType,
    GraphQLUnionTypeKwargs,
)
from covet_graphql.type._enum import (
    GraphQLEnumType,
    GraphQLEnumTypeKwargs,
    GraphQLEnumValue,
    GraphQLEnumValueKwargs,
    GraphQLEnumValueMap,
    GraphQLEnumValuesDefinition,
)
from covet_graphql.type._field import (
    GraphQLArgumentMap,
    GraphQLField,
    GraphQLFieldKwargs,
    GraphQLFieldResolver,
)
from covet_graphql.type._input_object import (
    GraphQLInputFieldMap,
    GraphQLInputFieldOutType,
    GraphQLInputObjectType,
    GraphQLInputObjectTypeKwargs,
)
from covet_graphql.type._input_value import (
    GraphQLArgument,
    GraphQLArgumentKwargs,
    GraphQLDefaultInput,
    GraphQLInputField,
    GraphQLInputFieldKwargs,
)
from covet_graphql.type._named import (
    GraphQLNamedType,
    GraphQLNamedTypeKwargs,
    GraphQLType,
)
from covet_graphql.type._predicates import (
    assert_abstract_type,
    assert_argument,
    assert_composite_type,
    assert_enum_type,
    assert_enum_value,
    assert_field,
    assert_input_field,
    assert_input_object_type,
    assert_input_type,
    assert_interface_type,
    assert_leaf_type,
    assert_list_type,
    assert_named_type,
    assert_non_null_type,
    assert_nullable_type,
    assert_object_type,
    assert_output_type,
    assert_scalar_type,
    assert_type,
    assert_union_type,
    assert_wrapping_type,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_argument,
    is_composite_type,
    is_enum_type,
    is_enum_value,
    is_field,
    is_input_field,
    is_input_object_type,
    is_input_type,
    is_interface_type,
    is_leaf_type,
    is_list_type,
    is_named_type,
    is_non_null_type,
    is_nullable_type,
    is_object_type,
    is_output_type,
    is_required_argument,
    is_required_input_field,
    is_scalar_type,
    is_type,
    is_union_type,
    is_wrapping_type,
)
from covet_graphql.type._resolve_info import (
    GraphQLResolveInfo,
    GraphQLResolveInfoHelpers,
    ResponsePath,
)
from covet_graphql.type._scalar import (
    GraphQLScalarInputLiteralCoercer,
    GraphQLScalarInputValueCoercer,
    GraphQLScalarLiteralParser,
    GraphQLScalarOutputValueCoercer,
    GraphQLScalarSerializer,
    GraphQLScalarType,
    GraphQLScalarTypeKwargs,
    GraphQLScalarValueParser,
    GraphQLScalarValueToLiteral,
)
from covet_graphql.type._thunk import (
    Thunk,
    ThunkCollection,
    ThunkMapping,
    resolve_thunk,
)
from covet_graphql.type._wrapping import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLWrappingType,
)

GraphQLLeafType: TypeAlias = GraphQLScalarType | GraphQLEnumType
GraphQLAbstractType: TypeAlias = GraphQLInterfaceType | GraphQLUnionType
GraphQLCompositeType: TypeAlias = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType

GraphQLNamedInputType: TypeAlias = GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType
GraphQLNamedOutputType: TypeAlias = (
    GraphQLScalarType
    | GraphQLObjectType
    | GraphQLInterfaceType
    | GraphQLUnionType
    | GraphQLEnumType
)
GraphQLNullableInputType: TypeAlias = GraphQLNamedInputType | GraphQLList[Any]
GraphQLNullableOutputType: TypeAlias = GraphQLNamedOutputType | GraphQLList[Any]
GraphQLNullableType: TypeAlias = GraphQLNamedType | GraphQLList[Any]

GraphQLInputType: TypeAlias = GraphQLNullableInputType | GraphQLNonNull[Any]
GraphQLOutputType: TypeAlias = GraphQLNullableOutputType | GraphQLNonNull[Any]

__all__ = [
    "GraphQLAbstractType",
    "GraphQLArgument",
    "GraphQLArgumentKwargs",
    "GraphQLArgumentMap",
    "GraphQLCompositeType",
    "GraphQLDefaultInput",
    "GraphQLEnumType",
    "GraphQLEnumTypeKwargs",
    "GraphQLEnumValue",
    "GraphQLEnumValueKwargs",
    "GraphQLEnumValueMap",
    "GraphQLEnumValuesDefinition",
    "GraphQLField",
    "GraphQLFieldKwargs",
    "GraphQLFieldMap",
    "GraphQLFieldResolver",
    "GraphQLInputField",
    "GraphQLInputFieldKwargs",
    "GraphQLInputFieldMap",
    "GraphQLInputFieldOutType",
    "GraphQLInputObjectType",
    "GraphQLInputObjectTypeKwargs",
    "GraphQLInputType",
    "GraphQLInterfaceType",
    "GraphQLInterfaceTypeKwargs",
    "GraphQLIsTypeOfFn",
    "GraphQLLeafType",
    "GraphQLList",
    "GraphQLNamedInputType",
    "GraphQLNamedOutputType",
    "GraphQLNamedType",
    "GraphQLNamedTypeKwargs",
    "GraphQLNonNull",
    "GraphQLNullableInputType",
    "GraphQLNullableOutputType",
    "GraphQLNullableType",
    "GraphQLObjectType",
    "GraphQLObjectTypeKwargs",
    "GraphQLOutputType",
    "GraphQLResolveInfo",
    "GraphQLResolveInfoHelpers",
    "GraphQLScalarInputLiteralCoercer",
    "GraphQLScalarInputValueCoercer",
    "GraphQLScalarLiteralParser",
    "GraphQLScalarOutputValueCoercer",
    "GraphQLScalarSerializer",
    "GraphQLScalarType",
    "GraphQLScalarTypeKwargs",
    "GraphQLScalarValueParser",
    "GraphQLScalarValueToLiteral",
    "GraphQLType",
    "GraphQLTypeResolver",
    "GraphQLUnionType",
    "GraphQLUnionTypeKwargs",
    "GraphQLWrappingType",
    "ResponsePath",
    "Thunk",
    "ThunkCollection",
    "ThunkMapping",
    "assert_abstract_type",
    "assert_argument",
    "assert_composite_type",
    "assert_enum_type",
    "assert_enum_value",
    "assert_field",
    "assert_input_field",
    "assert_input_object_type",
    "assert_input_type",
    "assert_interface_type",
    "assert_leaf_type",
    "assert_list_type",
    "assert_named_type",
    "assert_non_null_type",
    "assert_nullable_type",
    "assert_object_type",
    "assert_output_type",
    "assert_scalar_type",
    "assert_type",
    "assert_union_type",
    "assert_wrapping_type",
    "get_named_type",
    "get_nullable_type",
    "is_abstract_type",
    "is_argument",
    "is_composite_type",
    "is_enum_type",
    "is_enum_value",
    "is_field",
    "is_input_field",
    "is_input_object_type",
    "is_input_type",
    "is_interface_type",
    "is_leaf_type",
    "is_list_type",
    "is_named_type",
    "is_non_null_type",
    "is_nullable_type",
    "is_object_type",
    "is_output_type",
    "is_required_argument",
    "is_required_input_field",
    "is_scalar_type",
    "is_type",
    "is_union_type",
    "is_wrapping_type",
    "resolve_thunk",
]
