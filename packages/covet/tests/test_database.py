"""One transaction a request: committed before the answer is sent, rolled back on any error."""

import asyncio
import math
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from sqlalchemy import ForeignKey, String, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.applications import Starlette
from starlette.routing import Route

from covet import (
    BackgroundTasks,
    Covet,
    Database,
    Depends,
    NotFound,
    Principal,
    RESTRequestHandler,
    RouteMetadata,
    StreamingResponse,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(50), unique=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    is_active: Mapped[bool] = mapped_column(default=True)


class Device(Base):
    __tablename__ = "devices"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


class UserOut(BaseModel):
    id: int
    email: str


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'app.db'}", metadata=Base.metadata)
    await database.create_all()
    yield database
    await database.dispose()


async def count_users(database: Database) -> int:
    async with database.session(writes=False) as session:
        return await session.scalar(select(func.count(User.id))) or 0


@pytest.fixture
def app(database: Database) -> Covet:
    app = Covet(database=database)

    @app.post("/users", status_code=201)
    async def create(email: str, session: AsyncSession, team_id: int | None = None) -> UserOut:
        user = User(email=email, team_id=team_id)
        session.add(user)
        return user  # type: ignore[return-value]

    return app


# --- One transaction a request ----------------------------------------------------------------


async def test_the_transaction_is_committed_before_the_answer_is_sent(
    ask: Ask, app: Covet, database: Database
) -> None:
    seen: list[int] = []

    async def look(message: dict[str, Any]) -> None:
        seen.append(await count_users(database))

    reply = await ask(app, "POST", "/users?email=a@b.c", on_send=look)

    assert reply.status == 201
    assert seen == [1, 1]


async def test_pending_changes_are_flushed_before_the_result_is_written(
    ask: Ask, app: Covet
) -> None:
    reply = await ask(app, "POST", "/users?email=a@b.c")

    assert reply.json == {"id": 1, "email": "a@b.c"}


async def test_the_connection_is_back_in_the_pool_when_the_answer_is_sent(
    ask: Ask, app: Covet, database: Database
) -> None:
    in_use: list[int] = []

    await ask(
        app,
        "POST",
        "/users?email=a@b.c",
        on_send=lambda _: in_use.append(database.engine.pool.checkedout()),
    )

    assert in_use == [0, 0]


async def test_handler_and_dependencies_share_one_transaction(ask: Ask, database: Database) -> None:
    app = Covet(database=database)

    async def add(session: AsyncSession) -> None:
        session.add(User(email="a@b.c"))

    @app.post("/")
    async def create(_: Annotated[None, Depends(add)], db: AsyncSession) -> int:
        session_count = await db.scalar(select(func.count(User.id)))
        return session_count or 0

    assert (await ask(app, "POST")).json == 1


async def fail_in_handler(session: AsyncSession) -> None:
    session.add(User(email="a@b.c"))
    await session.flush()
    raise NotFound


async def fail_in_serialization(session: AsyncSession) -> UserOut:
    session.add(User(email="a@b.c"))
    return {"id": "no number"}  # type: ignore[return-value]


async def closing_fails() -> AsyncIterator[None]:
    yield
    raise RuntimeError("cannot close")


async def fail_in_clean_up(
    session: AsyncSession, _: Annotated[None, Depends(closing_fails)]
) -> None:
    session.add(User(email="a@b.c"))


async def fail_in_flush(session: AsyncSession) -> None:
    session.add(User(email="a@b.c"))
    await session.flush()
    session.add(User(email=None))


async def fail_in_result(session: AsyncSession) -> object:
    session.add(User(email="a@b.c"))
    return object()


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        pytest.param(fail_in_handler, 404, id="handler"),
        pytest.param(fail_in_serialization, 500, id="serialization"),
        pytest.param(fail_in_clean_up, 500, id="clean-up"),
        pytest.param(fail_in_flush, 500, id="flush"),
        pytest.param(fail_in_result, 500, id="result"),
    ],
)
async def test_the_transaction_is_rolled_back_on_any_error(
    ask: Ask, database: Database, handler: Any, status: int
) -> None:
    app = Covet(database=database)
    app.post("/")(handler)

    reply = await ask(app, "POST")

    assert reply.status == status
    assert await count_users(database) == 0
    assert database.engine.pool.checkedout() == 0


