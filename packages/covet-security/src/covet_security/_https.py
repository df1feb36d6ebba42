"""A small document from a known host, over HTTPS, in bounded time and space."""

import asyncio
import http.client
import ssl
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from covet_security._errors import ConfigError

FetchKeys = Callable[[str], Awaitable[bytes]]
"""From an https URL to what is there; raises OSError or ValueError if that is not to be had."""

MAX_DOCUMENT_BYTES = 512 * 1024
TIMEOUT_SECONDS = 5.0
_CHUNK_BYTES = 64 * 1024


def check_https_url(url: str) -> str:
    """Return *url* if it is one of a host over HTTPS, without credentials and fragment.

    Raises:
        ConfigError: it is not.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment:
        raise ConfigError(
            f"The URL of a key set must be https://host/path, without credentials: not {url!r}."
        )
    return url


def https_fetch(
    *, context: ssl.SSLContext | None = None, timeout_seconds: float = TIMEOUT_SECONDS
) -> FetchKeys:
    """Return a fetch that follows no redirect, and stops after 512 KiB or *timeout_seconds*."""

    async def fetch(url: str) -> bytes:
        trust = context or ssl.create_default_context()
        async with asyncio.timeout(timeout_seconds):  # the thread ends by itself soon after
            return await asyncio.to_thread(_get, url, trust, timeout_seconds)

    return fetch


def _get(url: str, context: ssl.SSLContext, timeout_seconds: float) -> bytes:
    deadline = time.monotonic() + timeout_seconds
    parts = urlsplit(url)
    connection = http.client.HTTPSConnection(
        parts.hostname or "", parts.port, timeout=timeout_seconds, context=context
    )
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"Accept": "application/jwk-set+json, */*;q=0.1"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise ValueError(f"The answer has the status {response.status}.")
        body = bytearray()
        while chunk := response.read1(_CHUNK_BYTES):
            body += chunk
            if len(body) > MAX_DOCUMENT_BYTES:
                raise ValueError(f"The answer has over {MAX_DOCUMENT_BYTES} bytes.")
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(body)
    except http.client.HTTPException as error:
        raise ValueError(f"The answer is not HTTP: {type(error).__name__}.") from None
    finally:
        connection.close()
