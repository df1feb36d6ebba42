"""Functions and Python values put behind a schema that was read from text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from covet_graphql._did_you_mean import and_list, did_you_mean, suggestion_list
from covet_graphql._inspect import inspect
from covet_graphql.type import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_scalar_type,
)
from covet_graphql.utilities._schema_copy import SchemaCopy
from covet_graphql.utilities.resolver_map import (
    SCALAR_FUNCTIONS,
    Resolver,
    ResolverMap,
    ResolverMapError,
    place_of,
    scalar_resolvers,
)

if TYPE_CHECKING:
    from covet_graphql.type import GraphQLField, GraphQLNamedType, GraphQLSchema

Resolvers: TypeAlias = ResolverMap | Mapping[str, Any] | Sequence[ResolverMap | Mapping[str, Any]]

_FIELD_ROLES: Final = ("resolve", "subscribe")
_TYPE_ROLES: Final[dict[type, tuple[str, ...]]] = {
    GraphQLScalarType: SCALAR_FUNCTIONS,
    GraphQLObjectType: ("is_type_of",),
    GraphQLInterfaceType: ("resolve_type",),
    GraphQLUnionType: ("resolve_type",),
    GraphQLEnumType: ("values",),
    GraphQLInputObjectType: ("out_type",),
}


def attach_resolvers(schema: GraphQLSchema, resolvers: Resolvers) -> GraphQLSchema:
    """Return a copy of *schema* with *resolvers* behind it.

    A mapping has a type's name as key, and by the kind of the type:

    ============ ==================================================================================
    object       a mapping from fields to ``resolve(parent, info, **arguments)``, or to a mapping
                 with ``resolve`` and ``subscribe``; besides ``"__is_type_of"``
    interface,   ``resolve_type(value, info, type)``, which returns the name of an object type, or
    union        a mapping with it as ``"__resolve_type"``
    scalar       a `GraphQLScalarType`, or a mapping with its functions: ``serialize``,
                 ``parse_value``, ``parse_literal``, …
    enum         an Enum of Python, whose members resolvers give and get, or a mapping from names
                 to Python values, of all names or some
    input object a class or function of a dict, which makes what resolvers get
    ============ ==================================================================================

    Args:
        schema: What the resolvers are for; it stays as it is.
        resolvers: A `ResolverMap`, a mapping or several of these.

    Raises:
        ResolverMapError: Types, fields or values do not exist or are of another kind, something
            cannot be called, or two resolvers are for one field; all faults are told.
    """
    plan = _Plan(schema)
    several = [resolvers] if isinstance(resolvers, (ResolverMap, Mapping)) else resolvers
    for given in several:
        for resolver in given.resolvers if isinstance(given, ResolverMap) else plan.read(given):
            plan.add(resolver)
    if plan.faults:
        raise ResolverMapError(plan.faults)
    return _ResolvingCopy(schema, plan).copy()


class _Plan:
    """What is to be attached where, and what cannot be."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self.faults: list[str] = []
        self.found: dict[tuple[str, str | None, str], Any] = {}

    # --- Reading mappings

    def read(self, mapping: Mapping[str, Any]) -> Iterator[Resolver]:
        """Yield what a mapping attaches to each type."""
        for name, given in mapping.items():
            type_ = self._type(name)
            if type_ is None:
                continue
            role = _TYPE_ROLES[_kind(type_)][0]
            if isinstance(type_, GraphQLScalarType) and isinstance(
                given, (GraphQLScalarType, Mapping)
            ):
                yield from scalar_resolvers(name, given)
            elif isinstance(type_, GraphQLEnumType):
                yield Resolver(name, None, role, given)
            elif isinstance(given, Mapping):
                yield from self._members(name, cast("Mapping[str, Any]", given))
            elif isinstance(type_, (GraphQLScalarType, GraphQLObjectType)):
                self.faults.append(
                    f"'{name}' is {_word(type_)}, which takes a mapping of functions,"
                    f" not {inspect(given)}."
                )
            else:
                yield Resolver(name, None, role, given)

    def _members(self, name: str, given: Mapping[str, Any]) -> Iterator[Resolver]:
        for member, value in given.items():
            if member.startswith("__"):
                yield Resolver(name, None, member.removeprefix("__"), value)
            elif isinstance(value, Mapping):
                for role, function in cast("Mapping[str, Any]", value).items():
                    yield Resolver(name, member, role, function)
            else:
                yield Resolver(name, member, "resolve", value)

    # --- Checking

    def add(self, resolver: Resolver) -> None:
        """Take a resolver, or the fault that it has."""
        type_ = self._type(resolver.type_name, resolver.value)
        if type_ is None:
            return
        if resolver.member is None:
            fault = _fault_of_type(type_, resolver)
        else:
            fault = _fault_of_field(type_, resolver.member, resolver)
        key = resolver[:3]
        if fault is None and key in self.found:
            once = place_of(self.found[key])
            fault = f"'{resolver.role}' of '{_coordinate(resolver)}' is given twice{once}", ""
        if fault is None:
            self.found[key] = resolver.value
        else:
            what, hint = fault
            self.faults.append(f"{what}{place_of(resolver.value)}.{hint}")

    def _type(self, name: str, value: object = None) -> GraphQLNamedType | None:
        """Return the type called *name*, or None and a fault when nothing can be attached to it."""
        type_ = self._schema.get_type(name)
        if type_ is None:
            hint = did_you_mean(suggestion_list(name, self._schema.type_map))
            self.faults.append(f"'{name}' is no type of the schema{place_of(value)}.{hint}")
        elif is_specified_scalar_type(type_) or is_introspection_type(type_):
            self.faults.append(f"'{name}' is built in and stays as it is{place_of(value)}.")
        else:
            return type_
        return None


