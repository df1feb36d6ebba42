"""Requests in, responses out: validated inputs, serialized results, one shape of error.

`RequestValidator` compiles a handler's inputs into one Pydantic validator, `ResponseSerializer`
its results into bytes. `covet_validation.sqlalchemy` needs the extra ``sqlalchemy``.
"""

from covet_validation._errors import (
    MalformedJSONError,
    Place,
    ResponseMismatchError,
    SignatureError,
    SignatureFault,
    UnloadedAttributeError,
    UnsupportedMediaTypeError,
    ValidationException,
)
from covet_validation._inputs import (
    Body,
    Cookie,
    File,
    Form,
    Header,
    Path,
    Query,
    RequestInput,
    is_marker,
)
from covet_validation._serializer import ResponseSerializer
from covet_validation._signature import read_inputs
from covet_validation._validator import RequestValidator
from covet_validation.fields import Email, PasswordRules, StrongPassword, Username
from covet_validation.models import (
    CursorPage,
    CursorParams,
    ErrorDetail,
    ErrorResponse,
    HTTPStatus,
    PaginatedResponse,
    PaginationParams,
    SuccessResponse,
    UTCDateTime,
)
from covet_validation.patch import Patch

__all__ = [
    "Body",
    "Cookie",
    "CursorPage",
    "CursorParams",
    "Email",
    "ErrorDetail",
    "ErrorResponse",
    "File",
    "Form",
    "HTTPStatus",
    "Header",
    "MalformedJSONError",
    "PaginatedResponse",
    "PaginationParams",
    "PasswordRules",
    "Patch",
    "Path",
    "Place",
    "Query",
    "RequestInput",
    "RequestValidator",
    "ResponseMismatchError",
    "ResponseSerializer",
    "SignatureError",
    "SignatureFault",
    "StrongPassword",
    "SuccessResponse",
    "UTCDateTime",
    "UnloadedAttributeError",
    "UnsupportedMediaTypeError",
    "Username",
    "ValidationException",
    "is_marker",
    "read_inputs",
]
