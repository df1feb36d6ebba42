"""What resolves a field, or an abstract type, that has no function of its own for it."""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from covet_graphql.execution._awaitable import PLAIN_TYPES, is_awaitable

if TYPE_CHECKING:
    from covet_graphql.type import GraphQLAbstractType, GraphQLResolveInfo


_MAX_TYPES: Final = 1000
_ATTRIBUTE_TYPES: Final[set[type[Any]]] = set()  # known to be no mappings: asking is slow


def default_field_resolver(source: Any, info: GraphQLResolveInfo[Any], **args: Any) -> Any:
    """Return the member of *source* that has the field's name.

    That is a key of a mapping and an attribute of anything else; None where it is missing. A
    function is called with *info* and the arguments.
    """
    value = read(source, info.field_name)
    if type(value) not in PLAIN_TYPES and callable(value):
        return value(info, **args)
    return value


def read(source: Any, name: str) -> Any:
    """Return the member of *source* called *name*, or None."""
    kind: type[Any] = type(source)
    if kind not in _ATTRIBUTE_TYPES:
        if isinstance(source, Mapping):
            return cast("Mapping[str, Any]", source).get(name)
        if len(_ATTRIBUTE_TYPES) >= _MAX_TYPES:
            _ATTRIBUTE_TYPES.clear()
        _ATTRIBUTE_TYPES.add(kind)
    return getattr(source, name, None)


def default_type_resolver(
    value: Any, info: GraphQLResolveInfo[Any], abstract_type: GraphQLAbstractType
) -> Awaitable[str | None] | str | None:
    """Return the name of the object type that *value* has, None when nothing says it.

    That is its ``__typename``, or the first possible type of *abstract_type* whose
    ``is_type_of`` accepts it. The attribute may be private to a class (``__typename`` within its
    body).
    """
    name = _type_name(value)
    if type(name) is str:
        return name
    uncertain: list[tuple[str, Awaitable[Any]]] = []
    found: str | None = None
    for possible in info.schema.get_possible_types(abstract_type):
        if possible.is_type_of is None:
            continue
        answer = possible.is_type_of(value, info)
        if is_awaitable(answer):
            uncertain.append((possible.name, answer))
        elif answer:
            found = possible.name
            break
    if not uncertain:
        return found
    return _first(uncertain, found)


async def _first(uncertain: list[tuple[str, Awaitable[Any]]], otherwise: str | None) -> str | None:
    """Return the first name whose answer is true; wait for all answers, to leave none behind."""
    answers = [(name, await answer) for name, answer in uncertain]
    return next((name for name, answer in answers if answer), otherwise)


def _type_name(value: Any) -> Any:
    """Return the ``__typename`` of *value*: by key, as attribute, or private to its class."""
    if isinstance(value, Mapping):
        return cast("Mapping[str, Any]", value).get("__typename")
    name = getattr(value, "__typename", None)
    if name is not None:
        return name
    for kind in type(value).__mro__[:-1]:
        name = getattr(value, f"_{kind.__name__.lstrip('_')}__typename", None)
        if name is not None:
            return name
    return None
