"""Operation objects, and what holds them: path items, callbacks, webhooks, WebSocket routes.

Source: OpenAPI 3.1.0 §4.8.10, https://spec.openapis.org/oas/v3.1.0#operation-object
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ._inputs import parameter_objects, request_body
from ._json import JsonObject
from ._operation import MESSAGE, Operation, Parameter
from ._responses import Common, is_protected, responses
from ._schemas import Schemas

_NAME_IN_PATH = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Describer:
    """Writes operations as objects, with what all of a document have in common."""

    schemas: Schemas
    common: Common
    schemes: tuple[str, ...]
    """The names of the security schemes, any one of which opens a protected operation."""
    is_deprecated: bool
    ids: Mapping[Operation, str]

    def paths(self, operations: Iterable[Operation]) -> JsonObject:
        """Return path items; paths of one shape are one, under the name of the first."""
        paths: dict[str, tuple[str, JsonObject]] = {}
        for operation in operations:
            path, item = paths.setdefault(operation.shape, (operation.path, {}))
            renaming = _renaming(operation.path, path)
            item[operation.method.lower()] = self.operation(operation, renaming)
        return dict(paths.values())

    def operation(self, operation: Operation, renaming: Mapping[str, str] = {}) -> JsonObject:
        """Return an operation object; *renaming* is what its path parameters are called."""
        protected = is_protected(operation, by_default=bool(self.schemes))
        found = self._facts(operation)
        if parameters := parameter_objects(operation, self.schemas):
            found["parameters"] = [_renamed(parameter, renaming) for parameter in parameters]
        if body := request_body(operation, self.schemas):
            found["requestBody"] = body
        found["responses"] = responses(operation, self.schemas, self.common, protected=protected)
        if operation.callbacks:
            found["callbacks"] = {
                name: self._expressions(requests) for name, requests in operation.callbacks.items()
            }
        return {**found, **self._access(operation, protected=protected)}

    def web_socket(self, operation: Operation) -> JsonObject:
        """Return what clients need to know of a WebSocket route, in OpenAPI's own terms.

        ``x-client-message`` and ``x-server-message`` are the schemas of what either side sends.
        """
        protected = is_protected(operation, by_default=bool(self.schemes))
        found = self._facts(operation)
        if parameters := parameter_objects(operation, self.schemas):
            found["parameters"] = parameters
        sent = next((each for each in operation.parameters if _is_message(each)), None)
        if sent is not None:
            found["x-client-message"] = {"schema": self.schemas.by_key[sent]}
        if operation in self.schemas.by_key:
            found["x-server-message"] = {"schema": self.schemas.by_key[operation]}
        return {**found, **self._access(operation, protected=protected)}

    def _facts(self, operation: Operation) -> JsonObject:
        found: JsonObject = {}
        if operation.tags:
            found["tags"] = list(operation.tags)
        if operation.summary:
            found["summary"] = operation.summary
        if operation.description:
            found["description"] = operation.description
        if operation in self.ids:
            found["operationId"] = self.ids[operation]
        return found

    def _access(self, operation: Operation, *, protected: bool) -> JsonObject:
        found: JsonObject = {}
        if operation.deprecated or (self.is_deprecated and not operation.is_outgoing):
            found["deprecated"] = True
        schemes = self.schemes if operation.security is None else operation.security
        if protected and schemes:
            found["security"] = [{name: []} for name in schemes]
        if operation.permissions:
            found["x-permissions"] = list(operation.permissions)
        if operation.rate_limits:
            found["x-rate-limit"] = list(operation.rate_limits)
        return found

    def _expressions(self, requests: Sequence[Operation]) -> JsonObject:
        """Return a callback object: path items by runtime expression."""
        found: JsonObject = {}
        for request in requests:
            item = found.setdefault(request.path, {})
            item[request.method.lower()] = self.operation(request)
        return found


def _is_message(parameter: Parameter) -> bool:
    return parameter.location == "body" and parameter.name == MESSAGE


def _renaming(path: str, to: str) -> dict[str, str]:
    """Return how parameters of *path* are called in *to*, a path of the same shape."""
    return dict(zip(_NAME_IN_PATH.findall(path), _NAME_IN_PATH.findall(to), strict=True))


def _renamed(parameter: JsonObject, renaming: Mapping[str, str]) -> JsonObject:
    if parameter["in"] == "path":
        return {**parameter, "name": renaming.get(parameter["name"], parameter["name"])}
    return parameter
