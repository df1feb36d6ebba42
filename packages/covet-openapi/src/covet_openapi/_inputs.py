"""Parameter and request body objects: what an operation takes, by location.

Source: OpenAPI 3.1.0 §4.8.12 and §4.8.13, https://spec.openapis.org/oas/v3.1.0#parameter-object
"""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import MISSING, PydanticUndefined

from ._annotations import bare, holds_many
from ._json import JsonObject
from ._media_types import JSON, OCTETS, is_json, opaque_schema
from ._operation import Operation, Parameter
from ._schemas import NO_DEFAULT, Schemas, SchemaSource

_HEADERS_DESCRIBED_ELSEWHERE = frozenset({"accept", "authorization", "content-type"})
"""Parameters of these names shall be ignored: responses, security and bodies describe them."""

_UNSTATED = (None, inspect.Parameter.empty, ..., PydanticUndefined, MISSING)


def input_sources(operation: Operation) -> Iterator[SchemaSource]:
    """Yield the types of the inputs that need a schema, each under its parameter."""
    for parameter in operation.parameters:
        if parameter.location != "file":
            yield SchemaSource(
                parameter,
                parameter.annotation,
                "serialization" if operation.is_outgoing else "validation",
                f"{operation.place}, parameter {parameter.name!r}",
                _default(parameter),
                operation.source,
            )


def parameter_objects(operation: Operation, schemas: Schemas) -> list[JsonObject]:
    """Return what the operation takes from path, query, headers and cookies."""
    return [
        found
        for parameter in operation.parameters
        if parameter.location in ("path", "query", "header", "cookie") and not parameter.is_hidden
        for found in _spread(parameter, schemas)
        if not (found["in"] == "header" and found["name"].lower() in _HEADERS_DESCRIBED_ELSEWHERE)
    ]


def request_body(operation: Operation, schemas: Schemas) -> JsonObject | None:
    """Return the request body object, or None if the operation reads no body.

    Files make it ``multipart/form-data``, form fields ``application/x-www-form-urlencoded``,
    anything else JSON, unless the record says otherwise.
    """
    parts = [part for part in body_parameters(operation) if not part.is_hidden]
    if not parts:
        return None
    media_type = body_media_type(parts)
    body: JsonObject = {"content": {media_type: {"schema": _body_schema(parts, schemas)}}}
    if any(part.required for part in parts):
        body["required"] = True
    return body


def body_parameters(operation: Operation) -> list[Parameter]:
    """Return the inputs that are parts of the request's body."""
    return [
        parameter
        for parameter in operation.parameters
        if parameter.location in ("body", "form", "file")
    ]


def body_media_type(parts: list[Parameter]) -> str:
    """Return the media type, or range of media types, of a body that has some *parts*."""
    locations = {part.location for part in parts}
    if "file" in locations:
        return "multipart/form-data"
    if "form" in locations:
        return "application/x-www-form-urlencoded"
    stated = parts[0].media_type
    if stated is not None:
        return stated
    return "*/*" if bare(parts[0].annotation) is bytes else JSON


def is_opaque(part: Parameter) -> bool:
    """Return whether *part* is a body that the handler takes as it comes."""
    return (
        part.location == "body"
        and bare(part.annotation) in (bytes, str)
        and not is_json(body_media_type([part]))
    )


def _default(parameter: Parameter) -> Any:
    if parameter.required or any(parameter.default is unstated for unstated in _UNSTATED):
        return NO_DEFAULT
    return parameter.default


def _spread(parameter: Parameter, schemas: Schemas) -> Iterator[JsonObject]:
    """Yield one parameter object, or one for each field of a model."""
    if not parameter.is_model:
        yield _parameter_object(
            parameter, parameter.name, parameter.required, _schema(parameter, schemas)
        )
        return
    for name, schema, is_required in _fields(parameter, schemas):
        yield _parameter_object(parameter, name, is_required, schema)


def _parameter_object(
    parameter: Parameter, name: str, is_required: bool, schema: JsonObject
) -> JsonObject:
    schema = _without_null(schema)
    found: JsonObject = {"name": name, "in": parameter.location}
    if description := schema.pop("description", None):
        found["description"] = description
    if is_required:
        found["required"] = True
    if schema.pop("deprecated", False):
        found["deprecated"] = True
    found["schema"] = schema
    return found


def _without_null(schema: JsonObject) -> JsonObject:
    """Return *schema* for a place that has text only: null can be left out, never written."""
    schema = {key: value for key, value in schema.items() if (key, value) != ("default", None)}
    choices = [choice for choice in schema.pop("anyOf", ()) if choice != {"type": "null"}]
    match choices:
        case []:
            return schema
        case [only]:
            return {**only, **schema}
        case _:
            return {**schema, "anyOf": choices}


def _fields(parameter: Parameter, schemas: Schemas) -> Iterator[tuple[str, JsonObject, bool]]:
    """Yield name, schema and necessity of each field of a parameter's model."""
    model = schemas.resolve(schemas.by_key[parameter])
    required: Iterable[str] = model.get("required", ()) if parameter.required else ()
    for name, schema in model.get("properties", {}).items():
        yield name, schema, name in required


def _schema(parameter: Parameter, schemas: Schemas) -> JsonObject:
    if parameter.location == "file":
        schema = _file_schema(parameter.annotation)
    elif is_opaque(parameter):
        schema = opaque_schema(body_media_type([parameter]))
    else:
        schema = dict(schemas.by_key[parameter])
    if parameter.title:
        schema["title"] = parameter.title
    if parameter.description:
        schema["description"] = inspect.cleandoc(parameter.description)
    if parameter.examples:
        schema["examples"] = list(parameter.examples)
    if parameter.deprecated:
        schema["deprecated"] = True
    return schema


def _body_schema(parts: list[Parameter], schemas: Schemas) -> JsonObject:
    first = parts[0]
    is_whole = first.is_model or (first.location == "body" and not first.embed)
    if len(parts) == 1 and is_whole:
        return _schema(first, schemas)
    properties: JsonObject = {}
    required: list[str] = []
    for part in parts:
        fields = (
            _fields(part, schemas)
            if part.is_model and part.location == "form"
            else [(part.name, _schema(part, schemas), part.required)]
        )
        for name, schema, is_required in fields:
            properties[name] = schema
            if is_required:
                required.append(name)
    body: JsonObject = {"type": "object", "properties": properties}
    if required:
        body["required"] = required
    return body


def _file_schema(annotation: Any) -> JsonObject:
    one = opaque_schema(OCTETS)
    return {"type": "array", "items": one} if holds_many(annotation) else one
