"""State in Redis, shared by every process; needs the extra ``covet-security[redis]``."""

from importlib import import_module

try:
    import_module("redis.asyncio")
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "covet_security.redis needs the redis client. Install 'covet-security[redis]'.",
        name="redis",
    ) from None

from covet_security.redis._feed import RedisChangeFeed
from covet_security.redis._limits import RedisRateLimitStore
from covet_security.redis._server_sessions import RedisServerSessionStore
from covet_security.redis._sessions import RedisSessionStore

__all__ = ["RedisChangeFeed", "RedisRateLimitStore", "RedisServerSessionStore", "RedisSessionStore"]
