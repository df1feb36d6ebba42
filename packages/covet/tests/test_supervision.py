"""A request ends when its time is up, its client gone or its server stopped, and leaves nothing."""

import asyncio
import gc
import threading
import types
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from pathlib import Path
from typing import Annotated, Any

import anyio
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet import (
    ClientDisconnected,
    Covet,
    Database,
    Depends,
    Request,
    RESTRequestHandler,
    RouteMetadata,
    StreamingResponse,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'notes.db'}", metadata=Base.metadata)
    await database.create_all()
    yield database
    await database.dispose()


async def count_notes(database: Database) -> int:
    async with database.session(writes=False) as session:
        return await session.scalar(select(func.count(Note.id))) or 0


class Stuck:
    """A dependency and a handler that wait for what never comes, and what becomes of them."""

    def __init__(self) -> None:
        self.started = asyncio.Event()
        self.seen: list[str] = []

    async def resource(self) -> AsyncIterator[None]:
        try:
            yield
        except BaseException as error:
            self.seen.append(f"resource saw {type(error).__name__}")
            raise
        finally:
            await asyncio.sleep(0)  # cleaning up may wait, also in a cancelled task
            self.seen.append("resource closed")

    async def wait(self) -> None:
        self.started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.seen.append("handler cancelled")
            raise


@pytest.fixture
async def stuck() -> Stuck:
    return Stuck()


async def settle() -> None:
    """Let every task that can do so run to its end."""
    for _ in range(5):
        await asyncio.sleep(0)


# --- Time -------------------------------------------------------------------------------------


async def test_a_handler_that_takes_too_long_is_cancelled_and_answered_504(
    ask: Ask, stuck: Stuck, database: Database
) -> None:
    app = Covet(database=database)

    @app.post("/", timeout=0.05)
    async def slow(session: AsyncSession, _: Annotated[None, Depends(stuck.resource)]) -> None:
        session.add(Note(text="never"))
        await session.flush()
        await stuck.wait()

    reply = await ask(app, "POST")

    assert (reply.status, reply.json["title"]) == (504, "Gateway Timeout")
    assert stuck.seen == ["handler cancelled", "resource saw CancelledError", "resource closed"]
    assert await count_notes(database) == 0


