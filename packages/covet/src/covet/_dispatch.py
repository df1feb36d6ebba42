"""From an ASGI scope to the plan that answers it, and from any error to its one body."""

from __future__ import annotations

from typing import TypeAlias, cast
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from covet._context import RequestContext, reset_current_context, set_current_context
from covet._failure import ErrorHandlers, fail
from covet._lifecycle import respond
from covet._request_id import request_id_of
from covet._send import send_response, sender
from covet._websocket import refuse, serve_websocket
from covet.errors import MethodNotAllowedException, RouteNotFoundException
from covet.plan import Plan
from covet.router import WEBSOCKET
from covet_routing import Matcher, MethodNotAllowed, MountMatch, NotFound, Redirect

Found: TypeAlias = tuple[Plan, dict[str, object]]
Refusal: TypeAlias = MethodNotAllowed | NotFound | Redirect | MountMatch


class Dispatcher:
    """Answers HTTP requests and WebSocket connections from frozen tables of plans."""

    __slots__ = ("_constrained", "_exception_handlers", "_match", "_matcher", "_sockets")

    def __init__(
        self, matcher: Matcher[Plan], sockets: Matcher[Plan], exception_handlers: ErrorHandlers
    ) -> None:
        self._matcher = matcher
        self._match = matcher.match
        self._constrained = matcher.constrained
        self._sockets = sockets
        self._exception_handlers = exception_handlers

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or serve a connection, by the type of *scope*."""
        await (self.http if scope["type"] == "http" else self.websocket)(scope, receive, send)

    async def http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        raw_path: bytes | None = scope.get("raw_path")
        if raw_path is None or b"%" in raw_path or scope.get("root_path") or self._constrained:
            found = _look_up(self._matcher, scope["method"], scope)
        else:  # nothing is encoded in the path: raw and decoded are the same
            found = self._match(scope["method"], scope["path"])
        plan = found[0] if isinstance(found, tuple) else None
        context = RequestContext(scope, receive, send, request_id_of(scope["headers"]), plan)
        token = set_current_context(context)
        try:
            if isinstance(found, tuple):
                await respond(found[0], context, found[1])
            else:
                await _answer_without_plan(context, found)
        except Exception as error:
            handlers = self._exception_handlers if plan is None else plan.exception_handlers
            await fail(context, error, handlers)
        finally:
            reset_current_context(token)

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        found = _look_up(self._sockets, WEBSOCKET, scope)
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
            reset_current_context(token)


def _look_up(
    matcher: Matcher[Plan], method: str, scope: Scope
) -> tuple[Plan, dict[str, object]] | Refusal:
    path = _encoded_path(scope)
    if matcher.constrained:
        headers = Headers(scope=scope)
        return matcher.match_request(method, path, headers.get("host"), headers)
    return matcher.match(method, path)


def _encoded_path(scope: Scope) -> str:
    """Return the path below the root path as the client encoded it.

    Source: https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
    """
    raw_path: bytes | None = scope.get("raw_path")
    if raw_path is None:  # the server keeps only the decoded path
        path = quote(scope["path"], safe="/:@!$&'()*+,;=~")
    else:
        path = raw_path.partition(b"?")[0].decode("latin-1")
    root_path: str = scope.get("root_path", "").rstrip("/")
    for prefix in (root_path, quote(root_path, safe="/:@!$&'()*+,;=~")):
        if prefix and (path == prefix or path.startswith(prefix + "/")):
            return path[len(prefix) :] or "/"
    return path


async def _answer_without_plan(context: RequestContext, found: Refusal) -> None:
    match found:
        case MountMatch():
            await _call_mounted(found, context)
        case Redirect(location):
            query = context.scope["query_string"].decode("latin-1")
            root_path = quote(context.scope.get("root_path", "").rstrip("/"))
            target = f"{root_path}{location}?{query}" if query else root_path + location
            await send_response(context, Response(status_code=308, headers={"Location": target}))
        case MethodNotAllowed(allowed) if context.scope["method"] == "OPTIONS":
            headers = {"Allow": ", ".join(allowed)}
            await send_response(context, Response(status_code=204, headers=headers))
        case MethodNotAllowed(allowed):
            raise MethodNotAllowedException(allowed)
        case NotFound():
            raise RouteNotFoundException


async def _call_mounted(mount: MountMatch, context: RequestContext) -> None:
    """Call the mounted application with the root path extended, the request's id added."""
    app = cast("ASGIApp", mount.app)
    root_path = context.scope.get("root_path", "") + mount.prefix
    scope = {**context.scope, "root_path": root_path}
    await app(scope, context.receive, sender(context) if scope["type"] == "http" else context.send)
