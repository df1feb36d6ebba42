"""Types as Pydantic core schemas that can be put together into one validator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from pydantic import ConfigDict, PydanticUserError, TypeAdapter
from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as cs

_CACHE_SIZE = 4096


FINITE = cs.CoreConfig(allow_inf_nan=False)
"""Plain floats are finite: NaN and the infinities are no JSON (RFC 8259 §6), and bounds let NaN
through. Models have the configuration that they state."""


class SchemaFault(TypeError):  # noqa: N818 - becomes a SignatureFault
    """A type cannot be validated; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """The schema of one type, with the definitions that it refers to beside it."""

    schema: CoreSchema
    definitions: tuple[CoreSchema, ...]


def core_schema_of(annotation: Any, *, is_file: bool = False) -> Part:
    """Return the core schema of *annotation*; for a file, of any class by ``isinstance``.

    Raises:
        SchemaFault: it is no type that Pydantic can validate, or is not completely defined.
    """
    try:
        return _cached_part(annotation, is_file)
    except TypeError as error:
        if isinstance(error, SchemaFault):
            raise
        return _part(annotation, is_file)  # its metadata cannot be hashed


def _part(annotation: Any, is_file: bool) -> Part:
    try:
        schema = _adapter(annotation, is_file).core_schema
        kind = schema["type"]  # of a type that is not complete, this raises
    except PydanticUserError as error:  # not defined completely, or no schema at all
        words = str(error).split("\n", 1)[0].split(". ", 1)[0].rstrip(".")
        raise SchemaFault(
            f"has the type {annotation!r}, which cannot be read from a request ({words}). "
            "Use a type that Pydantic validates, or register a provider that injects it."
        ) from error
    if kind == "definitions":
        nested = cast("cs.DefinitionsSchema", schema)
        return Part(nested["schema"], tuple(nested["definitions"]))
    return Part(schema, ())


_cached_part = lru_cache(_CACHE_SIZE)(_part)


def _adapter(annotation: Any, is_file: bool) -> TypeAdapter[Any]:
    if not is_file:
        return TypeAdapter(annotation)
    try:
        return TypeAdapter(annotation, config=ConfigDict(arbitrary_types_allowed=True))
    except PydanticUserError:  # a type with a configuration of its own
        return TypeAdapter(annotation)


def compile_schema(schema: CoreSchema, parts: list[Part]) -> SchemaValidator:
    """Return the validator of *schema*, which is made of *parts*."""
    definitions: Mapping[str, CoreSchema] = {
        str(definition.get("ref")): definition for part in parts for definition in part.definitions
    }
    if definitions:
        schema = cs.definitions_schema(schema, list(definitions.values()))
    return SchemaValidator(schema, FINITE)
