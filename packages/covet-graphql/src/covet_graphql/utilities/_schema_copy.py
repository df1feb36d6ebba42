"""A schema made anew, part by part, so that a part can come out different.

Types refer to each other, so that changing one means making all of them again. A subclass of
`SchemaCopy` overrides the method of what it changes; the rest is as it was. The schema that is
copied stays untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covet_graphql.type import (
    GraphQLArgument,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
    is_wrapping_type,
)
from covet_graphql.type.schema import CompleteTypes
from covet_graphql.utilities._definitions import NamedTypes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from covet_graphql.type import GraphQLEnumValue, GraphQLNamedType


class SchemaCopy:
    """Copies one schema; types and directives that every schema has stay what they are."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.types = NamedTypes()

    def copy(self) -> GraphQLSchema:
        """Return the copy."""
        for name, type_ in self.schema.type_map.items():
            self.types[name] = self._type(type_)
        return GraphQLSchema(**self.schema_kwargs())

    def schema_kwargs(self) -> dict[str, Any]:
        """Return the arguments of the copy."""
        kwargs: dict[str, Any] = dict(self.schema.to_kwargs())
        for operation in ("query", "mutation", "subscription"):
            kwargs[operation] = kwargs[operation] and self.named_type(kwargs[operation])
        kwargs["types"] = CompleteTypes(self.types.values())
        kwargs["directives"] = tuple([self._directive(item) for item in self.schema.directives])
        return kwargs

    # --- References

    def named_type(self, type_: GraphQLNamedType) -> Any:
        """Return the copy of a named type."""
        return self.types[type_.name]

    def type_reference(self, type_: Any) -> Any:
        """Return the copy of a type with all lists and non-nulls around it."""
        wrappers: list[type[Any]] = []
        while is_wrapping_type(type_):
            wrappers.append(type(type_))
            type_ = type_.of_type
        copied = self.named_type(type_)
        for wrapper in reversed(wrappers):
            copied = wrapper(copied)
        return copied

    # --- Definitions

    def _type(self, type_: GraphQLNamedType) -> GraphQLNamedType:
        if is_specified_scalar_type(type_) or is_introspection_type(type_):
            return type_
        kwargs: dict[str, Any] = dict(type_.to_kwargs())
        match type_:  # pyright: ignore[reportMatchNotExhaustive] # there is no other kind
            case GraphQLScalarType():
                kwargs.update(self.scalar(type_))
            case GraphQLObjectType():
                kwargs["fields"] = lambda: self.fields(type_)
                kwargs["interfaces"] = lambda: self.interfaces(type_)
                kwargs.update(self.object(type_))
            case GraphQLInterfaceType():
                kwargs["fields"] = lambda: self.fields(type_)
                kwargs["interfaces"] = lambda: self.interfaces(type_)
                kwargs.update(self.interface(type_))
            case GraphQLUnionType():
                kwargs["types"] = lambda: self.members(type_)
                kwargs.update(self.union(type_))
            case GraphQLEnumType():
                kwargs["values"] = self.values(type_)
                kwargs.update(self.enum(type_))
            case GraphQLInputObjectType():
                kwargs["fields"] = lambda: self.input_fields(type_)
                kwargs.update(self.input_object(type_))
        return type(type_)(**kwargs)

    def scalar(self, type_: GraphQLScalarType) -> Mapping[str, Any]:
        """Return the arguments by which the copy of a scalar differs."""
        return {}

    def object(self, type_: GraphQLObjectType) -> Mapping[str, Any]:
        """Return the arguments by which the copy of an object differs."""
        return {}

    def interface(self, type_: GraphQLInterfaceType) -> Mapping[str, Any]:
        """Return the arguments by which the copy of an interface differs."""
        return {}

    def union(self, type_: GraphQLUnionType) -> Mapping[str, Any]:
        """Return the arguments by which the copy of a union differs."""
        return {}

    def enum(self, type_: GraphQLEnumType) -> Mapping[str, Any]:
        """Return the arguments by which the copy of an enum differs."""
        return {}

    def input_object(self, type_: GraphQLInputObjectType) -> Mapping[str, Any]:
        """Return the arguments by which the copy of an input object differs."""
        return {}

    def _directive(self, directive: GraphQLDirective) -> GraphQLDirective:
        if is_specified_directive(directive):
            return directive
        kwargs: dict[str, Any] = {**directive.to_kwargs(), **self.directive(directive)}
        return GraphQLDirective(**kwargs)

    def directive(self, directive: GraphQLDirective) -> Mapping[str, Any]:
        """Return the arguments by which the copy of a directive differs."""
        return {"args": self.arguments(directive.args)}

    # --- Members

    def fields(self, type_: GraphQLObjectType | GraphQLInterfaceType) -> dict[str, GraphQLField]:
        """Return the fields of the copy."""
        return {name: self.field(type_, name, field) for name, field in type_.fields.items()}

    def field(
        self, type_: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField
    ) -> GraphQLField:
        """Return the copy of a field."""
        kwargs: dict[str, Any] = dict(field.to_kwargs())
        kwargs["type_"] = self.type_reference(field.type)
        kwargs["args"] = self.arguments(field.args)
        return GraphQLField(**kwargs)

    def arguments(self, arguments: Mapping[str, GraphQLArgument]) -> dict[str, GraphQLArgument]:
        """Return the copies of arguments."""
        return {
            name: GraphQLArgument(
                **{**argument.to_kwargs(), "type_": self.type_reference(argument.type)}
            )
            for name, argument in arguments.items()
        }

    def input_fields(self, type_: GraphQLInputObjectType) -> dict[str, GraphQLInputField]:
        """Return the input fields of the copy."""
        return {
            name: GraphQLInputField(
                **{**field.to_kwargs(), "type_": self.type_reference(field.type)}
            )
            for name, field in type_.fields.items()
        }

    def interfaces(
        self, type_: GraphQLObjectType | GraphQLInterfaceType
    ) -> Collection[GraphQLInterfaceType]:
        """Return the interfaces of the copy."""
        return [self.named_type(interface) for interface in type_.interfaces]

    def members(self, type_: GraphQLUnionType) -> Collection[GraphQLObjectType]:
        """Return the types that the copy of a union consists of."""
        return [self.named_type(member) for member in type_.types]

    def values(self, type_: GraphQLEnumType) -> dict[str, GraphQLEnumValue]:
        """Return the values of the copy."""
        return dict(type_.values)
