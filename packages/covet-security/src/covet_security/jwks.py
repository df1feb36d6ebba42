"""Key sets between services: ours published, those of others fetched and kept fresh."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

from covet_security._errors import StoreUnavailableError
from covet_security._https import FetchKeys, check_https_url, https_fetch
from covet_security._jwk import read_jwks, to_jwks
from covet_security._schedule import JWKS_SECONDS
from covet_security.keys import Key

_REFRESH_SECONDS = float(JWKS_SECONDS)
_MIN_REFETCH_SECONDS = 30.0
_MAX_STALE_SECONDS = 3600.0  # since a key that its owner took back must not stay good

_logger = logging.getLogger("covet_security")


class PublishedKeys(Protocol):
    """What `JWKSEndpoint` needs of keys: `KeySet` and `KeySchedule` have it."""

    def published(self) -> Iterable[Key]:
        """Return the keys that others may need to check tokens of ours."""
        ...


class JWKSEndpoint:
    """An ASGI application that publishes keys: mount it at ``/.well-known/jwks.json``.

    Only public halves leave; shared secrets have none.

    Source: RFC 7517 §5 and §8.5.2, https://www.rfc-editor.org/rfc/rfc7517#section-5
    """

    def __init__(self, keys: PublishedKeys) -> None:
        """Publish *keys*."""
        self._keys = keys

    def body(self) -> bytes:
        """Return the document."""
        return json.dumps(to_jwks(self._keys.published()), separators=(",", ":")).encode()

    async def __call__(
        self,
        scope: Mapping[str, Any],
        receive: Callable[[], Awaitable[Mapping[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer GET and HEAD with the document, which others may keep for five minutes."""
        status, body = 200, self.body()
        headers = [
            (b"content-type", b"application/jwk-set+json"),
            (b"cache-control", b"public, max-age=%d" % JWKS_SECONDS),
        ]
        if scope["method"] not in {"GET", "HEAD"}:
            status, body, headers = 405, b"", [(b"allow", b"GET, HEAD")]
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        sent = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": sent})


class RemoteKeySet:
    """The keys of another issuer, fetched from the one URL that is trusted for them.

    They are asked for again every five minutes, and at once for a key that is not among them, but
    never twice within 30 seconds. While the issuer does not answer, its keys stay good for up to
    an hour.

    Attributes:
        signing_key: None, as only the issuer signs.
    """

    signing_key: Key | None = None

    def __init__(
        self,
        url: str,
        *,
        fetch: FetchKeys | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Trust the keys at *url*.

        Args:
            url: https, of the issuer.
            fetch: how to fetch it; by default in a thread, without redirects, up to 512 KiB in 5
                seconds.
            clock: seconds that never go back.

        Raises:
            ConfigError: *url* is not https.
        """
        self._url = check_https_url(url)
        self._fetch = https_fetch() if fetch is None else fetch
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """Return the key called *kid*, or None.

        Raises:
            StoreUnavailableError: the issuer has not answered for an hour, or never.
        """
        key = self._fresh(kid)
        if key is None:
            await self._refresh()
            key = self._fresh(kid)
            if self._age() >= _MAX_STALE_SECONDS:
                raise StoreUnavailableError(f"the key set {self._url} cannot be fetched")
        elif self._age() >= _REFRESH_SECONDS:
            self._start()
        return key

    def _fresh(self, kid: str) -> Key | None:
        return self._keys.get(kid) if self._age() < _MAX_STALE_SECONDS else None

    def _age(self) -> float:
        return self._clock() - self._fetched_at

    def _start(self) -> asyncio.Task[None] | None:
        """Return the fetch that is under way, beginning one unless it is too early."""
        if self._fetching is None and self._clock() - self._tried_at >= _MIN_REFETCH_SECONDS:
            self._tried_at = self._clock()
            self._fetching = asyncio.create_task(self._fetch_keys())
        return self._fetching

    async def _refresh(self) -> None:
        task = self._start()
        if task is not None:
            await asyncio.shield(task)  # one who no longer waits does not stop the others

    async def _fetch_keys(self) -> None:
        try:
            self._keys = {key.kid: key for key in read_jwks(await self._fetch(self._url))}
            self._fetched_at = self._clock()
        except (OSError, ValueError) as error:
            _logger.warning("The key set %s cannot be fetched: %s", self._url, error)
        finally:
            self._fetching = None
