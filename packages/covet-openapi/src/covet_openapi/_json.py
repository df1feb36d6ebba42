"""The JSON values that documents are made of, and walks through them.

Documents hold one object in many places while they are made; each is walked through once.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from pydantic import JsonValue

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object; what it holds is known to its reader only."""


def map_strings(value: JsonValue, rename: Callable[[str], str]) -> JsonValue:
    """Return a copy of a JSON *value* whose strings, keys apart, went through *rename*.

    What is one object in several places of *value* is one in the copy.
    """
    copies: dict[int, JsonValue] = {}

    def copy(value: JsonValue) -> JsonValue:
        if isinstance(value, str):
            return rename(value)
        if not isinstance(value, dict | list):
            return value
        found = copies.get(id(value))
        if found is None:
            if isinstance(value, dict):
                found = {key: copy(member) for key, member in value.items()}
            else:
                found = [copy(item) for item in value]
            copies[id(value)] = found
        return found

    return copy(value)


def strings_in(value: JsonValue) -> Iterator[str]:
    """Yield the strings in a JSON *value*, keys apart, in order of appearance."""
    seen: set[int] = set()
    waiting: list[JsonValue] = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list) and id(value) not in seen:
            seen.add(id(value))
            waiting.extend(reversed(value.values() if isinstance(value, dict) else value))
