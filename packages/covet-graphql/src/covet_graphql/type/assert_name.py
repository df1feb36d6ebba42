"""What may be a name.

Source: GraphQL §2.1.9, https://spec.graphql.org/September2025/#sec-Names
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from covet_graphql.error import GraphQLError

if TYPE_CHECKING:
    from collections.abc import Collection

_NO_ENUM_VALUES = frozenset({"true", "false", "null"})


def assert_name(name: str) -> str:
    """Return *name*.

    Raises:
        TypeError: It is no text.
        GraphQLError: It is no name: a letter or underscore, then letters, digits and underscores,
            all of ASCII.
    """
    # names are the ASCII part of Python's identifiers
    try:
        if str.isidentifier(name) and name.isascii():
            return name
    except TypeError:
        pass
    raise _error(name)


def assert_names(names: Collection[str]) -> None:
    """Raise unless all *names* are names; quicker than one at a time.

    Raises:
        TypeError: One is no text.
        GraphQLError: One is no name.
    """
    try:
        if all(map(str.isidentifier, names)) and "".join(names).isascii():
            return
    except TypeError:
        pass
    for name in names:
        assert_name(name)


def assert_enum_value_name(name: str) -> str:
    """Return *name*, which may name an enum value.

    Raises:
        TypeError: It is no text.
        GraphQLError: It is no name, or one that reads as another value.

    Source: GraphQL §3.9, https://spec.graphql.org/September2025/#EnumValue
    """
    if assert_name(name) in _NO_ENUM_VALUES:
        raise GraphQLError(f"Enum values cannot be named: {name}.")
    return name


def _error(name: object) -> Exception:
    if name is None:
        return TypeError("Must provide name.")
    if not isinstance(name, str):
        return TypeError("Expected name to be a string.")
    if not name:
        return GraphQLError("Expected name to be a non-empty string.")
    if not (name[0].isascii() and name[0].isidentifier()):
        return GraphQLError(f"Names must start with [_a-zA-Z] but {name!r} does not.")
    return GraphQLError(f"Names must only contain [_a-zA-Z0-9] but {name!r} does not.")
