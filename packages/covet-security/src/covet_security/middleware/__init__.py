"""Middleware for any ASGI application."""

from covet_security.middleware._body_size import BodySizeLimitMiddleware
from covet_security.middleware._security import (
    Authenticator,
    KeyAuthenticator,
    SecurityMiddleware,
)

__all__ = ["Authenticator", "BodySizeLimitMiddleware", "KeyAuthenticator", "SecurityMiddleware"]
