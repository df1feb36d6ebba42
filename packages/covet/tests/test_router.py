"""Covet's router: what it adds to the routes of covet_routing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse

from covet import Covet, Depends, Request, Response, Router, StartupError

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Profile(BaseModel):
    full_name: str = Field(serialization_alias="fullName")
    bio: str | None = None
    email: str = "a@b.c"


async def read() -> Profile:
    return Profile(full_name="Ann")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"fullName": "Ann", "bio": None, "email": "a@b.c"}),
        ({"by_alias": False}, {"full_name": "Ann", "bio": None, "email": "a@b.c"}),
        ({"exclude_none": True}, {"fullName": "Ann", "email": "a@b.c"}),
        ({"exclude_unset": True}, {"fullName": "Ann"}),
        ({"exclude_defaults": True}, {"fullName": "Ann"}),
        ({"include": {"email"}}, {"email": "a@b.c"}),
        ({"exclude": {"email"}}, {"fullName": "Ann", "bio": None}),
    ],
)
async def test_response_options_say_how_a_model_is_written(
    ask: Ask, options: Any, expected: dict[str, Any]
) -> None:
    app = Covet()
    app.get("/", response_options=options)(read)

    assert (await ask(app)).json == expected


async def test_what_a_router_shares_reaches_the_routes_of_routers_inside(ask: Ask) -> None:
    seen: list[str] = []

    def note(text: str) -> Depends:
        return Depends(lambda: seen.append(text))

    async def answer(request: Request, error: BaseException) -> Response:
        return PlainTextResponse(type(error).__name__)

    outer = Router("/outer", dependencies=[note("outer")], exception_handlers={LookupError: answer})
    inner = Router("/inner", dependencies=[note("inner")])

    @inner.get("/", dependencies=[note("route")])
    async def fail() -> None:
        raise KeyError

    outer.include(inner)
    app = Covet(dependencies=[note("app")])
    app.include(outer)

    reply = await ask(app, "GET", "/outer/inner")

    assert reply.text == "KeyError"
    assert seen == ["app", "outer", "inner", "route"]


def test_an_unknown_option_is_refused_with_a_suggestion() -> None:
    with pytest.raises(TypeError, match="dependencies"):
        Router().get("/", dependancies=[])(read)  # type: ignore[call-arg]


def test_a_started_application_takes_no_more_routes() -> None:
    app = Covet()
    app.get("/")(read)
    app.start()

    with pytest.raises(RuntimeError, match="frozen"):
        app.get("/late")(read)


def test_a_duplicate_in_one_router_waits_for_the_start_to_be_reported() -> None:
    app = Covet()
    app.get("/")(read)

    @app.get("/")
    async def again() -> None: ...

    with pytest.raises(StartupError, match="again"):
        app.start()


async def test_connections_are_listed_beside_the_operations(ask: Ask) -> None:
    app = Covet()

    @app.websocket("/live/{room}")
    async def talk(room: str) -> None: ...

    document = (await ask(app, target="/openapi.json")).json

    assert document["paths"] == {}
    assert list(document["x-websocket-routes"]) == ["/live/{room}"]


async def test_a_connection_and_a_request_may_have_the_same_path(ask: Ask) -> None:
    app = Covet()
    app.get("/same")(read)

    @app.websocket("/same")
    async def talk() -> None: ...

    assert (await ask(app, "GET", "/same")).status == 200
