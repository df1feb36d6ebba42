"""API keys: made, shown once, checked on every request, rotated and revoked."""

import hmac
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Protocol, TypedDict

from covet_security._api_key_cache import APIKeyCache
from covet_security._api_key_credential import api_key_credential
from covet_security._api_key_store import APIKey, APIKeyStore, MemoryAPIKeyStore
from covet_security._api_key_text import API_KEY_PATTERN, hash_secret, new_api_key, read_api_key
from covet_security._api_key_usage import APIKeyUsage
from covet_security._errors import (
    AuthenticationException,
    ConfigError,
    UnknownAPIKeyError,
    bearer_challenge,
)
from covet_security._grants import check_permission
from covet_security._narrowing import narrow
from covet_security._networks import is_within, parse_networks
from covet_security._secret import Secret
from covet_security.feed import ChangeFeed
from covet_security.principal import Principal

_TOPIC = "api-keys"
_NOBODYS_HASH = "0" * 64  # of no known secret
_ALONE_SECONDS = 1.0  # for which a key is remembered while nobody tells of revocations
_CACHE_SECONDS = 10.0
_MAX_CACHE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class NewAPIKey:
    """A key that was just made.

    Attributes:
        key: to be shown to its owner, once: it cannot be found out again.
        record: what is kept of it.
    """

    key: str = field(repr=False)
    record: APIKey


class ValidAPIKey(TypedDict):
    """What a valid key says of a request."""

    id: str
    user_id: Any
    permissions: frozenset[str]
    rate_limit: str | None


class OwnerPermissions(Protocol):
    """What says what the owner of a key may do: `PermissionChecker` is one."""

    async def get_user_permissions(self, user_id: Any, /) -> Collection[str]:
        """Return all that a user may do."""
        ...


