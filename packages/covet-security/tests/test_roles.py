"""Roles in SQL: one statement says what a user may do, whatever the hierarchy looks like."""

import asyncio
import random
import runpy
import shutil
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis
from sqlalchemy import ForeignKey, bindparam, delete, event, insert, select, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import covet_security.sqlalchemy
from covet_security import (
    ConfigError,
    MemoryChangeFeed,
    PermissionChecker,
    Principal,
    RoleHierarchyError,
    StoreUnavailableError,
    owned_by,
)
from covet_security.redis import RedisChangeFeed
from covet_security.sqlalchemy import (
    PermissionEpochMixin,
    PermissionMixin,
    RoleMixin,
    RoleModels,
    RolePermissionMixin,
    RoleTables,
    UserMixin,
    UserRoleMixin,
)

pytestmark = pytest.mark.anyio

NOW = 1_800_000_000.0


class Base(DeclarativeBase):
    pass


class User(UserMixin, Base):
    pass


class Role(RoleMixin, Base):
    pass


class Permission(PermissionMixin, Base):
    pass


class UserRole(UserRoleMixin, Base):
    pass


class RolePermission(RolePermissionMixin, Base):
    pass


class PermissionEpoch(PermissionEpochMixin, Base):
    pass


class Item(Base):
    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    author: Mapped[str]


MODELS = RoleModels(Role, Permission, UserRole, RolePermission, PermissionEpoch, User)


