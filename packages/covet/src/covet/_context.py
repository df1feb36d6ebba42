"""What one request carries from its arrival to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, Any, TypeAlias

import anyio
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from covet_security import SecurityContext, reset_security_context, set_security_context

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession
    from starlette.background import BackgroundTasks
    from starlette.responses import Response

    from covet.plan import Plan
    from covet_routing import RouteMetadata
    from covet_security import Principal

# Closes what was opened for a request; takes what made the request fail, None where it succeeded.
Closer = Callable[[BaseException | None], Awaitable[None]]


Result: TypeAlias = "bytes | Response | None"  # of a handler; None is no content
RawHeaders: TypeAlias = tuple[tuple[bytes, bytes], ...]  # names in lower case


class RequestContext:
    """One HTTP request, WebSocket connection or background call, and all that it has opened.

    What most requests never need stays a default of the class, so that making one is cheap.
    """

    plan: Plan | None = None  # None outside of a request, and before its route is found
    principal: Principal | None = None
    security: SecurityContext | None = None  # None where nothing is protected
    user: Any = None
    background: BackgroundTasks | None = None
    response: Response | None = None  # where a handler sets headers, cookies or the status
    result: Result = None  # what the plan has answered
    headers: RawHeaders = ()  # what the answer says besides, whatever it is
    body: object = None  # what the plan has read of it, bytes or the parts of a form
    awaits_body: bool = False  # the plan has still to read the body: nobody else may `receive`
    is_reading: bool = False  # it is reading it
    is_answering: bool = False  # sending has begun: an error cannot be answered any more
    is_plain: bool = True  # nothing was asked for that an answer has to look after
    holds_resources: bool = False  # something was opened that has to be completed or abandoned
    is_settled: bool = False  # the transaction is being committed: it is too late to cancel
    open_session: Callable[[], AsyncSession] | None = None  # where `session()` gets its session

    _security_token: Token[SecurityContext] | None = None
    _session: AsyncSession | None = None
    _closers: list[Closer] | None = None
    _request: Request | None = None
    _websocket: WebSocket | None = None

    def __init__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        raw_request_id: bytes,
        plan: Plan | None = None,
    ) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.raw_request_id = raw_request_id
        self.plan = plan  # None where no route answers, and outside of a request

    @property
    def request_id(self) -> str:
        """The identifier that the client sent or this application made."""
        return self.raw_request_id.decode("ascii")

    @property
    def own_headers(self) -> list[tuple[bytes, bytes]]:
        """What every answer to this request says, an error too: its id, its version, its limits."""
        fixed = () if self.plan is None else self.plan.headers
        limits = () if self.security is None else self.security.limit_headers().items()
        return [
            (b"x-request-id", self.raw_request_id),
            *fixed,
            *self.headers,
            *[(name.lower().encode(), value.encode()) for name, value in limits],
        ]

    def enter_security(self, security: SecurityContext) -> None:
        """Have *security* as the current one until the end of the request."""
        self.security = security
        token = set_security_context(security)
        if self._security_token is None:
            self._security_token = token

    def leave_security(self) -> None:
        """End what `enter_security` began."""
        if self._security_token is not None:
            reset_security_context(self._security_token)
            self._security_token = None

    @property
    def route(self) -> RouteMetadata | None:
        """The record of the route that answers; None where there is none."""
        return None if self.plan is None else self.plan.route

    @property
    def request(self) -> Request:
        """Starlette's view of the request, made when first asked for.

        A body that the plan has read is given to it once more.
        """
        if self._request is None:
            receive = self.receive
            if isinstance(self.body, bytes):
                receive = _once({"type": "http.request", "body": self.body}, receive)
            self._request = Request(self.scope, receive)
        return self._request

    @property
    def watches_client(self) -> bool:
        """Whether the client's leaving ends the request."""
        return self.plan is not None and self.plan.watches_client

    async def wait_for_disconnect(self) -> None:
        """Return when the client has gone; nobody else may call `receive` meanwhile."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    @property
    def websocket(self) -> WebSocket:
        """Starlette's view of the connection, made when first asked for."""
        if self._websocket is None:
            self._websocket = WebSocket(self.scope, self.receive, self.send)
        return self._websocket

    def session(self) -> AsyncSession:
        """Return the one session of this request; its transaction begins with first use."""
        if self._session is None:
            if self.open_session is None:
                raise RuntimeError("No database is configured. Pass Covet(database=Database(…)).")
            self._session = self.open_session()
            self.holds_resources = True
        return self._session

    def on_close(self, closer: Closer) -> None:
        """Have *closer* awaited when the request ends, last opened first."""
        if self._closers is None:
            self._closers = []
            self.holds_resources = True
        self._closers.append(closer)

    async def flush(self) -> None:
        """Send pending changes to the database, so that the result carries what it decided."""
        if self._session is not None:
            await self._session.flush()

    async def close(self, error: BaseException | None) -> None:
        """Close what dependencies opened, last opened first.

        Every closer runs, whatever the others do; the last error raised is raised.
        """
        closers, self._closers = self._closers, None
        self.holds_resources = self._session is not None
        failure: BaseException | None = None
        for closer in reversed(closers or ()):
            try:
                await closer(failure or error)
            except BaseException as raised:
                if raised is not error:
                    failure = raised
        if failure is not None:
            raise failure

    async def commit(self) -> None:
        """Commit; from here on neither a timeout nor the client's leaving cancels the request."""
        if self._session is not None:
            self.is_settled = True
            await self._session.commit()

    async def release(self) -> None:
        """Return the connection to the pool, what was not committed rolled back."""
        session, self._session = self._session, None
        self.holds_resources = self._closers is not None
        if session is not None:
            await session.close()

    async def abandon(self, error: BaseException | None) -> None:
        """Close everything and roll back what is open, even while this task is being cancelled.

        An error of a closer replaces *error*, as it would in a `with` statement.
        """
        with anyio.CancelScope(shield=True):
            try:
                await self.close(error)
            finally:
                await asyncio.shield(self.release())


def _once(message: Message, receive: Receive) -> Receive:
    """Return a `receive` that gives *message*, and after it what *receive* gives."""
    held = [message]

    async def receive_held() -> Message:
        return held.pop() if held else await receive()

    return receive_held


_current: ContextVar[RequestContext] = ContextVar("covet_request")
set_current_context = _current.set
reset_current_context = _current.reset


def current_context() -> RequestContext:
    """Return the context of the request that is being answered.

    Raises:
        LookupError: no request is being answered here.
    """
    return _current.get()


def find_context() -> RequestContext | None:
    """Return the context of the request that is being answered; None where there is none."""
    return _current.get(None)
