"""API keys in SQL."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String, case, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from covet_security._api_key_store import APIKey
from covet_security._errors import ConfigError
from covet_security._ownership import read_key
from covet_security.sqlalchemy._connection import transaction
from covet_security.sqlalchemy._time import UTCDateTime

_COLUMNS = tuple(field.name for field in fields(APIKey))


class APIKeyMixin:
    """A table of API keys, which holds no key: ``key_hash`` is what a key is compared with.

    Attributes:
        __user_key__: the column that *user_id* refers to and has the type of.
    """

    __tablename__ = "api_keys"
    __user_key__: ClassVar[str] = "users.id"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64))

    @declared_attr
    def user_id(cls) -> Mapped[Any]:  # noqa: N805
        return mapped_column(ForeignKey(cls.__user_key__, ondelete="CASCADE"), index=True)

    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    allowed_networks: Mapped[list[str]] = mapped_column(JSON)
    rate_limit: Mapped[str | None] = mapped_column(String(100))


class SQLAlchemyAPIKeyStore:
    """An APIKeyStore in a table of a database."""

    def __init__(
        self, engine: AsyncEngine, keys: type[APIKeyMixin], *, timeout_seconds: float = 5.0
    ) -> None:
        """Keep keys in the table of the class *keys*, your subclass of APIKeyMixin."""
        self._engine = engine
        self._table = keys
        self._timeout = timeout_seconds

    async def get(self, key_id: str) -> APIKey | None:
        """Return the key called *key_id*."""
        found = await self._select(self._table.id == key_id)
        return found[0] if found else None

    async def add(self, key: APIKey) -> None:
        """Keep a new *key*."""
        values = {name: getattr(key, name) for name in _COLUMNS}
        values["user_id"] = read_key(self._table.user_id, key.user_id)
        if values["user_id"] is None:
            raise ConfigError(f"User {key.user_id!r} cannot be a key of the table of users.")
        values["scopes"] = sorted(key.scopes)
        values["allowed_networks"] = list(key.allowed_networks)
        async with self._transaction() as connection:
            await connection.execute(insert(self._table).values(**values))

    async def of_user(self, user_id: Any) -> list[APIKey]:
        """Return the keys of a user, the oldest first."""
        return await self._select(self._table.user_id == read_key(self._table.user_id, user_id))

    async def expire(self, key_id: str, at: datetime) -> None:
        """Let a key end at *at*, unless it ends before."""
        table = self._table
        ends_later = or_(table.expires_at.is_(None), table.expires_at > at)
        async with self._transaction() as connection:
            await connection.execute(
                update(table).where(table.id == key_id, ends_later).values(expires_at=at)
            )

    async def revoke(self, key_id: str, at: datetime) -> bool:
        """End a key at *at*, unless it was ended before; return whether there is such a key."""
        table = self._table
        first = case((table.revoked_at.is_(None), at), else_=table.revoked_at)
        async with self._transaction() as connection:
            changed = await connection.execute(
                update(table).where(table.id == key_id).values(revoked_at=first)
            )
        return changed.rowcount == 1

    async def touch(self, used: Mapping[str, datetime]) -> None:
        """Note when keys were last used, for all of them in one write."""
        table = self._table
        times = {key_id: literal(at, UTCDateTime()) for key_id, at in used.items()}
        time = case(times, value=table.id)
        is_older = or_(table.last_used_at.is_(None), table.last_used_at < time)
        async with self._transaction() as connection:
            await connection.execute(
                update(table).where(table.id.in_(times), is_older).values(last_used_at=time)
            )

    async def _select(self, condition: Any) -> list[APIKey]:
        table = self._table
        columns = [getattr(table, name) for name in _COLUMNS]
        statement = select(*columns).where(condition).order_by(table.created_at, table.id)
        async with self._transaction() as connection:
            rows = (await connection.execute(statement)).mappings().all()
        return [_record(row) for row in rows]

    def _transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(self._engine, of="API keys", timeout_seconds=self._timeout)


def _record(row: Mapping[Any, Any]) -> APIKey:
    values = dict(row)
    values["scopes"] = frozenset(values["scopes"])
    values["allowed_networks"] = tuple(values["allowed_networks"])
    return APIKey(**values)
