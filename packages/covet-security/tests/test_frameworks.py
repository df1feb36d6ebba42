"""The same decorators hold in a plain Starlette application and a plain FastAPI application."""

from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Query
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from covet_security import (
    Principal,
    RateLimiter,
    SecurityMiddleware,
    current_security_context,
    public,
    rate_limit,
    require_auth,
    require_permission,
)

pytestmark = pytest.mark.anyio


class Tokens:
    realm = "blog"

    async def authenticate(self, authorization: bytes | None) -> Principal | None:
        return None if authorization is None else Principal(authorization[7:].decode(), "bearer")


async def lookup(principal: Principal) -> set[str]:
    return {"reports:*"} if principal.subject == "ada" else set()


def add_security(app: Any) -> Any:
    app.add_middleware(
        SecurityMiddleware, authenticator=Tokens(), permissions=lookup, limiter=RateLimiter()
    )
    return app


def starlette_app() -> Any:
    @require_permission("reports:read")
    @rate_limit(2)
    async def report(request: Request) -> JSONResponse:
        who = current_security_context().require_principal().subject
        return JSONResponse({"page": int(request.query_params.get("page", 1)), "who": who})

    @rate_limit("2/m")
    @require_permission("reports:read")
    def blocking(request: Request) -> JSONResponse:
        who = current_security_context().require_principal().subject
        return JSONResponse({"page": int(request.query_params.get("page", 1)), "who": who})

    @require_auth
    async def me(request: Request) -> JSONResponse:
        return JSONResponse("me")

    @public
    async def home(request: Request) -> JSONResponse:
        return JSONResponse("home")

    endpoints = {"/report": report, "/blocking": blocking, "/me": me, "/": home}
    return Starlette(routes=[Route(path, endpoint) for path, endpoint in endpoints.items()])


def fastapi_app() -> Any:
    app = FastAPI()

    def who() -> str:
        return current_security_context().require_principal().subject

    @app.get("/report")
    @require_permission("reports:read")
    @rate_limit(2)
    async def report(
        who: Annotated[str, Depends(who)], page: Annotated[int, Query(ge=1)] = 1
    ) -> dict[str, object]:
        return {"page": page, "who": who}

    @app.get("/blocking")
    @rate_limit("2/m")
    @require_permission("reports:read")
    def blocking(
        who: Annotated[str, Depends(who)], page: Annotated[int, Query(ge=1)] = 1
    ) -> dict[str, object]:
        return {"page": page, "who": who}

    @app.get("/me")
    @require_auth
    async def me() -> str:
        return "me"

    @app.get("/")
    @public
    async def home() -> str:
        return "home"

    return app


@pytest.fixture(params=[starlette_app, fastapi_app])
def app(request: pytest.FixtureRequest) -> Any:
    return request.param()


def client(app: Any, who: str | None = None) -> AsyncClient:
    headers = {} if who is None else {"Authorization": f"Bearer {who}"}
    transport = ASGITransport(app)
    return AsyncClient(transport=transport, base_url="http://blog.example", headers=headers)


@pytest.mark.parametrize("path", ["/report", "/blocking"])
async def test_an_endpoint_keeps_its_parameters_and_gets_its_limits(app: Any, path: str) -> None:
    async with client(add_security(app), "ada") as ada:
        answers = [await ada.get(path, params={"page": "7"}) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0].json() == {"page": 7, "who": "ada"}
    assert answers[0].headers["ratelimit"] == '"2/60s";r=1;t=60'
    assert answers[2].headers["retry-after"] == "60"


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/report", None, 401),
        ("/report", "bob", 403),
        ("/blocking", None, 401),
        ("/blocking", "bob", 403),
        ("/me", None, 401),
        ("/me", "bob", 200),
        ("/", None, 200),
    ],
)
async def test_endpoints_are_for_whom_they_say(
    app: Any, path: str, who: str | None, status: int
) -> None:
    async with client(add_security(app), who) as caller:
        answer = await caller.get(path)

    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"] == 'Bearer realm="blog"'
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/report", "/blocking", "/me"])
async def test_without_the_middleware_nothing_is_let_through(app: Any, path: str) -> None:
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://blog.example") as caller:
        answer = await caller.get(path)

    assert answer.status_code == 500


async def test_fastapi_documents_the_parameters_of_the_function_beneath() -> None:
    schema = fastapi_app().openapi()

    (parameter,) = schema["paths"]["/report"]["get"]["parameters"]
    assert parameter["name"] == "page"
    assert parameter["schema"]["minimum"] == 1
