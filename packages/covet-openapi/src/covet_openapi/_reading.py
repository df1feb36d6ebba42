"""Reading route records, once, into operations; what they leave out gets its default here."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

from pydantic import BaseModel

from ._annotations import bare, is_model
from ._errors import RouteRecordError
from ._limits import permission_names, rate_limits
from ._operation import (
    MESSAGE,
    WEBSOCKET,
    Location,
    Operation,
    Parameter,
    ParameterRecord,
    RouteRecord,
)
from ._stated import read_stated
from ._template import PathTemplate, read_template

_LOCATIONS: Mapping[str, Location] = {location: location for location in get_args(Location)}
_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")  # OAS 3.1 §4.8.9
_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def read_operations(record: RouteRecord, *, is_outgoing: bool = False) -> tuple[Operation, ...]:
    """Return the operations of a route, in OpenAPI's order of methods; none if it is hidden.

    *is_outgoing* says that the API makes these requests rather than answering them.

    Raises:
        RouteRecordError: the record lacks what a route must have, or says what OpenAPI
            cannot describe.
    """
    for attribute in ("path", "methods", "parameters"):
        if not hasattr(record, attribute):
            raise RouteRecordError(
                repr(record),
                f"it has no attribute {attribute!r}.",
                "Pass a route record, such as a decorated handler's metadata.",
            )
    if not getattr(record, "include_in_schema", True):
        return ()
    methods = _methods(record)
    return tuple(_operation(record, method, len(methods) == 1, is_outgoing) for method in methods)


def source_of(record: object) -> tuple[str, int]:
    """Return file and line of a route, ``<unknown>`` and 0 where nothing tells."""
    stated: Any = getattr(record, "source_location", None)
    if stated is not None:
        return str(stated[0]), int(stated[1])
    handler: Any = getattr(record, "handler", None)
    code = getattr(inspect.unwrap(handler), "__code__", None) if callable(handler) else None
    return (code.co_filename, code.co_firstlineno) if code is not None else ("<unknown>", 0)


def _methods(record: RouteRecord) -> list[str]:
    methods = {method.upper() for method in record.methods}
    if methods == {WEBSOCKET}:
        return [WEBSOCKET]
    if unknown := methods.difference(_METHODS):
        raise RouteRecordError(
            record.path,
            f"OpenAPI 3.1 has no place for the method {min(unknown)!r}.",
            "Give the route include_in_schema=False.",
        )
    if "GET" in methods:
        methods.discard("HEAD")
    return sorted(methods, key=_METHODS.index)


def _operation(
    record: RouteRecord, method: str, is_only_method: bool, is_outgoing: bool
) -> Operation:
    template = PathTemplate(record.path, {}) if is_outgoing else read_template(record.path)
    description = getattr(record, "description", None)
    security = _fact(record, "security")
    return Operation(
        method=method,
        template=record.path,
        path=template.path,
        shape=template.shape,
        parameters=_parameters(record, method, template.types),
        name=getattr(record, "name", None),
        is_only_method=is_only_method,
        summary=getattr(record, "summary", None),
        description=inspect.cleandoc(description) if description else None,
        tags=_tags(getattr(record, "tags", ())),
        deprecated=bool(getattr(record, "deprecated", False)),
        status_code=int(getattr(record, "status_code", None) or 200),
        response_model=getattr(record, "response_model", None),
        response_media_type=getattr(record, "response_media_type", None),
        requires_auth=getattr(record, "requires_auth", None),
        permissions=permission_names(getattr(record, "permissions", ())),
        security=None if security is None else tuple(security),
        rate_limits=rate_limits(getattr(record, "rate_limit", None)),
        has_timeout=getattr(record, "timeout", None) is not None,
        raises=tuple(getattr(record, "raises", ())),
        stated=read_stated(record.path, _fact(record, "responses")),
        callbacks=_callbacks(_fact(record, "callbacks") or {}),
        is_outgoing=is_outgoing,
        source=source_of(record),
    )


def _callbacks(
    callbacks: Mapping[str, Iterable[RouteRecord]],
) -> dict[str, tuple[Operation, ...]]:
    return {
        name: tuple(
            operation
            for request in requests
            for operation in read_operations(request, is_outgoing=True)
        )
        for name, requests in callbacks.items()
    }


def _fact(record: RouteRecord, name: str) -> Any:
    """Return an attribute of the record, or else a member of its ``extra``."""
    extra: Mapping[str, Any] = getattr(record, "extra", None) or {}
    stated = getattr(record, name, None)
    return extra.get(name) if stated is None else stated


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    ordered = sorted(tags) if isinstance(tags, frozenset | set) else tags
    return tuple(dict.fromkeys(str(tag) for tag in ordered))


def _parameters(
    record: RouteRecord, method: str, path_types: Mapping[str, type]
) -> tuple[Parameter, ...]:
    given = [
        _parameter(record, parameter, method, path_types)
        for parameter in record.parameters
        if getattr(parameter, "model", None) is None
    ]
    in_path = {parameter.name: parameter for parameter in given if parameter.location == "path"}
    if strangers := in_path.keys() - path_types.keys():
        raise RouteRecordError(
            record.path,
            f"the path parameter {min(strangers)!r} is not in its template.",
            f"Write {{{min(strangers)}}} in the path, or take the value from the query string.",
        )
    path = [
        in_path.get(name) or Parameter(name, "path", annotation)
        for name, annotation in path_types.items()
    ]
    others = [parameter for parameter in given if parameter.location != "path"]
    return (*path, *_with_request_model(record, method, others))


def _parameter(
    record: RouteRecord, parameter: ParameterRecord, method: str, path_types: Mapping[str, type]
) -> Parameter:
    annotation = parameter.annotation
    location = _location(record, parameter, method, path_types)
    if location == "path" and annotation in (inspect.Parameter.empty, Any, None):
        annotation = path_types.get(parameter.name, str)
    spreads = getattr(parameter, "is_model", None)
    return Parameter(
        name=parameter.name,
        location=location,
        annotation=Any if annotation is inspect.Parameter.empty else annotation,
        required=parameter.required or location == "path",
        default=parameter.default,
        is_model=is_model(annotation) and location != "body" if spreads is None else spreads,
        embed=bool(getattr(parameter, "embed", False)),
        media_type=getattr(parameter, "media_type", None),
        is_hidden=location != "path" and not getattr(parameter, "include_in_schema", True),
        title=getattr(parameter, "title", None),
        description=getattr(parameter, "description", None),
        examples=tuple(getattr(parameter, "examples", None) or ()),
        deprecated=bool(getattr(parameter, "deprecated", False)),
    )


def _location(
    record: RouteRecord, parameter: ParameterRecord, method: str, path_types: Mapping[str, type]
) -> Location:
    stated = getattr(parameter, "location", None)
    if stated is not None:
        if stated not in _LOCATIONS:
            raise RouteRecordError(
                record.path,
                f"the parameter {parameter.name!r} has the unknown location {stated!r}.",
                f"Use one of {', '.join(_LOCATIONS)}.",
            )
        return _LOCATIONS[stated]
    if parameter.name in path_types:
        return "path"
    return _model_location(method) if is_model(parameter.annotation) else "query"


def _model_location(method: str) -> Location:
    return "body" if method in _METHODS_WITH_BODY else "query"


def _with_request_model(
    record: RouteRecord, method: str, parameters: list[Parameter]
) -> list[Parameter]:
    """Return *parameters* with the route's ``request_model`` in its place.

    A parameter annotated with the model is it already; else the model's fields fill the
    parameters of the same names, which a client then sends inside the model.
    """
    model = cast("type[BaseModel] | None", getattr(record, "request_model", None))
    if method == WEBSOCKET:
        return [*parameters, Parameter(MESSAGE, "body", model)] if model is not None else parameters
    if model is None or any(bare(parameter.annotation) is model for parameter in parameters):
        return parameters
    location = _model_location(method)
    filled = [
        parameter
        for parameter in parameters
        if not (parameter.location in ("query", location) and parameter.name in model.model_fields)
    ]
    return [*filled, Parameter("body", location, model, is_model=location != "body")]
