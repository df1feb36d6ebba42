"""Reading several members of an object at once, for generated code.

What cannot be read becomes its exception, which counts as if it had been returned.
"""

# What resolvers return is untyped, and narrowing it gives types with unknown parts.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from covet_graphql._undefined import UndefinedType
from covet_graphql.execution._awaitable import PLAIN_TYPES, is_awaitable
from covet_graphql.execution.default_resolvers import read

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_TYPES: Final = 1000

OBJECT_TYPES: Final[set[type[Any]]] = set()
"""Types known to be read by attributes: nothing to call or to await, no mappings, no errors."""


def is_object(value: Any) -> bool:
    """Return whether *value* is to be read by attributes, and remember its type if so."""
    if value is None or isinstance(value, (Mapping, Exception, UndefinedType)):
        return False
    kind: type[Any] = type(value)
    if kind not in PLAIN_TYPES and (callable(value) or is_awaitable(value)):
        return False
    if len(OBJECT_TYPES) >= _MAX_TYPES:
        OBJECT_TYPES.clear()
    OBJECT_TYPES.add(kind)
    return True


def members_of_dict(source: dict[str, Any], names: Iterable[str]) -> list[Any]:
    """Return what *source* has by *names*, None where it has nothing."""
    return [source.get(name) for name in names]


def members(source: Any, names: Iterable[str]) -> list[Any]:
    """Return what anything has by *names*, None where it has nothing."""
    found: list[Any] = []
    for name in names:
        try:
            found.append(read(source, name))
        except Exception as error:
            found.append(error)
    return found
