"""`RESTRequestHandler`: what is its own beside the lifecycle that it shares with `Covet`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from covet import (
    AuthenticationException,
    ClientDisconnected,
    Depends,
    FileResponse,
    Principal,
    Request,
    RequestValidator,
    Response,
    ResponseSerializer,
    RESTRequestHandler,
    RouteMetadata,
    StreamingResponse,
    rest_route,
)
from covet.plan import PlanError

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"))


class NoteOut(BaseModel):
    id: int
    text: str


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'notes.db'}")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()


def starlette(handler: RESTRequestHandler, route: RouteMetadata, path: str = "/") -> Starlette:
    async def endpoint(request: Request) -> Response:
        return await handler.handle_request(request, route)

    return Starlette(routes=[Route(path, endpoint, methods=list(route.methods))])


async def count(engine: AsyncEngine) -> int:
    async with AsyncSession(engine) as session:
        return await session.scalar(select(func.count(Note.id))) or 0


async def test_a_plain_session_factory_gives_one_transaction_a_request(
    ask: Ask, engine: AsyncEngine
) -> None:
    handler = RESTRequestHandler(db_session_factory=async_sessionmaker(engine))
    seen: list[int] = []

    async def create(text: str, db: AsyncSession) -> NoteOut:
        note = Note(text=text)
        db.add(note)
        return note  # type: ignore[return-value]

    async def look(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            seen.append(await count(engine))

    app = starlette(handler, RouteMetadata("/", ("POST",), create, status_code=201))
    reply = await ask(app, "POST", "/?text=a", on_send=look)

    assert (reply.status, reply.json) == (201, {"id": 1, "text": "a"})
    assert seen == [1]


async def test_an_error_rolls_back_and_the_connection_is_returned(
    ask: Ask, engine: AsyncEngine
) -> None:
    handler = RESTRequestHandler(db_session_factory=async_sessionmaker(engine))

    async def create(db: AsyncSession) -> None:
        db.add(Note(text="never"))
        await db.flush()
        raise LookupError

    reply = await ask(starlette(handler, RouteMetadata("/", ("POST",), create)), "POST")

    assert reply.status == 500
    assert await count(engine) == 0


async def test_a_stream_keeps_its_session_until_it_is_sent(ask: Ask, engine: AsyncEngine) -> None:
    handler = RESTRequestHandler(db_session_factory=async_sessionmaker(engine))
    seen: list[str] = []

    async def resource() -> AsyncIterator[None]:
        yield
        seen.append("closed")

    async def export(db: AsyncSession, _: Annotated[None, Depends(resource)]) -> StreamingResponse:
        db.add(Note(text="streamed"))

        async def rows() -> AsyncIterator[bytes]:
            for note in await db.scalars(select(Note)):
                seen.append("row")
                yield note.text.encode()

        return StreamingResponse(rows())

    reply = await ask(starlette(handler, RouteMetadata("/", ("GET",), export)))

    assert reply.body == b"streamed"
    assert seen == ["row", "closed"]
    assert reply.headers["x-request-id"]


async def test_a_file_is_sent_with_the_requests_id(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("content")

    async def read(request: Request) -> FileResponse:
        return FileResponse(tmp_path / "a.txt")

    app = starlette(RESTRequestHandler(), RouteMetadata("/", ("GET",), read))
    reply = await ask(app, headers={"X-Request-ID": "f-1"})

    assert (reply.text, reply.headers["x-request-id"]) == ("content", "f-1")


class ByName:
    realm, loads_user, user_type = "notes", True, NoteOut

    async def authenticate(self, authorization: bytes | None, db: Any, /) -> Principal | None:
        if authorization is None:
            return None
        if authorization != b"ann":
            raise AuthenticationException("who?", realm=self.realm)
        return Principal(subject="1", method="test", user=NoteOut(id=1, text="ann"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"Authorization": "eve"}, 401), ({"Authorization": "ann"}, 200)],
)
async def test_an_auth_service_protects_routes(
    ask: Ask, headers: dict[str, str], status: int
) -> None:
    handler = RESTRequestHandler(auth_service=ByName())

    async def me(current_user: Any, by_type: NoteOut) -> list[Any]:
        return [current_user.text, current_user is by_type]

    reply = await ask(starlette(handler, RouteMetadata("/", ("GET",), me)), headers=headers)

    assert reply.status == status
    assert status == 401 or reply.json == ["ann", True]


async def test_a_decorated_function_brings_its_record(ask: Ask) -> None:
    @rest_route("/items/{item_id}", status_code=202)
    async def read(item_id: int) -> int:
        return item_id

    (route,) = read.__covet_routes__  # type: ignore[attr-defined]
    reply = await ask(starlette(RESTRequestHandler(), route, "/items/{item_id}"), "GET", "/items/7")

    assert (reply.status, reply.json) == (202, 7)


async def test_a_validator_of_ones_own_is_used(ask: Ask) -> None:
    class Shouting(RequestValidator):
        def validate(self, *pieces: Any, **more: Any) -> dict[str, Any]:
            values = super().validate(*pieces, **more)
            return {name: str(value).upper() for name, value in values.items()}

    async def read(name: str) -> str:
        return name

    app = starlette(RESTRequestHandler(Shouting), RouteMetadata("/", ("GET",), read))

    assert (await ask(app, "GET", "/?name=ann")).json == "ANN"


async def test_a_serializer_of_ones_own_is_used(ask: Ask) -> None:
    class Quiet(ResponseSerializer):
        def compile(self, *model: Any, **options: Any) -> Any:
            return lambda result: b'"quiet"'

    async def read() -> str:
        return "loud"

    app = starlette(RESTRequestHandler(serializer=Quiet()), RouteMetadata("/", ("GET",), read))

    assert (await ask(app)).json == "quiet"


async def test_a_route_is_compiled_once() -> None:
    compiled: list[Any] = []

    class Counting(ResponseSerializer):
        def compile(self, *model: Any, **options: Any) -> Any:
            compiled.append(model)
            return super().compile(*model, **options)

    async def read() -> str:
        return "x"

    handler, route = RESTRequestHandler(serializer=Counting()), RouteMetadata("/", ("GET",), read)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [],
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    for _ in range(3):
        await handler.handle_request(Request(scope, receive), route)

    assert len(compiled) == 1


async def test_a_route_that_cannot_be_served_says_all_that_is_wrong() -> None:
    class Clock: ...

    async def read(clock: Clock) -> None: ...

    route = RouteMetadata("/", ("GET",), read, requires_auth=True, rate_limit="3")

    with pytest.raises(PlanError) as caught:
        await RESTRequestHandler().handle_request(Request({"type": "http", "headers": []}), route)

    assert len(caught.value.faults) == 3
    assert all(fault.file == __file__ for fault in caught.value.faults)


async def test_a_client_that_leaves_before_its_body_is_told_to_the_caller(exchange: Any) -> None:
    async def create(item: dict[str, int]) -> None: ...

    gone = exchange(None, "POST", headers={"Content-Type": "application/json"}, chunks=[])
    gone.disconnect()

    with pytest.raises(ClientDisconnected):
        await RESTRequestHandler().handle_request(
            Request(gone.scope, gone.receive), RouteMetadata("/", ("POST",), create)
        )


async def test_a_time_limit_holds_here_too(ask: Ask) -> None:
    async def slow() -> None:
        await asyncio.Event().wait()

    app = starlette(RESTRequestHandler(), RouteMetadata("/", ("GET",), slow, timeout=0.02))

    assert (await ask(app)).status == 504


async def test_head_is_answered_without_a_body_by_the_server(ask: Ask) -> None:
    async def read() -> Response:
        return PlainTextResponse("content")

    app = starlette(RESTRequestHandler(), RouteMetadata("/", ("GET",), read))
    reply = await ask(app, "HEAD")

    assert reply.headers["content-length"] == "7"
