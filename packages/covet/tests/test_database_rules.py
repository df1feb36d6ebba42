"""Database rules of inputs: checked before the handler runs, and told to who loses a race."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import BaseModel
from sqlalchemy import ForeignKey, event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet import Covet, Database, Depends, Patch, StartupError
from covet_validation.sqlalchemy import DatabaseValidatedModel, Exists, Unique, Updates

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Base(DeclarativeBase): ...


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))


class SignUp(DatabaseValidatedModel):
    email: str
    team_id: int | None = None
    __db_validations__: ClassVar = {"email": Unique(User.email), "team_id": Exists(Team.id)}


@pytest.fixture
async def database(tmp_path: Any) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'rules.db'}", metadata=Base.metadata)
    await database.create_all()
    async with database.session() as session:
        session.add(User(id=1, email="taken@example.org"))
        await session.commit()
    yield database
    await database.dispose()


@pytest.fixture
def app(database: Database) -> Covet:
    app = Covet(database=database)

    @app.post("/users", status_code=201)
    async def sign_up(data: SignUp, session: AsyncSession) -> int:
        user = User(**data.model_dump())
        session.add(user)
        await session.flush()
        return user.id

    @app.patch("/users/{user_id}")
    async def change(
        user_id: int, patch: Annotated[Patch[SignUp], Updates("user_id")], session: AsyncSession
    ) -> str:
        user = await session.get_one(User, user_id)
        patch.apply(user)
        return user.email

    return app


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_what_is_taken_is_a_conflict_at_its_field(ask: Ask, app: Covet) -> None:
    reply = await ask(app, "POST", "/users", json={"email": "taken@example.org"})

    assert (reply.status, reply.json["error"]) == (409, "Conflict")
    (detail,) = reply.json["details"]
    assert (detail["field"], detail["location"], detail["code"]) == (
        "email",
        "body",
        "ALREADY_EXISTS",
    )


async def test_a_missing_reference_is_invalid_input(ask: Ask, app: Covet) -> None:
    reply = await ask(app, "POST", "/users", json={"email": "a@example.org", "team_id": 7})

    assert reply.status == 422
    assert [one["code"] for one in reply.json["details"]] == ["REFERENCE_NOT_FOUND"]


async def test_every_broken_rule_is_told_and_asked_in_one_statement(
    ask: Ask, app: Covet, database: Database
) -> None:
    with statements(database) as seen:
        reply = await ask(app, "POST", "/users", json={"email": "taken@example.org", "team_id": 7})

    assert reply.status == 409
    assert {one["field"] for one in reply.json["details"]} == {"email", "team_id"}
    assert len(seen) == 1


async def test_shape_comes_first(ask: Ask, app: Covet, database: Database) -> None:
    with statements(database) as seen:
        reply = await ask(app, "POST", "/users", json={"email": "taken@example.org", "team_id": []})

    assert (reply.status, seen) == (422, [])


async def test_what_keeps_the_rules_goes_on_to_the_handler(ask: Ask, app: Covet) -> None:
    reply = await ask(app, "POST", "/users", json={"email": "new@example.org"})

    assert (reply.status, reply.json) == (201, 2)


async def test_a_row_does_not_stand_in_its_own_way(ask: Ask, app: Covet) -> None:
    reply = await ask(app, "PATCH", "/users/1", json={"email": "taken@example.org"})

    assert (reply.status, reply.json) == (200, "taken@example.org")


async def test_rules_that_name_an_injected_argument_wait_for_it(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)

    async def me() -> User:
        return User(id=1)

    @app.patch("/me")
    async def change(
        patch: Annotated[Patch[SignUp], Updates("user.id")],
        user: Annotated[User, Depends(me)],
    ) -> str:
        return "changed"

    own = await ask(app, "PATCH", "/me", json={"email": "taken@example.org"})
    async with database.session() as session:
        session.add(User(id=2, email="other@example.org"))
        await session.commit()
    other = await ask(app, "PATCH", "/me", json={"email": "other@example.org"})

    assert (own.status, other.status) == (200, 409)


async def test_the_loser_of_a_race_is_told_what_the_check_would_have_said(
    ask: Ask, database: Database
) -> None:
    app = Covet(database=database)
    both_checked = asyncio.Barrier(2)

    @app.post("/users", status_code=201)
    async def sign_up(data: SignUp, session: AsyncSession) -> None:
        await session.commit()  # ends the transaction of the check, which locks SQLite
        await both_checked.wait()
        session.add(User(**data.model_dump()))

    replies = await asyncio.gather(
        *(ask(app, "POST", "/users", json={"email": "new@example.org"}) for _ in range(2))
    )
    checked = await ask(app, "POST", "/users", json={"email": "taken@example.org"})

    winner, loser = sorted(replies, key=lambda reply: reply.status)
    assert (winner.status, loser.status) == (201, 409)
    assert loser.json["details"] == checked.json["details"]
    assert (loser.json["error"], loser.json["detail"]) == ("Conflict", checked.json["detail"])


async def test_the_document_tells_of_the_conflict(ask: Ask, app: Covet) -> None:
    document = (await ask(app, target="/openapi.json")).json

    assert "409" in document["paths"]["/users"]["post"]["responses"]


def test_rules_without_a_database_are_a_fault_of_the_start() -> None:
    app = Covet()

    @app.post("/users")
    async def sign_up(data: SignUp) -> None: ...

    with pytest.raises(StartupError, match="there is no database"):
        app.start()


async def test_a_change_that_does_not_say_of_which_row_is_a_fault_of_the_start(
    database: Database,
) -> None:
    app = Covet(database=database)

    @app.put("/users/{user_id}")
    async def replace(user_id: int, data: SignUp) -> None: ...

    @app.patch("/me")
    async def change(patch: Annotated[Patch[SignUp], Updates("user.id")]) -> None: ...

    with pytest.raises(StartupError) as caught:
        app.start()

    messages = [fault.message for fault in caught.value.faults]
    assert len(messages) == 2
    assert "Updates" in messages[0]
    assert "is no parameter of the handler" in messages[1]


async def test_a_model_without_rules_costs_no_statement(ask: Ask, database: Database) -> None:
    class Plain(BaseModel):
        email: str

    app = Covet(database=database)

    @app.post("/")
    async def take(data: Plain, session: AsyncSession) -> None: ...

    with statements(database) as seen:
        assert (await ask(app, "POST", json={"email": "x"})).status == 200

    assert seen == []
