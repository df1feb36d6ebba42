"""Core schemas with one property changed throughout, and how many errors one value can have.

Models come with validators of their own, which pydantic-core reuses: an edited schema has to be
compiled without them (`compile_schema` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic_core import CoreSchema

from covet_validation._containers import is_mapping, is_sequence

_CONFIGURED = frozenset({"model", "dataclass", "typed-dict"})  # what is in them has their config
_COLLECTIONS = frozenset({"dict", "frozenset", "list", "set", "tuple"})
_WITH_FIELDS = {
    "arguments": "arguments_schema",
    "dataclass-args": "fields",
    "model-fields": "fields",
    "typed-dict": "fields",
}
_AROUND = ("schema", "json_schema", "lax_schema")
_OPAQUE = frozenset(  # members of schemas that hold no schema that validates
    {"cls", "computed_fields", "default", "expected", "function", "members", "metadata", "ref"}
) | {"serialization"}

Edit = Callable[[Any], Any]


def with_finite_floats(schema: CoreSchema) -> CoreSchema:
    """Return *schema* with floats finite that do not say; the same object if there are none.

    A field says so by ``allow_inf_nan``, or its model does by that of its configuration.
    """
    return cast("CoreSchema", _finite(schema, is_stated=False))


def with_early_stops(schema: CoreSchema) -> CoreSchema:
    """Return *schema* with collections whose validation ends at their first error."""

    def edit(value: Any) -> Any:
        found = _edited(value, edit)
        return {**found, "fail_fast": True} if _type(found) in _COLLECTIONS else found

    return cast("CoreSchema", edit(schema))


def _finite(value: Any, *, is_stated: bool) -> Any:
    kind = _type(value)
    if kind == "float":
        silent = "allow_inf_nan" not in value and not is_stated
        return {**value, "allow_inf_nan": False} if silent else value
    if kind in _CONFIGURED:
        is_stated = "allow_inf_nan" in (value.get("config") or {})
    return _edited(value, lambda inner: _finite(inner, is_stated=is_stated))


def _type(value: Any) -> str | None:
    """Return the type of *value* if that is a schema, and not a mapping of fields, say."""
    kind = value.get("type") if is_mapping(value) else None
    return kind if isinstance(kind, str) else None


def _edited(value: Any, edit: Edit) -> Any:
    """Return *value* with what is directly in it edited; the same object if nothing changes."""
    if is_mapping(value):
        opaque = _OPAQUE if _type(value) else frozenset[str]()
        found = {key: item if key in opaque else edit(item) for key, item in value.items()}
        return found if any(found[key] is not value[key] for key in found) else value
    if is_sequence(value):
        items = [edit(item) for item in value]
        is_same = all(one is other for one, other in zip(items, value, strict=True))
        return value if is_same else (tuple(items) if isinstance(value, tuple) else items)
    return value


@dataclass(frozen=True, slots=True)
class ErrorBound:
    """How many errors values of one schema can have: each object, and each value of any kind."""

    an_object: int
    a_value: int

    def of(self, text: bytes) -> int:
        """Return how many errors the JSON *text* can have at most."""
        objects = text.count(b"{")
        values = text.count(b",") + text.count(b"[") + objects + 1
        return objects * self.an_object + values * self.a_value


def error_bound(schemas: Iterable[CoreSchema]) -> ErrorBound:
    """Return the bound of the values that *schemas* validate, at whatever depth."""
    every = [found for schema in schemas for found in _schemas_in(schema)]
    by_ref = {str(one["ref"]): one for one in every if "ref" in one}
    widths = [_width(one, by_ref, frozenset()) for one in every]
    return ErrorBound(
        an_object=max((fields for fields, _ in widths), default=0),
        a_value=max((types for _, types in widths), default=1),
    )


def _schemas_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield *value* and every schema in it."""
    if is_mapping(value):
        if _type(value):
            yield value
        for key, item in value.items():
            if key not in _OPAQUE or not _type(value):
                yield from _schemas_in(item)
    elif is_sequence(value):
        for item in value:
            yield from _schemas_in(item)


def _width(
    schema: Mapping[str, Any], by_ref: Mapping[str, Mapping[str, Any]], seen: frozenset[str]
) -> tuple[int, int]:
    """Return how many fields an object has to *schema*, and as how many types a value is tried."""
    kind = schema["type"]
    if kind in _WITH_FIELDS:
        return len(schema[_WITH_FIELDS[kind]]), 1
    if kind == "union":
        choices = [one[0] if is_sequence(one) else one for one in schema["choices"]]
        widths = [_width(choice, by_ref, seen) for choice in choices]
        return sum(fields for fields, _ in widths), sum(types for _, types in widths)
    if kind == "definition-ref":
        ref = schema["schema_ref"]
        inner = by_ref.get(ref) if ref not in seen else None
        seen |= {ref}
    else:
        inner = next((schema[key] for key in _AROUND if _type(schema.get(key))), None)
    return _width(inner, by_ref, seen) if inner is not None else (0, 1)
