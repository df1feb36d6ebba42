"""The JSON values that documents are made of."""

from collections.abc import Callable
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object; what it holds is known to its reader only."""


def map_strings(value: Any, rename: Callable[[str], str]) -> Any:
    """Return a copy of a JSON *value* whose strings, keys apart, went through *rename*."""
    if isinstance(value, str):
        return rename(value)
    if isinstance(value, dict):
        members: JsonObject = value
        return {key: map_strings(member, rename) for key, member in members.items()}
    if isinstance(value, list):
        items: list[Any] = value
        return [map_strings(item, rename) for item in items]
    return value
