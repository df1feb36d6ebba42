"""Sessions of browsers in Redis or Redis Cluster."""

from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisClusterException, RedisError

from covet_security._errors import StoreUnavailableError

if TYPE_CHECKING:
    from redis.asyncio import Redis, RedisCluster

_LOST = (RedisError, RedisClusterException, OSError)  # a cluster's is no RedisError


class RedisServerSessionStore:
    """Keeps sessions where every process finds them; what has run out goes by itself."""

    def __init__(self, client: "Redis | RedisCluster", *, prefix: str = "session:") -> None:
        """Keep them by *client*, in keys that begin with *prefix*."""
        self._client: Any = client
        self._prefix = prefix

    async def load(self, key: str) -> bytes | None:
        """Return the data of a session that has not run out.

        Raises:
            StoreUnavailableError: Redis does not answer.
        """
        data = await self._run("GET", key)
        return data.encode() if isinstance(data, str) else data  # of a client that decodes

    async def create(self, key: str, data: bytes, ttl_seconds: int) -> None:
        """Keep a new session.

        Raises:
            StoreUnavailableError: Redis does not answer.
        """
        await self._run("SET", key, data, "EX", ttl_seconds)

    async def replace(self, key: str, data: bytes, ttl_seconds: int) -> bool:
        """Keep new data of a session if it is still there; tell whether it was.

        Raises:
            StoreUnavailableError: Redis does not answer.
        """
        return bool(await self._run("SET", key, data, "EX", ttl_seconds, "XX"))

    async def delete(self, key: str) -> None:
        """Forget a session.

        Raises:
            StoreUnavailableError: Redis does not answer.
        """
        await self._run("DEL", key)

    async def _run(self, command: str, key: str, *args: Any) -> Any:
        try:
            return await self._client.execute_command(command, self._prefix + key, *args)
        except _LOST as error:
            raise StoreUnavailableError("Redis does not keep sessions.") from error
