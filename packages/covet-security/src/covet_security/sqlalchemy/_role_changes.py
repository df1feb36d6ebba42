"""Changes of roles: all of one transaction, told to every process when it is committed."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from covet_security._errors import ConfigError
from covet_security._grants import check_permission
from covet_security._hierarchy import check_parent
from covet_security._ownership import read_key
from covet_security.sqlalchemy._connection import upsert
from covet_security.sqlalchemy._role_models import RoleModels


class RoleChanges:
    """Changes roles, in a transaction that no other change of roles overlaps.

    Attributes:
        connection: in that transaction, for changes of your own.
    """

    def __init__(self, connection: AsyncConnection, models: RoleModels) -> None:
        self.connection = connection
        self._models = models

    async def create_role(self, role: str, *, parent: str | None = None) -> None:
        """Make a new role, which holds what its *parent* holds.

        Raises:
            ConfigError: the parent does not exist.
            RoleHierarchyError: the role would have over 16 ancestors.
        """
        await self.connection.execute(insert(self._models.role).values(name=role))
        if parent is not None:
            await self.set_parent(role, parent)

    async def set_parent(self, role: str, parent: str | None) -> None:
        """Let *role* hold what *parent* holds, instead of what its parent until now does.

        Raises:
            ConfigError: one of them does not exist.
            RoleHierarchyError: the role would be its own ancestor.
        """
        table = self._models.role
        rows = (await self.connection.execute(select(table.id, table.name, table.parent_id))).all()
        names = {row.id: row.name for row in rows}
        parents = {row.name: names.get(row.parent_id) for row in rows}
        parent_id = None if parent is None else await self._id_of(table, parent)
        role_id = await self._id_of(table, role)
        check_parent(parents, role, parent)
        await self.connection.execute(
            update(table).where(table.id == role_id).values(parent_id=parent_id)
        )

    async def grant(self, role: str, *permissions: str) -> None:
        """Let *role* hold *permissions*, which are made if they do not exist.

        Raises:
            ConfigError: the role does not exist, or a permission is none.
        """
        held, table = self._models.role_permission, self._models.permission
        role_id = await self._id_of(self._models.role, role)
        for name in permissions:
            check_permission(name, wildcards=True)
            values = {"name": name}
            made = upsert(self.connection, table, values, values, key=("name",))
            permission_id = await self.connection.scalar(made.returning(table.id))
            pair = {"role_id": role_id, "permission_id": permission_id}
            await self.connection.execute(upsert(self.connection, held, pair, pair))

    async def withdraw(self, role: str, *permissions: str) -> None:
        """Let *role* no longer hold *permissions*; what its ancestors hold stays.

        Raises:
            ConfigError: the role does not exist.
        """
        held, table = self._models.role_permission, self._models.permission
        role_id = await self._id_of(self._models.role, role)
        ids = select(table.id).where(table.name.in_(permissions))
        await self.connection.execute(
            delete(held).where(held.role_id == role_id, held.permission_id.in_(ids))
        )

    async def assign(
        self,
        user_id: object,
        role: str,
        *,
        tenant: str | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """Give a user *role*, in *tenant* or everywhere, until *expires_at* or for good.

        Raises:
            ConfigError: the role does not exist, or *user_id* is no key of a user.
        """
        table = self._models.user_role
        key = {
            "user_id": self._user_key(user_id),
            "role_id": await self._id_of(self._models.role, role),
            "tenant": tenant or "",
        }
        changes = {"expires_at": expires_at}
        await self.connection.execute(upsert(self.connection, table, {**key, **changes}, changes))

    async def unassign(self, user_id: object, role: str, *, tenant: str | None = None) -> None:
        """Take *role* from a user, in *tenant* or as the one that counts everywhere.

        Raises:
            ConfigError: the role does not exist, or *user_id* is no key of a user.
        """
        table = self._models.user_role
        role_id = await self._id_of(self._models.role, role)
        await self.connection.execute(
            delete(table).where(
                table.user_id == self._user_key(user_id),
                table.role_id == role_id,
                table.tenant == (tenant or ""),
            )
        )

    def _user_key(self, user_id: object) -> Any:
        key = read_key(self._models.user_role.user_id, user_id)
        if key is None:
            raise ConfigError(f"User {user_id!r} cannot be a key of the table of users.")
        return key

    async def _id_of(self, table: Any, name: str) -> int:
        found: int | None = await self.connection.scalar(select(table.id).where(table.name == name))
        if found is None:
            raise ConfigError(f"There is no role {name!r}. Make it with create_role.")
        return found


async def raise_epoch(connection: AsyncConnection, models: RoleModels) -> int:
    """Count one more change of roles; until the transaction ends, nobody else can.

    So what a change has read of the roles stays as it is until it is committed.
    """
    table = models.epoch
    changes = {"epoch": table.epoch + 1}
    statement = upsert(connection, table, {"id": 1, "epoch": 1}, changes)
    epoch: Any = await connection.scalar(statement.returning(table.epoch))
    return int(epoch)
