"""Rate limits counted in Redis or Redis Cluster: each decision one script, on its clock."""

import hashlib
from base64 import urlsafe_b64encode
from importlib import resources
from typing import Any, Literal, cast

from redis.asyncio import ConnectionPool, Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisClusterException, RedisError

from covet_security._errors import ConfigError, StoreUnavailableError
from covet_security.limits import PolicySet, Reading
from covet_security.redis._script import Script

_SCRIPT = Script(resources.files("covet_security.redis").joinpath("limits.lua").read_text("utf-8"))
_CLUSTER = "redis+cluster://"
_TIMEOUT_SECONDS = 1.0
_MICROSECONDS = 1_000_000


class RedisRateLimitStore:
    """Counts in Redis 5 or later; one script a decision, so in one round trip and atomically.

    The keys of one decision, ``rl:{hash}:…``, share a hash tag and so a slot of a cluster. The
    hash is of the limit's name and the identity, which therefore never stand in a key.
    """

    source: Literal["redis"] = "redis"

    def __init__(self, client: "Redis | RedisCluster | str", *, prefix: str = "rl") -> None:
        """Count by *client*, or at the URL that it is, in keys that begin with *prefix*.

        Raises:
            ConfigError: the client is not asynchronous, the URL is not understood, or the prefix
                has braces.
        """
        if "{" in prefix or "}" in prefix:
            raise ConfigError(f"Prefix {prefix!r} has braces, which Redis Cluster reads as a tag.")
        self._owns_client = isinstance(client, str)
        self._client: Any = _connect(client) if isinstance(client, str) else _check(client)
        self._prefix = prefix + ":{"

    async def hit(
        self, name: str, identity: str, policies: PolicySet, cost: int, *, counts: bool
    ) -> tuple[Reading, ...]:
        digest = hashlib.sha256(f"{len(name)}:{name}{identity}".encode()).digest()
        tagged = f"{self._prefix}{urlsafe_b64encode(digest[:16])[:22].decode()}}}:"
        keys = [tagged + key for key in policies.keys]
        arguments = [cost, "1" if counts else "0", *policies.arguments]
        try:
            answer: list[int] = await _SCRIPT.run(self._client, keys, arguments)
        except (RedisError, RedisClusterException, OSError) as error:  # a cluster's is of neither
            raise StoreUnavailableError("Redis does not count rate limits.") from error
        return tuple(
            Reading(
                max(0, answer[at]),
                answer[at + 1] / _MICROSECONDS,
                answer[at + 2] / _MICROSECONDS if answer[at + 2] > 0 else answer[at + 2],
            )
            for at in range(0, len(answer), 3)
        )

    async def aclose(self) -> None:
        """Close the connections, if the store was made from a URL."""
        if self._owns_client:
            await self._client.aclose()


def _connect(url: str) -> "Redis | RedisCluster":
    again = Retry(NoBackoff(), 1)  # once, since a connection may be of before a restart
    try:
        if url.startswith(_CLUSTER):
            return RedisCluster.from_url(
                "redis://" + url.removeprefix(_CLUSTER),
                retry=again,
                socket_timeout=_TIMEOUT_SECONDS,
                socket_connect_timeout=_TIMEOUT_SECONDS,
            )
        pool: ConnectionPool = cast("Any", ConnectionPool).from_url(
            url,
            retry=again,
            socket_timeout=_TIMEOUT_SECONDS,
            socket_connect_timeout=_TIMEOUT_SECONDS,
        )
    except ValueError as error:  # its text has the URL, and that may have a password
        raise ConfigError(
            "The Redis URL is not understood. Write redis://host:6379/0, rediss://… or "
            f"{_CLUSTER}host:6379."
        ) from error.with_traceback(None)
    return Redis.from_pool(pool)


def _check(client: object) -> object:
    if not isinstance(client, Redis | RedisCluster):
        raise ConfigError(
            f"{type(client).__module__}.{type(client).__qualname__} is not a client of "
            "redis.asyncio, so each check would block the event loop. Give one of those."
        )
    return client
