from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    StaticPool,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    func,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from covet_validation.sqlalchemy import IntegrityFailure, explain_integrity_error

METADATA = MetaData()
USERS = Table(
    "users",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("e_mail", String, unique=True, key="email"),
    Column("handle", String),
    Column("team", Integer, nullable=False, default=1),
    Column("nick", String),
    Column("age", Integer, CheckConstraint("age > 0")),
    UniqueConstraint("team", "handle"),
    Index("uq_users_nick_lower", func.lower(Column("nick", String)), unique=True),
)
INDEXED = Table("indexed", METADATA, Column("slug", String, unique=True, index=True))
POSTS = Table(
    "posts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("author_id", ForeignKey("users.id")),
)
LIKES = Table(
    "likes",
    METADATA,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
)


def enforce(connection: Any, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


@pytest.fixture(params=["sqlite", pytest.param("psycopg", marks=pytest.mark.postgresql)])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    if request.param == "sqlite":
        engine = create_engine("sqlite://", poolclass=StaticPool)
        event.listen(engine, "connect", enforce)
    else:
        engine = create_engine(f"postgresql+psycopg:{request.getfixturevalue('postgresql_url')}")
    with engine.connect() as opened:
        METADATA.create_all(opened)
        opened.execute(
            USERS.insert().values(id=100, email="a@b.co", handle="ann", team=1, nick="Ann")
        )
        opened.execute(INDEXED.insert().values(slug="a"))
        opened.execute(POSTS.insert().values(id=100, author_id=100))
        yield opened  # what is not committed is gone
    engine.dispose()


def failure(
    connection: Connection, statement: Any, metadata: Any = METADATA
) -> IntegrityFailure | None:
    with pytest.raises(IntegrityError) as caught:
        connection.execute(statement)
    return explain_integrity_error(caught.value, metadata)


@pytest.mark.parametrize(
    ("statement", "fields"),
    [
        pytest.param(lambda: USERS.insert().values(email="a@b.co"), ["email"], id="column"),
        pytest.param(lambda: USERS.insert().values(id=100), ["id"], id="primary-key"),
        pytest.param(
            lambda: USERS.insert().values(handle="ann", team=1), ["team", "handle"], id="composite"
        ),
        pytest.param(lambda: INDEXED.insert().values(slug="a"), ["slug"], id="index"),
        pytest.param(lambda: USERS.insert().values(nick="ANN"), ["nick"], id="expression-index"),
        pytest.param(
            lambda: USERS.insert().values(email="a@b.co", handle="users.id", nick="users.team"),
            ["email"],
            id="values-that-look-like-columns",
        ),
    ],
)
def test_a_taken_value_is_a_conflict(
    connection: Connection, statement: Callable[[], Any], fields: list[str]
) -> None:
    found = failure(connection, statement())

    assert found is not None
    assert found.status_code == 409
    assert [one.field for one in found.errors] == fields
    assert {(one.code, one.location) for one in found.errors} == {("ALREADY_EXISTS", "body")}


def test_an_update_may_conflict_too(connection: Connection) -> None:
    connection.execute(USERS.insert().values(id=2, email="c@d.ef"))

    found = failure(connection, USERS.update().where(USERS.c.id == 2).values(email="a@b.co"))

    assert found is not None
    assert [one.field for one in found.errors] == ["email"]


def test_values_are_never_repeated(connection: Connection) -> None:
    found = failure(connection, USERS.insert().values(email="a@b.co"))

    assert "a@b.co" not in str(found)


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        pytest.param(lambda: POSTS.insert().values(author_id=9), "author_id", id="insert"),
        pytest.param(lambda: POSTS.update().values(author_id=9), "author_id", id="update"),
        pytest.param(lambda: LIKES.insert().values(user_id=9, post_id=9), None, id="one-of-two"),
    ],
)
def test_a_missing_reference_is_invalid(
    connection: Connection, statement: Callable[[], Any], field: str | None
) -> None:
    if field is None:
        field = "" if connection.dialect.name == "sqlite" else "user_id"

    found = failure(connection, statement())

    assert found is not None
    assert found.status_code == 422
    assert [(one.field, one.code) for one in found.errors] == [(field, "REFERENCE_NOT_FOUND")]


def test_deleting_what_is_referred_to_is_a_conflict(connection: Connection) -> None:
    found = failure(connection, USERS.delete())

    assert found is not None
    assert found.status_code == 409
    assert [(one.field, one.code) for one in found.errors] == [("", "STILL_REFERENCED")]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(lambda: USERS.insert().values(age=-1), id="check"),
        pytest.param(lambda: USERS.update().values(team=None), id="not-null"),
    ],
)
def test_other_constraints_are_not_the_client_s(
    connection: Connection, statement: Callable[[], Any]
) -> None:
    assert failure(connection, statement()) is None


def test_a_constraint_that_is_not_in_the_metadata_has_no_field(connection: Connection) -> None:
    found = failure(connection, USERS.insert().values(email="a@b.co"), [MetaData()])

    assert found is not None
    assert [(one.field, one.code) for one in found.errors] == [("", "ALREADY_EXISTS")]


def test_several_metadata_are_searched(connection: Connection) -> None:
    found = failure(connection, USERS.insert().values(email="a@b.co"), iter([MetaData(), METADATA]))

    assert found is not None
    assert [one.field for one in found.errors] == ["email"]


def test_errors_without_a_cause_mean_nothing() -> None:
    error = IntegrityError("INSERT INTO users", {}, None)  # type: ignore[arg-type]

    assert explain_integrity_error(error, METADATA) is None


def test_composite_references_name_their_columns(connection: Connection) -> None:
    metadata = MetaData()
    Table(
        "parents",
        metadata,
        Column("a", Integer, primary_key=True),
        Column("b", Integer, primary_key=True),
    )
    children = Table(
        "children",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("a", Integer),
        Column("b", Integer),
        ForeignKeyConstraint(["a", "b"], ["parents.a", "parents.b"]),
    )
    metadata.create_all(connection)

    found = failure(connection, children.insert().values(a=1, b=2), metadata)

    assert found is not None
    assert [one.field for one in found.errors] == ["a", "b"]


def test_the_core_does_not_import_sqlalchemy() -> None:
    code = "import sys, covet_validation; sys.exit('sqlalchemy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    monkeypatch.delitem(sys.modules, "covet_validation.sqlalchemy")

    with pytest.raises(ImportError, match=r"covet-validation\[sqlalchemy\]"):
        __import__("covet_validation.sqlalchemy")
