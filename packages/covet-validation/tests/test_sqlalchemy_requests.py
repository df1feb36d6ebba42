# ruff: noqa: RUF012 - rules are constants
from __future__ import annotations

from types import SimpleNamespace
from typing import Annotated, Any, TypeAlias

import pytest
from pydantic import BaseModel, Json
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet_validation import (
    Body,
    Form,
    Header,
    Patch,
    Query,
    RequestValidator,
    SignatureError,
)
from covet_validation.sqlalchemy import (
    DatabaseChecks,
    DatabaseValidatedModel,
    DatabaseValidationError,
    Exists,
    RuleError,
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
    name: Mapped[str] = mapped_column(unique=True)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    handle: Mapped[str | None]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))

    __table_args__ = (UniqueConstraint("team_id", "handle"),)


class Seat(Base):
    __tablename__ = "seats"

    row: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)


class Person(DatabaseValidatedModel):
    email: str
    team_id: int | None = None
    handle: str | None = None
    __db_validations__ = {
        "email": Unique(User.email),
        "team_id": Exists(Team.id),
        ("team_id", "handle"): Unique(User.team_id, User.handle),
    }


class SeatIn(DatabaseValidatedModel):
    code: str
    __db_validations__ = {"code": Unique(Seat.code)}


class Filters(DatabaseValidatedModel):
    team: int
    __db_validations__ = {"team": Exists(Team.id)}


class Free(BaseModel):
    email: str


PERSON = Person(email="a", team_id=9)


def checks_of(handler: Any, **options: Any) -> DatabaseChecks:
    options.setdefault("methods", ["POST"])
    validator = RequestValidator(handler, path_params=["user_id", "row", "number"], **options)
    return DatabaseChecks(validator.inputs, methods=options["methods"])


async def told(
    database: Database, checks: DatabaseChecks, arguments: dict[str, object]
) -> list[tuple[str, str, str]]:
    database.statements.clear()
    async with database.session() as session:
        with pytest.raises(DatabaseValidationError) as caught:
            await checks.check(arguments, session)
    assert len(database.statements) == 1
    return [(one.location, one.field, one.code) for one in caught.value.errors]


async def whole(data: Person) -> None: ...
async def embedded(data: Annotated[Person, Body(embed=True)]) -> None: ...
async def two(data: Person, other: Free) -> None: ...
async def many(data: list[Person]) -> None: ...
async def form(data: Annotated[Person, Form()]) -> None: ...
async def query(data: Annotated[Person, Query()]) -> None: ...
async def header(data: Annotated[Person, Header()]) -> None: ...
async def text(data: Annotated[Json[Person], Query()]) -> None: ...
async def optional(data: Person | None = None) -> None: ...


@pytest.mark.parametrize(
    ("handler", "value", "location", "prefix"),
    [
        pytest.param(whole, PERSON, "body", "", id="body"),
        pytest.param(optional, PERSON, "body", "", id="optional"),
        pytest.param(embedded, PERSON, "body", "data.", id="embedded"),
        pytest.param(two, PERSON, "body", "data.", id="two-bodies"),
        pytest.param(many, [PERSON], "body", "0.", id="list"),
        pytest.param(form, PERSON, "form", "", id="form"),
        pytest.param(query, PERSON, "query", "", id="query"),
        pytest.param(header, PERSON, "header", "", id="header"),
        pytest.param(text, PERSON, "query", "data.", id="json-text"),
    ],
)
async def test_failures_are_told_where_the_request_has_the_value(
    database: Database, handler: Any, value: object, location: str, prefix: str
) -> None:
    await database.add(User(email="a"))

    assert await told(database, checks_of(handler), {"data": value}) == [
        (location, f"{prefix}email", "ALREADY_EXISTS"),
        (location, f"{prefix}team_id", "REFERENCE_NOT_FOUND"),
    ]


async def test_all_inputs_are_asked_by_one_statement(database: Database) -> None:
    async def handler(data: Person, filters: Annotated[Filters, Query()]) -> None: ...

    arguments: dict[str, object] = {"data": PERSON, "filters": Filters(team=8)}

    assert await told(database, checks_of(handler), arguments) == [
        ("body", "team_id", "REFERENCE_NOT_FOUND"),
        ("query", "team", "REFERENCE_NOT_FOUND"),
    ]


async def test_what_keeps_the_rules_passes(database: Database) -> None:
    async with database.session() as session:
        await checks_of(whole).check({"data": Person(email="a")}, session)
        await checks_of(optional).check({"data": None}, session)

    assert len(database.statements) == 1


def test_there_is_nothing_to_check_without_rules() -> None:
    async def handler(user_id: int, data: Free, page: int = 1) -> None: ...

    checks = checks_of(handler)

    assert not checks
    assert checks.needs == frozenset()
    assert checks_of(whole)


async def test_a_request_model_whose_fields_are_taken_apart_is_checked(database: Database) -> None:
    async def handler(email: str, team_id: int | None) -> None: ...

    await database.add(User(email="a"))
    checks = checks_of(handler, request_model=Person)

    assert await told(database, checks, {"email": "a", "team_id": 3}) == [
        ("body", "email", "ALREADY_EXISTS"),
        ("body", "team_id", "REFERENCE_NOT_FOUND"),
    ]


async def by_path(user_id: int, data: Annotated[Patch[Person], Updates("user_id")]) -> None: ...
async def by_user(data: Annotated[Person, Updates("current_user.id")]) -> None: ...
async def creating(data: Annotated[Person, Updates()]) -> None: ...


