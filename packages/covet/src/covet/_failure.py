"""Answer an error: the handlers of route, router and application first, then the one body."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.responses import JSONResponse, Response

from covet._context import RequestContext
from covet._send import send_response
from covet.errors import (
    PROBLEM_MEDIA_TYPE,
    ClientDisconnected,
    OAuth2Error,
    Problem,
    is_mapped,
    problem_of,
)
from covet.injection import call_in_thread, is_async_callable

logger = logging.getLogger("covet.error")

ErrorHandlers = Mapping[type[BaseException], Callable[..., Any]]


async def fail(context: RequestContext, error: Exception, handlers: ErrorHandlers) -> None:
    """Send the answer to *error*; once another has begun, log and let the server hang up."""
    if isinstance(error, ClientDisconnected):
        logger.debug("Request %s: the client went away.", context.request_id)
        return
    if context.is_answering:
        log_failure(context, error)
        raise error
    response = await response_to(context, error, handlers)
    context.is_answering = True
    await send_response(context, response)


async def response_to(
    context: RequestContext, error: Exception, handlers: ErrorHandlers
) -> Response:
    """Return what the handler of *error* returns, else its problem document.

    A handler is called with the request and the error. It returns a `Response`, or an exception to
    be answered instead; what it raises is answered too. Errors of the server are logged with
    their traceback under the request's id.
    """
    response, error = await _handled(context, error, handlers)
    if response is not None:
        return response
    if isinstance(error, OAuth2Error):
        return _oauth2_response(error)
    problem = problem_of(error)
    if problem.status_code >= 500:
        log_failure(context, error)
    try:
        body = problem.to_json(instance=_instance(context), request_id=context.request_id)
    except Exception as failure:  # an error in the error path must not be the client's only answer
        log_failure(context, failure)
        body = _last_resort(problem, context.request_id)
    return Response(body, problem.status_code, dict(problem.headers), PROBLEM_MEDIA_TYPE)


async def _handled(
    context: RequestContext, error: Exception, handlers: ErrorHandlers
) -> tuple[Response | None, Exception]:
    """Return the response of the handler for *error*, or the error that remains."""
    handler = _handler_of(type(error), handlers)
    if handler is None:
        return None, error
    try:
        if is_async_callable(handler):
            outcome = await handler(context.request, error)
        else:
            outcome = await call_in_thread(partial(handler, context.request, error))
    except Exception as raised:
        return None, raised
    if isinstance(outcome, Response):
        return outcome, error
    if isinstance(outcome, Exception):
        return None, outcome
    misfit = TypeError(
        f"The handler of {type(error).__name__} returned {outcome!r}. "
        "Return a Response, or an exception to answer instead."
    )
    misfit.__cause__ = error
    return None, misfit


def _handler_of(kind: type[BaseException], handlers: ErrorHandlers) -> Callable[..., Any] | None:
    """Return the handler of the nearest class that has one.

    One of `Exception` gets what nobody foresaw, not the errors that have an answer of their own.
    """
    for base in kind.__mro__:
        if base in handlers:
            return handlers[base]
        if is_mapped(base):
            return None
    return None


def _oauth2_response(error: OAuth2Error) -> Response:
    """Source: RFC 6749 §5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2."""
    return JSONResponse(
        {"error": error.error, "error_description": error.description},
        status_code=error.status_code,
        headers={"Cache-Control": "no-store"},
    )


def _instance(context: RequestContext) -> str:
    """Return the request's target as it was sent, root path and query included."""
    scope = context.scope
    raw_path: bytes | None = scope.get("raw_path")
    path = quote(scope["path"]) if raw_path is None else raw_path.decode("latin-1")
    query: bytes = scope["query_string"]
    return f"{path}?{query.decode('latin-1')}" if query else path


def _last_resort(problem: Problem, request_id: str) -> bytes:
    members: dict[str, object] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status_code,
        "error": problem.title,
        "status_code": problem.status_code,
        "details": [],
        "request_id": request_id,
    }
    return json.dumps(members).encode()


def log_failure(context: RequestContext, error: BaseException) -> None:
    """Log *error* with its traceback, under the id of the request or connection."""
    route = context.route.path if context.route is not None else "-"
    logger.error(
        "Request %s failed: %s %s",
        context.request_id,
        context.scope.get("method", "WEBSOCKET"),
        route,
        exc_info=error,
        extra={"request_id": context.request_id},
    )
