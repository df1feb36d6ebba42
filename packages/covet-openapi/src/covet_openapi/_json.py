"""The JSON values that documents are made of."""

from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import JsonValue

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object; what it holds is known to its reader only."""


def map_strings(value: JsonValue, rename: Callable[[str], str]) -> JsonValue:
    """Return a copy of a JSON *value* whose strings, keys apart, went through *rename*."""
    if isinstance(value, str):
        return rename(value)
    if isinstance(value, dict):
        return {key: map_strings(member, rename) for key, member in value.items()}
    if isinstance(value, list):
        return [map_strings(item, rename) for item in value]
    return value
