from __future__ import annotations

from typing import Any, TypeAlias

import pytest
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from covet_validation.sqlalchemy import (
    DatabaseConflictError,
    DatabaseConstraintValidator,
    DatabaseValidationError,
    RuleError,
)

Database: TypeAlias = Any  # conftest.Database
pytestmark = pytest.mark.anyio


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column("e_mail")
    team: Mapped[int] = mapped_column(default=1)


class Manager(User):
    """A class whose rows are in two tables."""

    __tablename__ = "managers"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    badge: Mapped[str]


class Seat(Base):
    __tablename__ = "seats"

    row: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


@pytest.mark.parametrize(
    ("field", "value", "options"),
    [
        pytest.param("email", "new", {}, id="free"),
        pytest.param("email", None, {}, id="null"),
        pytest.param("email", "A@b.co", {}, id="another-case"),
        pytest.param("email", "a@b.co", {"exclude_id": 0}, id="its-own"),
        pytest.param(("email", "team"), ("a@b.co", 2), {}, id="free-together"),
        pytest.param(["email", "team"], ["a@b.co", None], {}, id="null-together"),
    ],
)
async def test_a_free_value_is_true(
    database: Database, field: Any, value: object, options: Any
) -> None:
    await database.add(User(id=0, email="a@b.co", team=1))

    async with database.session() as session:
        found = await DatabaseConstraintValidator(session).validate_unique(
            User, field, value, **options
        )

    assert found is True


@pytest.mark.parametrize(
    ("field", "value", "options", "fields"),
    [
        pytest.param("email", "a@b.co", {}, ["email"], id="taken"),
        pytest.param("email", "a@b.co", {"exclude_id": 1}, ["email"], id="of-another"),
        pytest.param("email", "A@B.co", {"ignore_case": True}, ["email"], id="another-case"),
        pytest.param(("email", "team"), ("a@b.co", 1), {}, ["email", "team"], id="taken-together"),
        pytest.param(
            ("email", "team"), ("A@b.co", 1), {"ignore_case": True}, ["email", "team"], id="both"
        ),
    ],
)
async def test_a_taken_value_is_an_error(
    database: Database, field: Any, value: object, options: Any, fields: list[str]
) -> None:
    await database.add(User(id=0, email="a@b.co", team=1), User(id=2, email="a@b.co", team=1))

    async with database.session() as session:
        with pytest.raises(ValueError, match="taken") as caught:
            await DatabaseConstraintValidator(session).validate_unique(
                User, field, value, **options
            )

    assert isinstance(caught.value, DatabaseConflictError)
    assert [(one.field, one.code) for one in caught.value.errors] == [
        (name, "ALREADY_EXISTS") for name in fields
    ]
    assert len(database.statements) == 1


@pytest.mark.parametrize(
    ("model", "key"),
    [
        pytest.param(User, 0, id="zero"),
        pytest.param(User, None, id="null"),
        pytest.param(Manager, 0, id="inherited"),
        pytest.param(Seat, ("a", 1), id="composite"),
        pytest.param(Seat, ["a", None], id="null-in-composite"),
    ],
)
async def test_what_is_there_may_be_referred_to(
    database: Database, model: type[Base], key: object
) -> None:
    await database.add(Manager(id=0, email="a", badge="x"), Seat(row="a", number=1))

    async with database.session() as session:
        assert await DatabaseConstraintValidator(session).validate_foreign_key(model, key) is True


@pytest.mark.parametrize(
    ("model", "key"), [pytest.param(User, 7, id="one"), pytest.param(Seat, ("a", 2), id="two")]
)
async def test_a_reference_to_nothing_is_an_error(
    database: Database, model: type[Base], key: object
) -> None:
    await database.add(Seat(row="a", number=1))

    async with database.session() as session:
        with pytest.raises(ValueError, match="REFERENCE_NOT_FOUND") as caught:
            await DatabaseConstraintValidator(session).validate_foreign_key(
                model, key, field_name="seat"
            )

    assert isinstance(caught.value, DatabaseValidationError)
    assert caught.value.status_code == 422
    assert [one.field for one in caught.value.errors] == ["seat"]


async def test_columns_of_a_base_class_are_excluded_by_its_key(database: Database) -> None:
    await database.add(Manager(id=5, email="a", badge="x"))

    async with database.session() as session:
        validator = DatabaseConstraintValidator(session)

        assert await validator.validate_unique(Manager, "email", "a", 5) is True
        assert await validator.validate_unique(Manager, "badge", "x", 5) is True
        with pytest.raises(DatabaseConflictError):
            await validator.validate_unique(Manager, "email", "a")


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        pytest.param(lambda v: v.validate_unique(User, "nope", 1), "User.nope", id="field"),
        pytest.param(
            lambda v: v.validate_unique(User, "email; DROP TABLE users", 1), "no column", id="sql"
        ),
        pytest.param(lambda v: v.validate_unique(int, "id", 1), "no mapped class", id="class"),
        pytest.param(lambda v: v.validate_unique(User, "email", "a", (1, 2)), "is: id", id="key"),
        pytest.param(
            lambda v: v.validate_unique(User, ("email", "team"), 1), "1 values", id="values"
        ),
        pytest.param(lambda v: v.validate_foreign_key(Seat, "a"), "1 values", id="reference"),
        pytest.param(lambda v: v.validate_foreign_key(int, 1), "no mapped class", id="target"),
    ],
)
async def test_what_cannot_be_asked_is_no_answer(database: Database, call: Any, fault: str) -> None:
    async with database.session() as session:
        with pytest.raises(RuleError, match=fault):
            await call(DatabaseConstraintValidator(session))

    assert database.statements == []
