"""The types by which a schema describes itself, and the fields that lead to them.

Source: GraphQL §4, https://spec.graphql.org/September2025/#sec-Introspection
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from covet_graphql.language import DirectiveLocation, print_ast
from covet_graphql.type._composite import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)
from covet_graphql.type._enum import GraphQLEnumType, GraphQLEnumValue
from covet_graphql.type._field import GraphQLField
from covet_graphql.type._input_object import GraphQLInputObjectType
from covet_graphql.type._input_value import GraphQLArgument, GraphQLDefaultInput
from covet_graphql.type._literals import get_default_value_ast
from covet_graphql.type._named import GraphQLNamedType, GraphQLType
from covet_graphql.type._scalar import GraphQLScalarType
from covet_graphql.type._wrapping import GraphQLList, GraphQLNonNull
from covet_graphql.type.scalars import GraphQLBoolean, GraphQLString

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from covet_graphql.type._input_value import InputValue
    from covet_graphql.type.schema import GraphQLSchema


class TypeKind(Enum):
    """The kinds of types."""

    SCALAR = "scalar"
    OBJECT = "object"
    INTERFACE = "interface"
    UNION = "union"
    ENUM = "enum"
    INPUT_OBJECT = "input object"
    LIST = "list"
    NON_NULL = "non-null"


_KINDS: Final = (
    (GraphQLScalarType, TypeKind.SCALAR),
    (GraphQLObjectType, TypeKind.OBJECT),
    (GraphQLInterfaceType, TypeKind.INTERFACE),
    (GraphQLUnionType, TypeKind.UNION),
    (GraphQLEnumType, TypeKind.ENUM),
    (GraphQLInputObjectType, TypeKind.INPUT_OBJECT),
    (GraphQLList, TypeKind.LIST),
    (GraphQLNonNull, TypeKind.NON_NULL),
)


def kind_of(type_: GraphQLType) -> TypeKind:
    """Return the kind of *type_*.

    Raises:
        TypeError: It has none: it is no type, or of a class that none of GraphQL's stands above.
    """
    for class_, kind in _KINDS:
        if isinstance(type_, class_):
            return kind
    raise TypeError(f"Unexpected type: {type_!r}.")


# --- What the fields return: (what they describe, info, arguments)


def _attribute(name: str) -> Callable[..., Any]:
    """Return a resolver for an attribute that only some kinds of types have."""

    def resolve(described: Any, _info: Any) -> Any:
        return getattr(described, name, None)

    return resolve


def _name(pair: tuple[str, Any], _info: Any) -> str:
    return pair[0]


def _of_pair(name: str) -> Callable[..., Any]:
    """Return a resolver for an attribute of a field, argument or value, which comes with a name."""

    def resolve(pair: tuple[str, Any], _info: Any) -> Any:
        return getattr(pair[1], name)

    return resolve


def _is_deprecated(pair: tuple[str, Any], _info: Any) -> bool:
    return pair[1].deprecation_reason is not None


def _pairs(elements: Mapping[str, Any], include_deprecated: bool) -> list[tuple[str, Any]]:
    """Return the elements with their names, without those deprecated unless they are asked for."""
    return [
        pair
        for pair in elements.items()
        if include_deprecated or pair[1].deprecation_reason is None
    ]


def _types(schema: GraphQLSchema, _info: Any) -> list[GraphQLNamedType]:
    return list(schema.type_map.values())


def _kind(type_: GraphQLType, _info: Any) -> TypeKind:
    return kind_of(type_)


def _fields(type_: GraphQLType, _info: Any, includeDeprecated: bool = False) -> Any:  # noqa: N803
    if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
        return _pairs(type_.fields, includeDeprecated)
    return None


def _interfaces(type_: GraphQLType, _info: Any) -> Any:
    if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
        return type_.interfaces
    return None


def _possible_types(type_: GraphQLType, info: Any) -> Any:
    if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
        return info.schema.get_possible_types(type_)
    return None


def _enum_values(type_: GraphQLType, _info: Any, includeDeprecated: bool = False) -> Any:  # noqa: N803
    return _pairs(type_.values, includeDeprecated) if isinstance(type_, GraphQLEnumType) else None


def _input_fields(type_: GraphQLType, _info: Any, includeDeprecated: bool = False) -> Any:  # noqa: N803
    if isinstance(type_, GraphQLInputObjectType):
        return _pairs(type_.fields, includeDeprecated)
    return None


def _is_one_of(type_: GraphQLType, _info: Any) -> bool | None:
    return type_.is_one_of if isinstance(type_, GraphQLInputObjectType) else None


def _field_args(
    pair: tuple[str, GraphQLField],
    _info: Any,
    includeDeprecated: bool = False,  # noqa: N803
) -> list[tuple[str, Any]]:
    return _pairs(pair[1].args, includeDeprecated)


def _directive_args(
    directive: Any,
    _info: Any,
    includeDeprecated: bool = False,  # noqa: N803
) -> list[tuple[str, Any]]:
    return _pairs(directive.args, includeDeprecated)


def _default_value(pair: tuple[str, InputValue], _info: Any) -> str | None:
    literal = get_default_value_ast(pair[1])
    return None if literal is None else print_ast(literal)


# --- The types


def _listed(type_: GraphQLType) -> GraphQLList[Any]:
    return GraphQLList(GraphQLNonNull(type_))


def _required(type_: Any) -> GraphQLNonNull[Any]:
    return GraphQLNonNull(type_)


def _include_deprecated() -> dict[str, GraphQLArgument]:
    default = GraphQLDefaultInput(False)
    return {"includeDeprecated": GraphQLArgument(_required(GraphQLBoolean), default=default)}


__Schema: Final[GraphQLObjectType] = GraphQLObjectType(
    name="__Schema",
    description=(
        "A GraphQL Schema defines the capabilities of a GraphQL server. It exposes all available"
        " types and directives on the server, as well as the entry points for query, mutation, and"
        " subscription operations."
    ),
    fields=lambda: {
        "description": GraphQLField(GraphQLString, resolve=_attribute("description")),
        "types": GraphQLField(
            _required(_listed(__Type)),
            resolve=_types,
            description="A list of all types supported by this server.",
        ),
        "queryType": GraphQLField(
            _required(__Type),
            resolve=_attribute("query_type"),
            description="The type that query operations will be rooted at.",
        ),
        "mutationType": GraphQLField(
            __Type,
            resolve=_attribute("mutation_type"),
            description=(
                "If this server supports mutation, the type that mutation operations will be"
                " rooted at."
            ),
        ),
        "subscriptionType": GraphQLField(
            __Type,
            resolve=_attribute("subscription_type"),
            description=(
                "If this server supports subscription, the type that subscription operations will"
                " be rooted at."
            ),
        ),
        "directives": GraphQLField(
            _required(_listed(__Directive)),
            resolve=_attribute("directives"),
            description="A list of all directives supported by this server.",
        ),
    },
)

__Directive: Final[GraphQLObjectType] = GraphQLObjectType(
    name="__Directive",
    description=(
        "A Directive provides a way to describe alternate runtime execution and type validation"
        " behavior in a GraphQL document.\n\nIn some cases, you need to provide options to alter"
        " GraphQL's execution behavior in ways field arguments will not suffice, such as"
        " conditionally including or skipping a field. Directives provide this by describing"
        " additional information to the executor."
    ),
    fields=lambda: {
        "name": GraphQLField(_required(GraphQLString), resolve=_attribute("name")),
        "description": GraphQLField(GraphQLString, resolve=_attribute("description")),
        "isRepeatable": GraphQLField(
            _required(GraphQLBoolean), resolve=_attribute("is_repeatable")
        ),
        "locations": GraphQLField(
            _required(_listed(__DirectiveLocation)), resolve=_attribute("locations")
        ),
        "args": GraphQLField(
            _required(_listed(__InputValue)), args=_include_deprecated(), resolve=_directive_args
        ),
    },
)

_LOCATIONS: Final[dict[str, str]] = {
    "QUERY": "a query operation",
    "MUTATION": "a mutation operation",
    "SUBSCRIPTION": "a subscription operation",
    "FIELD": "a field",
    "FRAGMENT_DEFINITION": "a fragment definition",
    "FRAGMENT_SPREAD": "a fragment spread",
    "INLINE_FRAGMENT": "an inline fragment",
    "VARIABLE_DEFINITION": "an operation variable definition",
    "SCHEMA": "a schema definition",
    "SCALAR": "a scalar definition",
    "OBJECT": "an object type definition",
    "FIELD_DEFINITION": "a field definition",
    "ARGUMENT_DEFINITION": "an argument definition",
    "INTERFACE": "an interface definition",
    "UNION": "a union definition",
    "ENUM": "an enum definition",
    "ENUM_VALUE": "an enum value definition",
    "INPUT_OBJECT": "an input object type definition",
    "INPUT_FIELD_DEFINITION": "an input object field definition",
}

__DirectiveLocation: Final[GraphQLEnumType] = GraphQLEnumType(
    name="__DirectiveLocation",
    description=(
        "A Directive can be adjacent to many parts of the GraphQL language, a __DirectiveLocation"
        " describes one such possible adjacencies."
    ),
    values={
        location.name: GraphQLEnumValue(
            location, description=f"Location adjacent to {_LOCATIONS[location.name]}."
        )
        for location in DirectiveLocation
    },
)

__Type: Final[GraphQLObjectType] = GraphQLObjectType(
    name="__Type",
    description=(
        "The fundamental unit of any GraphQL Schema is the type. There are many kinds of types in"
        " GraphQL as represented by the `__TypeKind` enum.\n\nDepending on the kind of a type,"
        " certain fields describe information about that type. Scalar types provide no information"
        " beyond a name, description and optional `specifiedByURL`, while Enum types provide their"
        " values. Object and Interface types provide the fields they describe. Abstract types,"
        " Union and Interface, provide the Object types possible at runtime. List and NonNull"
        " types compose other types."
    ),
    fields=lambda: {
        "kind": GraphQLField(_required(__TypeKind), resolve=_kind),
        "name": GraphQLField(GraphQLString, resolve=_attribute("name")),
        "description": GraphQLField(GraphQLString, resolve=_attribute("description")),
        "specifiedByURL": GraphQLField(GraphQLString, resolve=_attribute("specified_by_url")),
        "fields": GraphQLField(_listed(__Field), args=_include_deprecated(), resolve=_fields),
        "interfaces": GraphQLField(_listed(__Type), resolve=_interfaces),
        "possibleTypes": GraphQLField(_listed(__Type), resolve=_possible_types),
        "enumValues": GraphQLField(
            _listed(__EnumValue), args=_include_deprecated(), resolve=_enum_values
        ),
        "inputFields": GraphQLField(
            _listed(__InputValue), args=_include_deprecated(), resolve=_input_fields
        ),
        "ofType": GraphQLField(__Type, resolve=_attribute("of_type")),
        "isOneOf": GraphQLField(GraphQLBoolean, resolve=_is_one_of),
    },
)

__Field: Final[GraphQLObjectType] = GraphQLObjectType(
    name="__Field",
    description=(
        "Object and Interface types are described by a list of Fields, each of which has a name,"
        " potentially a list of arguments, and a return type."
    ),
    fields=lambda: {
        "name": GraphQLField(_required(GraphQLString), resolve=_name),
        "description": GraphQLField(GraphQLString, resolve=_of_pair("description")),
        "args": GraphQLField(
            _required(_listed(__InputValue)), args=_include_deprecated(), resolve=_field_args
        ),
        "type": GraphQLField(_required(__Type), resolve=_of_pair("type")),
        "isDeprecated": GraphQLField(_required(GraphQLBoolean), resolve=_is_deprecated),
        "deprecationReason": GraphQLField(GraphQLString, resolve=_of_pair("deprecation_reason")),
    },
)

__InputValue: Final[GraphQLObjectType] = GraphQLObjectType(
    name="__InputValue",
    description=(
        "Arguments provided to Fields or Directives and the input fields of an InputObject are"
        " represented as Input Values which describe their type and optionally a default value."
    ),
    fields=lambda: {
        "name": GraphQLField(_required(GraphQLString), resolve=_name),
        "description": GraphQLField(GraphQLString, resolve=_of_pair("description")),
        "type": GraphQLField(_required(__Type), resolve=_of_pair("type")),
        "defaultValue": GraphQLField(
            GraphQLString,
            resolve=_default_value,
            description=(
                "A GraphQL-formatted string representing the default value for this input value."
            ),
        ),
        "isDeprecated": GraphQLField(_required(GraphQLBoolean), resolve=_is_deprecated),
        "deprecationReason": GraphQLField(GraphQLString, resolve=_of_pair("deprecation_reason")),
    },
)

__EnumValue: Final[GraphQLObjectType] = GraphQLObjectType(
    name="__EnumValue",
    description=(
        "One possible value for a given Enum. Enum values are unique values, not a placeholder for"
        " a string or numeric value. However an Enum value is returned in a JSON response as a"
        " string."
    ),
    fields=lambda: {
        "name": GraphQLField(_required(GraphQLString), resolve=_name),
        "description": GraphQLField(GraphQLString, resolve=_of_pair("description")),
        "isDeprecated": GraphQLField(_required(GraphQLBoolean), resolve=_is_deprecated),
        "deprecationReason": GraphQLField(GraphQLString, resolve=_of_pair("deprecation_reason")),
    },
)

_VALID_FIELDS: Final[dict[TypeKind, str]] = {
    TypeKind.SCALAR: "a scalar.",
    TypeKind.OBJECT: "an object. `fields` and `interfaces` are valid fields.",
    TypeKind.INTERFACE: (
        "an interface. `fields`, `interfaces`, and `possibleTypes` are valid fields."
    ),
    TypeKind.UNION: "a union. `possibleTypes` is a valid field.",
    TypeKind.ENUM: "an enum. `enumValues` is a valid field.",
    TypeKind.INPUT_OBJECT: "an input object. `inputFields` is a valid field.",
    TypeKind.LIST: "a list. `ofType` is a valid field.",
    TypeKind.NON_NULL: "a non-null. `ofType` is a valid field.",
}

__TypeKind: Final[GraphQLEnumType] = GraphQLEnumType(
    name="__TypeKind",
    description="An enum describing what kind of type a given `__Type` is.",
    values={
        kind.name: GraphQLEnumValue(
            kind, description=f"Indicates this type is {_VALID_FIELDS[kind]}"
        )
        for kind in TypeKind
    },
)

introspection_types: Final[Mapping[str, GraphQLNamedType]] = {
    type_.name: type_
    for type_ in (
        __Schema,
        __Directive,
        __DirectiveLocation,
        __Type,
        __Field,
        __InputValue,
        __EnumValue,
        __TypeKind,
    )
}
"""The types of introspection by name."""

GraphQLNamedType.reserved_types.update(introspection_types)


def is_introspection_type(type_: GraphQLNamedType) -> bool:
    """Whether *type_* has the name of a type of introspection."""
    return type_.name in introspection_types


# --- The fields that any query has


def _this_schema(_root: Any, info: Any) -> Any:
    return info.schema


def _type_of_name(_root: Any, info: Any, name: str) -> Any:
    return info.schema.get_type(name)


def _type_name(_object: Any, info: Any) -> str:
    return str(info.parent_type.name)


SchemaMetaFieldDef: Final = GraphQLField(
    _required(__Schema),
    resolve=_this_schema,
    description="Access the current type schema of this server.",
)

TypeMetaFieldDef: Final = GraphQLField(
    __Type,
    args={"name": GraphQLArgument(_required(GraphQLString))},
    resolve=_type_of_name,
    description="Request the type information of a single type.",
)

TypeNameMetaFieldDef: Final = GraphQLField(
    _required(GraphQLString),
    resolve=_type_name,
    description="The name of the current Object type at runtime.",
)
