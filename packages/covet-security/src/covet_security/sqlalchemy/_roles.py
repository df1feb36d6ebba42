"""What a user may do, in one statement over the tables of roles."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker

from covet_security._errors import ConfigError
from covet_security._hierarchy import MAX_DEPTH
from covet_security._ownership import read_key
from covet_security.feed import ChangeFeed, MemoryChangeFeed
from covet_security.permissions import EpochListener, Permissions
from covet_security.sqlalchemy._connection import answering, transaction
from covet_security.sqlalchemy._role_changes import RoleChanges, raise_epoch
from covet_security.sqlalchemy._role_models import RoleModels

Database = AsyncEngine | async_sessionmaker[AsyncSession] | AsyncSession

_TOPIC = "permissions"
_OF = "permissions"


class RoleTables:
    """A PermissionSource in the tables of an application."""

    def __init__(
        self,
        db: Database,
        models: RoleModels | None = None,
        *,
        feed: ChangeFeed | None = None,
        timeout_seconds: float = 5.0,
    ) -> None:
        """Read the tables of *models* in *db*.

        Args:
            db: an engine, a factory of sessions, or one session, which is then used for reading.
            models: by default the only subclasses of the mixins that there are.
            feed: tells other processes of changes; without one they notice when what they
                remember has become too old.
            timeout_seconds: after which the database is taken not to answer.

        Raises:
            ConfigError: no *models* are given, and of a mixin there is not one subclass.
        """
        self._db = db
        self._models = RoleModels.of_application() if models is None else models
        self._statement = _statement(self._models)
        self._feed: ChangeFeed = MemoryChangeFeed() if feed is None else feed
        self._timeout = timeout_seconds

    async def load_permissions(
        self, user_id: object, *, tenant: str | None, now: float
    ) -> Permissions:
        """Return what a user may do, by one statement; nothing for one that is unknown.

        Raises:
            StoreUnavailableError: the database does not answer.
        """
        key = read_key(self._models.user_role.user_id, user_id)
        if key is None:
            return Permissions()
        parameters = {
            "user_id": key,
            "tenants": ["", tenant] if tenant else [""],
            "now": datetime.fromtimestamp(now, UTC),
        }
        async with answering(_OF, timeout_seconds=self._timeout), self._reading() as reader:
            rows = (await reader.execute(self._statement, parameters)).all()
        return Permissions(
            frozenset(row.name for row in rows if row.name is not None),
            rows[0].epoch,
            None if rows[0].expires_at is None else rows[0].expires_at.timestamp(),
        )

    def subscribe(self, listener: EpochListener) -> None:
        """Call *listener* after every change from now on."""
        self._feed.subscribe(_TOPIC, lambda epoch: listener(None if epoch is None else int(epoch)))

    @asynccontextmanager
    async def changing(self) -> AsyncGenerator[RoleChanges, None]:
        """Change roles: in one transaction, which is committed and told of when the block ends.

        Raises:
            StoreUnavailableError: the database does not answer.
        """
        engine = _engine(self._db)
        async with transaction(engine, of=_OF, timeout_seconds=self._timeout) as connection:
            epoch = await raise_epoch(connection, self._models)
            yield RoleChanges(connection, self._models)
        await self.announce(epoch)

    async def count_change(self, session: AsyncSession) -> int:
        """Count a change of roles that *session* makes; give the result to `announce` later.

        Call it first in the transaction: it keeps other changes out until that is committed.
        """
        return await raise_epoch(await session.connection(), self._models)

    async def announce(self, epoch: int) -> None:
        """Tell every process of a change that was committed."""
        await self._feed.publish(_TOPIC, str(epoch))

    @asynccontextmanager
    async def _reading(self) -> AsyncGenerator[AsyncConnection | AsyncSession, None]:
        match self._db:
            case AsyncSession():
                yield self._db
            case AsyncEngine():
                async with self._db.connect() as connection:
                    yield connection
            case _:
                async with self._db() as session:
                    yield session


def _engine(db: Database) -> AsyncEngine:
    match db:
        case AsyncEngine():
            return db
        case AsyncSession():
            bind = db.bind
        case _:
            bind = db.kw.get("bind")
    if not isinstance(bind, AsyncEngine):
        raise ConfigError("The sessions have no engine of their own. Give RoleTables the engine.")
    return bind


def _statement(models: RoleModels) -> Any:
    """Return the statement for ``user_id``, ``tenants`` and ``now``.

    Each row has the epoch, the end of the first role that ends, and the name of a permission; there
    is one without a name for a user who has none.
    """
    user_role, role = models.user_role, models.role
    user_id: Any = bindparam("user_id", type_=user_role.user_id.type)
    now: Any = bindparam("now", type_=user_role.expires_at.type)
    is_theirs = [
        user_role.user_id == user_id,
        user_role.tenant.in_(bindparam("tenants", expanding=True)),
        or_(user_role.expires_at.is_(None), user_role.expires_at > now),
    ]
    if models.user is not None:
        active = select(literal(1)).where(models.user.id == user_id, models.user.is_active)
        is_theirs.append(active.exists())

    # UNION drops what is there already, and the depth grows, so that a circle ends, too.
    held = select(user_role.role_id.label("id"), literal(0).label("depth")).where(*is_theirs)
    held_roles = held.cte("held", recursive=True)
    held_roles = held_roles.union(
        select(role.parent_id, held_roles.c.depth + 1)
        .join(held_roles, role.id == held_roles.c.id)
        .where(role.parent_id.is_not(None), held_roles.c.depth < MAX_DEPTH)
    )
    names = (
        select(models.permission.name)
        .join(
            models.role_permission,
            models.role_permission.permission_id == models.permission.id,
        )
        .where(models.role_permission.role_id.in_(select(held_roles.c.id)))
        .distinct()
        .subquery("names")
    )
    epoch = select(func.coalesce(func.max(models.epoch.epoch), 0)).scalar_subquery()
    expires_at = select(func.min(user_role.expires_at)).where(*is_theirs).scalar_subquery()
    moment = select(epoch.label("epoch"), expires_at.label("expires_at")).subquery("moment")
    return select(moment.c.epoch, moment.c.expires_at, names.c.name).select_from(
        moment.outerjoin(names, true())
    )
