"""The errors that an application raises, and the one table that turns any error into a problem.

Exception
├── StartupError                  the application cannot start: every fault, with its place
├── ClientDisconnected            nobody is left to answer; never becomes a response
├── OAuth2Error                   the token endpoint's own body (RFC 6749 §5.2)
└── APIException                  becomes a problem document (RFC 9457) with its status
├── BadRequest                400
├── NotFound                  404
│   └── RouteNotFoundException
├── MethodNotAllowedException 405
├── NotAcceptable             406
├── RequestTimeout            408  the request did not arrive in time
├── Conflict                  409
├── Gone                      410
├── PreconditionFailed        412
├── UnprocessableContent      422
├── ServiceUnavailable        503
└── HandlerTimeout            504  the handler did not answer in time
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, ClassVar

from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from covet_security import (
    AuthenticationException,
    BodyTooLargeError,
    PermissionDeniedException,
    RequestRefusedError,
)
from covet_validation import ErrorDetail, ErrorResponse, ValidationException

PROBLEM_MEDIA_TYPE = "application/problem+json"


class APIException(Exception):  # noqa: N818 - the specification's name
    """An error made to be seen by the client, as a problem document with *status_code*.

    *detail* is one sentence for the client, *details* the single faults, *headers* are added to
    the response. Subclass it with another `status_code`, `title` and `code` for errors of your own.
    """

    status_code: ClassVar[int] = 500
    title: ClassVar[str] = "Internal Server Error"
    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"  # `extensions.code` in GraphQL

    def __init__(
        self,
        detail: str | None = None,
        *,
        details: Sequence[ErrorDetail] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.details: tuple[ErrorDetail, ...] = tuple(details)
        self.headers: dict[str, str] = dict(headers or {})


class BadRequest(APIException):
    """400: the request cannot be understood."""

    status_code = 400
    title = "Bad Request"
    code = "BAD_REQUEST"


class NotFound(APIException):
    """404: there is no such object, or none that this client may see."""

    status_code = 404
    title = "Not Found"
    code = "NOT_FOUND"


class RouteNotFoundException(NotFound):
    """404: no route answers this path."""

    code = "ROUTE_NOT_FOUND"


class MethodNotAllowedException(APIException):
    """405: the path exists, the method does not; *allowed* goes into the Allow header."""

    status_code = 405
    title = "Method Not Allowed"
    code = "METHOD_NOT_ALLOWED"

    def __init__(self, allowed: Sequence[str], detail: str | None = None) -> None:
        super().__init__(
            detail or f"Allowed here: {', '.join(allowed)}.", headers={"Allow": ", ".join(allowed)}
        )
        self.allowed: tuple[str, ...] = tuple(allowed)


class NotAcceptable(APIException):
    """406: nothing that the client accepts can be given."""

    status_code = 406
    title = "Not Acceptable"
    code = "NOT_ACCEPTABLE"


class RequestTimeout(APIException):
    """408: the request's body did not arrive in time."""

    status_code = 408
    title = "Request Timeout"
    code = "REQUEST_TIMEOUT"


class Conflict(APIException):
    """409: the request contradicts the present state."""

    status_code = 409
    title = "Conflict"
    code = "CONFLICT"


class Gone(APIException):
    """410: it was here and will not come back."""

    status_code = 410
    title = "Gone"
    code = "GONE"


class PreconditionFailed(APIException):
    """412: the object is no longer what the client believes it to be."""

    status_code = 412
    title = "Precondition Failed"
    code = "PRECONDITION_FAILED"


class UnprocessableContent(APIException):
    """422: well-formed, but its values cannot be accepted."""

    status_code = 422
    title = "Validation Error"
    code = "VALIDATION_ERROR"


