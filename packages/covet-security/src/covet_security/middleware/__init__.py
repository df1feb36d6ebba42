"""Middleware for any ASGI application."""

from covet_security.middleware._body_size import BodySizeLimitMiddleware
from covet_security.middleware._connection import SecuredConnection
from covet_security.middleware._csrf import CSRFMiddleware, csrf_token
from covet_security.middleware._security import (
    Authenticator,
    KeyAuthenticator,
    SecurityMiddleware,
)
from covet_security.middleware._security_headers import SecurityHeadersMiddleware
from covet_security.middleware._server_sessions import ServerSessionMiddleware

__all__ = [
    "Authenticator",
    "BodySizeLimitMiddleware",
    "CSRFMiddleware",
    "KeyAuthenticator",
    "SecuredConnection",
    "SecurityHeadersMiddleware",
    "SecurityMiddleware",
    "ServerSessionMiddleware",
    "csrf_token",
]
