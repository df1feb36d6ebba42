"""What this package needs to know of a route, and how it reads it: once, into frozen data."""

import inspect
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, Protocol, TypeAlias, cast, get_args, get_origin

from pydantic import BaseModel

from ._errors import RouteRecordError
from ._template import read_template

Location: TypeAlias = Literal["path", "query", "header", "cookie", "body", "form", "file"]

_LOCATIONS: Mapping[str, Location] = MappingProxyType(
    {
        "path": "path",
        "query": "query",
        "header": "header",
        "cookie": "cookie",
        "body": "body",
        "form": "form",
        "file": "file",
    }
)
_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")  # OAS 3.1 §4.8.9
_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class ParameterRecord(Protocol):
    """What must be known of a value that a route takes from a request.

    Further attributes are read where they exist:

    - ``location`` (None): ``path``, ``query``, ``header``, ``cookie``, ``body``, ``form`` or
      ``file``. Without it: in the template → path; a Pydantic model → body of POST, PUT, PATCH;
      anything else → query.
    - ``is_model`` (False; True for a Pydantic model without a location): the annotation is a
      Pydantic model and each of its fields is a value of that location.
    - ``embed`` (False): a body has this value under its name, even if it is the only one.
    - ``description`` (None), ``examples`` (()), ``deprecated`` (False): for readers.
    """

    @property
    def name(self) -> str:
        """The name that a client sends."""
        ...

    @property
    def annotation(self) -> Any:
        """The resolved type with any constraints, ``inspect.Parameter.empty`` without one."""
        ...

    @property
    def required(self) -> bool:
        """Whether a request without it is refused."""
        ...

    @property
    def default(self) -> Any:
        """What an absent value becomes; meaningless when required."""
        ...


class RouteRecord(Protocol):
    """What must be known of a route; any object of this shape can be documented.

    Further attributes are read where they exist, with these defaults:

    - ``name`` (None): becomes the ``operationId``.
    - ``summary``, ``description`` (None), ``tags`` (()), ``deprecated`` (False): for readers.
    - ``include_in_schema`` (True): whether the route is documented.
    - ``request_model`` (None): the body of POST, PUT and PATCH, the query string otherwise.
    - ``response_model`` (None: not described), ``status_code`` (200),
      ``response_media_type`` (``application/json``): the answer of a success.
    - ``requires_auth`` (None: protected if the document has security schemes),
      ``permissions`` (()): who may call it.
    - ``rate_limit``, ``timeout`` (None), ``raises`` (()): errors that it can answer besides;
      an exception counts by its ``status_code`` attribute.
    """

    @property
    def path(self) -> str:
        """The path template: ``/items/{item_id:int}``."""
        ...

    @property
    def methods(self) -> Collection[str]:
        """The methods that it answers; HEAD beside GET goes without saying."""
        ...

    @property
    def parameters(self) -> Iterable[ParameterRecord]:
        """What it takes from a request, injected values left out."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One input of an operation; compared by identity, so that it can stand for its schema."""

    name: str
    location: Location
    annotation: Any
    required: bool = True
    default: Any = inspect.Parameter.empty
    is_model: bool = False
    embed: bool = False
    description: str | None = None
    examples: tuple[Any, ...] = ()
    deprecated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One method of one route; compared by identity, so that it can stand for its answer."""

    method: str
    template: str
    path: str
    shape: str
    parameters: tuple[Parameter, ...]
    name: str | None
    is_only_method: bool
    summary: str | None
    description: str | None
    tags: tuple[str, ...]
    deprecated: bool
    status_code: int
    response_model: Any
    response_media_type: str | None
    requires_auth: bool | None
    has_permissions: bool
    is_rate_limited: bool
    has_timeout: bool
    raises: tuple[Any, ...]

    @property
    def place(self) -> str:
        """Where an error message says that it is."""
        return f"{self.method} {self.template}"


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
    given = [_parameter(record, parameter, method, path_types) for parameter in record.parameters]
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
    is_model = getattr(parameter, "is_model", None)
    return Parameter(
        name=parameter.name,
        location=location,
        annotation=Any if annotation is inspect.Parameter.empty else annotation,
        required=parameter.required or location == "path",
        default=parameter.default,
        is_model=_is_model(annotation) and location != "body" if is_model is None else is_model,
        embed=getattr(parameter, "embed", False) or False,
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
    return _model_location(method) if _is_model(parameter.annotation) else "query"


def _model_location(method: str) -> Location:
    return "body" if method in _METHODS_WITH_BODY else "query"


def _is_model(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _is_model(get_args(annotation)[0])
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _with_request_model(
    record: RouteRecord, method: str, parameters: list[Parameter]
) -> list[Parameter]:
    """Return *parameters* with the route's ``request_model`` in its place.

    A parameter annotated with the model is it already; else the model's fields fill the
    parameters of the same names, which a client then sends inside the model.
    """
    model = cast("type[BaseModel] | None", getattr(record, "request_model", None))
    if model is None or any(parameter.annotation is model for parameter in parameters):
        return parameters
    location = _model_location(method)
    filled = [
        parameter
        for parameter in parameters
        if not (parameter.location in ("query", location) and parameter.name in model.model_fields)
    ]
    return [*filled, Parameter("body", location, model, is_model=location != "body")]
