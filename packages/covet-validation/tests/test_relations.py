"""Nothing is loaded from the database by serializing."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel, RootModel
from sqlalchemy import ForeignKey, StaticPool, create_engine, event, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    load_only,
    mapped_column,
    relationship,
    selectinload,
    synonym,
)

from covet_validation import (
    PaginatedResponse,
    ResponseMismatchError,
    ResponseSerializer,
    UnloadedAttributeError,
)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    password: Mapped[str] = mapped_column(default="hunter2")
    posts: Mapped[list[Post]] = relationship(back_populates="author")


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    headline: Mapped[str] = synonym("title")
    author: Mapped[User] = relationship(back_populates="posts")

    @property
    def author_name(self) -> str:
        return self.author.name


class UserOut(BaseModel):
    id: int
    name: str


class PostOut(BaseModel):
    title: str
    author: UserOut


class PostFlat(BaseModel):
    title: str


class PostWithAuthorId(PostFlat):
    author_id: int | None


class PostHeadline(BaseModel):
    headline: str


class PostNamed(BaseModel):
    title: str
    author_name: str


class UserWithPosts(BaseModel):
    name: str
    posts: list[PostOut]


class Feed(BaseModel):
    posts: list[PostOut]


Open = Callable[[], Session]


@pytest.fixture
def statements() -> list[str]:
    return []


@pytest.fixture
def session(statements: list[str]) -> Iterator[Session]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as setup:
        ann = User(id=1, name="Ann")
        setup.add_all(
            [ann, Post(id=1, title="One", author=ann), Post(id=2, title="Two", author=ann)]
        )
        setup.commit()

    def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", record)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def serializer() -> ResponseSerializer:
    return ResponseSerializer()


def posts(session: Session, *options: Any) -> list[Post]:
    return list(session.scalars(select(Post).order_by(Post.id).options(*options)))


def test_loaded_relations_are_written(
    session: Session, serializer: ResponseSerializer, statements: list[str]
) -> None:
    found = posts(session, selectinload(Post.author))
    before = len(statements)

    body = serializer.serialize(found, list[PostOut])

    assert body == (
        b'[{"title":"One","author":{"id":1,"name":"Ann"}},'
        b'{"title":"Two","author":{"id":1,"name":"Ann"}}]'
    )
    assert len(statements) == before


@pytest.mark.parametrize(
    ("wrap", "model"),
    [
        pytest.param(lambda found: found, list[PostOut], id="list"),
        pytest.param(lambda found: found[0], PostOut, id="one"),
        pytest.param(lambda found: found[0], PostOut | None, id="optional"),
        pytest.param(lambda found: {"a": found[0]}, dict[str, PostOut], id="dict"),
        pytest.param(lambda found: {"posts": found}, Feed, id="nested"),
        pytest.param(lambda found: found, RootModel[list[PostOut]], id="root-model"),
        pytest.param(iter, list[PostOut], id="iterator"),
        pytest.param(
            lambda found: {"items": found, "total": 2, "page": 1, "per_page": 2},
            PaginatedResponse[PostOut],
            id="page-as-dict",
        ),
        pytest.param(
            lambda found: PaginatedResponse[Any](items=found, total=2, page=1, per_page=2),
            PaginatedResponse[PostOut],
            id="page",
        ),
    ],
)
def test_relations_that_are_not_loaded_are_named_without_a_statement(
    session: Session,
    serializer: ResponseSerializer,
    statements: list[str],
    wrap: Callable[[Any], Any],
    model: Any,
) -> None:
    found = wrap(posts(session))
    before = len(statements)

    with pytest.raises(UnloadedAttributeError) as caught:
        serializer.serialize(found, model)

    error = caught.value
    assert (error.owner, error.attribute) == ("Post", "author")
    assert "selectinload(Post.author)" in str(error)
    assert isinstance(error, ResponseMismatchError)
    assert len(statements) == before


def test_relations_of_relations_are_named(session: Session, serializer: ResponseSerializer) -> None:
    found = session.scalars(select(User).options(selectinload(User.posts))).one()
    for post in found.posts:  # set by the loader, as the other end of the relation
        session.expire(post, ["author"])

    with pytest.raises(UnloadedAttributeError) as caught:
        serializer.serialize(found, UserWithPosts)

    assert (caught.value.owner, caught.value.attribute) == ("Post", "author")


def test_relations_that_are_not_declared_do_not_matter(
    session: Session, serializer: ResponseSerializer, statements: list[str]
) -> None:
    found = posts(session)
    before = len(statements)

    assert serializer.serialize(found, list[PostFlat]) == b'[{"title":"One"},{"title":"Two"}]'
    assert len(statements) == before


def test_cycles_of_objects_are_walked_once(
    session: Session, serializer: ResponseSerializer
) -> None:
    relations = selectinload(User.posts).selectinload(Post.author)
    found = session.scalars(select(User).options(relations)).one()

    body = serializer.serialize(found, UserWithPosts)

    assert body.count(b"Ann") == 3


def test_new_objects_have_nothing_to_load(serializer: ResponseSerializer) -> None:
    post = Post(title="New")

    with pytest.raises(ResponseMismatchError) as caught:
        serializer.serialize(post, PostOut)

    assert not isinstance(caught.value, UnloadedAttributeError)
    assert serializer.serialize(post, PostFlat) == b'{"title":"New"}'


def test_expired_columns_are_loaded_by_synchronous_sessions(
    session: Session, serializer: ResponseSerializer
) -> None:
    post = posts(session)[0]
    session.commit()

    assert serializer.serialize(post, PostFlat) == b'{"title":"One"}'


def test_detached_objects_name_what_was_not_loaded(
    session: Session, serializer: ResponseSerializer
) -> None:
    post = posts(session)[0]
    session.expire(post, ["title"])
    session.expunge(post)

    with pytest.raises(UnloadedAttributeError) as caught:
        serializer.serialize({"posts": [post]}, dict[str, list[PostFlat]])

    assert (caught.value.owner, caught.value.attribute) == ("Post", "title")
    assert "refresh" in str(caught.value)


async def _in_async_session(work: Callable[[AsyncSession], Any]) -> Any:
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        session.add(Post(id=1, title="One", author=User(id=1, name="Ann")))
        await session.commit()
        session.expunge_all()
        try:
            return await work(session)
        finally:
            await session.close()
            await engine.dispose()


def test_async_sessions_name_the_relation(serializer: ResponseSerializer) -> None:
    async def work(session: AsyncSession) -> None:
        serializer.serialize((await session.scalars(select(Post))).all(), list[PostOut])

    with pytest.raises(UnloadedAttributeError, match=r"selectinload\(Post.author\)"):
        asyncio.run(_in_async_session(work))


def test_async_sessions_read_synonyms(serializer: ResponseSerializer) -> None:
    async def work(session: AsyncSession) -> bytes:
        return serializer.serialize((await session.scalars(select(Post))).one(), PostHeadline)

    assert asyncio.run(_in_async_session(work)) == b'{"headline":"One"}'


def test_async_sessions_name_expired_columns(serializer: ResponseSerializer) -> None:
    async def work(session: AsyncSession) -> None:
        post = (await session.scalars(select(Post))).one()
        session.expire(post)
        serializer.serialize([post], list[PostFlat])

    with pytest.raises(UnloadedAttributeError) as caught:
        asyncio.run(_in_async_session(work))

    assert (caught.value.owner, caught.value.attribute) == ("Post", "title")


def test_async_sessions_read_a_column_that_the_insert_left_to_null(
    serializer: ResponseSerializer,
) -> None:
    async def work(session: AsyncSession) -> bytes:
        post = Post(title="Two")
        session.add(post)
        await session.flush()
        return serializer.serialize(post, PostWithAuthorId)

    assert asyncio.run(_in_async_session(work)) == b'{"title":"Two","author_id":null}'


def test_async_sessions_name_deferred_columns(serializer: ResponseSerializer) -> None:
    async def work(session: AsyncSession) -> None:
        found = await session.scalars(select(Post).options(load_only(Post.id)))
        serializer.serialize(found.all(), list[PostFlat])

    with pytest.raises(UnloadedAttributeError) as caught:
        asyncio.run(_in_async_session(work))

    assert (caught.value.owner, caught.value.attribute) == ("Post", "title")


@pytest.mark.filterwarnings(
    "ignore:coroutine .* was never awaited", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_async_sessions_name_properties_that_load(serializer: ResponseSerializer) -> None:
    async def work(session: AsyncSession) -> None:
        found = {"posts": (await session.scalars(select(Post))).all()}
        serializer.serialize(found, dict[str, list[PostNamed]])

    with pytest.raises(UnloadedAttributeError) as caught:
        asyncio.run(_in_async_session(work))

    gc.collect()  # the coroutine that SQLAlchemy gave up
    assert (caught.value.owner, caught.value.attribute) == ("Post", "author_name")
    assert caught.value.kind == "property"


def test_rows_of_a_query_are_written(session: Session, serializer: ResponseSerializer) -> None:
    rows = session.execute(select(User.id, User.name, User.password)).all()

    assert serializer.serialize(rows, list[UserOut]) == b'[{"id":1,"name":"Ann"}]'
