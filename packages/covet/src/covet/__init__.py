"""Covet: APIs as one ASGI application.

All that an application is made of is imported from here, the public names of the packages below
and Starlette's `Request`, `Response`, `WebSocket` included. What needs
SQLAlchemy, pydantic-settings or an HTTP client is imported at first use.
"""

from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from covet._context import RequestContext, current_context
from covet.app import Covet
from covet.background import BackgroundTasks
from covet.errors import (
    APIException,
    BadRequest,
    ClientDisconnected,
    Conflict,
    Fault,
    Gone,
    HandlerTimeout,
    MethodNotAllowedException,
    NotAcceptable,
    NotFound,
    OAuth2Error,
    PreconditionFailed,
    RequestTimeout,
    RouteNotFoundException,
    ServiceUnavailable,
    StartupError,
    UnprocessableContent,
)
from covet.handler import RESTRequestHandler
from covet.injection import Depends
from covet.router import Router
from covet_openapi import OpenAPIGenerator
from covet_routing import (
    MethodNotAllowed,
    RESTRouter,
    RouteConflictError,
    RouteMatch,
    RouteMetadata,
    register_converter,
    rest_route,
)
from covet_security import (
    AuthenticationException,
    BodySizeLimitMiddleware,
    BodyTooLargeError,
    ConfigError,
    JWTAuthenticator,
    Key,
    KeySet,
    PasswordHasher,
    PermissionDeniedException,
    Principal,
    RequestRefusedError,
    Secret,
)
from covet_validation import (
    Body,
    Cookie,
    CursorPage,
    CursorParams,
    Email,
    ErrorDetail,
    ErrorResponse,
    File,
    Form,
    Header,
    HTTPStatus,
    MalformedJSONError,
    PaginatedResponse,
    PaginationParams,
    PasswordRules,
    Patch,
    Path,
    Query,
    RequestValidator,
    ResponseMismatchError,
    ResponseSerializer,
    SignatureError,
    StrongPassword,
    SuccessResponse,
    UnloadedAttributeError,
    UnsupportedMediaTypeError,
    Username,
    UTCDateTime,
    ValidationException,
)

if TYPE_CHECKING:
    from covet.database import Database
    from covet.settings import DatabaseUrl, Settings
    from covet.testing import AsyncTestClient, TestClient

_ON_DEMAND = {
    "AsyncTestClient": "covet.testing",
    "Database": "covet.database",
    "DatabaseUrl": "covet.settings",
    "Settings": "covet.settings",
    "TestClient": "covet.testing",
}


def __getattr__(name: str) -> Any:
    """Import what is not needed by every application (PEP 562)."""
    module = _ON_DEMAND.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(module), name)


__all__ = [
    "APIException",
    "AsyncTestClient",
    "AuthenticationException",
    "BackgroundTasks",
    "BadRequest",
    "Body",
    "BodySizeLimitMiddleware",
    "BodyTooLargeError",
    "ClientDisconnected",
    "ConfigError",
    "Conflict",
    "Cookie",
    "Covet",
    "CursorPage",
    "CursorParams",
    "Database",
    "DatabaseUrl",
    "Depends",
    "Email",
    "ErrorDetail",
    "ErrorResponse",
    "Fault",
    "File",
    "FileResponse",
    "Form",
    "Gone",
    "HTTPStatus",
    "HandlerTimeout",
    "Header",
    "JWTAuthenticator",
    "Key",
    "KeySet",
    "MalformedJSONError",
    "MethodNotAllowed",
    "MethodNotAllowedException",
    "NotAcceptable",
    "NotFound",
    "OAuth2Error",
    "OpenAPIGenerator",
    "PaginatedResponse",
    "PaginationParams",
    "PasswordHasher",
    "PasswordRules",
    "Patch",
    "Path",
    "PermissionDeniedException",
    "PreconditionFailed",
    "Principal",
    "Query",
    "RESTRequestHandler",
    "RESTRouter",
    "RedirectResponse",
    "Request",
    "RequestContext",
    "RequestRefusedError",
    "RequestTimeout",
    "RequestValidator",
    "Response",
    "ResponseMismatchError",
    "ResponseSerializer",
    "RouteConflictError",
    "RouteMatch",
    "RouteMetadata",
    "RouteNotFoundException",
    "Router",
    "Secret",
    "ServiceUnavailable",
    "Settings",
    "SignatureError",
    "StartupError",
    "StreamingResponse",
    "StrongPassword",
    "SuccessResponse",
    "TestClient",
    "UTCDateTime",
    "UnloadedAttributeError",
    "UnprocessableContent",
    "UnsupportedMediaTypeError",
    "UploadFile",
    "Username",
    "ValidationException",
    "WebSocket",
    "WebSocketDisconnect",
    "current_context",
    "register_converter",
    "rest_route",
]
