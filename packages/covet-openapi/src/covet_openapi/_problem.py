"""The body of every error: a problem document with this project's members.

Source: RFC 9457 §3, https://www.rfc-editor.org/rfc/rfc9457#section-3
"""

import operator
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class ErrorDetail(BaseModel):
    """What is wrong with one value of a request."""

    field: str = Field(description="The path inside its location.", examples=["items.0.price"])
    location: Literal["body", "query", "path", "header", "cookie", "form"]
    message: str = Field(description="What is wrong, for people.")
    code: str = Field(
        description="What is wrong, for programs; stable.", examples=["STRING_TOO_SHORT"]
    )


class ErrorResponse(BaseModel):
    """Why a request was not answered."""

    type: str = Field(description="A URI that names the kind of error.")
    title: str = Field(description="The kind of error.")
    status: int = Field(description="The HTTP status.", ge=400, le=599)
    detail: str = Field(description="What happened here.")
    instance: str = Field(description="The request target.")
    error: str = Field(description="The same as title.")
    status_code: int = Field(description="The same as status.", ge=400, le=599)
    details: list[ErrorDetail]
    timestamp: datetime
    request_id: str = Field(description="Finds this request in the log.")
    retry_after: int = Field(
        default_factory=int,
        exclude_if=operator.not_,
        description="Seconds to wait; only where waiting helps.",
    )