class ServiceUnavailable(APIException):
    """503: something that is needed does not answer; try again after *retry_after* seconds."""

    status_code = 503
    title = "Service Unavailable"
    code = "SERVICE_UNAVAILABLE"

    def __init__(self, detail: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
        self.retry_after = retry_after


class HandlerTimeout(APIException):
    """504: the handler did not answer within the route's timeout; it was cancelled."""

    status_code = 504
    title = "Gateway Timeout"
    code = "TIMEOUT"


class OAuth2Error(Exception):
    """A refusal by the token endpoint, answered in OAuth 2.0's own form.

    *error* is a code of RFC 6749 §5.2, such as `invalid_grant`; *description* one sentence. A
    route with `raises=[OAuth2Error]` is documented to answer 400 in that form.

    Source: RFC 6749 §5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2
    """

    def __init__(self, error: str, description: str, *, status_code: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status_code = status_code


class OAuth2ErrorResponse(BaseModel):
    """What a token endpoint answers instead of a problem document (RFC 6749 §5.2)."""

    error: str = Field(description="A code, such as invalid_grant.")
    error_description: str = Field(description="One sentence for the developer of the client.")


class ClientDisconnected(Exception):  # noqa: N818 - it is an event more than an error
    """The client went away; the handler was cancelled and its transaction rolled back."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps the application from starting, and where it stands."""

    message: str
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.file else self.message


class StartupError(Exception):
    """The application cannot start; `faults` lists everything that is wrong, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        lines = [f"  {number}. {fault}" for number, fault in enumerate(self.faults, start=1)]
        super().__init__("\n".join([f"The application cannot start: {count}.", *lines]))


@dataclass(frozen=True, slots=True)
class Problem:
    """What the client is told of an error; what the log is told stays in the error."""

    status_code: int
    title: str
    code: str
    detail: str | None = None
    details: tuple[ErrorDetail, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    retry_after: int | None = None

    def to_json(self, *, instance: str, request_id: str) -> bytes:
        """Return the problem document.

        Source: RFC 9457 §3, https://www.rfc-editor.org/rfc/rfc9457#section-3
        """
        return ErrorResponse(
            error=self.title,
            status_code=self.status_code,
            detail=self.detail,
            details=list(self.details),
            instance=instance,
            request_id=request_id,
            retry_after=self.retry_after,
        ).to_json()


def problem_of(error: BaseException) -> Problem:
    """Return what a client may know of *error*; an error that nobody foresaw is masked."""
    describe = next((_TABLE[kind] for kind in type(error).__mro__ if kind in _TABLE), None)
    problem = _INTERNAL if describe is None else describe(error)
    return problem if problem.status_code >= 400 else _INTERNAL  # an error is never a success


def is_mapped(kind: type[BaseException]) -> bool:
    """Tell whether errors of exactly this class have an answer of their own."""
    return kind in _TABLE or kind is OAuth2Error


_INTERNAL = Problem(
    500,
    APIException.title,
    APIException.code,
    "The server failed to answer; the failure is logged under this request_id.",
)


def _of_api_exception(error: APIException) -> Problem:
    return Problem(
        error.status_code,
        error.title,
        error.code,
        error.detail,
        error.details,
        error.headers,
        getattr(error, "retry_after", None),
    )


def _of_validation(error: ValidationException) -> Problem:
    _, code = _named(error.status_code)
    if error.status_code != UnprocessableContent.status_code:
        return Problem(error.status_code, error.title, code, str(error), tuple(error.errors))
    count = len(error.errors)
    detail = "1 field is invalid." if count == 1 else f"{count} fields are invalid."
    return Problem(422, error.title, UnprocessableContent.code, detail, tuple(error.errors))


def _of_refusal(error: RequestRefusedError) -> Problem:
    title, code = _REFUSALS.get(type(error)) or _named(error.status_code)
    wait: float = getattr(error, "retry_after", -1)  # negative where waiting does not help
    return Problem(
        error.status_code,
        title,
        code,
        error.detail,
        headers=error.headers,
        retry_after=max(1, math.ceil(wait)) if wait >= 0 else None,
    )


def _of_http_exception(error: HTTPException) -> Problem:
    title, code = _named(error.status_code)
    detail = None if error.detail == title else error.detail
    return Problem(error.status_code, title, code, detail, headers=error.headers or {})


def _named(status_code: int) -> tuple[str, str]:
    """Return the registered phrase of *status_code*, and the same as a code."""
    try:
        phrase = _RENAMED.get(status_code) or HTTPStatus(status_code).phrase
    except ValueError:  # not registered, and still what someone wants to answer
        return "Unregistered Status", f"STATUS_{status_code}"
    return phrase, phrase.upper().replace(" ", "_").replace("-", "_").replace("'", "")


_RENAMED = {  # by RFC 9110 §15; Python before 3.13 has the older phrases
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
_REFUSALS: dict[type[RequestRefusedError], tuple[str, str]] = {
    AuthenticationException: ("Unauthorized", "UNAUTHENTICATED"),
    PermissionDeniedException: ("Forbidden", "FORBIDDEN"),
    BodyTooLargeError: ("Content Too Large", "CONTENT_TOO_LARGE"),
}
_TABLE: dict[type, Callable[[Any], Problem]] = {
    APIException: _of_api_exception,
    ValidationException: _of_validation,
    RequestRefusedError: _of_refusal,
    HTTPException: _of_http_exception,
}
