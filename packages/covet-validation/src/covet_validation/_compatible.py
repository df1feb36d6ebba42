"""Whether a field of a model can fill a parameter, as far as their types certainly tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from covet_validation._core import SchemaFault, core_schema_of
from covet_validation._types import bare

_PLAIN_KINDS = frozenset({"bool", "bytes", "decimal", "float", "int", "str", "uuid"}).union(
    {"date", "datetime", "time", "timedelta"}, {"dict", "list", "set"}
)


def accepts(parameter: Any, value: Any) -> bool:
    """Say whether a parameter annotated *parameter* may take what is annotated *value*.

    Compares what Pydantic makes of both, and objects only where they certainly differ.
    """
    if bare(parameter) in {Any, object} or bare(parameter) == bare(value):
        return True
    try:
        wanted, offered = core_schema_of(parameter), core_schema_of(value)
    except SchemaFault:
        return False
    wanted_kind, takes_none = _kind(wanted.schema)
    offered_kind, gives_none = _kind(offered.schema)
    if gives_none and not takes_none:
        return False
    if "any" in {wanted_kind, offered_kind}:
        return True
    return wanted_kind == offered_kind or (wanted_kind, offered_kind) == ("float", "int")


def _kind(schema: Mapping[str, Any]) -> tuple[str, bool]:
    """Return what kind of value *schema* makes, ``any`` if that is not plain, and if also None."""
    takes_none = False
    while True:
        kind: str = schema["type"]
        if kind == "nullable":
            takes_none = True
        elif kind == "model":
            return str(schema["cls"]), takes_none
        elif kind not in {"default", "function-after"}:
            return (kind if kind in _PLAIN_KINDS else "any"), takes_none
        schema = schema["schema"]
