"""State in Redis, shared by every process; needs the extra ``covet-security[redis]``."""

try:
    import redis.asyncio as _redis
except ImportError as _error:
    raise ImportError(
        "covet_security.redis needs the redis client. Install 'covet-security[redis]'."
    ) from _error

from covet_security.redis._feed import RedisChangeFeed
from covet_security.redis._limits import RedisRateLimitStore
from covet_security.redis._server_sessions import RedisServerSessionStore
from covet_security.redis._sessions import RedisSessionStore

del _redis

__all__ = ["RedisChangeFeed", "RedisRateLimitStore", "RedisServerSessionStore", "RedisSessionStore"]
