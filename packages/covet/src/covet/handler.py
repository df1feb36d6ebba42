"""`RESTRequestHandler`: the lifecycle of a route for an application that has its own router."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from covet._context import RequestContext, reset_current_context, set_current_context
from covet._failure import response_to
from covet._lifecycle import response_of
from covet._providers import providers_by_name, providers_by_type
from covet._request_id import request_id_of
from covet._security import Authenticator, Security
from covet.errors import ClientDisconnected
from covet.injection import Injector
from covet.plan import Plan, Services, compile_plan
from covet_routing import RouteMetadata
from covet_security import RateLimiter
from covet_validation import RequestValidator, ResponseSerializer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class RESTRequestHandler:
    """Answers requests for single routes: validation, injection, transaction, errors.

    In a Starlette application:

        handler = RESTRequestHandler(db_session_factory=async_sessionmaker(engine))


        async def read_item(request: Request) -> Response:
            return await handler.handle_request(request, read_item_route)

    *db_session_factory* returns a new session; *auth_service* finds out who makes a request,
    *rate_limiter* counts them, by default in the memory of this process.
    """

    def __init__(
        self,
        validator: type[RequestValidator] = RequestValidator,
        serializer: ResponseSerializer | None = None,
        *,
        db_session_factory: Callable[[], AsyncSession] | None = None,
        rate_limiter: RateLimiter | None = None,
        auth_service: Authenticator | None = None,
    ) -> None:
        security = Security(authenticator=auth_service, limiter=rate_limiter or RateLimiter())
        has_database = db_session_factory is not None
        self._services = Services(
            injector=Injector(
                providers_by_type(security, has_database=has_database),
                providers_by_name(security, has_database=has_database),
                overrides={},
            ),
            validator=validator,
            serializer=serializer or ResponseSerializer(),
            open_session=db_session_factory,
            security=security,
        )
        self._plans: dict[RouteMetadata, Plan] = {}

    async def handle_request(self, request: Request, route_metadata: RouteMetadata) -> Response:
        """Return the answer to *request*, whatever happens; errors are problem documents.

        The route is compiled when it is first handled. Path parameters are taken from
        `request.path_params`. The transaction is committed when this returns.

        Raises:
            PlanError: the route cannot be served; every reason is listed.
            ClientDisconnected: the client went away; nothing was committed.
        """
        plan = self._plans.get(route_metadata)
        if plan is None:
            plan = self._plans[route_metadata] = compile_plan(route_metadata, self._services)
        headers = request.scope["headers"]
        context = RequestContext(
            request.scope, request.receive, _send_nothing, request_id_of(headers), plan
        )
        token = set_current_context(context)
        try:
            response = await response_of(plan, context, request.path_params)
        except ClientDisconnected:
            raise
        except Exception as error:
            response = await response_to(context, error, plan.exception_handlers)
        finally:
            context.leave_security()
            reset_current_context(token)
        for name, value in context.own_headers:
            response.headers[name.decode()] = value.decode("latin-1")
        return response


async def _send_nothing(_: Message) -> None:
    raise RuntimeError("The response is returned, so that the caller sends it.")