async def test_an_update_leaves_out_the_row_that_it_changes(database: Database) -> None:
    await database.add(User(id=1, email="a"), User(id=2, email="b"))
    checks = checks_of(by_path, methods=["PATCH"])

    async with database.session() as session:
        await checks.check({"user_id": 1, "data": Patch[Person](email="a")}, session)
    found = await told(database, checks, {"user_id": 1, "data": Patch[Person](email="b")})

    assert found == [("body", "email", "ALREADY_EXISTS")]
    assert checks.needs == frozenset()


async def test_what_a_patch_leaves_out_is_taken_from_the_row(database: Database) -> None:
    await database.add(Team(id=1, name="x"), Team(id=2, name="y"))
    await database.add(
        User(id=1, email="a", team_id=1, handle="h"),
        User(id=2, email="b", team_id=2, handle="h"),
        User(id=3, email="c", team_id=1, handle="i"),
        User(id=4, email="d", handle="i"),
    )
    checks = checks_of(by_path, methods=["PATCH"])
    arguments: dict[str, object] = {"user_id": 1, "data": Patch[Person](handle="i")}

    assert await told(database, checks, arguments) == [
        ("body", "team_id", "ALREADY_EXISTS"),
        ("body", "handle", "ALREADY_EXISTS"),
    ]
    async with database.session() as session:
        await checks.check({"user_id": 2, "data": Patch[Person](handle="i")}, session)
        await checks.check({"user_id": 4, "data": Patch[Person](handle="h")}, session)


async def test_the_row_may_be_one_that_is_injected(database: Database) -> None:
    await database.add(User(id=1, email="a"))
    checks = checks_of(by_user, methods=["PUT"])
    arguments = {"data": Person(email="a"), "current_user": SimpleNamespace(id=1)}

    assert checks.needs == {"current_user"}
    async with database.session() as session:
        await checks.check(arguments, session)
        with pytest.raises(RuleError, match="current_user"):
            await checks.check({"data": Person(email="a")}, session)


async def test_an_input_may_say_that_it_changes_no_row(database: Database) -> None:
    await database.add(User(id=1, email="a"))

    found = await told(database, checks_of(creating, methods=["PUT"]), {"data": Person(email="a")})

    assert found == [("body", "email", "ALREADY_EXISTS")]


async def test_composite_keys_are_named_one_by_one(database: Database) -> None:
    async def handler(
        row: str, number: int, data: Annotated[SeatIn, Updates("row", "number")]
    ) -> None: ...

    await database.add(Seat(row="a", number=1, code="x"))
    checks = checks_of(handler, methods=["PUT"])

    async with database.session() as session:
        await checks.check({"row": "a", "number": 1, "data": SeatIn(code="x")}, session)


class UserAndTeam(DatabaseValidatedModel):
    email: str
    name: str
    __db_validations__ = {"email": Unique(User.email), "name": Unique(Team.name)}


async def test_of_several_tables_the_row_s_is_named(database: Database) -> None:
    async def handler(
        user_id: int, data: Annotated[UserAndTeam, Updates("user_id", of=User)]
    ) -> None: ...

    await database.add(User(id=1, email="a"), Team(id=1, name="x"))
    checks = checks_of(handler, methods=["PATCH"])
    arguments: dict[str, object] = {"user_id": 1, "data": UserAndTeam(email="a", name="x")}

    assert await told(database, checks, arguments) == [("body", "name", "ALREADY_EXISTS")]


async def silent(data: Person) -> None: ...
async def silent_patch(data: Patch[Person]) -> None: ...
async def spread(email: str) -> None: ...
async def ambiguous(user_id: int, data: Annotated[UserAndTeam, Updates("user_id")]) -> None: ...
async def of_other(user_id: int, data: Annotated[Person, Updates("user_id", of=Seat)]) -> None: ...
async def short(row: str, data: Annotated[SeatIn, Updates("row")]) -> None: ...


@pytest.mark.parametrize(
    ("handler", "options", "fault"),
    [
        pytest.param(silent, {}, "Say which row it is", id="model"),
        pytest.param(silent_patch, {}, "Say which row it is", id="patch"),
        pytest.param(spread, {"request_model": Person}, "Say which row it is", id="spread"),
        pytest.param(ambiguous, {}, "there are: teams, users", id="several-tables"),
        pytest.param(of_other, {}, "there are: none", id="another-table"),
        pytest.param(short, {}, "primary key of seats is: row, number", id="half-a-key"),
    ],
)
def test_a_change_that_does_not_say_of_which_row_is_refused_at_start_up(
    handler: Any, options: dict[str, Any], fault: str
) -> None:
    with pytest.raises(SignatureError, match=fault) as caught:
        checks_of(handler, methods=["patch"], **options)

    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].handler == handler.__name__


class Wrong(DatabaseValidatedModel):
    a: int
    __db_validations__ = {"a": {"foreign_key": int}}


async def wrong(data: Wrong) -> None: ...
async def wrong_spread(a: int) -> None: ...


@pytest.mark.parametrize(
    ("handler", "options"),
    [
        pytest.param(wrong, {}, id="whole"),
        pytest.param(wrong_spread, {"request_model": Wrong}, id="spread"),
    ],
)
def test_rules_that_cannot_be_checked_are_refused_at_start_up(
    handler: Any, options: dict[str, Any]
) -> None:
    with pytest.raises(SignatureError, match="no mapped class"):
        checks_of(handler, **options)


def test_nested_models_need_not_say_which_row_they_change() -> None:
    async def handler(data: list[Person]) -> None: ...

    assert checks_of(handler, methods=["PUT"])
