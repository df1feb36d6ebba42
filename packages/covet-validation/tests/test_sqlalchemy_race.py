# ruff: noqa: RUF012 - rules are constants
from __future__ import annotations

import asyncio
from typing import Annotated, Any, TypeAlias

import pytest
from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, func, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet_validation import RequestValidator
from covet_validation.sqlalchemy import (
    DatabaseChecks,
    DatabaseConflictError,
    DatabaseValidatedModel,
    DatabaseValidationError,
    Exists,
    Unique,
    Updates,
)

Database: TypeAlias = Any  # conftest.Database
pytestmark = pytest.mark.anyio


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column("e_mail", unique=True)
    nick: Mapped[str | None]
    handle: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(unique=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    old_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    boss_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (
        UniqueConstraint("team_id", "handle", name="one_handle_a_team"),
        Index("uq_users_nick", func.lower(text("nick")), unique=True),
    )


class SignUp(DatabaseValidatedModel):
    email: str
    nick: str | None = None
    handle: str | None = None
    team_id: int | None = None
    old_team_id: int | None = None
    __db_validations__ = {
        "email": Unique(User.email),
        "nick": Unique(User.nick, ignore_case=True),
        ("team_id", "handle"): Unique(User.team_id, User.handle),
        "team_id": Exists(Team.id),
        "old_team_id": Exists(Team.id),
    }


async def sign_up(data: SignUp) -> None: ...


async def sign_up_many(data: list[SignUp]) -> None: ...


async def change(user_id: int, data: Annotated[SignUp, Updates("user_id")]) -> None: ...


def checks_of(handler: Any) -> DatabaseChecks:
    validator = RequestValidator(handler, path_params=["user_id"], methods=["POST"])
    return DatabaseChecks(validator.inputs)


async def check_error(
    database: Database, checks: DatabaseChecks, arguments: dict[str, Any]
) -> DatabaseValidationError:
    async with database.session() as session:
        with pytest.raises(DatabaseValidationError) as caught:
            await checks.check(arguments, session)
    return caught.value


async def lost_race(
    database: Database, statement: Any, checks: DatabaseChecks, arguments: dict[str, Any]
) -> DatabaseValidationError | None:
    """Run what the database refuses, as if the check had passed before; explain it."""
    async with database.session() as session:
        rows = statement if isinstance(statement, list) else []
        session.add_all(rows)
        with pytest.raises(IntegrityError) as caught:
            await (session.flush() if rows else session.execute(statement))
        await session.rollback()
        return await checks.explain(caught.value, arguments, session)


def user(data: SignUp, **more: Any) -> User:
    return User(**data.model_dump(), **more)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SignUp(email="a"), id="unique"),
        pytest.param(SignUp(email="a", nick="ANN", handle="ann", team_id=1), id="several-unique"),
        pytest.param(SignUp(email="b", nick="ANN"), id="expression-index"),
        pytest.param(SignUp(email="b", handle="ann", team_id=1), id="composite"),
        pytest.param(SignUp(email="b", team_id=7), id="reference"),
        pytest.param(SignUp(email="b", old_team_id=7), id="the-other-reference"),
        pytest.param(SignUp(email="b", team_id=7, old_team_id=8), id="both-references"),
        pytest.param(SignUp(email="a", team_id=7), id="unique-and-reference"),
    ],
)
async def test_the_loser_is_told_what_the_check_would_have_said(
    database: Database, data: SignUp
) -> None:
    await database.add(Team(id=1), User(email="a", nick="Ann", handle="ann", team_id=1))
    checks = checks_of(sign_up)

    lost = await lost_race(database, [user(data)], checks, {"data": data})
    said = await check_error(database, checks, {"data": data})

    assert lost is not None
    assert (type(lost), lost.errors, str(lost)) == (type(said), said.errors, str(said))
    assert lost.status_code == (409 if isinstance(lost, DatabaseConflictError) else 422)


