"""What is kept of API keys, and where: in memory here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class APIKey:
    """What is kept of an API key: never the key itself.

    Attributes:
        id: the part of the key that names it, and may be shown.
        key_hash: of the part that is secret.
        user_id: whose it is.
        name: what its owner calls it.
        scopes: the most that it grants; never more than its owner may do.
        created_at: aware, as all these times.
        expires_at: when it ends; None if it does not.
        revoked_at: when it was ended.
        last_used_at: within a minute or so.
        allowed_networks: where it may be used, as CIDR; empty for everywhere.
        rate_limit: of its own, such as ``"100/minute"``.
    """

    id: str
    key_hash: str = field(repr=False)
    user_id: Any
    name: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    allowed_networks: tuple[str, ...] = ()
    rate_limit: str | None = None


class APIKeyStore(Protocol):
    """Where API keys are kept. A store that does not answer raises StoreUnavailableError."""

    async def get(self, key_id: str) -> APIKey | None:
        """Return the key called *key_id*."""
        ...

    async def add(self, key: APIKey) -> None:
        """Keep a new *key*."""
        ...

    async def of_user(self, user_id: Any) -> list[APIKey]:
        """Return the keys of a user, the oldest first."""
        ...

    async def expire(self, key_id: str, at: datetime) -> None:
        """Let a key end at *at*, unless it ends before."""
        ...

    async def revoke(self, key_id: str, at: datetime) -> bool:
        """End a key at *at*, unless it was ended before; return whether there is such a key."""
        ...

    async def touch(self, used: Mapping[str, datetime]) -> None:
        """Note when keys were last used, for all of them in one write."""
        ...


class MemoryAPIKeyStore:
    """An APIKeyStore for one process; its keys are gone with the process."""

    def __init__(self) -> None:
        self._keys: dict[str, APIKey] = {}

    async def get(self, key_id: str) -> APIKey | None:
        """Return the key called *key_id*."""
        return self._keys.get(key_id)

    async def add(self, key: APIKey) -> None:
        """Keep a new *key*."""
        self._keys[key.id] = key

    async def of_user(self, user_id: Any) -> list[APIKey]:
        """Return the keys of a user, the oldest first."""
        return [key for key in self._keys.values() if str(key.user_id) == str(user_id)]

    async def expire(self, key_id: str, at: datetime) -> None:
        """Let a key end at *at*, unless it ends before."""
        key = self._keys[key_id]
        if key.expires_at is None or at < key.expires_at:
            self._keys[key_id] = replace(key, expires_at=at)

    async def revoke(self, key_id: str, at: datetime) -> bool:
        """End a key at *at*, unless it was ended before; return whether there is such a key."""
        key = self._keys.get(key_id)
        if key is not None and key.revoked_at is None:
            self._keys[key_id] = replace(key, revoked_at=at)
        return key is not None

    async def touch(self, used: Mapping[str, datetime]) -> None:
        """Note when keys were last used, for all of them in one write."""
        for key_id, at in used.items():
            key = self._keys.get(key_id)
            if key is not None and (key.last_used_at is None or key.last_used_at < at):
                self._keys[key_id] = replace(key, last_used_at=at)
