"""Inputs put together: one core validator for all of them, and how to gather what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as cs

from covet_validation._core import (
    FINITE,
    Part,
    SchemaFault,
    compile_schema,
    core_schema_of,
)
from covet_validation._errors import Place, SignatureError, SignatureFault
from covet_validation._frugal import FrugalValidator
from covet_validation._inputs import RequestInput
from covet_validation._media_type import FORM_TYPES, JSON_TYPES, MULTIPART_TYPES, is_json
from covet_validation._types import forbids_extra, is_list, members, model_fields, spellings

BodyFormat: TypeAlias = Literal["json", "form", "multipart", "bytes"]

_BODY_KEY = "*body*"  # no keyword argument has such a name
_NOWHERE = Place("handler", "?", 0)


@dataclass(frozen=True, slots=True)
class View:
    """What one model gets to see of *location*, when that is not simply all of it.

    *hidden* are the names that other inputs read; the model counts as given if one of *needed* is
    there, or if *needed* is empty.
    """

    source: str
    location: str
    hidden: frozenset[str]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spread:
    """Takes the value at *key* apart into keyword arguments."""

    key: str
    take: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class InputPlan:
    """All that is known about a set of inputs before the first request.

    Attributes:
        validator: Makes the keyword arguments of what was gathered, by location.
        body_format: How the body is read; None if it is not.
        media_types: What the body may be.
        body_required: Whether an empty body is an error.
        reads: The locations that are gathered.
        lists: By location, the keys that collect all values of a name.
        headers: By name, the keys that a header has among what was gathered.
        names: What a request calls a field, by location and by what Pydantic calls it.
        spelled: By location and key, the values that are no texts by the texts that stand for them.
        views: The models that see a part of their location.
        spreads: The values that become several keyword arguments.
        json_only: The validator of a JSON text, if a whole JSON body is the one input there is.
        json_input: That input.
        empty_json: The JSON text that an empty body stands for; None if it is left out.
        frugal: What validates large bodies of JSON.
    """

    validator: SchemaValidator
    body_format: BodyFormat | None
    media_types: tuple[str, ...]
    body_required: bool
    reads: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    headers: Mapping[bytes, tuple[str, ...]]
    names: Mapping[tuple[str, str], str]
    spelled: Mapping[str, Mapping[str, Mapping[str, Any]]]
    views: tuple[View, ...]
    spreads: tuple[Spread, ...]
    json_only: SchemaValidator | None
    json_input: RequestInput | None
    empty_json: bytes | None
    frugal: FrugalValidator


def plan_inputs(inputs: Iterable[RequestInput]) -> InputPlan:
    """Return the plan of *inputs*.

    Raises:
        SignatureError: with every input that contradicts another one or cannot be validated.
    """
    return _Planner(inputs).plan()


class _Planner:
    """Puts inputs together and gathers what is wrong with them."""

    def __init__(self, inputs: Iterable[RequestInput]) -> None:
        self._faults: list[SignatureFault] = []
        self._spreads: list[Spread] = []
        self._views: list[View] = []
        self._parts: list[Part] = []
        self._inputs = self._whole(inputs)
        self._lists = self._all_lists()
        self._bodies = [one for one in self._inputs if one.location == "body"]
        self._forms = [one for one in self._inputs if one.location in {"form", "file"}]

    def plan(self) -> InputPlan:
        body_format, media_types = self._body_format()
        is_embedded = len(self._bodies) > 1 or any(one.embed for one in self._bodies)
        fields: dict[str, cs.TypedDictField] = {}
        for one in self._inputs:
            if one.location != "body":
                fields[one.key] = self._field(one, self._schema(one), self._path(one))
        json_only: SchemaValidator | None = None
        if self._bodies and is_embedded:
            named = {
                one.key: self._field(one, self._schema(one), [one.name]) for one in self._bodies
            }
            document = cs.json_schema(cs.typed_dict_schema(named, config=FINITE))
            body_path: list[str | int] = ["body"]
            fields[_BODY_KEY] = cs.typed_dict_field(document, validation_alias=body_path)
            self._spreads.append(Spread(_BODY_KEY, _itself))
        elif self._bodies:
            (only,) = self._bodies
            schema = self._schema(only)
            if body_format == "json":
                if len(self._inputs) == 1:
                    json_only = compile_schema(schema, self._parts)
                schema = cs.json_schema(schema)
            fields[only.key] = self._field(only, schema, ["body"])
        if self._faults:
            raise SignatureError(self._faults)
        body_required = any(one.required for one in (*self._bodies, *self._forms))
        whole = cs.typed_dict_schema(fields, config=FINITE)
        return InputPlan(
            validator=compile_schema(whole, self._parts),
            body_format=body_format,
            media_types=media_types,
            body_required=body_required,
            reads=frozenset(_place_in_data(one) for one in self._inputs),
            lists=self._lists,
            headers=self._headers(),
            names=self._names(),
            spelled=self._spelled(),
            views=tuple(self._views),
            spreads=tuple(self._spreads),
            json_only=json_only,
            json_input=self._bodies[0] if json_only else None,
            empty_json=b"{}" if is_embedded and not body_required else None,
            frugal=FrugalValidator(whole, self._parts),
        )

    def _whole(self, inputs: Iterable[RequestInput]) -> list[RequestInput]:
        """Return *inputs* with one model in the place of those that are its fields."""
        whole: list[RequestInput] = []
        seen: dict[str, RequestInput] = {}
        by_model: list[tuple[RequestInput, dict[str, str]]] = []
        for one in inputs:
            if one.key in seen:
                self._fault(one, f"has the key of another input ({seen[one.key].name!r}).")
            seen[one.key] = one
            if one.model is None:
                whole.append(one)
                continue
            for model, keys in by_model:
                if model.annotation == one.model:
                    keys[one.key] = one.model_field
                    break
            else:
                model = RequestInput(
                    key=f"*model {len(by_model)}*",
                    name="",
                    location=one.location,
                    annotation=one.model,
                    is_model=True,
                    place=one.place,
                )
                whole.append(model)
                by_model.append((model, {one.key: one.model_field}))
        self._spreads += [Spread(model.key, _taker(keys)) for model, keys in by_model]
        return whole

    def _fault(self, one: RequestInput, reason: str) -> None:
        self._faults.append(SignatureFault(one.key, reason, one.place or _NOWHERE))

    def _body_format(self) -> tuple[BodyFormat | None, tuple[str, ...]]:
        bodies, forms = self._bodies, self._forms
        if bodies and forms:
            names = ", ".join(repr(one.key) for one in forms)
            self._fault(bodies[0], f"reads the body as JSON or bytes, but {names} reads a form.")
        if any(one.location == "file" for one in forms):
            return "multipart", MULTIPART_TYPES
        if forms:
            return "form", FORM_TYPES
        if not bodies:
            return None, ()
        for one in bodies:
            if one.key.startswith("*") and len(bodies) > 1:
                self._fault(bodies[-1], "reads the body, which is a request_model already.")
        raw = [one for one in bodies if _is_raw(one)]
        if raw:
            if len(bodies) > 1:
                self._fault(raw[0], "takes the raw body, so that nothing else can read it.")
            return "bytes", (raw[0].media_type or "*/*",)
        stated = tuple(dict.fromkeys(one.media_type for one in bodies if one.media_type))
        for one in bodies:
            if one.media_type is not None and not is_json(one.media_type):
                self._fault(
                    one,
                    f"has the media type {one.media_type!r}, which only bytes and str can take.",
                )
        return "json", stated or JSON_TYPES

    def _schema(self, one: RequestInput) -> CoreSchema:
        try:
            part = core_schema_of(one.annotation, is_file=one.location == "file")
        except SchemaFault as fault:
            self._fault(one, str(fault))
            return cs.any_schema()
        self._parts.append(part)
        return part.schema

    @staticmethod
    def _field(one: RequestInput, schema: CoreSchema, path: list[str | int]) -> cs.TypedDictField:
        if not one.required:
            schema = (
                cs.with_default_schema(schema, default_factory=one.default_factory)
                if one.default_factory is not None
                else cs.with_default_schema(schema, default=one.default)
            )
        return cs.typed_dict_field(schema, validation_alias=path)

    def _path(self, one: RequestInput) -> list[str | int]:
        """Return where *one* is among what is gathered."""
        location = _place_in_data(one)
        if not one.is_model:
            (key,) = _keys(one)
            is_last_of_list = key in self._lists.get(location, ()) and not is_list(one.annotation)
            return [location, key, -1] if is_last_of_list else [location, key]
        hidden = frozenset(
            key
            for other in self._inputs
            if other is not one and _place_in_data(other) == location
            for key in _keys(other)
        ).difference(_keys(one))
        needed: frozenset[str] = frozenset() if one.required else frozenset(_keys(one))
        if not needed and not (hidden and forbids_extra(one.annotation)):
            return [location]
        source = f"{location}:{one.key}"
        self._views.append(View(source, location, hidden, needed))
        return [source]

    def _all_lists(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {
            "query": set(),
            "header": set(),
            "cookie": set(),
            "form": set(),
        }
        for one in self._inputs:
            keys = found.get(_place_in_data(one))
            if keys is None:
                continue
            if one.is_model:
                for field in model_fields(one.annotation):
                    if is_list(field.annotation):
                        keys.update({field.name, *field.wire_names})
            elif is_list(one.annotation):
                keys.update(_keys(one))
        return {location: frozenset(keys) for location, keys in found.items()}

    def _headers(self) -> dict[bytes, tuple[str, ...]]:
        found: dict[bytes, dict[str, None]] = {}
        for one in self._inputs:
            if one.location != "header":
                continue
            if one.is_model:
                for name, key in _header_names(one):
                    found.setdefault(name.lower().encode("latin-1"), {})[key] = None
            else:
                name = one.name.lower()
                found.setdefault(name.encode("latin-1"), {})[name] = None
        return {name: tuple(keys) for name, keys in found.items()}

    def _names(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for one in self._inputs:
            if one.location != "header":
                continue
            if one.is_model:
                found |= {("header", key): name for name, key in _header_names(one)}
            else:
                found["header", one.name.lower()] = one.name
        return found

    def _spelled(self) -> dict[str, dict[str, dict[str, Any]]]:
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for one in self._inputs:
            if one.location in {"body", "file"}:
                continue
            typed = (
                [
                    (key, field.annotation)
                    for field in model_fields(one.annotation)
                    for key in field.wire_names
                ]
                if one.is_model
                else [(key, one.annotation) for key in _keys(one)]
            )
            for key, annotation in typed:
                values = spellings(annotation)
                if values:
                    found.setdefault(_place_in_data(one), {})[key] = values
        return found


def _itself(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return value


def _taker(fields: Mapping[str, str]) -> Callable[[Any], Mapping[str, Any]]:
    """Return what takes *fields* (by the key they fill) from a model or a mapping."""

    def take(value: Any) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return {key: value[name] for key, name in fields.items() if name in value}
        return {key: getattr(value, name) for key, name in fields.items()}

    return take


def _place_in_data(one: RequestInput) -> str:
    return "form" if one.location == "file" else one.location


def _keys(one: RequestInput) -> list[str]:
    """Return the keys that *one* reads in its location."""
    if not one.is_model:
        return [one.name.lower() if one.location == "header" else one.name]
    return [
        key for field in model_fields(one.annotation) for key in (field.name, *field.wire_names)
    ]


def _header_names(one: RequestInput) -> list[tuple[str, str]]:
    """Return the header of each field of the model *one*, and the key that Pydantic looks up."""
    return [
        (key if field.has_alias else key.replace("_", "-"), key)
        for field in model_fields(one.annotation)
        for key in field.wire_names
    ]


def _is_raw(one: RequestInput) -> bool:
    kinds = set(members(one.annotation))
    if one.media_type is None:
        return kinds == {bytes}
    return not is_json(one.media_type) and kinds <= {bytes, str}
