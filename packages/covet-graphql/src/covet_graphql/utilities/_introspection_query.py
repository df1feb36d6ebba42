"""The shape of an introspection result: what the standard introspection query returns as data.

Which members are present depends on what the query asked for; see `get_introspection_query`.

Source: GraphQL §4.2, https://spec.graphql.org/September2025/#sec-Schema-Introspection
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class IntrospectionTypeRef(TypedDict):
    """A type as a field or argument names it: lists and non-nulls around a named type."""

    kind: str
    name: str | None
    ofType: NotRequired[IntrospectionTypeRef | None]


class IntrospectionNamedTypeRef(TypedDict):
    """A named type, by its name."""

    kind: str
    name: str


class IntrospectionInputValue(TypedDict):
    """An argument or an input field."""

    name: str
    description: NotRequired[str | None]
    type: IntrospectionTypeRef
    defaultValue: str | None
    isDeprecated: NotRequired[bool]
    deprecationReason: NotRequired[str | None]


class IntrospectionField(TypedDict):
    """A field of an object or interface."""

    name: str
    description: NotRequired[str | None]
    args: list[IntrospectionInputValue]
    type: IntrospectionTypeRef
    isDeprecated: bool
    deprecationReason: str | None


class IntrospectionEnumValue(TypedDict):
    """A value of an enum."""

    name: str
    description: NotRequired[str | None]
    isDeprecated: bool
    deprecationReason: str | None


class IntrospectionType(TypedDict):
    """A named type; members that its kind does not have are None."""

    kind: str
    name: str
    description: NotRequired[str | None]
    specifiedByURL: NotRequired[str | None]
    isOneOf: NotRequired[bool | None]
    fields: list[IntrospectionField] | None
    inputFields: list[IntrospectionInputValue] | None
    interfaces: list[IntrospectionTypeRef] | None
    enumValues: list[IntrospectionEnumValue] | None
    possibleTypes: list[IntrospectionTypeRef] | None


class IntrospectionDirective(TypedDict):
    """A directive."""

    name: str
    description: NotRequired[str | None]
    isRepeatable: NotRequired[bool]
    locations: list[str]
    args: list[IntrospectionInputValue]


class IntrospectionSchema(TypedDict):
    """A schema."""

    description: NotRequired[str | None]
    queryType: IntrospectionNamedTypeRef
    mutationType: IntrospectionNamedTypeRef | None
    subscriptionType: IntrospectionNamedTypeRef | None
    types: list[IntrospectionType]
    directives: list[IntrospectionDirective]


class IntrospectionQuery(TypedDict):
    """The data of an answer to an introspection query."""

    __schema: IntrospectionSchema
