"""A request's way through its plan, from authentication to the committed answer and its sending."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from covet._context import RequestContext, Result
from covet._mailbox import Mailbox
from covet._send import lent_headers, send_nothing, send_response
from covet._supervision import FINISHED, supervise
from covet.injection import call_in_thread

if TYPE_CHECKING:
    from covet.plan import Plan

Answer: TypeAlias = Callable[[RequestContext, Mapping[str, object]], Coroutine[Any, Any, None]]

FIELDS_KEY = "*fields"  # of the value that says which members of a response are wanted
BODYLESS_STATUSES = frozenset({204, 205, 304})  # RFC 9110 §15


def compile_answer(plan: Plan) -> Answer:
    """Return the function that answers requests by *plan*, everything it needs at hand.

    It leaves the result in the context and returns once the transaction is committed, or raises
    once everything is closed and rolled back. A streamed response keeps its dependencies and its
    session, to be closed once it is sent.
    """
    guard = plan.guard
    read, validate, steps, keywords = plan.read, plan.validate, plan.steps, plan.keywords
    serialize, translate, open_session = plan.serialize, plan.translate, plan.open_session
    sparse, rules = plan.serialize_sparsely, plan.rules
    # Rules that name an injected argument, such as the current user, wait for the dependencies.
    check_early = rules.check if rules is not None and not rules.names else None
    check_late = rules.check if rules is not None and rules.names else None
    takes_request, handler, is_async = plan.takes_request, plan.handler, plan.is_async

    async def explain(error: BaseException, values: Mapping[str, Any]) -> Exception | None:
        if rules is not None and open_session is not None:
            lost = await rules.explain(error, values, open_session)
            if lost is not None:
                return lost
        return None if translate is None else translate(error)

    async def answer(context: RequestContext, path_params: Mapping[str, object]) -> None:
        values: dict[str, Any] = {}
        if open_session is not None:
            context.open_session = open_session
        try:
            if takes_request:
                mailbox = Mailbox(context.receive)
                context.receive = mailbox.receive
                context.wait_for_disconnect = mailbox.wait_for_disconnect  # type: ignore[method-assign]
            if read is not None:
                context.awaits_body = True
            if guard is not None:
                await guard.admit(context)
            body: Any = None
            if read is not None:
                context.is_reading = True
                context.body = body = await read(context)
                context.awaits_body = context.is_reading = False
            if validate is not None:
                scope = context.scope
                values = validate(path_params, scope["query_string"], scope["headers"], body)
            write = serialize
            if sparse is not None:
                fields = values.pop(FIELDS_KEY)
                write = serialize if fields is None else partial(sparse, fields=fields.split(","))
            if check_early is not None:
                await check_early(values, context.session())
            for key, run, awaits in steps:
                values[key] = await run(context, values) if awaits else run(context, values)
            if check_late is not None:
                await check_late(values, context.session())
            arguments = values if keywords is None else keywords(values)
            if is_async:
                result = await handler(**arguments)
            else:
                result = await call_in_thread(partial(handler, **arguments))
            if context.holds_resources:
                context.result = await _complete(context, result, write)
            elif isinstance(result, Response):
                context.result = result
            elif write is not None:
                context.result = write(result)
        except BaseException as error:
            if context.holds_resources:
                await context.abandon(error)
            explained = await explain(error, values)
            if explained is not None:
                raise explained from error
            raise

    return answer


async def _complete(
    context: RequestContext, result: object, serialize: Callable[[Any], bytes] | None
) -> Result:
    """Flush, serialize, close what was opened, commit: in this order nothing can be half-done."""
    if isinstance(result, StreamingResponse | FileResponse):
        await context.commit()
        return result
    await context.flush()
    answer: Result
    if isinstance(result, Response):
        answer = result
    else:
        answer = None if serialize is None else serialize(result)
    await context.close(None)
    await context.commit()
    await context.release()
    return answer


async def respond(plan: Plan, context: RequestContext, path_params: Mapping[str, object]) -> None:
    """Answer the request of *context* by its *plan*: run it, send, then call its background tasks.

    Raises:
        Exception: whatever stopped the request; nothing was committed, and nothing sent unless
            it was the sending that failed.
    """
    work = plan.answer(context, path_params)
    waiting_for = next(work.__await__(), FINISHED)
    if waiting_for is not FINISHED:
        await supervise(work, waiting_for, context, plan.timeout_seconds)
    result = context.result
    context.is_answering = True
    if type(result) is bytes and context.is_plain:
        headers = [
            plan.content_type,
            (b"content-length", b"%d" % len(result)),
            (b"x-request-id", context.raw_request_id),
        ]
        if plan.headers or context.headers or context.security is not None:
            headers[2:] = context.own_headers
        send = context.send
        start = {"type": "http.response.start", "status": plan.status_code, "headers": headers}
        await send(start)
        body = result if context.scope["method"] != "HEAD" else b""
        await send({"type": "http.response.body", "body": body})
    else:
        await _deliver(plan, context, result)


async def _deliver(plan: Plan, context: RequestContext, result: Result) -> None:
    """Send *result* with all that a handler may have added to it, then clean up."""
    lent = context.response
    status_code = plan.status_code if lent is None else lent.status_code
    try:
        if isinstance(result, Response):
            await send_response(context, result)
        elif result is None or status_code in BODYLESS_STATUSES:
            await send_nothing(context, status_code)
        else:
            await send_response(context, _as_response(plan, context, result))
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
    work = plan.answer(context, path_params)
    waiting_for = next(work.__await__(), FINISHED)
    if waiting_for is not FINISHED:
        await supervise(work, waiting_for, context, plan.timeout_seconds)
    result = context.result
    response = _as_response(plan, context, b"" if result is None else result)
    if context.background is None and not context.holds_resources:
        return response
    return _ReleasingResponse(response, context)


def _as_response(plan: Plan, context: RequestContext, result: bytes | Response) -> Response:
    """Return *result* as a Response, with the status and headers of the one that was lent."""
    if isinstance(result, Response):
        return result
    lent = context.response
    status_code = plan.status_code if lent is None else lent.status_code
    if status_code in BODYLESS_STATUSES:
        response = Response(status_code=status_code)
    else:
        response = Response(result, status_code, media_type=plan.content_type[1].decode())
    if lent is not None:
        response.raw_headers += lent_headers(lent)
    return response


class _ReleasingResponse(Response):
    """A response after which background tasks are called and what it needed is closed."""

    def __init__(self, response: Response, context: RequestContext) -> None:
        self._response = response
        self._context = context
        self.status_code = response.status_code
        self.raw_headers = response.raw_headers
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._response(scope, receive, send)
            if self._context.background is not None:
                await self._context.background()
        finally:
            if self._context.holds_resources:
                await self._context.abandon(None)