async def test_one_of_many_who_want_the_same_gets_it_and_all_others_hear_the_same(
    database: Database,
) -> None:
    await database.add(Team(id=1))
    checks = checks_of(sign_up)
    start = asyncio.Barrier(10)

    async def compete() -> object:
        data = SignUp(email="a", nick="ann", handle="h", team_id=1)
        async with database.session() as session:
            await checks.check({"data": data}, session)
            await session.rollback()
            await start.wait()  # all have been told that it is free
            session.add(user(data))
            try:
                await session.commit()
            except IntegrityError as error:
                await session.rollback()
                found = await checks.explain(error, {"data": data}, session)
                assert found is not None
                return found.status_code, found.errors
        return None

    outcomes = await asyncio.gather(*(compete() for _ in range(10)))

    losers = [one for one in outcomes if one is not None]
    assert len(losers) == 9
    assert all(one == losers[0] for one in losers)
    said = await check_error(
        database, checks, {"data": SignUp(email="a", nick="ANN", handle="h", team_id=1)}
    )
    assert losers[0] == (409, said.errors)


async def test_of_many_models_the_one_that_lost_is_told(database: Database) -> None:
    await database.add(User(email="b"))
    several = [SignUp(email="a"), SignUp(email="b"), SignUp(email="c")]

    lost = await lost_race(
        database, [user(one) for one in several], checks_of(sign_up_many), {"data": several}
    )

    assert lost is not None
    assert [(one.field, one.code) for one in lost.errors] == [("1.email", "ALREADY_EXISTS")]


async def test_a_winner_who_is_gone_again_is_told_by_the_constraint(database: Database) -> None:
    await database.add(User(email="a"))
    checks, data = checks_of(sign_up), SignUp(email="a")
    async with database.session() as session:
        session.add(user(data))
        with pytest.raises(IntegrityError) as caught:
            await session.flush()
        await session.rollback()
        await session.execute(delete(User))

        lost = await checks.explain(caught.value, {"data": data}, session)

    assert lost is not None
    assert lost.status_code == 409
    assert [(one.field, one.code) for one in lost.errors] == [("email", "ALREADY_EXISTS")]


async def test_a_constraint_without_a_rule_is_told_by_its_columns(database: Database) -> None:
    await database.add(User(email="a", phone="1"))
    data = SignUp(email="b", team_id=7)

    lost = await lost_race(
        database, [User(email="b", phone="1")], checks_of(sign_up), {"data": data}
    )

    assert lost is not None
    assert lost.status_code == 409
    assert [(one.field, one.code) for one in lost.errors] == [
        ("team_id", "REFERENCE_NOT_FOUND"),
        ("phone", "ALREADY_EXISTS"),
    ]


async def test_a_reference_without_a_rule_is_told_where_the_database_names_it(
    database: Database,
) -> None:
    data = SignUp(email="b")

    lost = await lost_race(database, [user(data, boss_id=77)], checks_of(sign_up), {"data": data})

    assert lost is not None
    assert lost.status_code == 422
    is_sqlite = database.engine.dialect.name == "sqlite"
    assert [one.field for one in lost.errors] == ["" if is_sqlite else "boss_id"]


async def test_the_row_being_changed_is_no_obstacle_when_the_rules_are_asked_again(
    database: Database,
) -> None:
    await database.add(User(id=1, email="a", nick="ann"), User(id=2, email="b"))
    data = SignUp(email="b", nick="Ann")

    lost = await lost_race(
        database,
        update(User).where(User.id == 1).values(email="b"),
        checks_of(change),
        {"user_id": 1, "data": data},
    )

    assert lost is not None
    assert [one.field for one in lost.errors] == ["email"]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: delete(Team), id="delete"),
        pytest.param(lambda: update(Team).values(id=5), id="change-of-key"),
    ],
)
async def test_what_others_refer_to_cannot_go(database: Database, make: Any) -> None:
    await database.add(Team(id=1), User(email="a", team_id=1))

    lost = await lost_race(database, make(), checks_of(sign_up), {"data": SignUp(email="b")})

    assert isinstance(lost, DatabaseConflictError)
    assert [(one.field, one.code) for one in lost.errors] == [("", "STILL_REFERENCED")]
    assert str(lost) == "Other objects still refer to this one."


async def test_other_constraints_are_not_the_client_s(database: Database) -> None:
    lost = await lost_race(
        database, [User(email=None)], checks_of(sign_up), {"data": SignUp(email="b")}
    )

    assert lost is None
