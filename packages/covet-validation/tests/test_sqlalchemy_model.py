# ruff: noqa: RUF012 - defaults of models are copied, rules are constants
from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, Field, HttpUrl, RootModel, SecretStr
from sqlalchemy import ForeignKey, Index, LargeBinary, Numeric, String, UniqueConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet_validation import Patch, ValidationException
from covet_validation.sqlalchemy import (
    DatabaseConflictError,
    DatabaseValidatedModel,
    DatabaseValidationError,
    Exists,
    RuleError,
    Unique,
)

Database: TypeAlias = Any  # conftest.Database

pytestmark = pytest.mark.anyio


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_open: Mapped[bool] = mapped_column(default=True)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(100), unique=True)
    nick: Mapped[str | None]
    handle: Mapped[str | None]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    is_gone: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("team_id", "handle"),
        Index("uq_users_nick", func.lower(text("nick")), unique=True),
    )


class Seat(Base):
    """Something whose primary key is composite, and not called id."""

    __tablename__ = "seats"

    row: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)


class Odd(Base):
    """Columns of the types that need care, without constraints."""

    __tablename__ = "odds"

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    blob: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    day: Mapped[date] = mapped_column(default=date(2026, 1, 1))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2), default=Decimal(1))


class SignUp(DatabaseValidatedModel):
    email: str
    nick: str | None = None
    handle: str | None = None
    team_id: int | None = None

    __db_validations__ = {
        "email": {"unique": {"model": User, "field": "email"}},
        "nick": Unique(User.nick, ignore_case=True),
        ("team_id", "handle"): Unique(User.team_id, User.handle),
        "team_id": {"foreign_key": Team},
    }


def told(error: ValidationException) -> list[tuple[str, str]]:
    assert {one.location for one in error.errors} <= {"body"}
    return [(one.field, one.code) for one in error.errors]


async def refused(
    database: Database, model: type[DatabaseValidatedModel], data: object, exclude_id: object = None
) -> list[tuple[str, str]]:
    """Validate what is wrong; one statement has to be enough."""
    database.statements.clear()
    async with database.session() as session:
        with pytest.raises(DatabaseValidationError) as caught:
            await model.validate_with_db(data, session, exclude_id)
    assert len(database.statements) == 1
    return told(caught.value)


async def accepted(
    database: Database, model: type[DatabaseValidatedModel], data: object, exclude_id: object = None
) -> None:
    async with database.session() as session:
        await model.validate_with_db(data, session, exclude_id)


async def test_what_keeps_all_rules_is_returned_after_one_statement(database: Database) -> None:
    await database.add(Team(id=1))

    async with database.session() as session:
        found = await SignUp.validate_with_db(
            {"email": "a@b.co", "nick": "ann", "handle": "ann", "team_id": 1}, session
        )

    assert found == SignUp(email="a@b.co", nick="ann", handle="ann", team_id=1)
    assert len(database.statements) == 1


async def test_objects_with_attributes_are_read_too(database: Database) -> None:
    async with database.session() as session:
        found = await SignUp.validate_with_db(User(email="a@b.co"), session)

    assert found.email == "a@b.co"


