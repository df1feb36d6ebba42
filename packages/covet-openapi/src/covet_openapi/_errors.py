"""What can be wrong with the facts that a document is made from.

ValueError
└── OpenAPIError
    ├── RouteRecordError          a route that OpenAPI cannot describe
    ├── DuplicateOperationError   two routes that OpenAPI cannot tell apart
    └── SchemaError               a type that has no JSON Schema

ExceptionGroup
└── DocumentFaultsError           all of these that keep a document from being made
"""

from collections.abc import Sequence
from typing import NamedTuple, Self


class OpenAPIError(ValueError):
    """No true OpenAPI document can be made from what was given."""


class RouteRecordError(OpenAPIError):
    """A route record says something that OpenAPI cannot describe."""

    def __init__(self, route: str, problem: str, remedy: str) -> None:
        """Say what is wrong with *route* (its path template or repr), and what to do."""
        super().__init__(f"Route {route} cannot be described: {problem} {remedy}")
        self.route = route
        self.problem = problem
        self.remedy = remedy


class DuplicateOperationError(OpenAPIError):
    """Two operations share a method and a path, once parameter names are left out.

    Source: OpenAPI 3.1.0 §4.8.8, https://spec.openapis.org/oas/v3.1.0#paths-object
    """

    def __init__(self, method: str, first: str, second: str) -> None:
        """Name both path templates."""
        super().__init__(
            f"{method} {second} cannot be documented beside {method} {first}: OpenAPI tells paths "
            "apart by their literal text only, so the two are one operation to it. Give one of "
            "them include_in_schema=False, or write a document for each."
        )
        self.method = method
        self.first = first
        self.second = second


class SchemaError(OpenAPIError):
    """A type that a route uses has no JSON Schema."""

    def __init__(self, place: str, annotation: object, reason: str) -> None:
        """Name the *place* (such as ``GET /items, parameter 'q'``) and the type used there."""
        super().__init__(
            f"{place} has no JSON Schema: {annotation!r} cannot be described ({reason}). Use a "
            "type that Pydantic can describe, annotate it with pydantic.WithJsonSchema, or give "
            "the route include_in_schema=False."
        )
        self.place = place
        self.annotation = annotation
        self.reason = reason


class DocumentFault(NamedTuple):
    """One reason why a document cannot be made, and where its route was written."""

    message: str
    file: str
    line: int
    error: OpenAPIError


class DocumentFaultsError(ExceptionGroup[OpenAPIError]):
    """Everything that keeps a document from being made; ``faults`` has each with file and line."""

    def __new__(cls, faults: Sequence[DocumentFault]) -> Self:
        """Make the group; its text has one line a fault."""
        lines = "".join(f"\n  {fault.file}:{fault.line}: {fault.message}" for fault in faults)
        message = f"The document has {len(faults)} fault(s):{lines}\n"
        return super().__new__(cls, message, [fault.error for fault in faults])

    def __init__(self, faults: Sequence[DocumentFault]) -> None:
        """Keep *faults*, of which there is at least one."""
        super().__init__(self.message, [fault.error for fault in faults])
        self.faults: tuple[DocumentFault, ...] = tuple(faults)
