"""Reading route records, once, into operations; what they leave out gets its default here."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

from pydantic import BaseModel

from ._annotations import bare, is_model
from ._errors import RouteRecordError
from ._operation import Location, Operation, Parameter, ParameterRecord, RouteRecord
from ._template import read_template

_LOCATIONS: Mapping[str, Location] = {location: location for location in get_args(Location)}
_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")  # OAS 3.1 §4.8.9
_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def read_operations(record: RouteRecord) -> tuple[Operation, ...]:
    """Return the operations of a route, in OpenAPI's order of methods; none if it is hidden.

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
    return tuple(_operation(record, method, len(methods) == 1) for method in methods)


def _methods(record: RouteRecord) -> list[str]:
    methods = {method.upper() for method in record.methods}
    if unknown := methods.difference(_METHODS):
        raise RouteRecordError(
            record.path,
            f"OpenAPI 3.1 has no place for the method {min(unknown)!r}.",
            "Give the route include_in_schema=False.",
        )
    if "GET" in methods:
        methods.discard("HEAD")
    return sorted(methods, key=_METHODS.index)


def _operation(record: RouteRecord, method: str, is_only_method: bool) -> Operation:
    template = read_template(record.path)
    description = getattr(record, "description", None)
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
        has_permissions=bool(getattr(record, "permissions", ())),
        is_rate_limited=getattr(record, "rate_limit", None) is not None,
        has_timeout=getattr(record, "timeout", None) is not None,
        raises=tuple(getattr(record, "raises", ())),
    )


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
    if model is None or any(bare(parameter.annotation) is model for parameter in parameters):
        return parameters
    location = _model_location(method)
    filled = [
        parameter
        for parameter in parameters
        if not (parameter.location in ("query", location) and parameter.name in model.model_fields)
    ]
    return [*filled, Parameter("body", location, model, is_model=location != "body")]
