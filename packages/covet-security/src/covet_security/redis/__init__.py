"""What keeps its state in Redis, shared by every process; needs the extra ``covet-security[redis]``."""

try:
    import redis.asyncio as _
except ImportError as error:
    raise ImportError(
        "covet_security.redis needs the redis client. Install 'covet-security[redis]'."
    ) from error

__all__: list[str] = []