async def test_the_time_limit_of_the_settings_holds_where_a_route_has_none(
    ask: Ask, stuck: Stuck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COVET_REQUEST_TIMEOUT_SECONDS", "0.05")
    app = Covet()

    @app.get("/")
    async def slow() -> None:
        await stuck.wait()

    assert (await ask(app)).status == 504


async def test_a_sync_handler_that_takes_too_long_is_answered_504(ask: Ask) -> None:
    app, release = Covet(), threading.Event()

    @app.get("/", timeout=0.05)
    def slow() -> None:
        release.wait(5)

    reply = await ask(app)
    release.set()

    assert reply.status == 504


async def test_a_handler_that_is_in_time_is_not_disturbed_later(ask: Ask) -> None:
    app, task = Covet(), asyncio.current_task()

    @app.get("/", timeout=0.01)
    async def quick() -> str:
        await asyncio.sleep(0)
        return "done"

    reply = await ask(app)
    await asyncio.sleep(0.03)

    assert reply.json == "done"
    assert task is not None
    assert task.cancelling() == 0


async def test_a_handler_may_have_a_shorter_limit_of_its_own(ask: Ask) -> None:
    app = Covet()

    @app.get("/", timeout=5)
    async def careful() -> str:
        try:
            async with asyncio.timeout(0.01):
                await asyncio.Event().wait()
        except TimeoutError:
            return "gave up"
        return "never"

    assert (await ask(app)).json == "gave up"


async def test_a_timeout_error_of_the_handler_is_not_ours(ask: Ask) -> None:
    app = Covet()

    @app.get("/", timeout=5)
    async def broken() -> None:
        await asyncio.sleep(0)
        raise TimeoutError

    assert (await ask(app)).status == 500


async def test_a_body_that_comes_too_slowly_is_408(exchange: Any) -> None:
    app = Covet()

    @app.post("/", timeout=0.05)
    async def create(item: dict[str, int]) -> None: ...

    reply = exchange(
        app,
        "POST",
        headers={"Content-Type": "application/json"},
        chunks=[b'{"a":'],
        is_complete=False,
    )
    await reply.run()

    assert (reply.status, reply.json["title"]) == (408, "Request Timeout")


async def test_the_request_that_timed_out_can_be_cancelled_again(ask: Ask, stuck: Stuck) -> None:
    app, task = Covet(), asyncio.current_task()

    @app.get("/", timeout=0.01)
    async def slow() -> None:
        await stuck.wait()

    await ask(app)

    assert task is not None
    assert task.cancelling() == 0


# --- The client -------------------------------------------------------------------------------


async def test_a_client_that_leaves_cancels_its_request(
    exchange: Any, stuck: Stuck, database: Database
) -> None:
    app = Covet(database=database)

    @app.post("/")
    async def slow(session: AsyncSession, _: Annotated[None, Depends(stuck.resource)]) -> None:
        session.add(Note(text="never"))
        await session.flush()
        await stuck.wait()

    gone = exchange(app, "POST")
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    await running

    assert gone.sent == []
    assert stuck.seen == ["handler cancelled", "resource saw CancelledError", "resource closed"]
    assert await count_notes(database) == 0
    assert database.engine.pool.checkedout() == 0


async def test_a_client_that_leaves_while_a_dependency_waits_cancels_it(
    exchange: Any, stuck: Stuck
) -> None:
    app = Covet()

    @app.get("/")
    async def read(
        _: Annotated[None, Depends(stuck.resource)], __: Annotated[None, Depends(stuck.wait)]
    ) -> None: ...

    gone = exchange(app)
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    await running

    assert gone.sent == []
    assert stuck.seen == ["handler cancelled", "resource saw CancelledError", "resource closed"]


async def test_a_shielded_route_runs_on_without_its_client(exchange: Any) -> None:
    app, started, release = Covet(), asyncio.Event(), asyncio.Event()
    finished: list[str] = []

    @app.post("/", shield=True)
    async def pay() -> None:
        started.set()
        await release.wait()
        finished.append("paid")

    gone = exchange(app, "POST")
    running = asyncio.create_task(gone.run())
    await started.wait()
    gone.disconnect()
    await settle()
    release.set()
    await running

    assert finished == ["paid"]


async def test_a_handler_that_has_the_request_is_watched_too(exchange: Any, stuck: Stuck) -> None:
    app = Covet()

    @app.post("/")
    async def slow(request: Request) -> None:
        await request.body()
        await stuck.wait()

    gone = exchange(app, "POST", body=b"all of it")
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    await running

    assert gone.sent == []
    assert stuck.seen == ["handler cancelled"]


async def test_a_handler_that_never_reads_the_body_is_watched_too(
    exchange: Any, stuck: Stuck
) -> None:
    app = Covet()

    @app.post("/")
    async def slow() -> None:
        await stuck.wait()

    gone = exchange(app, "POST", chunks=[b"a", b"b", b"c"])
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    await running

    assert stuck.seen == ["handler cancelled"]


async def test_a_client_that_leaves_during_the_commit_does_not_stop_it(
    exchange: Any, database: Database
) -> None:
    leaving: list[Any] = []

    class LeftDuringCommit(Database):
        def session(self, *, writes: bool = True) -> AsyncSession:
            session = super().session(writes=writes)
            commit = session.commit

            async def slow_commit() -> None:
                leaving[0].disconnect()
                await settle()
                await commit()

            session.commit = slow_commit  # type: ignore[method-assign]
            return session

    app = Covet(database=LeftDuringCommit(database.url))

    @app.post("/", status_code=201)
    async def create(session: AsyncSession) -> None:
        session.add(Note(text="kept"))

    leaving.append(exchange(app, "POST"))
    await leaving[0].run()
    await app.database.dispose()  # type: ignore[union-attr]

    assert leaving[0].status == 201
    assert await count_notes(database) == 1


async def test_a_client_that_leaves_does_not_reach_the_handler_as_anything_else(
    exchange: Any, stuck: Stuck, caplog: pytest.LogCaptureFixture
) -> None:
    app = Covet()

    @app.get("/")
    async def slow() -> None:
        await stuck.wait()

    gone = exchange(app)
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    await running

    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


async def test_a_stream_ends_when_its_client_leaves(exchange: Any, stuck: Stuck) -> None:
    app = Covet()

    async def pieces() -> AsyncIterator[bytes]:
        yield b"one"
        await stuck.wait()

    @app.get("/")
    async def read() -> StreamingResponse:
        await asyncio.sleep(0)
        return StreamingResponse(pieces())

    gone = exchange(app)
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    async with asyncio.timeout(2):
        await running

    assert stuck.seen == ["handler cancelled"]


async def test_a_stream_of_a_handler_that_has_the_request_ends_when_its_client_leaves(
    exchange: Any, stuck: Stuck
) -> None:
    app = Covet()

    async def pieces() -> AsyncIterator[bytes]:
        yield b"one"
        await stuck.wait()

    @app.get("/")
    async def read(request: Request) -> StreamingResponse:
        await asyncio.sleep(0)
        return StreamingResponse(pieces())

    gone = exchange(app)
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    async with asyncio.timeout(2):
        await running

    assert stuck.seen == ["handler cancelled"]


async def test_a_stream_can_ask_whether_its_client_is_there(exchange: Any) -> None:
    app, asked, left = Covet(), asyncio.Event(), asyncio.Event()
    answers: list[bool] = []

    @app.get("/")
    async def read(request: Request) -> StreamingResponse:
        await asyncio.sleep(0)

        async def pieces() -> AsyncIterator[bytes]:
            answers.append(await request.is_disconnected())
            yield b"one"
            asked.set()
            await left.wait()
            answers.append(await request.is_disconnected())

        return StreamingResponse(pieces())

    gone = exchange(app, asgi={"version": "3.0", "spec_version": "2.4"})
    running = asyncio.create_task(gone.run())
    await asked.wait()
    gone.disconnect()
    await settle()
    left.set()
    async with asyncio.timeout(2):
        await running

    assert answers == [False, True]


async def test_a_client_that_leaves_early_ends_a_request_of_a_starlette_application(
    exchange: Any, stuck: Stuck
) -> None:
    handler = RESTRequestHandler()
    route = RouteMetadata("/", ("GET",), stuck.wait)
    gone = exchange(None)
    request = Request(gone.scope, gone.receive)

    running = asyncio.create_task(handler.handle_request(request, route))
    await stuck.started.wait()
    gone.disconnect()

    with pytest.raises(ClientDisconnected):
        await running
    assert stuck.seen == ["handler cancelled"]


# --- The server -------------------------------------------------------------------------------


async def test_a_cancellation_from_outside_passes_through(
    exchange: Any, stuck: Stuck, database: Database
) -> None:
    app = Covet(database=database)

    @app.post("/")
    async def slow(session: AsyncSession, _: Annotated[None, Depends(stuck.resource)]) -> None:
        session.add(Note(text="never"))
        await session.flush()
        await stuck.wait()

    stopped = exchange(app, "POST")
    running = asyncio.create_task(stopped.run())
    await stuck.started.wait()
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    assert stopped.sent == []
    assert stuck.seen == ["handler cancelled", "resource saw CancelledError", "resource closed"]
    assert await count_notes(database) == 0
    assert database.engine.pool.checkedout() == 0


async def test_a_cancellation_from_outside_wins_over_a_client_that_leaves(
    exchange: Any, stuck: Stuck
) -> None:
    app = Covet()

    @app.get("/")
    async def slow() -> None:
        await stuck.wait()

    stopped = exchange(app)
    running = asyncio.create_task(stopped.run())
    await stuck.started.wait()
    await settle()
    stopped.disconnect()
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_scope_around_the_application_can_cancel_it(exchange: Any, stuck: Stuck) -> None:
    app = Covet()

    @app.get("/")
    async def slow(_: Annotated[None, Depends(stuck.resource)]) -> None:
        await stuck.wait()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await exchange(app).run()

    assert stuck.seen == ["handler cancelled", "resource saw CancelledError", "resource closed"]


@types.coroutine
def interrupted(work: Coroutine[Any, Any, None], at: int) -> Generator[Any, Any, bool]:
    """Run *work*, cancelled where it waits for the time number *at*; tell whether it got there."""
    waiting, count = work.send(None), 0
    while True:
        count += 1
        try:
            if count == at:
                if getattr(waiting, "_asyncio_future_blocking", False):
                    waiting._asyncio_future_blocking = False
                waiting = work.throw(asyncio.CancelledError())
            else:
                value = yield waiting
                waiting = work.send(value)
        except StopIteration:
            return count >= at
        except asyncio.CancelledError:
            return True


async def test_wherever_a_request_is_cancelled_no_answer_is_without_its_row(
    exchange: Any, database: Database
) -> None:
    app = Covet(database=database)

    @app.post("/", status_code=201)
    async def create(session: AsyncSession) -> int:
        note = Note(text="one")
        session.add(note)
        await session.flush()
        return note.id

    at, was_interrupted = 0, True
    while was_interrupted:
        at += 1
        rows_before = await count_notes(database)
        one = exchange(app, "POST")
        was_interrupted = await interrupted(one.run(), at)
        await settle()
        rows = await count_notes(database) - rows_before
        assert rows in ({1} if one.sent else {0, 1}), f"cancelled at {at}"
        assert database.engine.pool.checkedout() == 0, f"cancelled at {at}"

    assert one.status == 201
    assert at > 3


# --- Cost -------------------------------------------------------------------------------------


async def test_a_handler_that_never_waits_costs_no_task(ask: Ask) -> None:
    app = Covet()
    created: list[Any] = []
    loop = asyncio.get_running_loop()

    def count(loop: Any, work: Any, **options: Any) -> Any:
        created.append(work)
        return asyncio.Task(work, loop=loop, **options)

    @app.post("/")
    async def quick(item: dict[str, int]) -> dict[str, int]:
        return item

    await ask(app, "POST", json={"a": 1})
    loop.set_task_factory(count)
    try:
        await ask(app, "POST", json={"a": 1})
    finally:
        loop.set_task_factory(None)

    assert created == []


async def test_a_handler_that_waits_costs_one_task_which_ends_with_it(ask: Ask) -> None:
    app = Covet()
    during: list[int] = []

    @app.get("/")
    async def waiting() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        during.append(len(asyncio.all_tasks()))

    before = asyncio.all_tasks()
    await ask(app)
    await settle()

    assert during == [len(before) + 1]
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("end", ["answer", "error", "timeout", "disconnect"])
async def test_no_task_outlives_its_request(exchange: Any, stuck: Stuck, end: str) -> None:
    app = Covet()

    @app.get("/", timeout=0.02 if end == "timeout" else 5)
    async def handler() -> None:
        stuck.started.set()
        await asyncio.sleep(0)
        if end == "error":
            raise RuntimeError
        if end != "answer":
            await stuck.wait()

    before = asyncio.all_tasks()
    one = exchange(app)
    running = asyncio.create_task(one.run())
    await stuck.started.wait()
    if end == "disconnect":
        one.disconnect()
    await running
    await settle()

    assert asyncio.all_tasks() == before


async def test_a_server_whose_receive_fails_leaves_no_unseen_exception(
    ask: Ask, exchange: Any
) -> None:
    app = Covet()
    unseen: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unseen.append(context))

    @app.get("/")
    async def read() -> str:
        for _ in range(3):
            await asyncio.sleep(0)
        return "answered"

    async def receive() -> Any:
        raise OSError("the connection was reset")

    one = exchange(app)
    await app(one.scope, receive, one.send)
    await settle()
    gc.collect()

    assert unseen == []


