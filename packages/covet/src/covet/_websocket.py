"""Serve a WebSocket route by its plan, and refuse a connection as HTTP would."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.websockets import WebSocketDisconnect, WebSocketState

from covet._context import RequestContext
from covet._failure import log_failure
from covet.errors import PROBLEM_MEDIA_TYPE, Problem, problem_of
from covet.plan import Plan

_POLICY_VIOLATION = 1008  # RFC 6455 §7.4.1
_INTERNAL_ERROR = 1011
_DENIAL = "websocket.http.response"  # an extension of ASGI: refuse with a whole HTTP response


async def serve_websocket(
    plan: Plan, context: RequestContext, path_params: Mapping[str, object]
) -> None:
    """Authenticate, validate and inject as for a request, then let the handler have the socket.

    A refusal before the handshake is the same problem document as over HTTP where the server can
    send one, otherwise the connection is closed with 1008, for an error of the server with 1011.
    """
    try:
        await plan.answer(context, path_params)
    except WebSocketDisconnect:
        return
    except Exception as error:
        await refuse(context, error)
        return
    if not _is_over(context):
        await context.websocket.close()


async def refuse(context: RequestContext, error: Exception) -> None:
    """End the connection of *context* for *error*."""
    problem = problem_of(error)
    if problem.status_code >= 500:
        log_failure(context, error)
    if _is_over(context):
        return
    is_connecting = context.websocket.application_state is WebSocketState.CONNECTING
    if is_connecting and _DENIAL in context.scope.get("extensions", {}):
        await _deny(context, problem)
        return
    code = _INTERNAL_ERROR if problem.status_code >= 500 else _POLICY_VIOLATION
    await context.send({"type": "websocket.close", "code": code, "reason": problem.title})


def _is_over(context: RequestContext) -> bool:
    """Tell whether either side has closed the connection already."""
    websocket = context.websocket
    return WebSocketState.DISCONNECTED in {websocket.application_state, websocket.client_state}


async def _deny(context: RequestContext, problem: Problem) -> None:
    body = problem.to_json(instance=context.scope["path"], request_id=context.request_id)
    headers = [
        (b"content-type", PROBLEM_MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"x-request-id", context.raw_request_id),
        *((name.lower().encode(), value.encode()) for name, value in problem.headers.items()),
    ]
    start = {"type": f"{_DENIAL}.start", "status": problem.status_code, "headers": headers}
    await context.send(start)
    await context.send({"type": f"{_DENIAL}.body", "body": body})
