"""A callable's signature, read into the inputs that a request must give it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, cast, get_args, get_origin

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from covet_validation._callable import evaluate, namespace_of, place_of
from covet_validation._compatible import accepts
from covet_validation._core import SchemaFault, core_schema_of
from covet_validation._errors import SignatureError, SignatureFault
from covet_validation._inputs import Body, InputSource, Marker, RequestInput
from covet_validation._types import (
    ModelField,
    bare,
    is_structured,
    is_whole,
    members,
    model_fields,
)

_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})  # RFC 9110 §9.3 gives others no meaning


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A parameter before its place in the request is known."""

    name: str
    annotation: Any
    default: Any  # inspect.Parameter.empty: none
    marker: Marker | None
    info: FieldInfo | None

    @property
    def is_required(self) -> bool:
        return self.default is inspect.Parameter.empty and self.factory is None

    @property
    def factory(self) -> Callable[[], Any] | None:
        if self.marker is not None and self.marker.default_factory is not None:
            return self.marker.default_factory
        if self.info is not None and self.info.default_factory is not None:
            return cast("Callable[[], Any]", self.info.default_factory)
        return None


def read_inputs(
    function: Callable[..., Any],
    *,
    path_params: Collection[str] = (),
    methods: Collection[str] = ("GET",),
    injected: Collection[str] = (),
    request_model: Any = None,
    hints: Mapping[str, Any] | None = None,
) -> tuple[RequestInput, ...]:
    """Return what *function* reads from a request, in the order of its parameters.

    Where a parameter does not say by a marker where it comes from: in *path_params* → path; a
    structured type (a Pydantic model, a dataclass, a TypedDict, a mapping, a list of those) → the
    JSON body of POST, PUT and PATCH, the whole query otherwise; anything else → query.

    *request_model* is read from the body of POST, PUT and PATCH, from the query otherwise. It is
    given to the parameter annotated with it; else its fields fill the parameters of their names.
    Parameters in *injected* are left out: nothing from the client can fill them.

    *hints* are annotations that the caller has resolved already, by parameter.

    Raises:
        SignatureError: with every parameter that cannot be served, each with its place.
    """
    reader = _Reader(function, path_params, methods)
    parameters = reader.parameters(injected, hints or {})
    inputs: dict[str, RequestInput] = {}
    if request_model is not None:
        inputs = reader.inputs_of_model(request_model, parameters, injected)
    for parameter in parameters:
        if parameter.name not in inputs:
            found = reader.input_of(parameter)
            if found is not None:
                inputs[parameter.name] = found
    for found in inputs.values():
        try:
            core_schema_of(found.annotation, is_file=found.location == "file")
        except SchemaFault as fault:
            reader.fault(found.key, str(fault))
    if reader.faults:
        raise SignatureError(reader.faults)
    return tuple(inputs[one.name] for one in parameters if one.name in inputs)