async def test_a_handler_that_answers_its_cancellation_is_answered(ask: Ask) -> None:
    app = Covet()

    @app.get("/", timeout=0.01)
    async def stubborn() -> str:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "what I have so far"
        return "never"

    assert (await ask(app)).json == "what I have so far"


async def test_a_generator_in_a_thread_is_closed_when_the_client_leaves(
    exchange: Any, stuck: Stuck
) -> None:
    app = Covet()

    def resource() -> Iterator[None]:
        try:
            yield
        finally:
            stuck.seen.append("sync resource closed")

    @app.get("/")
    async def slow(_: Annotated[None, Depends(resource)]) -> None:
        await stuck.wait()

    gone = exchange(app)
    running = asyncio.create_task(gone.run())
    await stuck.started.wait()
    gone.disconnect()
    await running

    assert stuck.seen == ["handler cancelled", "sync resource closed"]


async def test_a_slow_authentication_is_not_blamed_on_the_body(ask: Ask, stuck: Stuck) -> None:
    class Slow:
        realm, loads_user, user_type = "test", False, None

        async def authenticate(self, authorization: bytes | None, db: Any, /) -> None:
            await stuck.wait()

    app = Covet(auth=Slow())

    @app.post("/", timeout=0.02)
    async def create(item: dict[str, int]) -> None: ...

    assert (await ask(app, "POST", json={})).status == 504