_Fault: TypeAlias = tuple[str, str]  # what is wrong, and a hint for the reader


def _fault_of_type(type_: GraphQLNamedType, resolver: Resolver) -> _Fault | None:
    roles = _TYPE_ROLES[_kind(type_)]
    if resolver.role not in roles:
        hint = did_you_mean(suggestion_list(resolver.role, roles))
        return f"'{type_.name}' is {_word(type_)} and has no '{resolver.role}'", hint
    if isinstance(type_, GraphQLEnumType):
        return _fault_of_values(type_, resolver.value)
    return _fault_of_function(resolver)


def _fault_of_field(type_: GraphQLNamedType, member: str, resolver: Resolver) -> _Fault | None:
    coordinate = _coordinate(resolver)
    if not isinstance(type_, GraphQLObjectType):
        hint = (
            " Resolve it in the object types that implement the interface."
            if isinstance(type_, GraphQLInterfaceType)
            else ""
        )
        return f"'{coordinate}' is no field of an object type, but of {_word(type_)}", hint
    if member not in type_.fields:
        near = [f"{type_.name}.{name}" for name in suggestion_list(member, type_.fields)]
        return f"'{coordinate}' is no field of the schema", did_you_mean(near)
    if resolver.role not in _FIELD_ROLES:
        hint = did_you_mean(suggestion_list(resolver.role, _FIELD_ROLES))
        return f"'{coordinate}' is a field and has no '{resolver.role}'", hint
    return _fault_of_function(resolver)


def _fault_of_values(type_: GraphQLEnumType, given: Any) -> _Fault | None:
    missing: list[str] = []
    names: Iterable[str]
    if isinstance(given, type) and issubclass(given, Enum):
        names = given.__members__
        missing = [name for name in type_.values if name not in given.__members__]
    elif isinstance(given, Mapping):
        names = cast("Mapping[str, Any]", given)
    else:
        found = inspect(cast("object", given))
        return f"'{type_.name}' takes an Enum or a mapping of names, not {found}", ""
    unknown = [name for name in names if name not in type_.values]
    if missing:
        return f"'{type_.name}' lacks {and_list(missing)} in Python", ""
    if unknown:
        return f"'{type_.name}' has no {and_list(unknown)} in the schema", ""
    return None


def _fault_of_function(resolver: Resolver) -> _Fault | None:
    if callable(resolver.value):
        return None
    found = inspect(resolver.value)
    return f"'{resolver.role}' of '{_coordinate(resolver)}' cannot be called: {found}", ""


def _coordinate(resolver: Resolver) -> str:
    return ".".join([part for part in (resolver.type_name, resolver.member) if part])


def _kind(type_: GraphQLNamedType) -> type:
    return next(kind for kind in _TYPE_ROLES if isinstance(type_, kind))


def _word(type_: GraphQLNamedType) -> str:
    return {
        GraphQLScalarType: "a scalar",
        GraphQLObjectType: "an object type",
        GraphQLInterfaceType: "an interface",
        GraphQLUnionType: "a union",
        GraphQLEnumType: "an enum",
        GraphQLInputObjectType: "an input object",
    }[_kind(type_)]


class _ResolvingCopy(SchemaCopy):
    """Copies a schema with what a plan attaches."""

    def __init__(self, schema: GraphQLSchema, plan: _Plan) -> None:
        super().__init__(schema)
        self._of: dict[tuple[str, str | None], dict[str, Any]] = {}
        for (type_name, member, role), value in plan.found.items():
            self._of.setdefault((type_name, member), {})[role] = value

    def _of_type(self, type_: GraphQLNamedType) -> dict[str, Any]:
        return self._of.get((type_.name, None), {})

    def scalar(self, type_: GraphQLScalarType) -> Mapping[str, Any]:
        given = self._of_type(type_)
        # the functions that the text gives a scalar are none; those given go together
        return {**dict.fromkeys(SCALAR_FUNCTIONS), **given} if given else {}

    def object(self, type_: GraphQLObjectType) -> Mapping[str, Any]:
        return self._of_type(type_)

    def interface(self, type_: GraphQLInterfaceType) -> Mapping[str, Any]:
        return self._of_type(type_)

    def union(self, type_: GraphQLUnionType) -> Mapping[str, Any]:
        return self._of_type(type_)

    def input_object(self, type_: GraphQLInputObjectType) -> Mapping[str, Any]:
        return self._of_type(type_)

    def values(self, type_: GraphQLEnumType) -> dict[str, GraphQLEnumValue]:
        given: type[Enum] | Mapping[str, Any] = self._of_type(type_).get("values", {})
        python: Mapping[str, Any] = given.__members__ if isinstance(given, type) else given
        return {
            name: _with_value(value, python[name]) if name in python else value
            for name, value in super().values(type_).items()
        }

    def field(
        self, type_: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField
    ) -> GraphQLField:
        copied = super().field(type_, name, field)
        for role, function in self._of.get((type_.name, name), {}).items():
            setattr(copied, role, function)
        return copied


def _with_value(enum_value: GraphQLEnumValue, value: Any) -> GraphQLEnumValue:
    kwargs: dict[str, Any] = {**enum_value.to_kwargs(), "value": value}
    return GraphQLEnumValue(**kwargs)
