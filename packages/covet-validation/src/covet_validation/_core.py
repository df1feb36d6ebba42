"""Types as Pydantic core schemas that can be put together into one validator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from pydantic import ConfigDict, PydanticUserError, TypeAdapter
from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as cs

from covet_validation._schema_edits import with_early_stops, with_finite_floats

_CACHE_SIZE = 4096


FINITE = cs.CoreConfig(allow_inf_nan=False)
"""Floats are finite, as long as no type says otherwise: NaN and the infinities are no JSON
(RFC 8259 §6), and bounds let NaN through."""


class SchemaFault(TypeError):  # noqa: N818 - becomes a SignatureFault
    """A type cannot be validated; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """The schema of one type, with the definitions that it refers to beside it.

    *is_edited* says that it differs from what models in it are validated by elsewhere.
    """

    schema: CoreSchema
    definitions: tuple[CoreSchema, ...]
    is_edited: bool


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
        stated = _adapter(annotation, is_file).core_schema
        kind = stated["type"]  # of a type that is not complete, this raises
    except PydanticUserError as error:  # not defined completely, or no schema at all
        words = str(error).split("\n", 1)[0].split(". ", 1)[0].rstrip(".")
        raise SchemaFault(
            f"has the type {annotation!r}, which cannot be read from a request ({words}). "
            "Use a type that Pydantic validates, or register a provider that injects it."
        ) from error
    schema = with_finite_floats(stated)
    is_edited = schema is not stated
    if kind == "definitions":
        nested = cast("cs.DefinitionsSchema", schema)
        return Part(nested["schema"], tuple(nested["definitions"]), is_edited)
    return Part(schema, (), is_edited)


_cached_part = lru_cache(_CACHE_SIZE)(_part)


def _adapter(annotation: Any, is_file: bool) -> TypeAdapter[Any]:
    if not is_file:
        return TypeAdapter(annotation)
    try:
        return TypeAdapter(annotation, config=ConfigDict(arbitrary_types_allowed=True))
    except PydanticUserError:  # a type with a configuration of its own
        return TypeAdapter(annotation)


def compile_schema(schema: CoreSchema, parts: Sequence[Part]) -> SchemaValidator:
    """Return the validator of *schema*, which is made of *parts*."""
    return _compile(schema, _definitions(parts), any(part.is_edited for part in parts))


def compile_frugal(schema: CoreSchema, parts: Sequence[Part]) -> SchemaValidator:
    """Return the validator that `compile_schema` does, but of each list only the first error."""
    definitions = [with_early_stops(one) for one in _definitions(parts)]
    return _compile(with_early_stops(schema), definitions, is_edited=True)


def _definitions(parts: Sequence[Part]) -> list[CoreSchema]:
    by_ref = {str(one.get("ref")): one for part in parts for one in part.definitions}
    return list(by_ref.values())


def _compile(schema: CoreSchema, definitions: list[CoreSchema], is_edited: bool) -> SchemaValidator:
    if definitions:
        schema = cs.definitions_schema(schema, definitions)
    # What models were compiled to before must not stand in for what is edited.
    return SchemaValidator(schema, FINITE, _use_prebuilt=not is_edited)