async def test_clean_up_runs_to_its_end_in_a_scope_that_cancels_every_wait(
    exchange: Any, stuck: Stuck, database: Database
) -> None:
    app = Covet(database=database)

    @app.post("/")
    async def slow(session: AsyncSession, _: Annotated[None, Depends(stuck.resource)]) -> None:
        session.add(Note(text="never"))
        await session.flush()
        await stuck.wait()

    async with anyio.create_task_group() as group:
        group.start_soon(exchange(app, "POST").run)
        await stuck.started.wait()
        group.cancel_scope.cancel()

    assert stuck.seen == ["handler cancelled", "resource saw CancelledError", "resource closed"]
    assert await count_notes(database) == 0
    assert database.engine.pool.checkedout() == 0


async def test_a_second_cancellation_during_clean_up_leaks_no_connection(
    exchange: Any, stuck: Stuck, database: Database
) -> None:
    closing = asyncio.Event()

    class SlowToClose(Database):
        def session(self, *, writes: bool = True) -> AsyncSession:
            session = super().session(writes=writes)
            close = session.close

            async def slow_close() -> None:
                closing.set()
                await settle()
                await close()

            session.close = slow_close  # type: ignore[method-assign]
            return session

    slow_database = SlowToClose(database.url)
    app = Covet(database=slow_database)

    @app.post("/")
    async def slow(session: AsyncSession) -> None:
        session.add(Note(text="never"))
        await session.flush()
        await stuck.wait()

    running = asyncio.create_task(exchange(app, "POST").run())
    await stuck.started.wait()
    running.cancel()
    await closing.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    async with asyncio.timeout(2):
        while slow_database.engine.pool.checkedout():
            await asyncio.sleep(0)
    await slow_database.dispose()

    assert await count_notes(database) == 0