async def test_a_commit_that_fails_is_500_and_never_a_success(
    ask: Ask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing(Database):
        def session(self, *, writes: bool = True) -> AsyncSession:
            session = super().session(writes=writes)

            async def commit() -> None:
                raise OperationalError("COMMIT", {}, Exception("disk full: hunter2"))

            session.commit = commit  # type: ignore[method-assign]
            return session

    database = Failing(f"sqlite:///{tmp_path / 'failing.db'}", metadata=Base.metadata)
    await database.create_all()
    app = Covet(database=database)

    @app.post("/", status_code=201)
    async def create(session: AsyncSession) -> str:
        session.add(User(email="a@b.c"))
        return "created"

    reply = await ask(app, "POST")

    assert reply.status == 500
    assert "hunter2" not in reply.text
    assert await count_users(database) == 0
    assert database.engine.pool.checkedout() == 0
    await database.dispose()


async def test_a_constraint_that_is_deferred_to_the_commit_is_no_success(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)

    @app.post("/", status_code=201)
    async def create(session: AsyncSession) -> str:
        await session.execute(text("PRAGMA defer_foreign_keys=ON"))
        session.add(User(email="a@b.c", team_id=404))
        return "created"

    reply = await ask(app, "POST")

    assert reply.status == 422
    assert await count_users(database) == 0


async def test_a_handler_that_never_asks_opens_no_session(ask: Ask, database: Database) -> None:
    app = Covet(database=database)

    @app.get("/")
    async def read() -> str:
        return "plain"

    await ask(app)

    assert database.engine.pool.checkedin() == 1  # of create_all


async def test_a_session_that_was_not_used_takes_no_connection(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)
    in_use: list[int] = []

    @app.get("/")
    async def read(session: AsyncSession) -> str:
        in_use.append(database.engine.pool.checkedout())
        return "plain"

    await ask(app)

    assert in_use == [0]


async def test_a_handler_may_commit_by_itself(ask: Ask, database: Database) -> None:
    app = Covet(database=database)

    @app.post("/")
    async def create(session: AsyncSession) -> None:
        session.add(User(email="a@b.c"))
        await session.commit()
        session.add(User(email="d@e.f"))
        await session.flush()
        raise NotFound

    await ask(app, "POST")

    assert await count_users(database) == 1


async def test_what_a_handler_loaded_can_be_read_after_the_commit(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)
    kept: list[User] = []

    @app.post("/")
    async def create(session: AsyncSession) -> None:
        kept.append(User(email="a@b.c"))
        session.add(kept[0])

    await ask(app, "POST")

    assert kept[0].email == "a@b.c"


async def test_a_stream_is_committed_before_it_begins_and_may_read_on(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)
    seen: list[int] = []

    @app.post("/")
    async def export(session: AsyncSession) -> StreamingResponse:
        session.add(User(email="a@b.c"))

        async def rows() -> AsyncIterator[bytes]:
            for user in await session.scalars(select(User)):
                yield user.email.encode()

        return StreamingResponse(rows())

    async def look(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            seen.append(await count_users(database))

    reply = await ask(app, "POST", on_send=look)

    assert reply.body == b"a@b.c"
    assert seen == [1]
    assert database.engine.pool.checkedout() == 0


async def test_a_background_task_has_a_transaction_of_its_own(
    ask: Ask, app: Covet, database: Database
) -> None:
    async def add_another(email: str, session: AsyncSession) -> None:
        session.add(User(email=email))

    @app.post("/background")
    async def create(tasks: BackgroundTasks, session: AsyncSession) -> None:
        session.add(User(email="a@b.c"))
        tasks.add_task(add_another, "d@e.f")

    await ask(app, "POST", "/background")

    assert await count_users(database) == 2


async def test_call_commits_what_the_function_did(app: Covet, database: Database) -> None:
    async def seed(count: int, session: AsyncSession) -> int:
        session.add_all(User(email=f"{number}@b.c") for number in range(count))
        return count

    async def fail(session: AsyncSession) -> None:
        session.add(User(email="never"))
        await session.flush()
        raise NotFound

    assert await app.call(seed, 3) == 3
    with pytest.raises(NotFound):
        await app.call(fail)

    assert await count_users(database) == 3
    assert database.engine.pool.checkedout() == 0


async def test_a_session_factory_is_enough_for_a_starlette_application(
    ask: Ask, database: Database
) -> None:
    handler = RESTRequestHandler(db_session_factory=database.session)

    async def create(email: str, session: AsyncSession) -> str:
        session.add(User(email=email))
        if email == "fail":
            await session.flush()
            raise NotFound
        return email

    route = RouteMetadata("/", ("POST",), create)

    async def endpoint(request: Any) -> Any:
        return await handler.handle_request(request, route)

    app = Starlette(routes=[Route("/", endpoint, methods=["POST"])])
    statuses = [(await ask(app, "POST", f"/?email={email}")).status for email in ("a@b", "fail")]

    assert statuses == [200, 404]
    assert await count_users(database) == 1


# --- Violated constraints ---------------------------------------------------------------------


async def test_a_value_that_is_taken_is_409_with_its_field(ask: Ask, app: Covet) -> None:
    await ask(app, "POST", "/users?email=a@b.c")

    reply = await ask(app, "POST", "/users?email=a@b.c")

    assert (reply.status, reply.json["title"]) == (409, "Conflict")
    assert reply.json["details"] == [
        {
            "field": "email",
            "location": "body",
            "message": "This value is taken.",
            "code": "ALREADY_EXISTS",
        }
    ]
    assert "a@b.c" not in str(reply.json["details"])


async def test_of_two_that_race_for_a_value_one_gets_it_and_one_409(
    ask: Ask, database: Database
) -> None:
    app, both_checked = Covet(database=database), asyncio.Barrier(2)

    @app.post("/users", status_code=201)
    async def create(email: str, session: AsyncSession) -> None:
        async with database.session(writes=False) as before:
            taken = await before.scalar(select(User).where(User.email == email))
        assert taken is None
        await both_checked.wait()
        session.add(User(email=email))

    replies = await asyncio.gather(*(ask(app, "POST", "/users?email=a@b.c") for _ in range(2)))

    assert sorted(reply.status for reply in replies) == [201, 409]
    assert await count_users(database) == 1


async def test_a_reference_to_nothing_is_422(ask: Ask, app: Covet) -> None:
    reply = await ask(app, "POST", "/users?email=a@b.c&team_id=404")

    assert reply.status == 422
    assert [(one["field"], one["code"]) for one in reply.json["details"]] == [
        ("team_id", "REFERENCE_NOT_FOUND")
    ]


async def test_a_violation_without_metadata_is_a_masked_500(ask: Ask, database: Database) -> None:
    plain = Database(database.url)
    app = Covet(database=plain)

    @app.post("/")
    async def create(session: AsyncSession) -> None:
        session.add_all([User(email="a@b.c"), User(email="a@b.c")])

    reply = await ask(app, "POST")

    assert reply.status == 500
    await plain.dispose()


# --- Concurrency ------------------------------------------------------------------------------


async def test_two_writers_wait_for_each_other_instead_of_failing(
    ask: Ask, database: Database
) -> None:
    app, first_has_read = Covet(database=database), asyncio.Event()

    @app.post("/first")
    async def first(session: AsyncSession) -> int:
        before = await session.scalar(select(func.count(User.id)))
        first_has_read.set()
        while database.engine.pool.checkedout() < 2:  # until the second one meets the lock
            await asyncio.sleep(0)
        session.add(User(email="first"))
        return before or 0

    @app.post("/second")
    async def second(session: AsyncSession) -> int:
        await first_has_read.wait()
        before = await session.scalar(select(func.count(User.id)))
        session.add(User(email="second"))
        return before or 0

    replies = await asyncio.gather(ask(app, "POST", "/first"), ask(app, "POST", "/second"))

    assert [(reply.status, reply.json) for reply in replies] == [(200, 0), (200, 1)]


async def test_a_reader_does_not_wait_for_a_writer(ask: Ask, database: Database) -> None:
    app, writing, read = Covet(database=database), asyncio.Event(), asyncio.Event()

    @app.post("/users")
    async def create(session: AsyncSession) -> None:
        session.add(User(email="a@b.c"))
        await session.flush()
        writing.set()
        await read.wait()

    @app.get("/users")
    async def count(session: AsyncSession) -> int:
        return await session.scalar(select(func.count(User.id))) or 0

    running = asyncio.create_task(ask(app, "POST", "/users"))
    await writing.wait()
    reply = await ask(app, "GET", "/users")
    read.set()
    await running

    assert reply.json == 0


async def test_a_pool_that_stays_empty_is_503_and_says_when_to_come_back(
    ask: Ask, tmp_path: Path
) -> None:
    database = Database(
        f"sqlite:///{tmp_path / 'small.db'}",
        metadata=Base.metadata,
        pool_size=1,
        pool_timeout_seconds=0.05,
    )
    await database.create_all()
    app, holding, release = Covet(database=database), asyncio.Event(), asyncio.Event()

    @app.get("/hold")
    async def hold(session: AsyncSession) -> None:
        await session.execute(select(1))
        holding.set()
        await release.wait()

    @app.get("/try")
    async def attempt(session: AsyncSession) -> int:
        return await session.scalar(select(1)) or 0

    running = asyncio.create_task(ask(app, "GET", "/hold"))
    await holding.wait()
    refused = await ask(app, "GET", "/try")
    release.set()
    await running
    recovered = await ask(app, "GET", "/try")

    assert refused.status == 503
    assert int(refused.headers["retry-after"]) == refused.json["retry_after"] > 0
    assert recovered.status == 200
    await database.dispose()


# --- The database itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///file.db", "sqlite+aiosqlite"),
        ("sqlite://", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///file.db", "sqlite+aiosqlite"),
        ("postgresql://user@host/name", "postgresql+asyncpg"),
        ("postgres://user@host/name", "postgresql+asyncpg"),
        ("postgresql+asyncpg://user@host/name", "postgresql+asyncpg"),
    ],
)
async def test_urls_get_their_async_driver(given: str, driver: str) -> None:
    database = Database(given)

    assert database.url.drivername == driver
    assert database.engine.url == database.url


async def test_a_password_in_the_url_is_not_in_its_text() -> None:
    database = Database("postgresql://user:hunter2@host/name")

    assert "hunter2" not in f"{database.url} {database.url!r} {database!r} {database.engine!r}"


async def test_nothing_is_opened_before_first_use(tmp_path: Path) -> None:
    file = tmp_path / "later.db"

    Database(f"sqlite:///{file}")

    assert not file.exists()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_in_memory_is_one_for_all_requests(ask: Ask, url: str) -> None:
    database = Database(url, metadata=Base.metadata)
    await database.create_all()
    app = Covet(database=database)

    @app.post("/")
    async def create(session: AsyncSession) -> None:
        session.add(User(email="a@b.c"))

    @app.get("/")
    async def count(session: AsyncSession) -> int:
        return await session.scalar(select(func.count(User.id))) or 0

    await ask(app, "POST")
    reply = await ask(app)

    assert reply.json == 1
    await database.dispose()


async def test_tables_cannot_be_created_without_metadata() -> None:
    with pytest.raises(ValueError, match="metadata"):
        await Database("sqlite://").create_all()


async def test_foreign_keys_are_enforced(database: Database) -> None:
    async with database.session() as session:
        session.add(User(email="a@b.c", team_id=404))

        with pytest.raises(IntegrityError):
            await session.flush()


async def test_a_session_for_reading_takes_no_write_lock(database: Database) -> None:
    async with database.session() as writer, database.session(writes=False) as reader:
        await writer.execute(select(User))

        assert (await reader.scalars(select(User))).all() == []


# --- Loading users ----------------------------------------------------------------------------


async def add(database: Database, *rows: Any) -> None:
    async with database.session() as session:
        session.add_all(rows)
        await session.commit()


@pytest.mark.parametrize(
    ("subject", "email"),
    [("1", "a@b.c"), ("2", None), ("3", None), ("x", None), ("", None)],
    ids=["there", "inactive", "absent", "no-key", "empty"],
)
async def test_a_loader_finds_the_row_of_a_subject(
    database: Database, subject: str, email: str | None
) -> None:
    await add(database, User(email="a@b.c"), User(email="d@e.f", is_active=False))
    load = database.loader(User, User.is_active)

    async with database.session(writes=False) as session:
        user = await load(subject, session)

    assert (user.email if user else None) == email


async def test_a_subject_beyond_every_key_loads_nothing(database: Database) -> None:
    load = database.loader(User)

    async with database.session(writes=False) as session:
        assert await load("9" * 30, session) is None


@pytest.mark.parametrize("is_there", [True, False])
async def test_a_loader_reads_keys_of_other_types(database: Database, is_there: bool) -> None:
    device = Device(id=uuid.uuid4())
    await add(database, device)
    load = database.loader(Device)

    async with database.session(writes=False) as session:
        found = await load(str(device.id if is_there else uuid.uuid4()), session)
        nothing = await load("no uuid", session)

    assert (found is not None) is is_there
    assert nothing is None


async def test_the_loaded_user_belongs_to_the_requests_session(
    ask: Ask, database: Database
) -> None:
    await add(database, User(email="a@b.c"))
    load = database.loader(User)

    class BySubject:
        realm, loads_user, user_type = "test", True, User

        async def authenticate(self, authorization: bytes | None, db: Any, /) -> Principal | None:
            subject = (authorization or b"").decode()
            return Principal(subject=subject, method="test", user=await load(subject, db))

    app = Covet(database=database, auth=BySubject())

    @app.put("/me")
    async def change(
        email: str,
        me: User,
        current_user: User,
        session: AsyncSession,
    ) -> list[bool]:
        me.email = email
        return [me is current_user, me in session]

    reply = await ask(app, "PUT", "/me?email=new", headers={"Authorization": "1"})

    assert reply.json == [True, True]
    async with database.session(writes=False) as session:
        assert await session.scalar(select(User.email)) == "new"


# --- What a client is told of errors ----------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(
            DBAPIError("SELECT 1", {}, Exception("gone"), connection_invalidated=True),
            503,
            id="connection-lost",
        ),
        pytest.param(DBAPIError("SELECT 1", {}, Exception("syntax")), None, id="other"),
        pytest.param(ValueError("x"), None, id="not-the-databases"),
        pytest.param(
            IntegrityError("INSERT", {}, Exception("CHECK failed")), None, id="other-constraint"
        ),
    ],
)
async def test_errors_of_the_database_are_told_as_what_they_mean(
    error: Exception, status: int | None
) -> None:
    told = Database("sqlite://", metadata=Base.metadata).translate(error)

    assert getattr(told, "status_code", None) == status


