"""Middleware for any ASGI application."""

from covet_security.middleware._body_size import BodySizeLimitMiddleware

__all__ = ["BodySizeLimitMiddleware"]
