"""Reading a document: what its references lead to, and a value that each schema allows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

_MAX_DEPTH = 6  # of an example that goes in circles
_FORMATS: Mapping[str, str] = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "email": "ada@example.org",
    "uuid": "3f2b8c1e-5d4a-4f6b-9a7c-0e1d2c3b4a59",
    "uri": "https://example.org/",
    "hostname": "example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "binary": "…",
    "password": "…",
}


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def listed(value: object) -> list[Any]:
    """Return a JSON array, empty if *value* is none."""
    return value if is_array(value) else []


def members(value: object) -> Mapping[str, Any]:
    """Return a JSON object, empty if *value* is none."""
    return value if is_object(value) else {}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one document."""

    document: Mapping[str, Any]

    def resolve(self, value: Any) -> Mapping[str, Any]:
        """Return the object that *value* is or refers to, with what stands beside the reference."""
        found, beside = members(value), dict[str, Any]()
        for _ in range(_MAX_DEPTH):
            reference = found.get("$ref")
            if not isinstance(reference, str):
                break
            beside = {**{key: each for key, each in found.items() if key != "$ref"}, **beside}
            target: Any = self.document
            for part in reference.removeprefix("#").split("/")[1:]:
                target = members(target).get(part.replace("~1", "/").replace("~0", "~"))
            found = members(target)
        return {**found, **beside} if beside else found

    def example(self, schema: Any, depth: int = 0) -> Any:
        """Return a value that *schema* allows, the one that it shows if it shows one."""
        found = self.resolve(schema)
        shown = _shown(found)
        if shown:
            return shown[0]
        alternatives = listed(found.get("oneOf")) or listed(found.get("anyOf"))
        if alternatives:
            useful = [each for each in alternatives if members(each).get("type") != "null"]
            return self.example((useful or alternatives)[0], depth)
        if parts := listed(found.get("allOf")):
            values = [self.example(each, depth) for each in parts]
            return {key: each for value in values for key, each in members(value).items()}
        match type_of(found):
            case "object":
                return self._example_object(found, depth)
            case "array":
                items = found.get("items")
                return [self.example(items, depth + 1)] if items and depth < _MAX_DEPTH else []
            case "string":
                return _text(found)
            case "integer":
                return _number(found)
            case "number":
                return float(_number(found)) or 0.5
            case "boolean":
                return True
            case _:
                return None

    def _example_object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        if depth >= _MAX_DEPTH:
            return {}
        properties = members(schema.get("properties"))
        return {
            name: self.example(each, depth + 1)
            for name, each in properties.items()
            if not members(each).get("deprecated")
        }


def type_of(schema: Mapping[str, Any]) -> str | None:
    """Return the type of a schema, the first that is not null of several."""
    stated = schema.get("type")
    if isinstance(stated, str):
        return stated
    types = [each for each in listed(stated) if each != "null"]
    if types:
        return str(types[0])
    return "object" if "properties" in schema else None


def _shown(schema: Mapping[str, Any]) -> list[Any]:
    """Return the values that a schema shows: examples, the default, the only ones."""
    for key in ("examples", "enum"):
        if values := listed(schema.get(key)):
            return values
    return [schema[key] for key in ("example", "const", "default") if schema.get(key) is not None]


def _text(schema: Mapping[str, Any]) -> str:
    text = _FORMATS.get(str(schema.get("format")), "string")
    least, most = int(schema.get("minLength", 0)), schema.get("maxLength")
    if len(text) < least <= 64:
        text = (text * least)[:least]
    return text[:most] if isinstance(most, int) else text


def _number(schema: Mapping[str, Any]) -> Any:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None and isinstance(schema.get("exclusiveMinimum"), int | float):
        least = schema["exclusiveMinimum"] + 1
    if least is not None:
        return least
    return min(1, most) if most is not None else 1


def slug(*parts: str) -> str:
    """Return a fragment identifier of words and hyphens."""
    return "-".join(filter(None, (re.sub(r"[^\w.]+", "-", part).strip("-") for part in parts)))


def unique(slugs: Iterable[str]) -> list[str]:
    """Return *slugs* with a number where one was there already."""
    taken: dict[str, int] = {}
    found: list[str] = []
    for each in slugs:
        taken[each] = taken.get(each, 0) + 1
        found.append(each if taken[each] == 1 else f"{each}-{taken[each]}")
    return found
