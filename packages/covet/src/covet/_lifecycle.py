"""A request's way through its plan, from authentication to the committed answer."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from covet._authentication import authenticate
from covet._context import RequestContext
from covet._mailbox import Mailbox
from covet._send import lent_headers, send_bytes, send_nothing, send_response
from covet._supervision import supervise
from covet.plan import BODYLESS_STATUSES, Plan

async def respond(plan: Plan, context: RequestContext, path_params: Mapping[str, object]) -> None:
    """Answer the request of *context* by *plan*: run it, send, then call its background tasks.

    Raises:
        Exception: whatever stopped the request; nothing was committed, and nothing sent unless
            it was the sending that failed.
    """
    work = answer(plan, context, path_params)
    result = await supervise(work, context, plan.timeout_seconds)
    context.is_answering = True
    try:
        status_code = plan.status_code
        if context.response is not None:
            status_code = context.response.status_code
        if result is None or status_code in BODYLESS_STATUSES:
            await send_nothing(context, status_code)
        elif isinstance(result, Response):
            await send_response(context, result)
        else:
            await send_bytes(context, status_code, result, plan.media_type)
        if context.background is not None:
            await context.background()
    finally:
        if context.holds_resources:
            await context.abandon(None)


async def response_of(
    plan: Plan, context: RequestContext, path_params: Mapping[str, object]
) -> Response:
    """Return the answer of *plan* as a Response, for a framework that sends it itself.

    Raises:
        Exception: whatever stopped the request; nothing was committed.
    """
    work = answer(plan, context, path_params)
    result = await supervise(work, context, plan.timeout_seconds)
    lent = context.response
    status_code = plan.status_code if lent is None else lent.status_code
    if not isinstance(result, Response):
        result = Response(result, status_code, media_type=plan.media_type.decode())
        result.raw_headers += [] if lent is None else lent_headers(lent)
    return _Released(result, context)


class _Released(Response):
    """A response after which background tasks are called and what it needed is closed."""

    def __init__(self, response: Response, context: RequestContext) -> None:
        super().__init__(status_code=response.status_code)
        self.raw_headers = response.raw_headers
        self.body = response.body if hasattr(response, "body") else b""
        self._response = response
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._response(scope, receive, send)
            if self._context.background is not None:
                await self._context.background()
        finally:
            if self._context.holds_resources:
                await self._context.abandon(None)


async def answer(
    plan: Plan, context: RequestContext, path_params: Mapping[str, object]
) -> bytes | Response | None:
    """Run *plan* and return its answer, the transaction committed; None is no content.

    A streamed response keeps its dependencies and session open, to be closed when it was sent.

    Raises:
        Exception: whatever stopped it; everything was closed and rolled back.
    """
    scope = context.scope
    context.route = plan.route
    context.open_session = plan.open_session
    try:
        if plan.takes_request:
            mailbox = Mailbox(context.receive)
            context.receive = mailbox.receive
            context.wait_for_disconnect = mailbox.wait_for_disconnect
        if plan.authenticator is not None:
            await authenticate(context, plan.authenticator, required=plan.auth_is_required)
        body = None
        if plan.read is not None:
            context.body_is_read = False
            context.body = body = await plan.read(context)
            context.body_is_read = True
        context.watches_client = plan.watches_client
        values = {}
        if plan.validate is not None:
            values = plan.validate(path_params, scope["query_string"], scope["headers"], body)
        for key, run, awaits in plan.steps:
            values[key] = await run(context, values) if awaits else run(context, values)
        result = await plan.call(values)
        if context.holds_resources:
            return await _complete(plan, context, result)
        if isinstance(result, Response):
            return result
        return None if plan.serialize is None else plan.serialize(result)
    except BaseException as error:
        if context.holds_resources:
            await context.abandon(error)
        translated = None if plan.translate is None else plan.translate(error)
        if translated is not None:
            raise translated from error
        raise


async def _complete(
    plan: Plan, context: RequestContext, result: object
) -> bytes | Response | None:
    """Flush, serialize, close what was opened, commit: in this order nothing can be half-done."""
    if isinstance(result, StreamingResponse | FileResponse):
        await context.commit()
        return result
    await context.flush()
    sent: bytes | Response | None
    if isinstance(result, Response):
        sent = result
    else:
        sent = None if plan.serialize is None else plan.serialize(result)
    await context.close(None)
    await context.commit()
    await context.release()
    return sent
