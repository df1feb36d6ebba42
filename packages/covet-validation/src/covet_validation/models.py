"""The bodies that every Covet API shares: errors, envelopes, pages."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    computed_field,
    model_validator,
)

from covet_validation._containers import is_mapping

__all__ = [
    "CursorPage",
    "CursorParams",
    "ErrorDetail",
    "ErrorResponse",
    "HTTPStatus",
    "InputLocation",
    "PaginatedResponse",
    "PaginationParams",
    "SuccessResponse",
    "UTCDateTime",
]

T = TypeVar("T")

_MAX_PAGE = 2**31 - 1  # times 100 a page, the offset still fits a database's 64-bit integer
_MAX_CURSOR_LENGTH = 1024


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _now() -> datetime:
    return datetime.now(UTC)


def _is_none(value: object) -> bool:
    return value is None


UTCDateTime: TypeAlias = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""An aware moment, kept in UTC and written with ``Z``; naive times are refused."""

InputLocation: TypeAlias = Literal["body", "query", "path", "header", "cookie", "form"]
"""Where in a request a value comes from."""


class ErrorDetail(BaseModel):
    """One broken rule: where, what and a code that programs can rely on.

    *field* is the path inside *location* (``email``, ``items.0.price``; empty for the whole);
    *code* is stable and upper case, *message* is for people and may change.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        json_schema_serialization_defaults_required=True,
        json_schema_extra={
            "description": "One broken rule: where, what, and a code that programs can rely on.",
            "examples": [
                {
                    "field": "email",
                    "location": "body",
                    "message": "Value is not a valid e-mail address.",
                    "code": "INVALID_EMAIL",
                }
            ],
        },
    )

    field: str
    location: InputLocation = "body"
    message: str
    code: str


class ErrorResponse(BaseModel):
    """The one body of every error: a problem document (RFC 9457) with this project's members.

    ``ErrorResponse(error="Not Found", status_code=404)`` derives the rest: *title* and *status*
    repeat *error* and *status_code*, *type* is a URN of the error's words, *detail* counts the
    *details*. *retry_after* is in whole seconds. *detail*, *instance* and *retry_after* are left
    out of the JSON when absent.

    Source: RFC 9457 §3, https://www.rfc-editor.org/rfc/rfc9457#section-3
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        json_schema_serialization_defaults_required=True,
        json_schema_extra={
            "description": "A problem document (RFC 9457) with the members of this API.",
            "examples": [
                {
                    "type": "urn:covet:validation-error",
                    "title": "Validation Error",
                    "status": 422,
                    "detail": "1 field is invalid.",
                    "instance": "/v1/users",
                    "error": "Validation Error",
                    "status_code": 422,
                    "details": [
                        {
                            "field": "email",
                            "location": "body",
                            "message": "Value is not a valid e-mail address.",
                            "code": "INVALID_EMAIL",
                        }
                    ],
                    "timestamp": "2026-11-22T10:30:00Z",
                    "request_id": "01JD8Z7Q4M",
                }
            ],
        },
    )

    type: str = Field(default_factory=str)
    title: str = Field(default_factory=str)
    status: int = Field(default_factory=int)
    detail: str | None = Field(default=None, exclude_if=_is_none)
    instance: str | None = Field(default=None, exclude_if=_is_none)
    error: str
    status_code: int = Field(ge=400, le=599)
    details: list[ErrorDetail] = Field(default_factory=list[ErrorDetail])
    timestamp: UTCDateTime = Field(default_factory=_now)
    request_id: str | None = None
    retry_after: int | None = Field(default=None, ge=0, exclude_if=_is_none)

    @model_validator(mode="before")
    @classmethod
    def _derive(cls, given: Any) -> Any:
        """Fill the members of RFC 9457 from this project's own."""
        if not is_mapping(given) or "error" not in given or "status_code" not in given:
            return given
        error, details = given["error"], given.get("details")
        derived: dict[str, Any] = {
            "type": f"urn:covet:{'-'.join(str(error).lower().split())}",
            "title": error,
            "status": given["status_code"],
        }
        if details:
            count = len(details)
            derived["detail"] = (
                "1 field is invalid." if count == 1 else f"{count} fields are invalid."
            )
        return derived | {name: value for name, value in given.items() if value is not None}

    def to_json(self) -> bytes:
        """Return the body of an ``application/problem+json`` response."""
        return self.__pydantic_serializer__.to_json(self)


class SuccessResponse(BaseModel, Generic[T]):
    """An envelope around a result, for APIs that want one."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_serialization_defaults_required=True
    )

    data: T
    message: str | None = Field(default=None, examples=["User created."])
    timestamp: UTCDateTime = Field(default_factory=_now, examples=["2026-11-22T10:30:00Z"])


class PaginationParams(BaseModel):
    """Which page of a list: a whole-query model."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={"examples": [{"page": 2, "per_page": 20}]}
    )

    page: int = Field(default=1, ge=1, le=_MAX_PAGE, description="Page number, from 1.")
    per_page: int = Field(default=20, ge=1, le=100, description="Items on a page.")

    @property
    def offset(self) -> int:
        """Number of items before this page."""
        return (self.page - 1) * self.per_page

    @property
    def limit(self) -> int:
        """Number of items on this page at most."""
        return self.per_page


class PaginatedResponse(BaseModel, Generic[T]):
    """One page of a list, with where it stands; the last three members are computed."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_serialization_defaults_required=True
    )

    items: list[T]
    total: int = Field(ge=0, description="Items on all pages.", examples=[41])
    page: int = Field(ge=1, description="Number of this page, from 1.", examples=[2])
    per_page: int = Field(ge=1, description="Items on a page at most.", examples=[20])

    @computed_field(description="Number of pages.", examples=[3])  # type: ignore[prop-decorator]
    @property
    def total_pages(self) -> int:
        """Number of pages; 0 when there is no item."""
        return -(-self.total // self.per_page)

    @computed_field(description="Whether a page follows.", examples=[True])  # type: ignore[prop-decorator]
    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.page < self.total_pages

    @computed_field(description="Whether a page precedes.", examples=[True])  # type: ignore[prop-decorator]
    @property
    def has_prev(self) -> bool:
        """Whether a page precedes."""
        return self.page > 1


class CursorParams(BaseModel):
    """Which stretch of a list, by keyset: a whole-query model.

    A *cursor* is opaque to the client: it is what the page before called ``next_cursor``.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={"examples": [{"cursor": "eyJpZCI6NDF9", "per_page": 20}]}
    )

    cursor: str | None = Field(
        default=None, max_length=_MAX_CURSOR_LENGTH, description="Where the stretch starts."
    )
    per_page: int = Field(default=20, ge=1, le=100, description="Items on a page.")

    @property
    def limit(self) -> int:
        """Number of items on this page at most."""
        return self.per_page


class CursorPage(BaseModel, Generic[T]):
    """One stretch of a list, by keyset; the last two members are computed."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_serialization_defaults_required=True
    )

    items: list[T]
    next_cursor: str | None = Field(default=None, examples=["eyJpZCI6NjF9"])
    prev_cursor: str | None = Field(default=None, examples=["eyJpZCI6NDB9"])

    @computed_field(description="Whether a page follows.", examples=[True])  # type: ignore[prop-decorator]
    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.next_cursor is not None

    @computed_field(description="Whether a page precedes.", examples=[True])  # type: ignore[prop-decorator]
    @property
    def has_prev(self) -> bool:
        """Whether a page precedes."""
        return self.prev_cursor is not None