async def create(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
        await connection.execute(insert(User), [{"id": number} for number in range(1, 6)])
    await engine.dispose()


@pytest.fixture(scope="module")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables and users 1 to 5, to be copied."""
    path = tmp_path_factory.mktemp("roles") / "template.db"
    asyncio.run(create(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="module")
def postgresql_tables(postgresql_url: str) -> str:
    """A PostgreSQL with the tables and users 1 to 5."""
    asyncio.run(create(postgresql_url))
    return postgresql_url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_tables"))
    copy = shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "test.db")
    return f"sqlite+aiosqlite:///{copy}"


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(url)
    yield engine
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(delete(Item))
            await connection.execute(delete(Note))
            for model in (UserRole, RolePermission, PermissionEpoch, Role, Permission):
                await connection.execute(delete(model))
            await connection.execute(update(User).values(is_active=True))
    await engine.dispose()


@pytest.fixture
async def tables(engine: AsyncEngine) -> RoleTables:
    """Reader, author (a reader), admin (an author), and editor; user 1 is an author."""
    tables = RoleTables(engine, MODELS)
    async with tables.changing() as change:
        await change.create_role("reader")
        await change.create_role("author", parent="reader")
        await change.create_role("admin", parent="author")
        await change.create_role("editor")
        await change.grant("reader", "posts:read")
        await change.grant("author", "posts:write", "drafts:*")
        await change.grant("editor", "posts:edit:all")
        await change.assign(1, "author")
    return tables


@pytest.fixture
def checker(tables: RoleTables) -> PermissionChecker:
    return PermissionChecker(tables, clock=lambda: NOW)


@contextmanager
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    """Yield the list of statements sent within the block."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def test_a_role_holds_what_its_ancestors_hold(checker: PermissionChecker) -> None:
    assert await checker.get_user_permissions(1) == {"posts:read", "posts:write", "drafts:*"}
    assert await checker.check_permission(1, "drafts:delete")


@pytest.mark.parametrize("user_id", [2, 99, "nobody", "", "1.0", " 1", "01", None, True, 2**70])
async def test_who_has_no_role_holds_nothing(checker: PermissionChecker, user_id: object) -> None:
    assert await checker.get_user_permissions(user_id) == frozenset()


async def test_the_subject_of_a_token_is_read_as_a_key(checker: PermissionChecker) -> None:
    assert await checker.check_permission("1", "posts:write")


async def test_a_user_who_is_not_active_holds_nothing(
    checker: PermissionChecker, engine: AsyncEngine
) -> None:
    async with engine.begin() as connection:
        await connection.execute(update(User).where(User.id == 1).values(is_active=False))

    assert await checker.get_user_permissions(1) == frozenset()


async def test_without_a_table_of_users_nobody_is_asked_who_is_active(
    tables: RoleTables, engine: AsyncEngine
) -> None:
    async with engine.begin() as connection:
        await connection.execute(update(User).where(User.id == 1).values(is_active=False))

    checker = PermissionChecker(RoleTables(engine, replace(MODELS, user=None)))

    assert await checker.check_permission(1, "posts:write")


async def test_a_role_does_not_end_at_a_time_of_no_zone(tables: RoleTables) -> None:
    async with tables.changing() as change:
        with pytest.raises(StatementError, match="has no time zone"):
            await change.assign(2, "reader", expires_at=datetime(2030, 1, 1))


def test_without_sqlalchemy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy.ext.asyncio", None)

    with pytest.raises(ImportError, match=r"Install 'covet-security\[sqlalchemy\]'"):
        runpy.run_path(str(covet_security.sqlalchemy.__file__))


async def test_permissions_cost_one_statement_cold_and_none_warm(
    checker: PermissionChecker, engine: AsyncEngine
) -> None:
    with statements(engine) as cold:
        await checker.check_permission(1, "posts:write")
    with statements(engine) as warm:
        for _ in range(100):
            await checker.check_permission(1, "posts:read")

    assert len(cold) == 1
    assert warm == []


async def test_a_list_of_100_protected_objects_costs_one_statement(
    checker: PermissionChecker, engine: AsyncEngine
) -> None:
    with statements(engine) as sent:
        allowed = await asyncio.gather(
            *(checker.check_permission(1, "posts:read") for _ in range(100))
        )

    assert all(allowed)
    assert len(sent) == 1


async def test_a_role_may_be_of_one_tenant(tables: RoleTables, checker: PermissionChecker) -> None:
    async with tables.changing() as change:
        await change.assign(2, "editor", tenant="blue")
        await change.assign(2, "reader")

    assert await checker.get_user_permissions(2) == {"posts:read"}
    assert await checker.get_user_permissions(2, tenant="blue") == {"posts:read", "posts:edit:all"}
    assert await checker.get_user_permissions(2, tenant="red") == {"posts:read"}


async def test_a_role_may_end(tables: RoleTables) -> None:
    moments = iter((NOW, NOW + 9.9, NOW + 10, NOW + 19.9, NOW + 20))
    checker = PermissionChecker(tables, clock=lambda: next(moments))
    async with tables.changing() as change:
        for number, role in enumerate(("reader", "editor"), start=1):
            ends = datetime.fromtimestamp(NOW, UTC) + timedelta(seconds=number * 10)
            await change.assign(2, role, expires_at=ends)

    held = [len(await checker.get_user_permissions(2)) for _ in range(5)]

    assert held == [2, 2, 1, 1, 0]


async def test_changes_are_seen_when_they_are_committed(
    tables: RoleTables, checker: PermissionChecker
) -> None:
    seen = [await checker.get_user_permissions(1)]
    async with tables.changing() as change:
        await change.withdraw("author", "drafts:*", "posts:none")
    seen.append(await checker.get_user_permissions(1))
    async with tables.changing() as change:
        await change.set_parent("author", None)
    seen.append(await checker.get_user_permissions(1))
    async with tables.changing() as change:
        await change.unassign(1, "author")
    seen.append(await checker.get_user_permissions(1))

    assert [sorted(names) for names in seen] == [
        ["drafts:*", "posts:read", "posts:write"],
        ["posts:read", "posts:write"],
        ["posts:write"],
        [],
    ]


async def test_a_change_that_fails_changes_nothing(
    tables: RoleTables, checker: PermissionChecker
) -> None:
    before = await checker.get_user_permissions(1)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012 the block is what is tested
        async with tables.changing() as change:
            await change.unassign(1, "author")
            raise ZeroDivisionError

    assert await checker.get_user_permissions(1) == before
    assert (await tables.load_permissions(1, tenant=None, now=NOW)).epoch == 1


async def test_every_checker_of_a_feed_hears_of_changes(engine: AsyncEngine) -> None:
    feed = MemoryChangeFeed()
    here, there = RoleTables(engine, MODELS, feed=feed), RoleTables(engine, MODELS, feed=feed)
    checker = PermissionChecker(there)
    assert await checker.get_user_permissions(1) == frozenset()

    async with here.changing() as change:
        await change.create_role("reader")
        await change.grant("reader", "posts:read")
        await change.assign(1, "reader")

    assert await checker.get_user_permissions(1) == {"posts:read"}


async def test_other_processes_hear_of_changes_within_a_second(
    engine: AsyncEngine, tables: RoleTables, redis_url: str
) -> None:
    async with (
        Redis.from_url(redis_url) as client,
        RedisChangeFeed(client) as here,
        RedisChangeFeed(client) as there,
    ):
        checker = PermissionChecker(RoleTables(engine, MODELS, feed=there))
        assert await checker.check_permission(1, "posts:write")

        async with RoleTables(engine, MODELS, feed=here).changing() as change:
            await change.unassign(1, "author")

        async with asyncio.timeout(1):
            while await checker.check_permission(1, "posts:write"):
                await asyncio.sleep(0.001)  # for a message of a server that is not ours


async def test_changes_of_a_session_of_ones_own_are_told_of(
    engine: AsyncEngine, tables: RoleTables, checker: PermissionChecker
) -> None:
    assert await checker.get_user_permissions(1)
    async with AsyncSession(engine) as session:
        epoch = await tables.count_change(session)
        for row in (await session.scalars(select(UserRole))).all():
            await session.delete(row)
        await session.commit()

    await tables.announce(epoch)

    assert await checker.get_user_permissions(1) == frozenset()


async def test_sessions_are_read_through(engine: AsyncEngine, tables: RoleTables) -> None:
    sessions = async_sessionmaker(engine)
    async with sessions() as session:
        for db in (session, sessions):
            checker = PermissionChecker(RoleTables(db, MODELS))

            assert await checker.check_permission(1, "posts:write")
            async with RoleTables(db, MODELS).changing() as change:
                await change.grant("reader", "posts:list")


async def test_sessions_without_an_engine_change_nothing() -> None:
    tables = RoleTables(async_sessionmaker(), MODELS)

    with pytest.raises(ConfigError, match="Give RoleTables the engine"):
        async with tables.changing():
            pass


def test_the_tables_of_an_application_are_found_by_themselves() -> None:
    assert RoleModels.of_application(Base) == MODELS


def test_of_two_tables_one_must_be_named() -> None:
    class Group(RoleMixin, Base):
        __tablename__ = "groups"

    class Nothing(Base):
        __abstract__ = True

    try:
        with pytest.raises(ConfigError, match=r"Role, .*Group"):
            RoleModels.of_application(Base)
        with pytest.raises(ConfigError, match="there are: none"):
            RoleModels.of_application(Nothing)
    finally:
        Base.metadata.remove(Group.__table__)  # type: ignore[arg-type]
        del Group.__table__


async def test_a_checker_finds_the_tables_itself(
    engine: AsyncEngine, tables: RoleTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RoleModels, "of_application", lambda: MODELS)

    assert await PermissionChecker(engine).check_permission(1, "posts:write")


@pytest.mark.parametrize(
    ("role", "parent"), [("reader", "admin"), ("reader", "reader"), ("author", "admin")]
)
async def test_a_circle_is_refused(tables: RoleTables, role: str, parent: str) -> None:
    with pytest.raises(RoleHierarchyError, match="would be a circle") as caught:
        async with tables.changing() as change:
            await change.set_parent(role, parent)

    assert (caught.value.role, caught.value.parent) == (role, parent)


async def test_a_line_of_over_16_ancestors_is_refused(
    tables: RoleTables, checker: PermissionChecker
) -> None:
    async with tables.changing() as change:
        for number in range(17):
            parent = f"level-{number - 1}" if number else None
            await change.create_role(f"level-{number}", parent=parent)
        await change.grant("level-0", "top:reach")
        await change.assign(3, "level-16")

    assert await checker.check_permission(3, "top:reach")
    with pytest.raises(RoleHierarchyError):
        async with tables.changing() as change:
            await change.create_role("level-17", parent="level-16")


async def test_a_circle_that_is_there_does_no_harm(
    engine: AsyncEngine, tables: RoleTables, checker: PermissionChecker
) -> None:
    async with engine.begin() as connection:
        admin = select(Role.id).where(Role.name == "admin").scalar_subquery()
        await connection.execute(update(Role).where(Role.name == "reader").values(parent_id=admin))

    assert await checker.get_user_permissions(1) == {"posts:read", "posts:write", "drafts:*"}


@pytest.mark.parametrize("name", ["posts", "posts:**", "po*:read", "a:b:c:d", "Posts:read", ""])
async def test_what_is_no_permission_is_not_granted(tables: RoleTables, name: str) -> None:
    with pytest.raises(ConfigError, match="is invalid"):
        async with tables.changing() as change:
            await change.grant("reader", name)


async def test_unknown_roles_and_users_are_refused(tables: RoleTables) -> None:
    async with tables.changing() as change:
        with pytest.raises(ConfigError, match="no role 'rader'"):
            await change.assign(1, "rader")
        with pytest.raises(ConfigError, match="User 'ada' cannot be a key"):
            await change.assign("ada", "reader")


async def test_a_database_that_does_not_answer_allows_nothing() -> None:
    engine = create_async_engine("postgresql+asyncpg://covet@127.0.0.1:1/none")
    checker = PermissionChecker(RoleTables(engine, MODELS))

    with pytest.raises(StoreUnavailableError, match="permissions does not answer"):
        await checker.check_permission(1, "posts:read")
    await engine.dispose()


async def test_a_thousand_random_hierarchies_are_resolved_as_by_hand(
    engine: AsyncEngine,
) -> None:
    """Each user has roles of a graph of their own: chains, trees and circles."""
    if engine.dialect.name == "postgresql":
        pytest.skip("the statement is the same; SQLite alone keeps the suite quick")
    chance = random.Random(20261122)  # noqa: S311
    names = [f"{one}:{two}" for one in "ab*" for two in "cd*"]
    wanted = [f"{one}:{two}" for one in "abx" for two in "cdx"]
    parents: dict[int, int | None] = {}
    grants: dict[int, set[int]] = {}
    assigned: list[dict[str, object]] = []
    graphs = 1000
    for graph in range(graphs):
        size = chance.randint(1, 6)
        ids = range(graph * 6 + 1, graph * 6 + 1 + size)
        for role in ids:
            parents[role] = chance.choice([None, None, *ids])
            grants[role] = set(chance.sample(range(1, len(names) + 1), chance.randint(0, 2)))
        for role in chance.sample(ids, chance.randint(0, min(2, size))):
            ends = chance.choice([None, NOW - 1, NOW, NOW + 1])
            assigned.append(
                {
                    "user_id": 1000 + graph,
                    "role_id": role,
                    "tenant": chance.choice(["", "", "blue", "red"]),
                    "expires_at": None if ends is None else datetime.fromtimestamp(ends, UTC),
                }
            )
    async with engine.begin() as connection:
        await connection.execute(insert(User), [{"id": 1000 + one} for one in range(graphs)])
        await connection.execute(insert(Role), [{"id": one, "name": str(one)} for one in parents])
        await connection.execute(
            update(Role.__table__)
            .where(Role.id == bindparam("role"))
            .values(parent_id=bindparam("parent")),
            [{"role": role, "parent": parent} for role, parent in parents.items()],
        )
        await connection.execute(
            insert(Permission), [{"id": n, "name": name} for n, name in enumerate(names, start=1)]
        )
        pairs = [(role, one) for role, some in grants.items() for one in some]
        await connection.execute(
            insert(RolePermission),
            [{"role_id": role, "permission_id": one} for role, one in pairs],
        )
        await connection.execute(insert(UserRole), assigned)
    checker = PermissionChecker(RoleTables(engine, MODELS), clock=lambda: NOW)

    for graph in range(graphs):
        user_id = 1000 + graph
        held: set[str] = set()
        for row in assigned:
            ends = row["expires_at"]
            lasts = ends is None or ends > datetime.fromtimestamp(NOW, UTC)  # type: ignore[operator]
            if row["user_id"] == user_id and row["tenant"] in ("", "blue") and lasts:
                role, seen = row["role_id"], set()
                while role is not None and role not in seen:
                    seen.add(role)
                    held |= {names[one - 1] for one in grants[role]}  # type: ignore[index]
                    role = parents[role]  # type: ignore[index]
        expected = {
            one
            for one in wanted
            if any(
                all(h in ("*", w) for h, w in zip(name.split(":"), one.split(":"), strict=True))
                for name in held
            )
        }

        assert await checker.get_user_permissions(user_id, tenant="blue") == held
        allowed = {
            one for one in wanted if await checker.check_permission(user_id, one, tenant="blue")
        }
        assert allowed == expected


# Ownership


@pytest.fixture
async def items(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        rows = [{"id": number, "owner_id": 1 + number % 2} for number in range(6)]
        await connection.execute(insert(Item), rows)
    return engine


async def test_a_select_finds_the_rows_of_the_caller(items: AsyncEngine) -> None:
    mine = owned_by(Item.owner_id).restrict(select(Item.id), Principal("2", "bearer"))

    async with items.connect() as connection:
        assert set(await connection.scalars(mine)) == {1, 3, 5}
        assert await connection.scalar(mine.where(Item.id == 2)) is None


async def test_an_update_reaches_the_rows_of_the_caller(items: AsyncEngine) -> None:
    change = update(Item).where(Item.id.in_([1, 2])).values(owner_id=3)
    mine = owned_by(Item.owner_id).restrict(change, Principal("2", "bearer"))

    async with items.begin() as connection:
        assert (await connection.execute(mine)).rowcount == 1
        assert await connection.scalar(select(Item.owner_id).where(Item.id == 1)) == 3


@pytest.mark.parametrize("subject", ["ada", "", "1 OR 1=1", "٢", "2.0", "+2"])
async def test_a_subject_that_is_no_key_owns_nothing(items: AsyncEngine, subject: str) -> None:
    mine = owned_by(Item.owner_id).restrict(select(Item.id), Principal(subject, "bearer"))

    async with items.connect() as connection:
        assert (await connection.scalars(mine)).all() == []


async def test_keys_of_other_types_are_read(engine: AsyncEngine) -> None:
    owner = uuid.uuid4()
    async with engine.begin() as connection:
        await connection.execute(insert(Note).values(id=1, owner_id=owner, author="ada"))
    by_id = owned_by(Note.owner_id).restrict(select(Note.id), Principal(str(owner), "bearer"))
    by_name = owned_by(Note.author).restrict(select(Note.id), Principal("ada", "bearer"))

    async with engine.connect() as connection:
        assert await connection.scalar(by_id) == 1
        assert await connection.scalar(by_name) == 1
