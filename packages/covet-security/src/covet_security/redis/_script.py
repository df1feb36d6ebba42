"""A Lua script, sent by its hash."""

import hashlib
from typing import Any

from redis.exceptions import NoScriptError


class Script:
    """A script that a server is sent once, also after it was restarted or flushed.

    It serves every client, of one server or of a cluster.
    """

    __slots__ = ("_sha", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._sha = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    async def run(self, client: Any, keys: list[str], args: list[Any]) -> Any:
        """Return what the script returns with these *keys*, all in one slot, and *args*."""
        try:
            return await client.evalsha(self._sha, len(keys), *keys, *args)
        except NoScriptError:
            return await client.eval(self._text, len(keys), *keys, *args)
