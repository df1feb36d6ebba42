"""The document: routes in, OpenAPI 3.1 out.

Source: OpenAPI 3.1.0 §4.8.1, https://spec.openapis.org/oas/v3.1.0#openapi-object
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from pydantic import BaseModel

from ._errors import DuplicateOperationError, OpenAPIError
from ._inputs import input_sources, parameter_objects, request_body
from ._json import JsonObject, map_strings
from ._names import name_definitions, reachable
from ._operation import Operation, RouteRecord
from ._operation_ids import operation_ids
from ._problem import ErrorResponse
from ._reading import read_operations
from ._responses import is_protected, response_source, responses
from ._schemas import Schemas, SchemaSource, generate_schemas, is_reference

_OPENAPI_VERSION = "3.1.0"
_NAME_IN_PATH = re.compile(r"\{([^{}]+)\}")


class OpenAPIGenerator:
    """Makes one document of the routes that it is given, in the order in which it gets them.

    >>> generator = OpenAPIGenerator("Shop", "1.0")
    >>> generator.generate()
    {'openapi': '3.1.0', 'info': {'title': 'Shop', 'version': '1.0'}, 'paths': {}}
    """

    def __init__(
        self,
        title: str,
        version: str,
        *,
        description: str | None = None,
        contact: Mapping[str, str] | None = None,
        license_info: Mapping[str, str] | None = None,
        servers: Iterable[str | Mapping[str, Any]] = (),
        tags: Mapping[str, str] | None = None,
        security_schemes: Mapping[str, Mapping[str, Any]] | None = None,
        error_model: type[BaseModel] = ErrorResponse,
    ) -> None:
        """Describe what is the same for all routes.

        *contact* (name, url, email) and *license_info* (name, identifier or url) are OpenAPI's
        objects; *servers* are URLs or OpenAPI's objects. *tags* maps tags to descriptions, in the
        order of the page; tags that only routes name come after them.

        Any one of *security_schemes* (see :mod:`covet_openapi.security`) opens a protected route;
        with none, a route that does not say whether it is protected is public. *error_model* is
        the body of every error.

        Raises:
            OpenAPIError: *license_info* has no name.
        """
        if license_info and not license_info.get("name"):
            raise OpenAPIError(
                f"license_info {dict(license_info)!r} has no name, which OpenAPI requires. "
                "Write license_info={'name': 'MIT'}."
            )
        self._info: JsonObject = {"title": title, "version": version}
        if description:
            self._info["description"] = description
        if contact:
            self._info["contact"] = dict(contact)
        if license_info:
            self._info["license"] = dict(license_info)
        self._servers: list[JsonObject] = [
            {"url": server} if isinstance(server, str) else dict(server) for server in servers
        ]
        self._tags = dict(tags or {})
        self._security_schemes = {
            name: dict(scheme) for name, scheme in (security_schemes or {}).items()
        }
        self._error_model = error_model
        self._operations: dict[tuple[str, str], Operation] = {}

    def add_route(self, record: RouteRecord) -> None:
        """Add the operations of a route, one for each of its methods.

        Raises:
            RouteRecordError: OpenAPI cannot describe what the record says.
            DuplicateOperationError: OpenAPI cannot tell it from one added before.
        """
        for operation in read_operations(record):
            first = self._operations.setdefault((operation.shape, operation.method), operation)
            if first is not operation:
                raise DuplicateOperationError(operation.method, first.template, operation.template)

    def generate(self) -> JsonObject:
        """Return the document, a new one at each call.

        Raises:
            SchemaError: a type that a route uses has no JSON Schema.
        """
        operations = list(self._operations.values())
        schemas = generate_schemas(self._sources(operations))
        document: JsonObject = {"openapi": _OPENAPI_VERSION, "info": dict(self._info)}
        if self._servers:
            document["servers"] = self._servers
        document["paths"] = self._paths(operations, schemas)
        definitions = reachable(document["paths"], schemas.definitions)
        names = name_definitions(definitions)
        components: JsonObject = {}
        if definitions:
            by_name = {names[key]: value.schema for key, value in definitions.items()}
            components["schemas"] = dict(sorted(by_name.items()))
        if self._security_schemes:
            components["securitySchemes"] = self._security_schemes
        if components:
            document["components"] = components
        if tags := self._tag_objects(operations):
            document["tags"] = tags

        def rename(text: str) -> str:
            return f"#/components/schemas/{names[text]}" if is_reference(text) else text

        return cast("JsonObject", map_strings(document, rename))

    def to_json(self, indent: int | None = None) -> str:
        """Return the document as JSON; without *indent* as short as it can be."""
        separators = (",", ":") if indent is None else None
        return json.dumps(self.generate(), indent=indent, separators=separators, ensure_ascii=False)

    def to_yaml(self) -> str:
        """Return the document as YAML, which reads back as the same value.

        Raises:
            ImportError: the extra ``covet-openapi[yaml]`` is not installed.
        """
        from .yaml import to_yaml

        return to_yaml(self.generate())

    def _sources(self, operations: Iterable[Operation]) -> Iterable[SchemaSource]:
        error_model = self._error_model
        yield SchemaSource(error_model, error_model, "serialization", "The error model")
        for operation in operations:
            yield from input_sources(operation)
            yield from response_source(operation)

    def _paths(self, operations: list[Operation], schemas: Schemas) -> JsonObject:
        paths: dict[str, tuple[str, JsonObject]] = {}
        for operation, operation_id in zip(operations, operation_ids(operations), strict=True):
            path, item = paths.setdefault(operation.shape, (operation.path, {}))
            item[operation.method.lower()] = self._operation(
                operation, operation_id, _renaming(operation.path, path), schemas
            )
        return dict(paths.values())

    def _operation(
        self,
        operation: Operation,
        operation_id: str,
        renaming: Mapping[str, str],
        schemas: Schemas,
    ) -> JsonObject:
        protected = is_protected(operation, by_default=bool(self._security_schemes))
        found: JsonObject = {}
        if operation.tags:
            found["tags"] = list(operation.tags)
        if operation.summary:
            found["summary"] = operation.summary
        if operation.description:
            found["description"] = operation.description
        found["operationId"] = operation_id
        if parameters := parameter_objects(operation, schemas):
            found["parameters"] = [_renamed(parameter, renaming) for parameter in parameters]
        if body := request_body(operation, schemas):
            found["requestBody"] = body
        found["responses"] = responses(
            operation, schemas, error=schemas.by_key[self._error_model], protected=protected
        )
        if operation.deprecated:
            found["deprecated"] = True
        if protected and self._security_schemes:
            found["security"] = [{name: []} for name in self._security_schemes]
        return found

    def _tag_objects(self, operations: Iterable[Operation]) -> list[JsonObject]:
        descriptions = dict(self._tags)
        for operation in operations:
            for tag in operation.tags:
                descriptions.setdefault(tag, "")
        return [
            {"name": tag, "description": description} if description else {"name": tag}
            for tag, description in descriptions.items()
        ]


def _renaming(path: str, to: str) -> dict[str, str]:
    """Return how parameters of *path* are called in *to*, a path of the same shape."""
    return dict(zip(_NAME_IN_PATH.findall(path), _NAME_IN_PATH.findall(to), strict=True))


def _renamed(parameter: JsonObject, renaming: Mapping[str, str]) -> JsonObject:
    if parameter["in"] == "path":
        return {**parameter, "name": renaming[parameter["name"]]}
    return parameter
