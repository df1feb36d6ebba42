"""Who may do what: permissions of users, asked of the database once and remembered.

A permission is ``resource:action`` or ``resource:action:scope``; in what a role holds, ``*`` stands
for one whole segment: ``items:*`` grants ``items:read`` and not ``items:read:all``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from covet_security._grants import check_permission, is_granted

_MAX_ENTRIES = 10_000
_CACHE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a user may do, as one moment of the database says.

    Attributes:
        names: the permissions, of which some may be patterns.
        epoch: how often roles had been changed by then.
        expires_at: when the first of the user's roles ends, in seconds since 1970; None if none
            does.
    """

    names: frozenset[str] = frozenset()
    epoch: int = 0
    expires_at: float | None = None


EpochListener = Callable[[int | None], None]
"""Called with the epoch of a change; with None when one may have been missed."""


@runtime_checkable
class PermissionSource(Protocol):
    """Where permissions are kept: `covet_security.sqlalchemy.RoleTables` is one."""

    async def load_permissions(
        self, user_id: object, *, tenant: str | None, now: float
    ) -> Permissions:
        """Return what a user may do; nothing for one that is unknown."""
        ...

    def subscribe(self, listener: EpochListener) -> None:
        """Call *listener* after every change from now on."""
        ...


class PermissionChecker:
    """Says what users may do, from one statement a user and none while that is remembered.

    Several questions about one user at once wait for the same statement. What is remembered
    ends with the next change of roles that the source tells of, with a role that ends, and in
    any case after *cache_seconds*.
    """

    def __init__(
        self,
        db: Any,
        *,
        cache_seconds: float = _CACHE_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Ask *db*: a PermissionSource, or what `RoleTables` takes as its first argument.

        Raises:
            ConfigError: *db* is an SQLAlchemy engine or session, and the tables are not the only
                ones of their mixins.
        """
        self._source = db if isinstance(db, PermissionSource) else _tables_of(db)
        self._cache_seconds = cache_seconds
        self._clock = clock
        self._known: dict[tuple[str, str | None], tuple[Permissions, float]] = {}
        self._loading: dict[tuple[str, str | None], asyncio.Task[Permissions]] = {}
        self._epoch = 0
        self._source.subscribe(self.invalidate)

    async def get_user_permissions(
        self, user_id: object, *, tenant: str | None = None
    ) -> frozenset[str]:
        """Return all that the user may do, with their roles everywhere and in *tenant*.

        Nothing for a user without roles, or who does not exist.
        """
        key = (str(user_id), tenant)
        now = self._clock()
        found = self._known.get(key)
        if found is not None and now < found[1] and found[0].epoch >= self._epoch:
            return found[0].names
        return (await self._load(key, user_id, now)).names

    async def check_permission(
        self, user_id: object, permission: str, *, tenant: str | None = None
    ) -> bool:
        """Return whether the user has *permission*, or a pattern that grants it.

        Raises:
            ConfigError: *permission* is not the name of one.
        """
        held = await self.get_user_permissions(user_id, tenant=tenant)
        return is_granted(held, check_permission(permission))

    def invalidate(self, epoch: int | None = None) -> None:
        """Forget what was known before *epoch*, or all."""
        if epoch is None:
            self._known.clear()
        else:
            self._epoch = max(self._epoch, epoch)
        self._loading.clear()  # what is under way may be of before

    async def _load(self, key: tuple[str, str | None], user_id: object, now: float) -> Permissions:
        task = self._loading.get(key)
        if task is None:
            task = asyncio.create_task(self._load_and_keep(key, user_id, now))
            task.add_done_callback(_retrieve)
            self._loading[key] = task
        return await asyncio.shield(task)  # one who no longer waits does not stop the others

    async def _load_and_keep(
        self, key: tuple[str, str | None], user_id: object, now: float
    ) -> Permissions:
        me = asyncio.current_task()
        try:
            loaded = await self._source.load_permissions(user_id, tenant=key[1], now=now)
            if self._loading.get(key) is me:
                self._keep(key, loaded, now)
            return loaded
        finally:
            if self._loading.get(key) is me:
                del self._loading[key]

    def _keep(self, key: tuple[str, str | None], loaded: Permissions, now: float) -> None:
        until = now + self._cache_seconds
        if loaded.expires_at is not None:
            until = min(until, loaded.expires_at)
        if len(self._known) >= _MAX_ENTRIES:
            self._known.clear()
        self._known[key] = (loaded, until)


def _retrieve(task: asyncio.Task[Permissions]) -> None:
    """Take the error of a task whose waiters have all gone."""
    if not task.cancelled():
        task.exception()


def _tables_of(db: Any) -> PermissionSource:
    from covet_security.sqlalchemy import RoleTables

    return RoleTables(db)