class APIKeyManager:
    """Makes API keys and says whose a key is.

    Attributes:
        pattern: the regular expression of a key, for scanners that look for leaked secrets.
        realm: the protection space named in challenges.
    """

    pattern: ClassVar[str] = API_KEY_PATTERN

    def __init__(
        self,
        store: APIKeyStore | None = None,
        *,
        permissions: OwnerPermissions | None = None,
        pepper: str | Secret | None = None,
        feed: ChangeFeed | None = None,
        cache_seconds: float = _CACHE_SECONDS,
        flush_seconds: float = 60.0,
        realm: str = "api",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep keys in *store*.

        Args:
            store: by default this process's memory.
            permissions: says what the owner of a key may do, asked at every check; without it a
                key grants its scopes whoever owns it.
            pepper: a secret of the application that is hashed with each key; to change it is to
                end all keys.
            feed: tells every process of revocations.
            cache_seconds: for how long, up to 30, a key is remembered while the feed is live; while
                it is not, and without one, 1 second at most.
            flush_seconds: how often the times of last use are written.
            realm: the protection space named in challenges.
            clock: the time now, in seconds since 1970.

        Raises:
            ConfigError: *cache_seconds* is out of its range, or *realm* cannot be quoted.
        """
        bearer_challenge(realm)
        if not 0 <= cache_seconds <= _MAX_CACHE_SECONDS:
            raise ConfigError(
                f"Keys cannot be cached for {cache_seconds} s. Use 0 to {_MAX_CACHE_SECONDS:.0f}."
            )
        self.realm = realm
        self._store: APIKeyStore = MemoryAPIKeyStore() if store is None else store
        self._permissions = permissions
        self._pepper = Secret(pepper) if isinstance(pepper, str) else pepper
        self._feed = feed
        self._cache_seconds = cache_seconds
        self._cache = APIKeyCache()
        self._usage = APIKeyUsage(self._store, flush_seconds)
        self._clock = clock
        if feed is not None:
            feed.subscribe(_TOPIC, self._cache.forget)

    def generate_api_key(self, live: bool = True) -> tuple[str, str]:
        """Return a new key and what is to be stored of it, for a store of your own."""
        parts = new_api_key(live=live)
        return parts.text, hash_secret(parts.secret, self._pepper)

    async def create(
        self,
        user_id: Any,
        *,
        name: str,
        scopes: Iterable[str],
        expires_at: datetime | None = None,
        allowed_networks: Iterable[str] = (),
        rate_limit: str | None = None,
        live: bool = True,
    ) -> NewAPIKey:
        """Make a key for a user.

        Args:
            user_id: whose it is.
            name: what its owner calls it.
            scopes: permissions, or patterns of them, beyond which it grants nothing.
            expires_at: when it ends, aware.
            allowed_networks: where alone it may be used, as CIDR, such as ``10.0.0.0/8``.
            rate_limit: of its own, such as ``"100/minute"``.
            live: whether it is for real use, which its text says.

        Raises:
            ConfigError: a scope is no permission, a network is none, or *expires_at* is naive.
            StoreUnavailableError: the store does not answer.
        """
        parts = new_api_key(live=live)
        networks = tuple(allowed_networks)
        parse_networks(networks)
        if expires_at is not None and expires_at.tzinfo is None:
            raise ConfigError(f"The time {expires_at} has no time zone. Use datetime.now(UTC).")
        record = APIKey(
            parts.id,
            hash_secret(parts.secret, self._pepper),
            user_id,
            name,
            frozenset(check_permission(scope, wildcards=True) for scope in scopes),
            self._now(),
            expires_at=expires_at,
            allowed_networks=networks,
            rate_limit=rate_limit,
        )
        await self._store.add(record)
        return NewAPIKey(parts.text, record)

    async def validate_api_key(
        self, key: str, *, client_address: str | None = None
    ) -> ValidAPIKey | None:
        """Return what *key*, used from *client_address*, is good for; None if it is not good.

        A key with a typo costs no question to the store, and one that is unknown the same work
        as one that is known.

        Raises:
            StoreUnavailableError: the store, or that of permissions, does not answer.
        """
        valid = await self._check(key, client_address)
        if valid is None:
            return None
        record, permissions = valid
        return {
            "id": record.id,
            "user_id": record.user_id,
            "permissions": permissions,
            "rate_limit": record.rate_limit,
        }

    async def authenticate(
        self, headers: Iterable[tuple[bytes, bytes]], *, client_address: str | None = None
    ) -> Principal | None:
        """Return the caller whose key *headers* (ASGI's) have; None if they have no key.

        The key is in ``X-API-Key`` or in ``Authorization: ApiKey``, never in a URL.

        Raises:
            CredentialsConflictError: there is more than one key, or a bearer token besides.
            AuthenticationException: the key is not good.
            StoreUnavailableError: the store, or that of permissions, does not answer.
        """
        key = api_key_credential(headers)
        if key is None:
            return None
        valid = await self._check(key, client_address)
        if valid is None:
            raise AuthenticationException(
                "The API key is malformed, unknown, over, or not for this network.",
                realm=self.realm,
                problem="invalid",
            )
        record, permissions = valid
        return Principal(
            subject=str(record.user_id),
            method="api_key",
            scopes=record.scopes,
            expires_at=record.expires_at,
            permissions=permissions,
            credential_id=record.id,
            rate_limit=record.rate_limit,
        )

    async def keys_of(self, user_id: Any) -> list[APIKey]:
        """Return what is kept of the keys of a user, the oldest first.

        Raises:
            StoreUnavailableError: the store does not answer.
        """
        return await self._store.of_user(user_id)

    async def rotate(
        self,
        key_id: str,
        *,
        overlap: timedelta = timedelta(days=1),
        expires_at: datetime | None = None,
    ) -> NewAPIKey:
        """Make a key like *key_id*, which itself ends after *overlap*.

        Raises:
            UnknownAPIKeyError: there is no such key, or it is over.
            StoreUnavailableError: the store does not answer.
        """
        old, now = await self._store.get(key_id), self._now()
        if old is None or old.revoked_at is not None or _is_over(old, now):
            raise UnknownAPIKeyError(key_id)
        made = await self.create(
            old.user_id,
            name=old.name,
            scopes=old.scopes,
            expires_at=expires_at,
            allowed_networks=old.allowed_networks,
            rate_limit=old.rate_limit,
        )
        await self._store.expire(key_id, now + overlap)
        await self._tell(key_id)
        return made

    async def revoke(self, key_id: str) -> None:
        """End a key, everywhere within a second.

        Raises:
            UnknownAPIKeyError: there is no such key.
            StoreUnavailableError: the store does not answer, so the key is still good.
        """
        if not await self._store.revoke(key_id, self._now()):
            raise UnknownAPIKeyError(key_id)
        await self._tell(key_id)

    async def flush(self) -> None:
        """Write the times of last use now, which otherwise happens once in *flush_seconds*."""
        await self._usage.flush()

    async def aclose(self) -> None:
        """Write the times of last use, and plan to do so no more."""
        self._usage.stop()
        await self._usage.flush()

    async def _check(
        self, key: str, client_address: str | None
    ) -> tuple[APIKey, frozenset[str]] | None:
        parts = read_api_key(key)
        if parts is None:
            return None
        record = await self._find(parts.id)
        stored = _NOBODYS_HASH if record is None else record.key_hash
        is_right = hmac.compare_digest(hash_secret(parts.secret, self._pepper), stored)
        now = self._now()
        if record is None or not is_right or record.revoked_at is not None:
            return None
        if _is_over(record, now) or not is_within(client_address, record.allowed_networks):
            return None
        permissions = record.scopes
        if self._permissions is not None:
            held = await self._permissions.get_user_permissions(record.user_id)
            permissions = narrow(record.scopes, held)
        self._usage.note(record.id, now)
        return record, permissions

    async def _find(self, key_id: str) -> APIKey | None:
        now, ticket = self._clock(), self._cache.ticket
        record = self._cache.get(key_id, now=now)
        if record is None:
            record = await self._store.get(key_id)
            if record is not None:
                is_live = self._feed is not None and self._feed.is_live
                seconds = (
                    self._cache_seconds if is_live else min(self._cache_seconds, _ALONE_SECONDS)
                )
                self._cache.keep(record, ticket, until=now + seconds)
        return record

    async def _tell(self, key_id: str) -> None:
        self._cache.forget(key_id)
        if self._feed is not None:
            await self._feed.publish(_TOPIC, key_id)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)


def _is_over(key: APIKey, now: datetime) -> bool:
    return key.expires_at is not None and now >= key.expires_at
