"""The document: routes in, OpenAPI 3.1 out.

Source: OpenAPI 3.1.0 §4.8.1, https://spec.openapis.org/oas/v3.1.0#openapi-object
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from ._errors import (
    DocumentFault,
    DocumentFaultsError,
    DuplicateOperationError,
    OpenAPIError,
    RouteRecordError,
    SchemaError,
)
from ._inputs import input_sources
from ._json import JsonObject, map_strings
from ._lifecycle import VersionRecord, lifecycle_headers, lifecycle_object
from ._names import name_definitions, reachable
from ._operation import WEBSOCKET, Operation, RouteRecord
from ._operation_ids import operation_ids
from ._operation_objects import Describer
from ._problem import ErrorResponse
from ._reading import read_operations, source_of
from ._responses import Common, response_sources
from ._schemas import SchemaSource, generate_schemas, is_reference

_OPENAPI_VERSION = "3.1.0"


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
        raises: Iterable[type[Exception]] = (),
        api_version: VersionRecord | None = None,
    ) -> None:
        """Describe what is the same for all routes.

        *contact* (name, url, email) and *license_info* (name, identifier or url) are OpenAPI's
        objects; *servers* are URLs or OpenAPI's objects. *tags* maps tags to descriptions, in the
        order of the page; tags that only routes name come after them.

        Any one of *security_schemes* (see :mod:`covet_openapi.security`) opens a protected route;
        with none, a route that does not say whether it is protected is public. *error_model* is
        the body of every error; *raises* are exceptions that any operation may answer with.

        *api_version* is the version of the API that the routes are of: where it is deprecated, so
        is each operation, and answers say so.

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
        self._raises = tuple(raises)
        self._lifecycle = lifecycle_object(api_version)
        if self._lifecycle:
            self._info["x-lifecycle"] = self._lifecycle
        self._records: list[RouteRecord] = []
        self._webhooks: dict[str, RouteRecord] = {}
        self._document: JsonObject | None = None
        self._json: dict[int | None, str] = {}

    def add_route(self, record: RouteRecord) -> None:
        """Add the operations of a route, one for each of its methods."""
        self._records.append(record)
        self._forget()

    def add_webhook(self, name: str, record: RouteRecord) -> None:
        """Add the request that the API makes, under *name*, to whoever asked for it.

        The record is that of a route which would answer it; its path does not count.
        """
        self._webhooks[name] = record
        self._forget()

    def generate(self) -> JsonObject:
        """Return the document, the caller's to change; made anew when something was added.

        Raises:
            DocumentFaultsError: something cannot be described; everything is listed, each with
                the file and line of its route.
        """
        found: JsonObject = json.loads(self.to_json())
        return found

    def to_json(self, indent: int | None = None) -> str:
        """Return the document as JSON; without *indent* as short as it can be."""
        text = self._json.get(indent)
        if text is None:
            separators = (",", ":") if indent is None else None
            text = json.dumps(
                self._made(),
                indent=indent,
                separators=separators,
                ensure_ascii=False,
                default=to_jsonable_python,  # such as a date among the examples
            )
            self._json[indent] = text
        return text

    def to_yaml(self) -> str:
        """Return the document as YAML, which reads back as the same value.

        Raises:
            ImportError: the extra ``covet-openapi[yaml]`` is not installed.
        """
        from .yaml import to_yaml

        return to_yaml(self.generate())

    def _forget(self) -> None:
        self._document = None
        self._json.clear()

    def _made(self) -> JsonObject:
        if self._document is None:
            self._document = self._make()
        return self._document

    def _make(self) -> JsonObject:
        faults: list[DocumentFault] = []

        def report(at: SchemaSource, error: SchemaError) -> None:
            faults.append(DocumentFault(str(error), *at.source, error))

        read = [*self._read(self._records, faults)]
        operations = [*_told_apart(read, faults)]
        webhooks = {
            name: [*self._read([record], faults, is_outgoing=True)]
            for name, record in self._webhooks.items()
        }
        others = [each for requests in webhooks.values() for each in requests]
        schemas = generate_schemas(self._sources([*operations, *others]), report)
        if faults:
            raise DocumentFaultsError(faults)

        schemes = tuple(self._security_schemes)
        error = schemas.by_key[self._error_model]
        describer = Describer(
            schemas,
            Common(error, self._raises, lifecycle_headers(self._lifecycle)),
            schemes,
            "deprecated" in self._lifecycle,
            dict(zip(operations, operation_ids(operations), strict=True)),
        )
        document: JsonObject = {"openapi": _OPENAPI_VERSION, "info": dict(self._info)}
        if self._servers:
            document["servers"] = self._servers
        requests = [each for each in operations if each.method != WEBSOCKET]
        document["paths"] = describer.paths(requests)
        if webhooks:
            document["webhooks"] = {
                name: {each.method.lower(): describer.operation(each) for each in hook}
                for name, hook in webhooks.items()
            }
        if sockets := [each for each in operations if each.method == WEBSOCKET]:
            document["x-websocket-routes"] = {
                each.path: describer.web_socket(each) for each in sockets
            }
        definitions = reachable(document, schemas.definitions)
        names = name_definitions(definitions)
        components: JsonObject = {}
        if definitions:
            by_name = {names[key]: value.schema for key, value in definitions.items()}
            components["schemas"] = dict(sorted(by_name.items()))
        if self._security_schemes:
            components["securitySchemes"] = self._security_schemes
        if components:
            document["components"] = components
        if tags := self._tag_objects([*operations, *others]):
            document["tags"] = tags

        def rename(text: str) -> str:
            return f"#/components/schemas/{names[text]}" if is_reference(text) else text

        return cast("JsonObject", map_strings(document, rename))

    def _read(
        self, records: Iterable[RouteRecord], faults: list[DocumentFault], is_outgoing: bool = False
    ) -> Iterator[Operation]:
        """Yield the operations of *records*; note those that cannot be read."""
        for record in records:
            try:
                operations = read_operations(record, is_outgoing=is_outgoing)
                for operation in operations:
                    self._check_security(operation)
            except RouteRecordError as error:
                faults.append(DocumentFault(str(error), *source_of(record), error))
            else:
                yield from operations

    def _check_security(self, operation: Operation) -> None:
        unknown = set(operation.security or ()) - self._security_schemes.keys()
        if unknown:
            known = ", ".join(self._security_schemes) or "none"
            raise RouteRecordError(
                operation.template,
                f"it names the security scheme {min(unknown)!r}, which is not there.",
                f"There is {known}; pass others as security_schemes.",
            )

    def _sources(self, operations: Iterable[Operation]) -> Iterator[SchemaSource]:
        error_model = self._error_model
        yield SchemaSource(error_model, error_model, "serialization", "The error model")
        for operation in _with_callbacks(operations):
            yield from input_sources(operation)
            yield from response_sources(operation, () if operation.is_outgoing else self._raises)

    def _tag_objects(self, operations: Iterable[Operation]) -> list[JsonObject]:
        descriptions = dict(self._tags)
        for operation in operations:
            for tag in operation.tags:
                descriptions.setdefault(tag, "")
        return [
            {"name": tag, "description": description} if description else {"name": tag}
            for tag, description in descriptions.items()
        ]


def _with_callbacks(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        for requests in operation.callbacks.values():
            yield from _with_callbacks(requests)


def _told_apart(
    operations: Iterable[Operation], faults: list[DocumentFault]
) -> Iterator[Operation]:
    """Yield the operations that OpenAPI can tell from those before them; note the others."""
    found: dict[tuple[str, str], Operation] = {}
    for operation in operations:
        first = found.setdefault((operation.shape, operation.method), operation)
        if first is operation:
            yield operation
        else:
            error = DuplicateOperationError(operation.method, first.template, operation.template)
            faults.append(DocumentFault(str(error), *operation.source, error))
