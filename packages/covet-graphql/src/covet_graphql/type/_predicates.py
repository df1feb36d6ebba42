"""What a type is, and what is left of it without its wrappers.

``assert_x(value)`` returns the value when ``is_x(value)`` holds and raises TypeError otherwise.

Source: GraphQL §3.4, https://spec.graphql.org/September2025/#sec-Types
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, cast, overload

from covet_graphql._inspect import inspect
from covet_graphql.type._composite import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)
from covet_graphql.type._enum import GraphQLEnumType, GraphQLEnumValue
from covet_graphql.type._field import GraphQLField
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._input_value import GraphQLArgument, GraphQLInputField
from covet_graphql.type._named import GraphQLNamedType, GraphQLType
from covet_graphql.type._scalar import GraphQLScalarType
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull, GraphQLWrappingType

if TYPE_CHECKING:
    from collections.abc import Callable

    from covet_graphql.type.definition import (
        GraphQLAbstractType,
        GraphQLCompositeType,
        GraphQLInputType,
        GraphQLLeafType,
        GraphQLNullableType,
        GraphQLOutputType,
    )

T = TypeVar("T")

_INPUT = (GraphQLScalarType, GraphQLEnumType, GraphQLInputObjectType)
_COMPOSITE = (GraphQLObjectType, GraphQLInterfaceType, GraphQLUnionType)
_OUTPUT = (GraphQLScalarType, GraphQLEnumType, *_COMPOSITE)


def is_type(type_: Any) -> TypeGuard[GraphQLType]:
    """Whether *type_* is a type."""
    return isinstance(type_, GraphQLType)


def is_scalar_type(type_: Any) -> TypeGuard[GraphQLScalarType]:
    """Whether *type_* is a scalar type."""
    return isinstance(type_, GraphQLScalarType)


def is_object_type(type_: Any) -> TypeGuard[GraphQLObjectType]:
    """Whether *type_* is an object type."""
    return isinstance(type_, GraphQLObjectType)


def is_interface_type(type_: Any) -> TypeGuard[GraphQLInterfaceType]:
    """Whether *type_* is an interface type."""
    return isinstance(type_, GraphQLInterfaceType)


def is_union_type(type_: Any) -> TypeGuard[GraphQLUnionType]:
    """Whether *type_* is a union type."""
    return isinstance(type_, GraphQLUnionType)


def is_enum_type(type_: Any) -> TypeGuard[GraphQLEnumType]:
    """Whether *type_* is an enum type."""
    return isinstance(type_, GraphQLEnumType)


def is_input_object_type(type_: Any) -> TypeGuard[GraphQLInputObjectType]:
    """Whether *type_* is an input object type."""
    return isinstance(type_, GraphQLInputObjectType)


def is_list_type(type_: Any) -> TypeGuard[GraphQLList[Any]]:
    """Whether *type_* is a list type."""
    return isinstance(type_, GraphQLList)


def is_non_null_type(type_: Any) -> TypeGuard[GraphQLNonNull[Any]]:
    """Whether *type_* is a non-null type."""
    return isinstance(type_, GraphQLNonNull)


def is_input_type(type_: Any) -> TypeGuard[GraphQLInputType]:
    """Whether *type_* may be that of an input: IsInputType()."""
    return isinstance(_named(type_), _INPUT)


def is_output_type(type_: Any) -> TypeGuard[GraphQLOutputType]:
    """Whether *type_* may be that of an output: IsOutputType()."""
    return isinstance(_named(type_), _OUTPUT)


def is_leaf_type(type_: Any) -> TypeGuard[GraphQLLeafType]:
    """Whether *type_* is a scalar or enum type."""
    return isinstance(type_, (GraphQLScalarType, GraphQLEnumType))


def is_composite_type(type_: Any) -> TypeGuard[GraphQLCompositeType]:
    """Whether *type_* is an object, interface or union type, which selections go into."""
    return isinstance(type_, _COMPOSITE)


def is_abstract_type(type_: Any) -> TypeGuard[GraphQLAbstractType]:
    """Whether *type_* is an interface or union type."""
    return isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType))


def is_wrapping_type(type_: Any) -> TypeGuard[GraphQLWrappingType[Any]]:
    """Whether *type_* is a list or non-null type."""
    return isinstance(type_, GraphQLWrappingType)


def is_nullable_type(type_: Any) -> TypeGuard[GraphQLNullableType]:
    """Whether *type_* is a type that has null."""
    return isinstance(type_, GraphQLType) and not isinstance(type_, GraphQLNonNull)


def is_named_type(type_: Any) -> TypeGuard[GraphQLNamedType]:
    """Whether *type_* is a type with a name, no list and no non-null."""
    return isinstance(type_, GraphQLNamedType)


def is_field(field: Any) -> TypeGuard[GraphQLField]:
    """Whether *field* is a field of an object or interface."""
    return isinstance(field, GraphQLField)


def is_argument(arg: Any) -> TypeGuard[GraphQLArgument]:
    """Whether *arg* is an argument."""
    return isinstance(arg, GraphQLArgument)


def is_input_field(field: Any) -> TypeGuard[GraphQLInputField]:
    """Whether *field* is a field of an input object."""
    return isinstance(field, GraphQLInputField)


def is_enum_value(value: Any) -> TypeGuard[GraphQLEnumValue]:
    """Whether *value* is a value of an enum."""
    return isinstance(value, GraphQLEnumValue)


def is_required_argument(arg: GraphQLArgument) -> bool:
    """Whether *arg* must be given: it is non-null and has no default."""
    return isinstance(arg.type, GraphQLNonNull) and not arg.has_default


def is_required_input_field(field: GraphQLInputField) -> bool:
    """Whether *field* must be given: it is non-null and has no default."""
    return isinstance(field.type, GraphQLNonNull) and not field.has_default


def _named(type_: Any) -> Any:
    while isinstance(type_, GraphQLWrappingType):
        type_ = cast("GraphQLWrappingType[GraphQLType]", type_).of_type
    return type_


@overload
def get_named_type(type_: None) -> None: ...
@overload
def get_named_type(type_: GraphQLType) -> GraphQLNamedType: ...
def get_named_type(type_: GraphQLType | None) -> GraphQLNamedType | None:
    """Return *type_* without any list and non-null around it."""
    return cast("GraphQLNamedType | None", _named(type_))


@overload
def get_nullable_type(type_: None) -> None: ...
@overload
def get_nullable_type(type_: GraphQLType) -> GraphQLNullableType: ...
def get_nullable_type(type_: GraphQLType | None) -> GraphQLNullableType | None:
    """Return *type_* without the non-null around it."""
    if isinstance(type_, GraphQLNonNull):
        return cast("GraphQLNonNull[GraphQLNullableType]", type_).of_type
    return cast("GraphQLNullableType | None", type_)


def _expect(value: Any, holds: Callable[[Any], TypeGuard[T]], kind: str) -> T:
    if holds(value):
        return value
    raise TypeError(f"Expected {inspect(value)} to be a GraphQL {kind}.")


def assert_type(type_: Any) -> GraphQLType:
    """Return *type_*, which must be a type."""
    return _expect(type_, is_type, "type")


def assert_scalar_type(type_: Any) -> GraphQLScalarType:
    """Return *type_*, which must be a scalar type."""
    return _expect(type_, is_scalar_type, "Scalar type")


def assert_object_type(type_: Any) -> GraphQLObjectType:
    """Return *type_*, which must be an object type."""
    return _expect(type_, is_object_type, "Object type")


def assert_interface_type(type_: Any) -> GraphQLInterfaceType:
    """Return *type_*, which must be an interface type."""
    return _expect(type_, is_interface_type, "Interface type")


def assert_union_type(type_: Any) -> GraphQLUnionType:
    """Return *type_*, which must be a union type."""
    return _expect(type_, is_union_type, "Union type")


def assert_enum_type(type_: Any) -> GraphQLEnumType:
    """Return *type_*, which must be an enum type."""
    return _expect(type_, is_enum_type, "Enum type")


def assert_input_object_type(type_: Any) -> GraphQLInputObjectType:
    """Return *type_*, which must be an input object type."""
    return _expect(type_, is_input_object_type, "Input Object type")


def assert_list_type(type_: Any) -> GraphQLList[Any]:
    """Return *type_*, which must be a list type."""
    return _expect(type_, is_list_type, "List type")


def assert_non_null_type(type_: Any) -> GraphQLNonNull[Any]:
    """Return *type_*, which must be a non-null type."""
    return _expect(type_, is_non_null_type, "Non-Null type")


def assert_input_type(type_: Any) -> GraphQLInputType:
    """Return *type_*, which must be an input type."""
    return _expect(type_, is_input_type, "input type")


def assert_output_type(type_: Any) -> GraphQLOutputType:
    """Return *type_*, which must be an output type."""
    return _expect(type_, is_output_type, "output type")


def assert_leaf_type(type_: Any) -> GraphQLLeafType:
    """Return *type_*, which must be a scalar or enum type."""
    return _expect(type_, is_leaf_type, "leaf type")


def assert_composite_type(type_: Any) -> GraphQLCompositeType:
    """Return *type_*, which must be an object, interface or union type."""
    return _expect(type_, is_composite_type, "composite type")


def assert_abstract_type(type_: Any) -> GraphQLAbstractType:
    """Return *type_*, which must be an interface or union type."""
    return _expect(type_, is_abstract_type, "abstract type")


def assert_wrapping_type(type_: Any) -> GraphQLWrappingType[Any]:
    """Return *type_*, which must be a list or non-null type."""
    return _expect(type_, is_wrapping_type, "wrapping type")


def assert_nullable_type(type_: Any) -> GraphQLNullableType:
    """Return *type_*, which must be a type that has null."""
    return _expect(type_, is_nullable_type, "nullable type")


def assert_named_type(type_: Any) -> GraphQLNamedType:
    """Return *type_*, which must be a type with a name."""
    return _expect(type_, is_named_type, "named type")


def assert_field(field: Any) -> GraphQLField:
    """Return *field*, which must be a field of an object or interface."""
    return _expect(field, is_field, "field")


def assert_argument(arg: Any) -> GraphQLArgument:
    """Return *arg*, which must be an argument."""
    return _expect(arg, is_argument, "argument")


def assert_input_field(field: Any) -> GraphQLInputField:
    """Return *field*, which must be a field of an input object."""
    return _expect(field, is_input_field, "input field")


def assert_enum_value(value: Any) -> GraphQLEnumValue:
    """Return *value*, which must be a value of an enum."""
    return _expect(value, is_enum_value, "Enum value")
