"""From introspection result to schema, for programs that talk to the service of another.

Source: GraphQL §4.2, https://spec.graphql.org/September2025/#sec-Schema-Introspection
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, cast

from covet_graphql._inspect import inspect
from covet_graphql.language import parse_const_value
from covet_graphql.type import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    assert_interface_type,
    assert_object_type,
    introspection_types,
    is_input_type,
    is_output_type,
    specified_scalar_types,
)

if TYPE_CHECKING:
    from covet_graphql.type import GraphQLNamedType
    from covet_graphql.utilities._introspection_query import IntrospectionQuery

_FULL_QUERY: Final = (
    "Ensure that a full introspection query is used in order to build a client schema"
)
_WRAPPERS: Final[dict[str, type[Any]]] = {"LIST": GraphQLList, "NON_NULL": GraphQLNonNull}


def build_client_schema(
    introspection: IntrospectionQuery, assume_valid: bool = False
) -> GraphQLSchema:
    """Return the schema that an introspection result describes.

    It validates and prints, but nothing executes it: it has no resolvers, its scalars take any
    value, and its enums have their names as values.

    Args:
        introspection: The ``data`` of the answer to `get_introspection_query`.
        assume_valid: Whether the schema is known to be valid, so that it need not be validated
            before it is used.

    Raises:
        TypeError: The result is incomplete or contradicts itself.
        GraphQLError: A default value or a name in it is none.
    """
    data = cast("object", introspection)  # what a service answered, whatever that is
    schema = cast("dict[str, Any]", data).get("__schema") if isinstance(data, dict) else None
    if not schema:
        raise TypeError(
            "Invalid or incomplete introspection result. Ensure that you are passing the 'data'"
            " attribute of an introspection response and no 'errors' were returned alongside:"
            f" {inspect(introspection)}."
        )
    return _ClientSchema(schema).build(assume_valid=assume_valid)


class _ClientSchema:
    """Makes types of data; what they refer to is looked up when their fields are."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema
        self._types: dict[str, GraphQLNamedType] = {}

    def build(self, *, assume_valid: bool) -> GraphQLSchema:
        """Return the schema."""
        for data in _part(self._schema, "types", "types"):
            name = _part(data, "name", "type name")
            built_in = specified_scalar_types.get(name) or introspection_types.get(name)
            self._types[name] = built_in or self._type(data)
        directives: list[dict[str, Any]] = self._schema.get("directives") or []
        return GraphQLSchema(
            query=self._root_type("queryType"),
            mutation=self._root_type("mutationType"),
            subscription=self._root_type("subscriptionType"),
            types=tuple(self._types.values()),
            directives=[self._directive(data) for data in directives],
            description=self._schema.get("description"),
            assume_valid=assume_valid,
        )

    # --- References

    def _root_type(self, member: str) -> GraphQLObjectType | None:
        reference = self._schema.get(member)
        return reference and assert_object_type(self._reference(reference))

    def _reference(self, data: dict[str, Any]) -> Any:
        """Return the type that a ``__Type`` of a field or the like stands for."""
        wrappers: list[type[Any]] = []
        while (wrapper := _WRAPPERS.get(data.get("kind", ""))) is not None:
            wrappers.append(wrapper)
            inner = data.get("ofType")
            if not inner:
                raise TypeError("Decorated type deeper than introspection query.")
            data = inner
        name = data.get("name")
        if not name:
            raise TypeError(f"Unknown type reference: {inspect(data)}.")
        type_: Any = self._types.get(name)
        if type_ is None:
            raise TypeError(f"Invalid or incomplete schema, unknown type: {name}. {_FULL_QUERY}.")
        for wrapper in reversed(wrappers):
            type_ = wrapper(type_)
        return type_

    # --- Definitions

    def _type(self, data: dict[str, Any]) -> GraphQLNamedType:
        build = _KINDS.get(data.get("kind", ""))
        if build is None:
            raise TypeError(
                f"Invalid or incomplete introspection result. {_FULL_QUERY}: {inspect(data)}."
            )
        return build(self, data)

    def _scalar(self, data: dict[str, Any]) -> GraphQLScalarType:
        return GraphQLScalarType(
            data["name"],
            description=data.get("description"),
            specified_by_url=data.get("specifiedByURL"),
        )

    def _object(self, data: dict[str, Any]) -> GraphQLObjectType:
        return GraphQLObjectType(
            data["name"],
            lambda: self._fields(data),
            lambda: self._interfaces(data),
            description=data.get("description"),
        )

    def _interface(self, data: dict[str, Any]) -> GraphQLInterfaceType:
        return GraphQLInterfaceType(
            data["name"],
            lambda: self._fields(data),
            # older services do not know of interfaces that implement others
            lambda: self._interfaces({**data, "interfaces": data.get("interfaces") or []}),
            description=data.get("description"),
        )

    def _union(self, data: dict[str, Any]) -> GraphQLUnionType:
        members = _part(data, "possibleTypes", "possibleTypes")
        return GraphQLUnionType(
            data["name"],
            lambda: [assert_object_type(self._reference(member)) for member in members],
            description=data.get("description"),
        )

    def _enum(self, data: dict[str, Any]) -> GraphQLEnumType:
        return GraphQLEnumType(
            data["name"],
            {
                value["name"]: GraphQLEnumValue(
                    value["name"],
                    description=value.get("description"),
                    deprecation_reason=value.get("deprecationReason"),
                )
                for value in _part(data, "enumValues", "enumValues")
            },
            description=data.get("description"),
        )

    def _input_object(self, data: dict[str, Any]) -> GraphQLInputObjectType:
        fields = _part(data, "inputFields", "inputFields")
        return GraphQLInputObjectType(
            data["name"],
            lambda: self._input_values(GraphQLInputField, fields, "input fields"),
            description=data.get("description"),
            is_one_of=data.get("isOneOf") or False,
        )

    def _directive(self, data: dict[str, Any]) -> GraphQLDirective:
        arguments = _part(data, "args", "directive args")
        locations = _part(data, "locations", "directive locations")
        return GraphQLDirective(
            _part(data, "name", "directive name"),
            locations,
            args=self._input_values(GraphQLArgument, arguments, "arguments"),
            is_repeatable=data.get("isRepeatable", False),
            description=data.get("description"),
        )

    # --- Members

    def _fields(self, data: dict[str, Any]) -> dict[str, GraphQLField]:
        return {
            _part(field, "name", "field name"): self._field(field)
            for field in _part(data, "fields", "fields")
        }

    def _field(self, data: dict[str, Any]) -> GraphQLField:
        type_ = self._reference(_part(data, "type", "field type"))
        if not is_output_type(type_):
            raise TypeError(
                f"Introspection must provide output type for fields, but received: {type_}."
            )
        arguments = _part(data, "args", "field args")
        return GraphQLField(
            type_,
            self._input_values(GraphQLArgument, arguments, "arguments"),
            description=data.get("description"),
            deprecation_reason=data.get("deprecationReason"),
        )

    def _input_values(
        self, make: Callable[..., Any], values: list[dict[str, Any]], what: str
    ) -> dict[str, Any]:
        return {
            _part(value, "name", "name of one of the " + what): self._input_value(make, value, what)
            for value in values
        }

    def _input_value(self, make: Callable[..., Any], data: dict[str, Any], what: str) -> Any:
        type_ = self._reference(_part(data, "type", "argument type"))
        if not is_input_type(type_):
            raise TypeError(
                f"Introspection must provide input type for {what}, but received: {type_}."
            )
        default = data.get("defaultValue")
        return make(
            type_,
            description=data.get("description"),
            deprecation_reason=data.get("deprecationReason"),
            default=default
            and GraphQLDefaultInput(literal=parse_const_value(default, no_location=True)),
        )

    def _interfaces(self, data: dict[str, Any]) -> list[GraphQLInterfaceType]:
        return [
            assert_interface_type(self._reference(interface))
            for interface in _part(data, "interfaces", "interfaces")
        ]


_KINDS: Final[dict[str, Callable[[_ClientSchema, dict[str, Any]], GraphQLNamedType]]] = {
    "SCALAR": _ClientSchema._scalar,
    "OBJECT": _ClientSchema._object,
    "INTERFACE": _ClientSchema._interface,
    "UNION": _ClientSchema._union,
    "ENUM": _ClientSchema._enum,
    "INPUT_OBJECT": _ClientSchema._input_object,
}


def _part(data: dict[str, Any], member: str, what: str) -> Any:
    """Return a member of an introspection result that cannot be done without.

    Raises:
        TypeError: It is missing.
    """
    part = data.get(member)
    if part is None:
        raise TypeError(f"Introspection result missing {what}: {inspect(data)}. {_FULL_QUERY}.")
    return part