async def test_every_failure_is_told_at_once(database: Database) -> None:
    await database.add(Team(id=1), User(email="a@b.co", nick="Ann", handle="ann", team_id=1))
    data = {"email": "a@b.co", "nick": "ANN", "handle": "ann", "team_id": 1}

    assert await refused(database, SignUp, data) == [
        ("email", "ALREADY_EXISTS"),
        ("nick", "ALREADY_EXISTS"),
        ("team_id", "ALREADY_EXISTS"),
        ("handle", "ALREADY_EXISTS"),
    ]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        pytest.param({"email": "a@b.co"}, DatabaseConflictError, 409, id="taken"),
        pytest.param({"email": "new", "team_id": 9}, DatabaseValidationError, 422, id="missing"),
        pytest.param({"email": "a@b.co", "team_id": 9}, DatabaseConflictError, 409, id="both"),
    ],
)
async def test_the_status_tells_taken_from_missing(
    database: Database, data: object, kind: type[DatabaseValidationError], status: int
) -> None:
    await database.add(User(email="a@b.co"))

    async with database.session() as session:
        with pytest.raises(DatabaseValidationError) as caught:
            await SignUp.validate_with_db(data, session)

    assert type(caught.value) is kind
    assert caught.value.status_code == status
    assert "a@b.co" not in f"{caught.value} {caught.value.errors}"


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        pytest.param(
            {"team_id": "x"}, [("email", "MISSING"), ("team_id", "INT_PARSING")], id="mapping"
        ),
        pytest.param(User(email=3), [("email", "STRING_TYPE")], id="object"),
        pytest.param("junk", [("", "MODEL_TYPE")], id="neither"),
    ],
)
async def test_the_shape_comes_first_and_asks_nothing(
    database: Database, data: object, errors: list[tuple[str, str]]
) -> None:
    async with database.session() as session:
        with pytest.raises(ValidationException) as caught:
            await SignUp.validate_with_db(data, session)

    assert caught.value.status_code == 422
    assert told(caught.value) == errors
    assert database.statements == []


async def test_a_null_is_not_looked_up(database: Database) -> None:
    await database.add(User(email="a@b.co"), User(email="c@d.ef"))

    await accepted(database, SignUp, {"email": "new", "nick": None, "team_id": None})


async def test_the_row_being_changed_is_no_obstacle_even_if_its_key_is_0(
    database: Database,
) -> None:
    await database.add(User(id=0, email="a@b.co", nick="Ann"), User(id=1, email="c@d.ef"))

    await accepted(database, SignUp, {"email": "a@b.co", "nick": "ann"}, exclude_id=0)
    assert await refused(database, SignUp, {"email": "a@b.co"}, 1) == [("email", "ALREADY_EXISTS")]
    assert await refused(database, SignUp, {"email": "a@b.co"}) == [("email", "ALREADY_EXISTS")]


async def test_two_rows_where_one_was_expected_are_still_taken(database: Database) -> None:
    class Gone(DatabaseValidatedModel):
        is_gone: bool
        __db_validations__ = {"is_gone": Unique(User.is_gone)}

    await database.add(User(id=1, email="a", is_gone=True), User(id=2, email="b", is_gone=True))

    taken = [("is_gone", "ALREADY_EXISTS")]
    assert await refused(database, Gone, {"is_gone": True}) == taken
    assert await refused(database, Gone, {"is_gone": True}, exclude_id=1) == taken


class SeatIn(DatabaseValidatedModel):
    row: str
    number: int
    code: str

    __db_validations__ = {
        ("row", "number"): Exists(Seat.row, Seat.number),
        "code": Unique(Seat.code),
    }


async def test_primary_keys_may_be_composite(database: Database) -> None:
    await database.add(Seat(row="a", number=1, code="x"), Seat(row="b", number=1, code="y"))
    seat = {"row": "a", "number": 1, "code": "x"}

    await accepted(database, SeatIn, seat, exclude_id=("a", 1))
    assert await refused(database, SeatIn, seat, ("b", 1)) == [("code", "ALREADY_EXISTS")]
    assert await refused(database, SeatIn, seat | {"number": 2, "code": "z"}) == [
        ("row", "REFERENCE_NOT_FOUND"),
        ("number", "REFERENCE_NOT_FOUND"),
    ]


async def test_a_key_of_another_size_is_the_caller_s_fault(database: Database) -> None:
    async with database.session() as session:
        with pytest.raises(RuleError, match="row, number"):
            await SeatIn.validate_with_db({"row": "a", "number": 1, "code": "x"}, session, 1)


