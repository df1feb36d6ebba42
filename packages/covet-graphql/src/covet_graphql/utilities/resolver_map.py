"""What the schema definition language cannot say, collected by decorators.

resolvers = ResolverMap()

@resolvers.field("Query.user")
def resolve_user(root, info, id):
return users[id]

@resolvers.enum("Color")
class Color(Enum):
RED = "#f00"

schema = build_schema(text, resolvers=resolvers)
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from covet_graphql.type import GraphQLScalarType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import Enum

_F = TypeVar("_F", bound="Callable[..., Any]")
_E = TypeVar("_E", bound="type[Enum]")


class ResolverMapError(ValueError):
    """Resolvers that do not fit the schema.

    Attributes:
        faults: What is wrong, a sentence each, with the place of the function where there is one.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults: tuple[str, ...] = tuple(faults)
        listed = "".join([f"\n- {fault}" for fault in self.faults])
        super().__init__(f"Resolvers do not fit the schema: {len(self.faults)} at fault.{listed}")


class Resolver(NamedTuple):
    """One thing to attach.

    Attributes:
        type_name: The type that it belongs to.
        member: The field, None when it belongs to the type itself.
        role: The argument of the field's or type's class that it is: ``resolve``, ``subscribe``,
            ``resolve_type``, ``is_type_of``, ``out_type``, ``values`` or a scalar's function.
        value: The function, or the values of an enum.
    """

    type_name: str
    member: str | None
    role: str
    value: Any


class ResolverMap:
    """Resolvers by schema coordinate, collected by decorators; several maps may go together.

    Whether they fit is looked at when they are attached to a schema, all at once.

    Attributes:
        resolvers: What was collected, in order.
    """

    def __init__(self) -> None:
        self.resolvers: list[Resolver] = []

    def _add(self, type_name: str, member: str | None, role: str, value: Any) -> None:
        self.resolvers.append(Resolver(type_name, member, role, value))

    def field(self, coordinate: str) -> Callable[[_F], _F]:
        """Decorate ``resolve(parent, info, **arguments)``, which gives a field its value.

        Raises:
            ValueError: *coordinate* does not read ``Type.field``.
        """
        return self._member(coordinate, "resolve")

    def subscription(self, coordinate: str) -> Callable[[_F], _F]:
        """Decorate ``subscribe(root, info, **arguments)``, which gives the events of a field.

        Raises:
            ValueError: *coordinate* does not read ``Type.field``.
        """
        return self._member(coordinate, "subscribe")

    def _member(self, coordinate: str, role: str) -> Callable[[_F], _F]:
        type_name, dot, member = coordinate.partition(".")
        if not (type_name.isidentifier() and dot and member.isidentifier()):
            raise ValueError(
                f"{coordinate!r} is no coordinate of a field: it needs a type and a field. "
                "Write 'Query.user'."
            )

        def decorate(function: _F) -> _F:
            self._add(type_name, member, role, function)
            return function

        return decorate

    def type_resolver(self, type_name: str) -> Callable[[_F], _F]:
        """Decorate ``resolve_type(value, info, type)``: the name of the object type of a value.

        For interfaces and unions.
        """
        return self._of_type(type_name, "resolve_type")

    def is_type_of(self, type_name: str) -> Callable[[_F], _F]:
        """Decorate ``is_type_of(value, info)``: whether a value is of an object type."""
        return self._of_type(type_name, "is_type_of")

    def input_object(self, type_name: str) -> Callable[[_F], _F]:
        """Decorate a class or function of a dict: what resolvers get for an input object."""
        return self._of_type(type_name, "out_type")

    def _of_type(self, type_name: str, role: str) -> Callable[[_F], _F]:
        def decorate(function: _F) -> _F:
            self._add(type_name, None, role, function)
            return function

        return decorate

    def enum(self, type_name: str) -> Callable[[_E], _E]:
        """Decorate the Enum of Python whose members resolvers give and get."""

        def decorate(enum: _E) -> _E:
            self._add(type_name, None, "values", enum)
            return enum

        return decorate

    def scalar(
        self, type_name: str, scalar: GraphQLScalarType | None = None, **functions: Any
    ) -> None:
        """Say how a scalar is coerced: as another does it, or by functions.

        Args:
            type_name: The scalar of the schema.
            scalar: The scalar whose functions it takes.
            functions: Those of `GraphQLScalarType`, such as ``serialize`` and ``parse_value``.
        """
        self.resolvers += scalar_resolvers(type_name, scalar or functions)


SCALAR_FUNCTIONS = (
    "serialize",
    "parse_value",
    "parse_literal",
    "coerce_output_value",
    "coerce_input_value",
    "coerce_input_literal",
    "value_to_literal",
)


def scalar_resolvers(type_name: str, given: Any) -> list[Resolver]:
    """Return the functions of a scalar, or of a mapping of functions, as resolvers."""
    if isinstance(given, GraphQLScalarType):
        kwargs: dict[str, Any] = dict(given.to_kwargs())
        given = {role: kwargs[role] for role in SCALAR_FUNCTIONS if kwargs[role] is not None}
    return [Resolver(type_name, None, role, function) for role, function in given.items()]


def place_of(value: Any) -> str:
    """Return where a function or class was written, as `` (name, file:line)``, if it tells."""
    try:
        unwrapped = inspect.unwrap(value)
        file = inspect.getsourcefile(unwrapped)
        code = getattr(unwrapped, "__code__", None)
        line = code.co_firstlineno if code else inspect.getsourcelines(unwrapped)[1]
    except (TypeError, OSError):
        return ""
    return f" ({getattr(value, '__name__', 'function')}, {file}:{line})"
