"""From schema to introspection result, without asking a query.

Source: GraphQL §4.2, https://spec.graphql.org/September2025/#sec-Schema-Introspection
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from covet_graphql.language import print_ast
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    is_wrapping_type,
)
from covet_graphql.utilities.get_default_value_ast import get_default_value_ast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from covet_graphql.type import (
        GraphQLArgument,
        GraphQLDirective,
        GraphQLField,
        GraphQLInputField,
        GraphQLNamedType,
        GraphQLSchema,
        GraphQLType,
    )
    from covet_graphql.utilities._introspection_query import IntrospectionQuery

_MEMBERS = ("fields", "inputFields", "interfaces", "enumValues", "possibleTypes")
_KINDS: Final[dict[type, str]] = {
    GraphQLScalarType: "SCALAR",
    GraphQLObjectType: "OBJECT",
    GraphQLInterfaceType: "INTERFACE",
    GraphQLUnionType: "UNION",
    GraphQLEnumType: "ENUM",
    GraphQLInputObjectType: "INPUT_OBJECT",
    GraphQLList: "LIST",
    GraphQLNonNull: "NON_NULL",
}


def introspection_from_schema(
    schema: GraphQLSchema,
    descriptions: bool = True,
    specified_by_url: bool = True,
    directive_is_repeatable: bool = True,
    schema_description: bool = True,
    input_value_deprecation: bool = True,
    *,
    one_of: bool = True,
) -> IntrospectionQuery:
    """Return what the standard introspection query answers for a schema.

    The members are those that `get_introspection_query` asks for with the same options, in its
    order; but lists and non-nulls are followed however deep they are.
    """
    reader = _Reader(
        schema,
        descriptions=descriptions,
        specified_by_url=specified_by_url,
        directive_is_repeatable=directive_is_repeatable,
        input_value_deprecation=input_value_deprecation,
        one_of=one_of,
    )
    result: dict[str, Any] = {"description": schema.description} if schema_description else {}
    for member, root in (
        ("queryType", schema.query_type),
        ("mutationType", schema.mutation_type),
        ("subscriptionType", schema.subscription_type),
    ):
        result[member] = None if root is None else {"name": root.name, "kind": "OBJECT"}
    result["types"] = [reader.type(type_) for type_ in schema.type_map.values()]
    result["directives"] = [reader.directive(directive) for directive in schema.directives]
    return cast("IntrospectionQuery", {"__schema": result})


class _Reader:
    """Turns the parts of a schema into plain data."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        descriptions: bool,
        specified_by_url: bool,
        directive_is_repeatable: bool,
        input_value_deprecation: bool,
        one_of: bool,
    ) -> None:
        self._schema = schema
        self._descriptions = descriptions
        self._specified_by_url = specified_by_url
        self._directive_is_repeatable = directive_is_repeatable
        self._input_value_deprecation = input_value_deprecation
        self._one_of = one_of

    def type(self, type_: GraphQLNamedType) -> dict[str, Any]:
        """Return a named type; members that its kind does not have are None."""
        result: dict[str, Any] = {"kind": _kind(type_), **self._named(type_.name, type_)}
        if self._specified_by_url:
            result["specifiedByURL"] = None
        if self._one_of:
            result["isOneOf"] = None
        result.update(dict.fromkeys(_MEMBERS))
        match type_:
            case GraphQLScalarType():
                if self._specified_by_url:
                    result["specifiedByURL"] = type_.specified_by_url
            case GraphQLObjectType() | GraphQLInterfaceType():
                result["fields"] = [self._field(name, item) for name, item in type_.fields.items()]
                result["interfaces"] = _references(type_.interfaces)
            case GraphQLInputObjectType():
                if self._one_of:
                    result["isOneOf"] = type_.is_one_of
                result["inputFields"] = self._input_values(type_.fields)
            case GraphQLEnumType():
                result["enumValues"] = [
                    {**self._named(name, value), **_deprecation(value.deprecation_reason)}
                    for name, value in type_.values.items()
                ]
            case _:
                pass
        if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
            result["possibleTypes"] = _references(self._schema.get_possible_types(type_))
        return result

    def directive(self, directive: GraphQLDirective) -> dict[str, Any]:
        """Return a directive."""
        result = self._named(directive.name, directive)
        if self._directive_is_repeatable:
            result["isRepeatable"] = directive.is_repeatable
        result["locations"] = [location.name for location in directive.locations]
        result["args"] = self._input_values(directive.args)
        return result

    def _named(self, name: str, described: Any) -> dict[str, Any]:
        if self._descriptions:
            return {"name": name, "description": described.description}
        return {"name": name}

    def _field(self, name: str, field: GraphQLField) -> dict[str, Any]:
        result = self._named(name, field)
        result["args"] = self._input_values(field.args)
        result["type"] = _reference(field.type)
        result.update(_deprecation(field.deprecation_reason))
        return result

    def _input_values(
        self, values: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]
    ) -> list[dict[str, Any]]:
        """Return arguments or input fields; deprecated ones only when deprecation is told."""
        result: list[dict[str, Any]] = []
        for name, value in values.items():
            reason = value.deprecation_reason
            if reason is not None and not self._input_value_deprecation:
                continue
            default = get_default_value_ast(value)
            shown = self._named(name, value)
            shown["type"] = _reference(value.type)
            shown["defaultValue"] = None if default is None else print_ast(default)
            if self._input_value_deprecation:
                shown.update(_deprecation(reason))
            result.append(shown)
        return result


def _kind(type_: GraphQLType) -> str:
    kind = _KINDS.get(type(type_))
    if kind is None:  # a subclass of the user's
        kind = next(kind for class_, kind in _KINDS.items() if isinstance(type_, class_))
    return kind


def _deprecation(reason: str | None) -> dict[str, Any]:
    return {"isDeprecated": reason is not None, "deprecationReason": reason}


def _references(types: Iterable[GraphQLNamedType]) -> list[dict[str, Any]]:
    return [_reference(type_) for type_ in types]


def _reference(type_: GraphQLType) -> dict[str, Any]:
    """Return a type as a field names it: the outermost list or non-null first."""
    result: dict[str, Any] = {"kind": _kind(type_), "name": getattr(type_, "name", None)}
    innermost = result
    while is_wrapping_type(type_):
        type_ = type_.of_type
        below: dict[str, Any] = {"name": getattr(type_, "name", None), "kind": _kind(type_)}
        innermost["ofType"] = below
        innermost = below
    innermost["ofType"] = None
    return result
