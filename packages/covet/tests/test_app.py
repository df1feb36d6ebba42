"""The application: what it is composed of, how it starts, and everything that keeps it from it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

import pytest
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from covet import (
    AuthenticationException,
    Covet,
    Database,
    Depends,
    JWTAuthenticator,
    Principal,
    Request,
    RESTRouter,
    RouteMetadata,
    Router,
    Settings,
    StartupError,
    StreamingResponse,
    rest_route,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Lifespan:
    """A server's side of an application's life."""

    def __init__(self, app: Any, **scope: Any) -> None:
        self.to_app: asyncio.Queue[Any] = asyncio.Queue()
        self.from_app: asyncio.Queue[Any] = asyncio.Queue()
        self.scope = {"type": "lifespan", "asgi": {"version": "3.0"}, **scope}
        self.task = asyncio.ensure_future(app(self.scope, self.to_app.get, self.from_app.put))

    async def start(self) -> Any:
        self.to_app.put_nowait({"type": "lifespan.startup"})
        return await asyncio.wait_for(self.from_app.get(), timeout=5)

    async def stop(self) -> Any:
        self.to_app.put_nowait({"type": "lifespan.shutdown"})
        answer = await asyncio.wait_for(self.from_app.get(), timeout=5)
        await self.task
        return answer


async def hello() -> str:
    return "hello"


# --- Composition ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
async def test_a_decorator_registers_for_its_method(ask: Ask, method: str) -> None:
    app = Covet()
    getattr(app, method)("/")(hello)

    reply = await ask(app, method.upper())

    assert (reply.status, reply.json) == (200, "hello")


async def test_a_decorator_returns_the_handler_as_it_was() -> None:
    assert Covet().get("/")(hello) is hello


async def test_routes_are_given_as_a_list_of_records_and_decorated_functions(ask: Ask) -> None:
    @rest_route("/decorated")
    async def decorated() -> str:
        return "decorated"

    app = Covet(routes=[RouteMetadata("/record", ("GET",), hello), decorated])

    replies = [await ask(app, "GET", target) for target in ("/record", "/decorated")]

    assert [reply.json for reply in replies] == ["hello", "decorated"]


@pytest.mark.parametrize("router_type", [Router, RESTRouter])
async def test_routers_are_included_with_their_prefixes(ask: Ask, router_type: Any) -> None:
    posts, comments = router_type("/posts"), router_type("/{post_id}/comments")

    @comments.get("/{comment_id}")
    async def read(post_id: int, comment_id: int) -> list[int]:
        return [post_id, comment_id]

    posts.include(comments)
    app = Covet()
    app.include(posts, prefix="/v1")

    reply = await ask(app, "GET", "/v1/posts/1/comments/2")

    assert reply.json == [1, 2]


async def test_head_is_answered_by_get_without_its_body(ask: Ask) -> None:
    app = Covet()
    app.get("/")(hello)

    reply = await ask(app, "HEAD")

    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["content-length"] == str(len('"hello"'))


async def test_options_tells_what_is_allowed(ask: Ask) -> None:
    app = Covet()
    app.get("/")(hello)
    app.delete("/")(hello)

    reply = await ask(app, "OPTIONS")

    assert reply.status == 204
    assert reply.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    assert "x-request-id" in reply.headers


@pytest.mark.parametrize(
    ("policy", "status"), [("strict", 404), ("redirect", 308), ("ignore", 200)]
)
async def test_the_other_trailing_slash_follows_the_policy(
    ask: Ask, policy: Any, status: int
) -> None:
    app = Covet(trailing_slash=policy)
    app.get("/posts")(hello)

    reply = await ask(app, "GET", "/posts/?page=2")

    assert reply.status == status
    if status == 308:
        assert reply.headers["location"] == "/posts?page=2"


async def test_a_redirect_keeps_the_root_path(ask: Ask) -> None:
    app = Covet()
    app.get("/posts")(hello)

    reply = await ask(app, "GET", "/api/posts/", root_path="/api")

    assert reply.headers["location"] == "/api/posts"


@pytest.mark.parametrize("raw_path", [b"/api/posts", None], ids=["raw", "decoded-only"])
async def test_a_root_path_is_taken_off_before_routing(ask: Ask, raw_path: bytes | None) -> None:
    app = Covet()
    app.get("/posts")(hello)

    reply = await ask(app, "GET", "/api/posts", root_path="/api", raw_path=raw_path)

    assert reply.status == 200


async def test_a_root_path_alone_is_the_root(ask: Ask) -> None:
    app = Covet()
    app.get("/")(hello)

    assert (await ask(app, "GET", "/api", root_path="/api")).status == 200


async def test_encoded_slashes_stay_in_their_segment(ask: Ask) -> None:
    app = Covet()

    @app.get("/files/{name}")
    async def read(name: str) -> str:
        return name

    assert (await ask(app, "GET", "/files/a%2Fb%20%C3%A9")).json == "a/b é"


async def test_the_literal_text_of_a_template_is_no_parameter_value_of_ours(ask: Ask) -> None:
    app = Covet()

    @app.get("/users/{user_id}")
    async def read(user_id: int) -> int:
        return user_id

    assert (await ask(app, "GET", "/users/{user_id}")).status == 422


async def test_a_route_may_depend_on_host_and_headers(ask: Ask) -> None:
    app = Covet()

    @app.get("/", host="admin.example.org")
    async def admin() -> str:
        return "admin"

    @app.get("/", headers={"X-Beta": "1"})
    async def beta() -> str:
        return "beta"

    app.get("/")(hello)

    replies = [
        await ask(app, headers=headers)
        for headers in ({"Host": "admin.example.org"}, {"X-Beta": "1"}, {})
    ]

    assert [reply.json for reply in replies] == ["admin", "beta", "hello"]


async def test_what_is_no_protocol_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="carrier-pigeon"):
        await Covet()({"type": "carrier-pigeon"}, None, None)  # type: ignore[arg-type]


# --- Mounts -----------------------------------------------------------------------------------


async def test_a_mounted_application_answers_below_its_prefix(ask: Ask) -> None:
    async def inner(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.scope['root_path']} {request.path_params['name']}")

    app = Covet()
    app.get("/")(hello)
    app.mount("/old", Starlette(routes=[Route("/{name}", inner)]))

    reply = await ask(app, "GET", "/old/thing", headers={"X-Request-ID": "m-1"})

    assert reply.text == "/old thing"
    assert reply.headers["x-request-id"] == "m-1"


async def test_applications_of_ours_can_be_mounted_in_each_other(ask: Ask) -> None:
    inner, middle, outer = Covet(), Covet(), Covet()

    @inner.get("/{name}")
    async def read(name: str) -> str:
        return name

    middle.mount("/inner", inner)
    outer.mount("/middle", middle)

    found = await ask(outer, "GET", "/middle/inner/a%20b", headers={"X-Request-ID": "m-1"})
    missing = await ask(outer, "GET", "/middle/inner/a/b", headers={"X-Request-ID": "m-1"})

    assert found.json == "a b"
    assert found.headers.getlist("x-request-id") == ["m-1"]
    assert missing.status == 404
    assert missing.json["instance"] == "/middle/inner/a/b"


# --- Lifespan ---------------------------------------------------------------------------------


async def test_the_lifespan_runs_around_the_serving() -> None:
    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        seen.append(app.title)
        yield
        seen.append("down")

    life = Lifespan(Covet("Up", lifespan=lifespan))

    started = await life.start()
    between = list(seen)
    stopped = await life.stop()

    assert started == {"type": "lifespan.startup.complete"}
    assert between == ["Up"]
    assert stopped == {"type": "lifespan.shutdown.complete"}
    assert seen == ["Up", "down"]


@dataclass
class Cache:
    name: str


class Shared(TypedDict):
    motto: str


async def test_what_the_lifespan_yields_is_injected_by_its_type(ask: Ask) -> None:
    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[Cache]:
        yield Cache("warm")

    app = Covet(lifespan=lifespan)

    @app.get("/")
    async def read(cache: Cache) -> str:
        return cache.name

    life = Lifespan(app)
    await life.start()
    reply = await ask(app)
    await life.stop()

    assert reply.json == "warm"


async def test_a_mapping_that_the_lifespan_yields_is_the_state(ask: Ask) -> None:
    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[Shared]:
        yield {"motto": "more"}

    app, of_server = Covet(lifespan=lifespan), {}
    life = Lifespan(app, state=of_server)

    await life.start()
    motto = app.state.motto
    await life.stop()

    assert motto == of_server["motto"] == "more"


async def test_lifespans_of_mounted_applications_run_inside_ours() -> None:
    seen: list[str] = []

    def tell(name: str) -> Any:
        @asynccontextmanager
        async def lifespan(app: Any) -> AsyncIterator[None]:
            seen.append(f"{name} up")
            yield
            seen.append(f"{name} down")

        return lifespan

    app = Covet(lifespan=tell("ours"))
    app.mount("/ours", Covet(lifespan=tell("covet")))
    app.mount("/theirs", Starlette(lifespan=tell("starlette")))
    life = Lifespan(app)

    await life.start()
    await life.stop()

    assert seen == [
        "ours up",
        "covet up",
        "starlette up",
        "starlette down",
        "covet down",
        "ours down",
    ]


async def test_a_mounted_application_without_lifespan_is_left_alone() -> None:
    async def plain(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"

    app = Covet()
    app.mount("/plain", plain)
    life = Lifespan(app)

    assert (await life.start())["type"] == "lifespan.startup.complete"
    assert (await life.stop())["type"] == "lifespan.shutdown.complete"


async def test_a_mounted_application_that_cannot_start_keeps_ours_from_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    inner = Covet()
    inner.get("/")(hello)
    inner.get("/")(hello.__class__(hello.__code__, globals()))
    app = Covet()
    app.mount("/inner", inner)

    answer = await Lifespan(app).start()

    assert answer["type"] == "lifespan.startup.failed"
    assert "is answered by two handlers" in answer["message"]


@pytest.mark.parametrize("phase", ["startup", "shutdown"])
async def test_a_lifespan_that_fails_says_so_to_the_server(
    phase: str, caplog: pytest.LogCaptureFixture
) -> None:
    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        if phase == "startup":
            raise RuntimeError("no disk")
        yield
        raise RuntimeError("no disk")

    life = Lifespan(Covet(lifespan=lifespan))
    answer = await life.start()
    if phase == "shutdown":
        answer = await life.stop()

    assert answer["type"] == f"lifespan.{phase}.failed"
    assert "no disk" in answer["message"]
    assert f"{phase} failed" in caplog.text


async def test_the_database_is_closed_last() -> None:
    database = Database("sqlite://")
    checked_in: list[int] = []

    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        yield
        async with database.session() as session:
            await session.connection()
        checked_in.append(database.engine.pool.checkedin())

    life = Lifespan(Covet(database=database, lifespan=lifespan))
    await life.start()
    await life.stop()

    assert checked_in == [1]
    assert database.engine.pool.checkedin() == 0


async def test_without_lifespan_the_first_request_starts_the_application(ask: Ask) -> None:
    app = Covet()
    app.get("/")(hello)

    assert (await ask(app)).status == 200


# --- Middleware -------------------------------------------------------------------------------


class Tag:
    """Middleware of plain ASGI that adds a header."""

    def __init__(self, app: Any, name: str) -> None:
        self.app, self.name = app, name

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def tagged(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-tag", self.name.encode())]
            await send(message)

        await self.app(scope, receive, tagged)


async def test_middleware_wraps_the_application_the_last_added_outermost(ask: Ask) -> None:
    app = Covet(middleware=[Middleware(Tag, "outer"), Middleware(Tag, "inner")])
    app.get("/")(hello)
    before = await ask(app)

    app.add_middleware(Tag, name="outermost")
    after = await ask(app)

    assert before.headers.getlist("x-tag") == ["inner", "outer"]
    assert after.headers.getlist("x-tag") == ["inner", "outer", "outermost"]


async def test_middleware_sees_errors_as_answers(ask: Ask) -> None:
    app = Covet(middleware=[Middleware(Tag, "seen")])

    reply = await ask(app, "GET", "/nowhere")

    assert (reply.status, reply.headers["x-tag"]) == (404, "seen")


async def test_middleware_wraps_connections_too() -> None:
    seen: list[str] = []

    class Watch(Tag):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            seen.append(scope["type"])
            await self.app(scope, receive, send)

    app = Covet(middleware=[Middleware(Watch, "watch")])

    async def nothing(*_: Any) -> Any: ...

    scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": []}
    await app(scope, nothing, nothing)

    assert seen == ["websocket"]


# --- Authentication ---------------------------------------------------------------------------


class Ann:
    realm, loads_user, user_type = "blog", False, None

    async def authenticate(self, authorization: bytes | None, db: Any, /) -> Principal | None:
        match authorization:
            case None:
                return None
            case b"ann":
                return Principal(subject="ann", method="test")
            case _:
                raise AuthenticationException("wrong", realm=self.realm, problem="invalid")


@pytest.mark.parametrize(
    ("option", "credentials", "status"),
    [
        pytest.param(None, {}, 401, id="default-none"),
        pytest.param(None, {"Authorization": "ann"}, 200, id="default-good"),
        pytest.param(None, {"Authorization": "bob"}, 401, id="default-bad"),
        pytest.param(True, {}, 401, id="protected-none"),
        pytest.param(False, {}, 200, id="public-none"),
        pytest.param(False, {"Authorization": "ann"}, 200, id="public-good"),
    ],
)
async def test_with_an_authenticator_a_route_is_protected_unless_it_says_otherwise(
    ask: Ask, option: bool | None, credentials: dict[str, str], status: int
) -> None:
    app = Covet(auth=Ann())
    app.get("/", requires_auth=option)(hello)

    reply = await ask(app, headers=credentials)

    assert reply.status == status
    assert ("www-authenticate" in reply.headers) is (status == 401)


async def test_who_makes_an_optional_request_is_known_where_it_is_asked(ask: Ask) -> None:
    app = Covet(auth=Ann())

    @app.get("/", requires_auth=False)
    async def who(principal: Principal | None) -> str:
        return principal.subject if principal else "nobody"

    replies = [
        await ask(app, headers=headers)
        for headers in ({}, {"Authorization": "ann"}, {"Authorization": "bob"})
    ]

    assert [reply.json for reply in replies[:2]] == ["nobody", "ann"]
    assert replies[2].status == 401


async def test_401_comes_before_422(ask: Ask) -> None:
    app = Covet(auth=Ann())

    @app.get("/")
    async def read(n: int) -> None: ...

    assert (await ask(app, "GET", "/?n=x")).status == 401


async def test_a_jwt_authenticator_protects_routes_and_loads_the_user(ask: Ask) -> None:
    class Member(BaseModel):
        name: str

    async def load(subject: str, db: object) -> Member | None:
        return Member(name=subject) if subject == "ann" else None

    load.__annotations__["return"] = Member | None
    auth = JWTAuthenticator("k" * 32, issuer="blog", audience="blog", load_user=load)
    app = Covet(auth=auth)

    @app.get("/")
    async def read(me: Member, current_user: Any) -> list[Any]:
        return [me.name, me is current_user]

    def bearer(user: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {auth.create_access_token({'user_id': user})}"}

    replies = [await ask(app, headers=bearer(user)) for user in ("ann", "gone")]
    forged = await ask(app, headers={"Authorization": "Bearer a.b.c"})

    assert replies[0].json == ["ann", True]
    assert [replies[1].status, forged.status] == [401, 401]
    assert 'error="invalid_token"' in forged.headers["www-authenticate"]


async def test_public_routes_that_change_state_are_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="covet")
    app = Covet(auth=Ann())
    app.post("/sign-up", requires_auth=False)(hello)
    app.get("/posts", requires_auth=False)(hello)
    app.post("/posts")(hello)

    app.start()
    app.start()

    (record,) = [one for one in caplog.records if one.name == "covet"]
    assert record.getMessage() == "Public routes that change state: POST /sign-up."


# --- Start-up faults --------------------------------------------------------------------------


def faults_of(app: Covet) -> Any:
    with pytest.raises(StartupError) as caught:
        app.start()
    return caught.value.faults


class Clock:
    pass


class Item(BaseModel):
    name: str


def line_of(function: Any) -> int:
    return function.__code__.co_firstlineno


async def duplicate() -> None: ...


async def unresolvable(x: Any) -> None: ...


unresolvable.__annotations__ = {"x": "Missing"}


async def unknown_type(clock: Clock) -> None: ...


async def mismatch(other: int) -> None: ...


def test_all_faults_are_reported_at_once_each_with_file_and_line() -> None:
    app = Covet()
    app.get("/same")(hello)
    app.get("/same")(duplicate)
    app.get("/unresolvable")(unresolvable)
    app.get("/unknown")(unknown_type)
    app.post("/mismatch", request_model=Item)(mismatch)

    faults = faults_of(app)

    found = {(fault.file, fault.line) for fault in faults}
    wanted = (duplicate, unresolvable, unknown_type, mismatch)
    assert found == {(__file__, line_of(function)) for function in wanted}


def test_a_mistake_is_reported_once() -> None:
    app = Covet()
    app.get("/unresolvable")(unresolvable)

    assert len(faults_of(app)) == 1


@pytest.mark.parametrize("annotation", ["Missing", "asyncio.Nope", "not valid(", "list[Missing]"])
def test_an_annotation_that_does_not_resolve_is_a_fault(annotation: str) -> None:
    app = Covet()

    async def read(x: Any) -> None: ...

    read.__annotations__ = {"x": annotation}
    app.get("/")(read)

    assert all(fault.line == line_of(read) for fault in faults_of(app))


@pytest.mark.parametrize("annotation", ["Missing", "asyncio.Nope", "not valid("])
def test_a_dependency_whose_annotation_does_not_resolve_is_a_fault(annotation: str) -> None:
    app = Covet()

    def provide(x: Any) -> None: ...

    provide.__annotations__ = {"x": annotation}

    @app.get("/")
    async def read(_: Annotated[None, Depends(provide)]) -> None: ...

    assert [fault.line for fault in faults_of(app)] == [line_of(provide)]


def test_a_duplicate_route_names_both_handlers() -> None:
    app, more = Covet(), Router()
    app.get("/items/{item_id}")(hello)
    more.get("/items/{key}")(duplicate)
    app.include(more)

    (fault,) = faults_of(app)

    assert "hello" in fault.message
    assert "duplicate" in fault.message


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"requires_auth": True}, "auth=", id="auth-without-authenticator"),
        pytest.param({"permissions": ["posts:write"]}, "permissions", id="permissions"),
        pytest.param({"rate_limit": "often"}, "Rate limit 'often'", id="rate-limit"),
    ],
)
def test_a_promise_that_nothing_keeps_is_a_fault(options: dict[str, Any], words: str) -> None:
    app = Covet()
    app.get("/", **options)(hello)

    (fault,) = faults_of(app)

    assert words in fault.message
    assert fault.line == line_of(hello)


def test_a_generator_as_a_handler_is_a_fault_that_says_what_to_return() -> None:
    app = Covet()

    @app.get("/")
    async def pieces() -> AsyncIterator[int]:
        yield 1

    assert any("StreamingResponse" in fault.message for fault in faults_of(app))


def test_a_response_type_that_cannot_be_written_is_a_fault() -> None:
    app = Covet()

    @app.get("/")
    async def read() -> Clock: ...

    (fault,) = faults_of(app)

    assert "Clock" in fault.message
    assert fault.line == line_of(read)


def test_two_inputs_that_contradict_each_other_are_a_fault() -> None:
    app = Covet()

    @app.post("/", request_model=Item)
    async def create(name: int) -> None: ...

    assert any("name" in fault.message for fault in faults_of(app))


async def test_an_application_with_faults_does_not_start_and_tells_the_server_which() -> None:
    app = Covet()
    app.get("/", requires_auth=True)(hello)

    answer = await Lifespan(app).start()

    assert answer["type"] == "lifespan.startup.failed"
    assert "1 fault" in answer["message"]
    assert __file__ in answer["message"]


def test_starting_twice_is_starting_once() -> None:
    app = Covet()
    app.get("/")(hello)

    app.start()
    app.start()

    assert [route.path for route in app] == ["/"]


def test_faults_that_were_mended_no_longer_count() -> None:
    app = Covet()

    @app.get("/")
    async def read(clock: Clock) -> None: ...

    faults_of(app)
    app.provide(Clock, Clock)
    app.start()


# --- Settings ---------------------------------------------------------------------------------


def test_an_application_has_settings_of_the_environment_unless_it_is_given_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COVET_MAX_BODY_BYTES", "7")
    given = Settings(max_body_bytes=8)

    assert Covet().settings.max_body_bytes == 7
    assert Covet(settings=given).settings is given


async def test_url_for_builds_paths_of_the_applications_routes() -> None:
    app, posts = Covet(), Router("/posts", name_prefix="posts:")

    @posts.get("/{post_id}", name="read")
    async def read(post_id: int) -> None: ...

    app.include(posts)

    assert app.url_for("posts:read", post_id=7) == "/posts/7"


async def test_safe_methods_open_sessions_that_only_read(ask: Ask) -> None:
    opened: list[bool] = []

    class Watched(Database):
        def session(self, *, writes: bool = True) -> AsyncSession:
            opened.append(writes)
            return super().session(writes=writes)

    app = Covet(database=Watched("sqlite://"))

    async def use(session: AsyncSession) -> None: ...

    app.get("/")(use)
    app.post("/")(use)
    for method in ("GET", "HEAD", "POST"):
        await ask(app, method)

    assert opened == [False, False, True]


async def test_two_authorization_headers_are_refused(ask: Ask) -> None:
    app = Covet(auth=Ann())
    app.get("/")(hello)

    reply = await ask(app, headers=[("Authorization", "ann"), ("Authorization", "ann")])

    assert reply.status == 401


async def test_a_lifespan_whose_annotation_does_not_resolve_still_runs(ask: Ask) -> None:
    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        seen.append("up")
        yield

    lifespan.__wrapped__.__annotations__["return"] = "AsyncIterator[Missing]"  # type: ignore[attr-defined]
    life = Lifespan(Covet(lifespan=lifespan))

    await life.start()
    await life.stop()

    assert seen == ["up"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_head_keeps_the_headers_of_a_stream_and_sends_none_of_it(
    ask: Ask, method: str
) -> None:
    app = Covet()

    @app.get("/")
    async def read() -> StreamingResponse:
        return StreamingResponse(iter([b"a", b"b"]), headers={"X-A": "1"}, media_type="text/csv")

    reply = await ask(app, method)

    assert reply.headers["x-a"] == "1"
    assert reply.headers["content-type"].startswith("text/csv")
    assert reply.body == (b"ab" if method == "GET" else b"")


async def test_when_one_mounted_application_cannot_start_those_before_it_end() -> None:
    seen: list[str] = []

    async def first(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        try:
            await receive()
        finally:
            seen.append("first ended")

    async def second(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no disk"})
        await receive()

    app = Covet()
    app.mount("/first", first)
    app.mount("/second", second)
    answer = await Lifespan(app).start()

    assert "no disk" in answer["message"]
    assert seen == ["first ended"]