class _Reader:
    """Reads one callable and gathers what is wrong with it."""

    def __init__(
        self,
        function: Callable[..., Any],
        path_params: Collection[str],
        methods: Collection[str],
    ) -> None:
        self._function = function
        self._path_params = path_params
        self._has_body = not _METHODS_WITH_BODY.isdisjoint(method.upper() for method in methods)
        self._place = place_of(function)
        self.faults: list[SignatureFault] = []

    def fault(self, parameter: str, reason: str) -> None:
        """Remember that *parameter* cannot be served."""
        self.faults.append(SignatureFault(parameter, reason, self._place))

    def parameters(self, injected: Collection[str], hints: Mapping[str, Any]) -> list[_Parameter]:
        """Return the parameters that a request may fill, with resolved annotations."""
        try:
            signature = inspect.signature(self._function)
        except (TypeError, ValueError) as error:
            self.fault("", f"cannot be read: {error}")
            return []
        found: list[_Parameter] = []
        unresolved: dict[str, Any] = {}
        for name, parameter in signature.parameters.items():
            if name in injected or parameter.kind in {
                inspect.Parameter.VAR_POSITIONAL,
                inspect.Parameter.VAR_KEYWORD,
            }:
                continue
            if parameter.kind is inspect.Parameter.POSITIONAL_ONLY:
                self.fault(
                    name, "is positional-only, and inputs are passed by name. Remove the '/'."
                )
                continue
            unresolved[name] = hints.get(name, parameter.annotation)
        for name, annotation in self._resolve(unresolved).items():
            one = self._parameter(name, annotation, signature.parameters[name].default)
            if one is not None:
                found.append(one)
        return found

    def _parameter(self, name: str, annotation: Any, default: Any) -> _Parameter | None:
        metadata = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
        markers = [item for item in metadata if isinstance(item, Marker)]
        if len(markers) > 1:
            self.fault(name, f"has several markers ({', '.join(map(repr, markers))}). Keep one.")
            return None
        if isinstance(default, Marker):
            written = type(default).__name__
            self.fault(
                name,
                f"has the marker {default!r} as its default. "
                f"Write '{name}: Annotated[…, {written}(…)] = default'.",
            )
            return None
        marker = markers[0] if markers else None
        infos = [item for item in metadata if isinstance(item, FieldInfo)]
        if marker is not None and marker.field is not None:
            infos.append(marker.field)
        stated = [info.default for info in infos if info.default is not PydanticUndefined]
        if default is inspect.Parameter.empty and stated and stated[-1] is not ...:
            default = stated[-1]
        rest = [item for item in metadata if not isinstance(item, Marker | FieldInfo)]
        for info in infos:
            rest += _of_type(info)
        kind = get_args(annotation)[0] if metadata else annotation
        if rest:
            kind = Annotated[(kind, *rest)]
        return _Parameter(name, kind, default, marker, infos[-1] if infos else None)

    def _resolve(self, annotations: Mapping[str, Any]) -> dict[str, Any]:
        """Return *annotations* with names looked up where the callable is defined."""
        missing = {
            name: Any for name, value in annotations.items() if value is inspect.Parameter.empty
        }
        stated = {name: value for name, value in annotations.items() if name not in missing}
        namespace = namespace_of(self._function)
        resolved: dict[str, Any] = {}
        try:
            resolved = evaluate(stated, namespace)
        except Exception:  # an annotation is code, and may raise anything
            for name, value in stated.items():
                try:
                    resolved |= evaluate({name: value}, namespace)
                except Exception as error:
                    self.fault(
                        name,
                        f"has the annotation {value!r}, which does not resolve "
                        f"({type(error).__name__}: {error}). Import its names at module level.",
                    )
        return {
            name: missing.get(name, resolved.get(name))
            for name in annotations
            if name in missing or name in resolved
        }

    def input_of(self, parameter: _Parameter) -> RequestInput | None:
        """Return the input of *parameter*, or None and a fault."""
        location = self._location_of(parameter)
        name, annotation = parameter.name, parameter.annotation
        is_whole_location = location != "file" and is_structured(annotation)
        if is_whole_location and location != "body" and not is_whole(annotation):
            self.fault(
                name,
                f"is a {_words(annotation)}, which a {location} cannot hold. "
                "Use a model with named fields, or mark it with Body().",
            )
            return None
        if (
            location == "path"
            and not is_whole_location
            and self._wire_name(parameter, location) not in self._path_params
        ):
            known = ", ".join(sorted(self._path_params)) or "none"
            self.fault(
                name,
                f"is marked Path(), but the path template has no such parameter (it has: {known}).",
            )
            return None
        return self._record(parameter, location, is_model=is_whole_location)

    def _location_of(self, parameter: _Parameter) -> InputSource:
        if parameter.marker is not None:
            return parameter.marker.location
        if parameter.name in self._path_params:
            return "path"
        if is_structured(parameter.annotation):
            return "body" if self._has_body else "query"
        return "query"

    @staticmethod
    def _wire_name(parameter: _Parameter, location: InputSource) -> str:
        if parameter.marker is not None and parameter.marker.alias is not None:
            return parameter.marker.alias
        if parameter.info is not None:
            alias = parameter.info.validation_alias or parameter.info.alias
            if isinstance(alias, str):
                return alias
        return parameter.name.replace("_", "-") if location == "header" else parameter.name

    def _record(
        self, parameter: _Parameter, location: InputSource, *, is_model: bool
    ) -> RequestInput:
        marker, info = parameter.marker, parameter.info
        is_required = parameter.is_required or (location == "path" and not is_model)
        factory = parameter.factory
        body = marker if isinstance(marker, Body) else None
        return RequestInput(
            key=parameter.name,
            name=self._wire_name(parameter, location),
            location=location,
            annotation=parameter.annotation,
            required=is_required,
            default=None if is_required or factory else parameter.default,
            default_factory=None if is_required else factory,
            is_model=is_model,
            embed=body.embed if body else None,
            media_type=body.media_type if body else None,
            include_in_schema=marker.include_in_schema if marker else True,
            title=info.title if info else None,
            description=info.description if info else None,
            examples=tuple(info.examples or ()) if info else (),
            deprecated=bool(info.deprecated) if info else False,
            place=self._place,
        )

    def inputs_of_model(
        self, model: Any, parameters: Iterable[_Parameter], injected: Collection[str]
    ) -> dict[str, RequestInput]:
        """Return the inputs that ``request_model=model`` fills, by parameter."""
        location: InputSource = "body" if self._has_body else "query"
        if location == "query" and not is_whole(model):
            self.fault(
                "", f"has request_model={_name(model)}, which a query cannot hold. Use POST."
            )
            return {}
        free = [one for one in parameters if one.name not in self._path_params]
        takers = [
            one for one in free if model in members(one.annotation) or bare(one.annotation) == model
        ]
        if len(takers) > 1:
            names = ", ".join(repr(one.name) for one in takers)
            self.fault("", f"takes request_model={_name(model)} by several parameters: {names}.")
            return {}
        if takers:
            return self._whole_model(takers[0], location)
        return self._model_by_fields(model, free, location, injected)

    def _whole_model(self, taker: _Parameter, location: InputSource) -> dict[str, RequestInput]:
        if taker.marker is not None and taker.marker.location != location:
            self.fault(
                taker.name,
                f"is marked {taker.marker!r}, but request_model is read from the {location} here.",
            )
            return {}
        return {taker.name: self._record(taker, location, is_model=True)}

    def _model_by_fields(
        self,
        model: Any,
        free: Iterable[_Parameter],
        location: InputSource,
        injected: Collection[str],
    ) -> dict[str, RequestInput]:
        fields = {one.name: one for one in model_fields(model)}
        found: dict[str, RequestInput] = {}
        for parameter in free:
            if parameter.marker is not None:
                continue
            one = fields.get(parameter.name)
            if one is not None:
                found[parameter.name] = self._model_part(model, one, parameter, location)
            elif location == "body" and is_structured(parameter.annotation):
                self.fault(
                    parameter.name,
                    f"is a {_words(parameter.annotation)}, but the body is "
                    f"request_model={_name(model)}. Annotate it with {_name(model)}.",
                )
        if not found and not self.faults:
            hint = ", ".join(sorted(set(fields) - set(injected))) or "none"
            self.fault(
                "",
                f"has request_model={_name(model)}, but no parameter takes it. Annotate one with "
                f"{_name(model)}, or name some after its fields ({hint}).",
            )
        return found

    def _model_part(
        self, model: Any, one: ModelField, parameter: _Parameter, location: InputSource
    ) -> RequestInput:
        if not accepts(parameter.annotation, one.annotation):
            self.fault(
                parameter.name,
                f"is a {_words(parameter.annotation)}, but {_name(model)}.{one.name}, which fills "
                f"it, is a {_words(one.annotation)}.",
            )
        record = self._record(parameter, location, is_model=False)
        return replace(
            record,
            name=one.wire_names[0],
            annotation=one.annotation,
            embed=True if location == "body" else None,
            model=model,
            model_field=one.name,
        )


def _of_type(info: FieldInfo) -> list[Any]:
    """Return what *info* says of a type: not its name, default or deprecation in a model."""
    words = {
        "title": info.title,
        "description": info.description,
        "examples": info.examples,
        "discriminator": info.discriminator,
        "json_schema_extra": info.json_schema_extra,
    }
    stated: dict[str, Any] = {name: value for name, value in words.items() if value is not None}
    return [*info.metadata, Field(**stated)] if stated else [*info.metadata]


def _name(annotation: Any) -> str:
    return getattr(annotation, "__name__", None) or str(annotation)


def _words(annotation: Any) -> str:
    annotation = bare(annotation)
    plain = isinstance(annotation, type) and not get_args(annotation)
    return annotation.__name__ if plain else str(annotation).replace("typing.", "")