async def test_where_limits_which_rows_count(database: Database) -> None:
    class Join(DatabaseValidatedModel):
        email: str
        team_id: int
        __db_validations__ = {
            "email": Unique(User.email, where=User.is_gone.is_(False)),
            "team_id": Exists(Team.id, where=Team.is_open),
        }

    await database.add(Team(id=1), Team(id=2, is_open=False))
    await database.add(User(email="a", is_gone=True), User(email="b"))

    await accepted(database, Join, {"email": "a", "team_id": 1})
    assert await refused(database, Join, {"email": "b", "team_id": 2}) == [
        ("email", "ALREADY_EXISTS"),
        ("team_id", "REFERENCE_NOT_FOUND"),
    ]


class Teams(DatabaseValidatedModel):
    team_ids: list[int | None]
    main: set[int] = set()

    __db_validations__ = {"team_ids": Exists(Team.id), "main": Exists(Team.id)}


async def test_every_value_of_a_list_has_to_exist(database: Database) -> None:
    await database.add(Team(id=1), Team(id=3))

    await accepted(database, Teams, {"team_ids": [1, None, 3, 1]})
    assert await refused(database, Teams, {"team_ids": [1, 2, None, 4], "main": [3, 5]}) == [
        ("team_ids.1", "REFERENCE_NOT_FOUND"),
        ("team_ids.3", "REFERENCE_NOT_FOUND"),
        ("main.1", "REFERENCE_NOT_FOUND"),
    ]


class Plain(BaseModel):
    """A model without rules that holds one with some."""

    inner: SignUp | int = 1


class Row(RootModel[SignUp]):
    pass


class Batch(DatabaseValidatedModel):
    head: SignUp | None = None
    users: list[SignUp] = []
    named: dict[str, SignUp] = {}
    plain: Plain = Plain()
    row: Row | None = None
    children: list[Batch] = []


async def test_models_in_models_are_checked_by_the_same_statement(database: Database) -> None:
    await database.add(Team(id=1), User(email="a", nick="n"))
    taken = {"email": "a"}
    data = {
        "head": taken,
        "users": [{"email": "b", "team_id": 1}, {"email": "c", "nick": "N", "team_id": 2}],
        "named": {"x": {"email": "d", "team_id": 3}},
        "plain": {"inner": {"email": "e", "team_id": 4}},
        "row": {"email": "f", "team_id": 5},
        "children": [{"users": [{"email": "g", "team_id": 6}]}],
    }

    assert await refused(database, Batch, data) == [
        ("head.email", "ALREADY_EXISTS"),
        ("users.1.nick", "ALREADY_EXISTS"),
        ("users.1.team_id", "REFERENCE_NOT_FOUND"),
        ("named.x.team_id", "REFERENCE_NOT_FOUND"),
        ("plain.inner.team_id", "REFERENCE_NOT_FOUND"),
        ("row.team_id", "REFERENCE_NOT_FOUND"),
        ("children.0.users.0.team_id", "REFERENCE_NOT_FOUND"),
    ]


async def test_a_model_in_a_model_does_not_change_the_row_that_the_outer_one_does(
    database: Database,
) -> None:
    class Invite(SignUp):
        friend: SignUp

    await database.add(User(id=1, email="a"))

    data = {"email": "a", "friend": {"email": "a"}}
    assert await refused(database, Invite, data, 1) == [("friend.email", "ALREADY_EXISTS")]


async def test_what_one_input_has_twice_is_taken_by_the_first(database: Database) -> None:
    data = {
        "users": [
            {"email": "a", "nick": "Ann", "team_id": 1, "handle": "x"},
            {"email": "b", "nick": "ANN", "team_id": 2, "handle": "x"},
            {"email": "a", "team_id": 1, "handle": "x"},
        ]
    }
    await database.add(Team(id=1), Team(id=2))

    assert await refused(database, Batch, data) == [
        ("users.1.nick", "ALREADY_EXISTS"),
        ("users.2.email", "ALREADY_EXISTS"),
        ("users.2.team_id", "ALREADY_EXISTS"),
        ("users.2.handle", "ALREADY_EXISTS"),
    ]


