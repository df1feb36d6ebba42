"""From an ASGI scope to the plan that answers it, and from any error to its one body."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from covet._context import RawHeaders, RequestContext, reset_current_context, set_current_context
from covet._failure import ErrorHandlers, fail
from covet._lifecycle import respond
from covet._request_id import request_id_of
from covet._send import send_response, sender
from covet._tables import Refusal, Table
from covet._websocket import refuse, serve_websocket
from covet.errors import (
    BadRequest,
    MethodNotAllowedException,
    NotAcceptable,
    RouteNotFoundException,
)
from covet.router import WEBSOCKET
from covet_routing import MethodNotAllowed, MountMatch, NotFound, Redirect, UnknownVersion

_UNKNOWN_VERSION = {404: RouteNotFoundException, 406: NotAcceptable, 400: BadRequest}


class Dispatcher:
    """Answers HTTP requests and WebSocket connections from the frozen tables of plans.

    *headers* are what every refusal says: what the choice of a version varies with.
    """

    __slots__ = ("_by_path", "_exception_handlers", "_headers", "_requests", "_sockets")

    def __init__(
        self,
        requests: Table,
        sockets: Table,
        exception_handlers: ErrorHandlers,
        headers: RawHeaders = (),
    ) -> None:
        self._requests = requests
        self._by_path = requests.by_path
        self._sockets = sockets
        self._exception_handlers = exception_handlers
        self._headers = headers

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or serve a connection, by the type of *scope*."""
        await (self.http if scope["type"] == "http" else self.websocket)(scope, receive, send)

    async def http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        raw_path: bytes | None = scope.get("raw_path")
        by_path = self._by_path
        if by_path is None or raw_path is None or b"%" in raw_path or scope.get("root_path"):
            found = self._requests.look_up(scope["method"], scope)
        else:  # nothing is encoded in the path: raw and decoded are the same
            found = by_path(scope["method"], scope["path"])
        plan = found[0] if isinstance(found, tuple) else None
        context = RequestContext(scope, receive, send, request_id_of(scope["headers"]), plan)
        token = set_current_context(context)
        try:
            if isinstance(found, tuple):
                await respond(found[0], context, found[1])
            else:
                await self._answer_without_plan(context, found)
        except Exception as error:
            handlers = self._exception_handlers if plan is None else plan.exception_handlers
            await fail(context, error, handlers)
        finally:
            if context.security is not None:
                context.leave_security()
            reset_current_context(token)

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        found = self._sockets.look_up(WEBSOCKET, scope)
        plan = found[0] if isinstance(found, tuple) else None
        context = RequestContext(scope, receive, send, request_id_of(scope["headers"]), plan)
        token = set_current_context(context)
        try:
            if isinstance(found, tuple):
                await serve_websocket(found[0], context, found[1])
            elif isinstance(found, MountMatch):
                await _call_mounted(found, context)
            else:
                await refuse(context, RouteNotFoundException())
        finally:
            context.leave_security()
            reset_current_context(token)

    async def _answer_without_plan(self, context: RequestContext, found: Refusal) -> None:
        if isinstance(found, MountMatch):
            await _call_mounted(found, context)
            return
        if isinstance(found, NotFound):
            found = self._requests.explain(found, context.scope)
        context.headers = self._headers
        match found:
            case Redirect(location):
                query = context.scope["query_string"].decode("latin-1")
                root_path = quote(context.scope.get("root_path", "").rstrip("/"))
                target = f"{root_path}{location}?{query}" if query else root_path + location
                await send_response(
                    context, Response(status_code=308, headers={"Location": target})
                )
            case MethodNotAllowed(allowed) if context.scope["method"] == "OPTIONS":
                headers = {"Allow": ", ".join(allowed)}
                await send_response(context, Response(status_code=204, headers=headers))
            case MethodNotAllowed(allowed):
                raise MethodNotAllowedException(allowed)
            case UnknownVersion():
                raise _UNKNOWN_VERSION[found.status_code](found.detail)
            case NotFound():
                raise RouteNotFoundException


async def _call_mounted(mount: MountMatch, context: RequestContext) -> None:
    """Call the mounted application with the root path extended, the request's id added."""
    app = cast("ASGIApp", mount.app)
    root_path = context.scope.get("root_path", "") + mount.prefix
    scope = {**context.scope, "root_path": root_path}
    await app(scope, context.receive, sender(context) if scope["type"] == "http" else context.send)
