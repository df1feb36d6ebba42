"""WebSocket routes: inputs and injection as for a request, refusals before the handshake."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet import (
    AuthenticationException,
    Covet,
    Database,
    Depends,
    Header,
    NotFound,
    PermissionDeniedException,
    Principal,
    WebSocket,
    WebSocketDisconnect,
    current_context,
)

pytestmark = pytest.mark.anyio

CONNECT = {"type": "websocket.connect"}
LEAVE = {"type": "websocket.disconnect", "code": 1001}


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class Connection:
    """One connection: the messages that arrive, and all that was sent, as strict as a server."""

    def __init__(
        self, app: Any, target: str, *messages: Any, denial: bool = True, **headers: str
    ) -> None:
        path, _, query = target.partition("?")
        self.app = app
        self.scope = {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": "ws",
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
            ],
            "subprotocols": [],
            "extensions": {"websocket.http.response": {}} if denial else {},
        }
        self.arriving = [
            CONNECT,
            *(
                {"type": "websocket.receive", "text": each} if isinstance(each, str) else each
                for each in messages
            ),
        ]
        self.sent: list[Any] = []
        self.is_over = False

    async def receive(self) -> Any:
        if not self.arriving:
            await asyncio.Event().wait()
        message = self.arriving.pop(0)
        self.is_over = self.is_over or message["type"] == "websocket.disconnect"
        return message

    async def send(self, message: Any) -> None:
        if self.is_over:
            raise RuntimeError(f"{message['type']} is sent on a connection that is closed")
        self.is_over = message["type"] == "websocket.close"
        self.sent.append(message)

    async def run(self) -> "Connection":
        await self.app(self.scope, self.receive, self.send)
        return self

    @property
    def types(self) -> list[str]:
        return [message["type"].removeprefix("websocket.") for message in self.sent]

    @property
    def denied(self) -> tuple[int, Any]:
        start, body = self.sent
        assert start["type"] == "websocket.http.response.start"
        assert body["type"] == "websocket.http.response.body"
        return start["status"], json.loads(body["body"])


async def test_what_is_said_is_echoed_and_the_connection_closed() -> None:
    app = Covet()

    @app.websocket("/echo")
    async def echo(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(await websocket.receive_text())

    talk = await Connection(app, "/echo", "hello").run()

    assert talk.types == ["accept", "send", "close"]
    assert talk.sent[1]["text"] == "hello"
    assert talk.sent[2]["code"] == 1000


async def test_path_query_and_headers_are_inputs() -> None:
    app = Covet()

    @app.websocket("/rooms/{room_id}")
    async def join(
        websocket: WebSocket, room_id: int, x_name: Annotated[str, Header()], loud: bool = False
    ) -> None:
        await websocket.accept()
        await websocket.send_json([room_id, x_name, loud])

    talk = await Connection(app, "/rooms/7?loud=yes", x_name="ann").run()

    assert json.loads(talk.sent[1]["text"]) == [7, "ann", True]


async def test_a_connection_has_its_context_and_one_identifier() -> None:
    app = Covet()

    @app.websocket("/")
    async def tell(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(current_context().request_id)

    talk = await Connection(app, "/", x_request_id="w-1").run()

    assert talk.sent[1]["text"] == "w-1"
    with pytest.raises(LookupError):
        current_context()


async def test_dependencies_live_as_long_as_the_connection() -> None:
    app = Covet()
    seen: list[str] = []

    async def resource() -> AsyncIterator[None]:
        seen.append("open")
        yield
        seen.append("close")

    @app.websocket("/")
    async def talk(websocket: WebSocket, _: Annotated[None, Depends(resource)]) -> None:
        await websocket.accept()
        seen.append(await websocket.receive_text())

    await Connection(app, "/", "hello").run()

    assert seen == ["open", "hello", "close"]


# --- Refusals before the handshake ------------------------------------------------------------


class OnlyAnn:
    realm, loads_user, user_type = "test", False, None

    async def authenticate(self, authorization: bytes | None, db: Any, /) -> Principal | None:
        if authorization == b"ann":
            return Principal(subject="ann", method="test")
        if authorization is None:
            return None
        raise AuthenticationException("not ann", realm=self.realm)


def make_refusing() -> Covet:
    app = Covet(auth=OnlyAnn())

    @app.websocket("/rooms/{room_id}")
    async def join(websocket: WebSocket, room_id: int, principal: Principal) -> None:
        if room_id == 0:
            raise NotFound("There is no room 0.")
        if room_id == 1:
            raise PermissionDeniedException("not invited")
        if room_id == 2:
            raise RuntimeError("hunter2")
        await websocket.accept()

    return app


REFUSALS = [
    pytest.param("/rooms/7", {}, 401, id="unauthenticated"),
    pytest.param("/rooms/7", {"authorization": "bob"}, 401, id="wrong-credentials"),
    pytest.param("/rooms/x", {"authorization": "ann"}, 422, id="invalid-path"),
    pytest.param("/rooms/0", {"authorization": "ann"}, 404, id="by-the-handler"),
    pytest.param("/rooms/1", {"authorization": "ann"}, 403, id="forbidden"),
    pytest.param("/rooms/2", {"authorization": "ann"}, 500, id="broken"),
    pytest.param("/nowhere", {"authorization": "ann"}, 404, id="no-route"),
]


@pytest.mark.parametrize(("target", "headers", "status"), REFUSALS)
async def test_a_refusal_is_the_same_problem_as_over_http_where_the_server_can_send_it(
    target: str, headers: dict[str, str], status: int
) -> None:
    refused = await Connection(make_refusing(), target, x_request_id="w-1", **headers).run()

    sent_status, problem = refused.denied
    sent_headers = dict(refused.sent[0]["headers"])
    assert sent_status == problem["status"] == status
    assert problem["request_id"] == "w-1"
    assert problem["instance"] == target
    assert sent_headers[b"content-type"] == b"application/problem+json"
    assert sent_headers[b"x-request-id"] == b"w-1"
    assert "hunter2" not in str(refused.sent)
    if status == 401:
        assert sent_headers[b"www-authenticate"].startswith(b'Bearer realm="test"')


@pytest.mark.parametrize(("target", "headers", "status"), REFUSALS)
async def test_a_refusal_closes_the_connection_where_the_server_cannot_send_it(
    target: str, headers: dict[str, str], status: int
) -> None:
    refused = await Connection(make_refusing(), target, denial=False, **headers).run()

    assert refused.types == ["close"]
    assert refused.sent[0]["code"] == (1011 if status == 500 else 1008)
    assert "hunter2" not in str(refused.sent)


async def test_who_is_allowed_is_let_in() -> None:
    talk = await Connection(make_refusing(), "/rooms/7", authorization="ann").run()

    assert talk.types == ["accept", "close"]


async def test_a_route_of_requests_is_none_of_connections() -> None:
    app = Covet()

    @app.get("/here")
    async def read() -> None: ...

    refused = await Connection(app, "/here").run()

    assert refused.denied[0] == 404


async def test_a_route_of_connections_is_none_of_requests(ask: Any) -> None:
    app = Covet()

    @app.websocket("/here")
    async def talk(websocket: WebSocket) -> None: ...

    reply = await ask(app, "GET", "/here")

    assert reply.status == 404
    assert "WEBSOCKET" not in reply.headers.get("allow", "")


# --- After the handshake ----------------------------------------------------------------------


async def test_an_error_after_the_handshake_closes_with_1011_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Covet()

    @app.websocket("/")
    async def broken(websocket: WebSocket) -> None:
        await websocket.accept()
        raise RuntimeError("hunter2")

    talk = await Connection(app, "/").run()

    assert talk.types == ["accept", "close"]
    assert talk.sent[1]["code"] == 1011
    assert "hunter2" not in talk.sent[1]["reason"]
    assert "hunter2" in caplog.text


async def test_a_refusal_after_the_handshake_closes_with_1008() -> None:
    app = Covet()

    @app.websocket("/")
    async def refuse(websocket: WebSocket) -> None:
        await websocket.accept()
        raise PermissionDeniedException("left the room")

    talk = await Connection(app, "/").run()

    assert talk.sent[1] == {"type": "websocket.close", "code": 1008, "reason": "Forbidden"}


async def test_a_handler_may_close_by_itself() -> None:
    app = Covet()

    @app.websocket("/")
    async def close(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close(3000, "enough")

    talk = await Connection(app, "/").run()

    assert talk.types == ["accept", "close"]
    assert talk.sent[1]["code"] == 3000


async def test_an_error_after_closing_sends_nothing_more(caplog: pytest.LogCaptureFixture) -> None:
    app = Covet()

    @app.websocket("/")
    async def broken(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()
        raise RuntimeError("afterwards")

    talk = await Connection(app, "/").run()

    assert talk.types == ["accept", "close"]
    assert "afterwards" in caplog.text


async def test_a_handler_that_accepts_nobody_refuses() -> None:
    app = Covet()

    @app.websocket("/")
    async def nobody(websocket: WebSocket) -> None: ...

    talk = await Connection(app, "/").run()

    assert talk.types == ["close"]


async def test_a_client_that_leaves_ends_the_handler_quietly(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Covet()

    @app.websocket("/")
    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        while True:
            await websocket.receive_text()

    talk = await Connection(app, "/", "one", "two", LEAVE).run()

    assert talk.types == ["accept"]
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


async def test_a_handler_may_notice_that_the_client_left_and_end() -> None:
    app = Covet()
    said: list[str] = []

    @app.websocket("/")
    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            while True:
                said.append(await websocket.receive_text())
        except WebSocketDisconnect as left:
            said.append(f"left with {left.code}")

    talk = await Connection(app, "/", "one", LEAVE).run()

    assert said == ["one", "left with 1001"]
    assert talk.types == ["accept"]


async def test_an_error_after_the_client_left_is_logged_and_nothing_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Covet()

    @app.websocket("/")
    async def broken(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            await websocket.receive_text()
        except WebSocketDisconnect:
            raise RuntimeError("while tidying up") from None

    talk = await Connection(app, "/", LEAVE).run()

    assert talk.types == ["accept"]
    assert "while tidying up" in caplog.text


# --- The database -----------------------------------------------------------------------------


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'notes.db'}", metadata=Base.metadata)
    await database.create_all()
    yield database
    await database.dispose()


@pytest.mark.parametrize(("text", "rows"), [("keep", 1), ("fail", 0)])
async def test_the_session_of_a_connection_is_committed_when_its_handler_succeeds(
    database: Database, text: str, rows: int
) -> None:
    app = Covet(database=database)

    @app.websocket("/")
    async def note(websocket: WebSocket, session: AsyncSession) -> None:
        await websocket.accept()
        text = await websocket.receive_text()
        session.add(Note(text=text))
        await session.flush()
        if text == "fail":
            raise RuntimeError

    await Connection(app, "/", text).run()

    async with database.session(writes=False) as session:
        assert await session.scalar(select(func.count(Note.id))) == rows
    assert database.engine.pool.checkedout() == 0


async def test_a_mounted_application_gets_its_connections() -> None:
    inner, outer = Covet(), Covet()

    @inner.websocket("/talk")
    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(websocket.scope["root_path"])

    outer.mount("/inner", inner)

    conversation = await Connection(outer, "/inner/talk").run()

    assert conversation.sent[1]["text"] == "/inner"
