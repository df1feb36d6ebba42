"""Which types can be written without looking at each value twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LEAVES = frozenset(
    {"bool", "bytes", "decimal", "enum", "float", "int", "none", "str", "uuid"}
).union({"date", "datetime", "time", "timedelta"})


def is_plain(schema: Mapping[str, Any]) -> bool:
    """Say whether what *schema* validates is certainly what it serializes.

    That is so for built-in scalars and containers of them: nothing of a user's can run on the
    way and return something else.
    """
    if "serialization" in schema:
        return False
    match schema["type"]:
        case "list" | "set" | "frozenset" | "nullable":
            inner = schema.get("items_schema") or schema.get("schema")
            return inner is not None and is_plain(inner)
        case "dict":
            keys, values = schema.get("keys_schema"), schema.get("values_schema")
            if keys is None or values is None:
                return False
            return is_plain(keys) and is_plain(values)
        case kind:
            return kind in _LEAVES


def flat_fields(schema: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the field names of a model whose fields are all scalars, None of any other schema."""
    fields_schema = schema.get("schema", {})
    if (
        schema["type"] != "model"
        or "serialization" in schema
        or "serialization" in fields_schema
        or fields_schema.get("type") != "model-fields"
        or fields_schema.get("computed_fields")
        or schema.get("config", {}).get("extra_fields_behavior") == "allow"
    ):
        return None
    fields: Mapping[str, Any] = fields_schema["fields"]
    if not all(_is_scalar(field) for field in fields.values()):
        return None
    return tuple(fields)


def _is_scalar(schema: Mapping[str, Any]) -> bool:
    while schema["type"] in {"model-field", "default", "nullable"}:
        if "serialization" in schema or "serialization_exclude_if" in schema:
            return False
        schema = schema["schema"]
    return schema["type"] in _LEAVES and "serialization" not in schema