async def test_a_database_that_refuses_connections_is_503(ask: Ask) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    app = Covet(database=Database(f"postgresql://nobody@127.0.0.1:{port}/nothing"))

    @app.get("/")
    async def read(session: AsyncSession) -> int:
        return await session.scalar(select(1)) or 0

    reply = await ask(app)

    assert reply.status == 503
    assert int(reply.headers["retry-after"]) > 0
    assert str(port) not in reply.text


async def test_another_service_that_refuses_connections_is_not_the_database(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)

    @app.get("/")
    async def read(session: AsyncSession) -> None:
        await session.execute(select(1))
        raise ConnectionRefusedError("the mail server")

    assert (await ask(app)).status == 500


async def test_what_a_dependency_writes_while_it_closes_is_committed_too(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)

    async def audit(session: AsyncSession) -> AsyncIterator[None]:
        yield
        session.add(User(email="audit"))

    @app.post("/")
    async def create(_: Annotated[None, Depends(audit)], session: AsyncSession) -> None:
        session.add(User(email="a@b.c"))

    await ask(app, "POST")

    assert await count_users(database) == 2


async def test_after_a_commit_that_failed_others_may_write_at_once(
    ask: Ask, app: Covet, database: Database
) -> None:
    @app.post("/dangling")
    async def dangle(session: AsyncSession) -> None:
        await session.execute(text("PRAGMA defer_foreign_keys=ON"))
        session.add(User(email="dangling", team_id=404))

    failed = await ask(app, "POST", "/dangling")
    async with asyncio.timeout(2):
        second = await ask(app, "POST", "/users?email=a@b.c")

    assert (failed.status, second.status) == (422, 201)


async def test_a_number_that_no_column_holds_is_422_and_another_overflow_is_not(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)

    @app.get("/users/{user_id}")
    async def read(user_id: int, session: AsyncSession) -> UserOut | None:
        return await session.get(User, user_id)  # type: ignore[return-value]

    @app.get("/overflow")
    async def overflow(session: AsyncSession) -> float:
        await session.execute(select(1))
        return math.exp(1000)

    replies = [await ask(app, "GET", f"/users/{10**29}"), await ask(app, "GET", "/overflow")]

    assert [reply.status for reply in replies] == [422, 500]