async def test_thousands_of_values_are_asked_at_once(database: Database) -> None:
    await database.add(User(email="2999@b.co"))
    users = [{"email": f"{number}@b.co", "nick": f"n{number}"} for number in range(3000)]

    assert await refused(database, Batch, {"users": users}) == [
        ("users.2999.email", "ALREADY_EXISTS")
    ]


async def test_of_a_great_many_failures_the_first_are_told(database: Database) -> None:
    found = await refused(database, Teams, {"team_ids": list(range(1000))})

    assert len(found) == 500
    assert found[-1] == ("team_ids.499", "REFERENCE_NOT_FOUND")


class Aliased(DatabaseValidatedModel):
    email: str = Field(alias="eMail")
    nick: str = Field("x", validation_alias=AliasChoices(AliasPath("names", 0), "nick"))
    handle: str = Field("x", validation_alias=AliasPath("names", 1))

    __db_validations__ = {
        "email": Unique(User.email),
        "nick": Unique(User.nick),
        "handle": Unique(User.handle),
    }


async def test_fields_are_called_what_a_request_calls_them(database: Database) -> None:
    await database.add(User(email="a", nick="b", handle="c"))

    assert await refused(database, Aliased, {"eMail": "a", "names": ["b", "c"]}) == [
        ("eMail", "ALREADY_EXISTS"),
        ("names.0", "ALREADY_EXISTS"),
        ("names.1", "ALREADY_EXISTS"),
    ]


class OddIn(DatabaseValidatedModel):
    keys: list[uuid.UUID] = []
    blobs: list[bytes] = []
    days: list[date] = []
    prices: list[Decimal] = []
    emails: list[str] = []

    __db_validations__ = {
        "keys": Exists(Odd.key),
        "blobs": Exists(Odd.blob),
        "days": Exists(Odd.day),
        "prices": Exists(Odd.price),
        "emails": Exists(User.email),
    }


