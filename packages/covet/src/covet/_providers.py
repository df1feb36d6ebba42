"""What can be injected in every application: by type, and by the names that mean it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from covet._context import RequestContext
from covet._security import Security
from covet.injection import FromContext, Missing, Provider
from covet_security import Principal, SecurityContext


def _response(context: RequestContext) -> Response:
    """Return the Response whose headers, cookies and status the answer takes over."""
    if context.response is None:
        status_code = context.route.status_code if context.route is not None else 200
        context.response = Response(status_code=status_code)
        context.is_plain = False
    return context.response


_REQUEST = FromContext("request", lambda context: context.request)
_WEBSOCKET = FromContext("websocket", lambda context: context.websocket)
_SESSION = FromContext("session", lambda context: context.session())
_USER = FromContext("user", lambda context: context.user)

_BY_TYPE: dict[Any, Provider] = {
    Request: _REQUEST,
    WebSocket: _WEBSOCKET,
    Response: FromContext("response", _response),
    RequestContext: FromContext("context", lambda context: context),
}


def providers_by_type(security: Security, *, has_database: bool) -> dict[Any, Any]:
    """Return the providers of what the framework itself knows, by type."""
    found = dict(_BY_TYPE)
    if has_database:
        from sqlalchemy.ext.asyncio import AsyncSession

        found[AsyncSession] = _SESSION
    if security.authenticates:
        found[Principal] = FromContext("principal", lambda context: context.principal)
        found[SecurityContext] = FromContext("principal", lambda context: context.security)
        user_type = None if security.authenticator is None else security.authenticator.user_type
        if user_type is not None:
            found[user_type] = _USER
    return found


def providers_by_name(security: Security, *, has_database: bool) -> dict[str, Provider]:
    """Return the providers of the names that nothing from a client can fill."""
    return {
        "request": _REQUEST,
        "db": _SESSION if has_database else Missing("a database. Pass database=…"),
        "current_user": _USER
        if security.authenticator is not None
        else Missing("an authenticator. Pass auth=…"),
    }