@pytest.mark.parametrize(
    ("field", "there", "missing"),
    [
        pytest.param("keys", uuid.UUID(int=7), uuid.UUID(int=8), id="uuid"),
        pytest.param("blobs", b"\x00\xff", b"\x00", id="bytes"),
        pytest.param("days", date(2026, 2, 3), date(2026, 2, 4), id="date"),
        pytest.param("prices", Decimal("1.25"), Decimal("1.26"), id="decimal"),
        pytest.param("emails", "é \"'$[0]", "é", id="text"),
        pytest.param("emails", "a", "a\0", id="nul"),
        pytest.param("emails", "a", "\ud800", id="surrogate"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
async def test_values_of_any_type_can_be_asked_alone_and_in_lists(
    database: Database, field: str, there: Any, missing: Any, times: int
) -> None:
    wrong = OddIn.model_construct(**{field: [there, missing]})
    odd = Odd(key=uuid.UUID(int=7), blob=b"\x00\xff", day=date(2026, 2, 3), price=Decimal("1.25"))
    await database.add(odd, User(email="a"), User(email="é \"'$[0]"))

    async with database.session() as session:
        await OddIn.validate_with_db({field: [there] * times}, session)
        with pytest.raises(DatabaseValidationError) as caught:
            await OddIn.validate_with_db(wrong, session)

    assert told(caught.value) == [(f"{field}.1", "REFERENCE_NOT_FOUND")]


async def test_urls_and_secrets_are_texts_to_the_database(database: Database) -> None:
    class Link(DatabaseValidatedModel):
        url: HttpUrl
        secrets: list[SecretStr] = []
        __db_validations__ = {"url": Unique(User.email), "secrets": Exists(User.nick)}

    await database.add(User(email="https://example.org/", nick="hidden"))

    await accepted(database, Link, {"url": "https://example.com", "secrets": ["hidden"]})
    assert await refused(database, Link, {"url": "https://example.org", "secrets": ["x"]}) == [
        ("url", "ALREADY_EXISTS"),
        ("secrets.0", "REFERENCE_NOT_FOUND"),
    ]


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**100])
async def test_numbers_that_no_column_holds_exist_nowhere(database: Database, number: int) -> None:
    class One(DatabaseValidatedModel):
        team_id: int
        __db_validations__ = {"team_id": [Exists(Team.id), Unique(User.team_id)]}

    async with database.session() as session:
        with pytest.raises(DatabaseValidationError) as caught:
            await One.validate_with_db({"team_id": number}, session)

    assert told(caught.value) == [("team_id", "REFERENCE_NOT_FOUND")]


async def test_values_are_bound_whatever_they_say(database: Database) -> None:
    await database.add(User(email="a"))
    hostile = "a'; DROP TABLE users; -- :v0_0 ? %s $1"

    await accepted(database, SignUp, {"email": hostile})

    assert hostile not in "".join(database.statements)
    assert await refused(database, SignUp, {"email": "a"}) == [("email", "ALREADY_EXISTS")]


async def test_pending_rows_of_the_session_count(database: Database) -> None:
    async with database.session() as session:
        session.add(User(email="a"))

        with pytest.raises(DatabaseConflictError):
            await SignUp.validate_with_db({"email": "a"}, session)


async def test_a_connection_can_be_asked_too(database: Database) -> None:
    await database.add(User(email="a"))

    async with database.engine.connect() as connection:
        with pytest.raises(DatabaseConflictError):
            await SignUp.validate_with_db({"email": "a"}, connection)


async def test_a_session_may_choose_its_engine_by_table(database: Database) -> None:
    from sqlalchemy.ext.asyncio import AsyncSession

    await database.add(User(email="a"))

    async with AsyncSession(binds={User: database.engine}) as session:
        with pytest.raises(DatabaseConflictError):
            await SignUp.validate_with_db({"email": "a"}, session)


async def test_a_model_without_rules_asks_nothing(database: Database) -> None:
    class Free(DatabaseValidatedModel):
        name: str

    await accepted(database, Free, {"name": "x"})

    assert database.statements == []


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: {User: 1, Seat: ("a", 1)}, id="by-class"),
        pytest.param(lambda: {User.__table__: 1, Seat: ("a", 1), Team: None}, id="by-table"),
    ],
)
async def test_rules_about_several_tables_take_a_key_of_each(
    database: Database, make: Callable[[], object]
) -> None:
    class Both(DatabaseValidatedModel):
        email: str
        code: str
        __db_validations__ = {"email": Unique(User.email), "code": Unique(Seat.code)}

    await database.add(User(id=1, email="a"), Seat(row="a", number=1, code="x"))
    data = {"email": "a", "code": "x"}

    await accepted(database, Both, data, make())
    assert await refused(database, Both, data, {User: 1}) == [("code", "ALREADY_EXISTS")]
    async with database.session() as session:
        with pytest.raises(RuleError, match="seats, users"):
            await Both.validate_with_db(data, session, 1)


class SignUpPatch(DatabaseValidatedModel):
    user: Patch[SignUp]


async def test_a_patch_asks_only_for_what_is_present(database: Database) -> None:
    await database.add(Team(id=1), User(email="a", nick="n", handle="h", team_id=1))

    await accepted(database, SignUpPatch, {"user": {}})
    await accepted(database, SignUpPatch, {"user": {"handle": "h"}})
    assert await refused(database, SignUpPatch, {"user": {"nick": "N", "team_id": 2}}) == [
        ("user.nick", "ALREADY_EXISTS"),
        ("user.team_id", "REFERENCE_NOT_FOUND"),
    ]


def test_assignments_are_validated() -> None:
    found = SignUp(email="a")

    with pytest.raises(ValueError, match="valid string"):
        found.email = 3  # type: ignore[assignment]
