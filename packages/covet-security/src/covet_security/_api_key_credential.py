"""The one API key of a request, wherever its headers have it."""

import re
from collections.abc import Iterable

from covet_security._errors import CredentialsConflictError

_API_KEY = re.compile(rb"apikey +", re.IGNORECASE)
_BEARER = re.compile(rb"bearer( |$)", re.IGNORECASE)


def api_key_credential(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the value of ``X-API-Key`` or ``Authorization: ApiKey`` in *headers* (ASGI's).

    None without one. It is text of any kind, as sent.

    Raises:
        CredentialsConflictError: there are several, or a bearer token besides.
    """
    keys: list[bytes] = []
    has_token = False
    for name, value in headers:
        if name == b"x-api-key":
            keys.append(value)
        elif name == b"authorization":
            scheme = _API_KEY.match(value)
            if scheme is not None:
                keys.append(value[scheme.end() :])
            has_token = has_token or _BEARER.match(value) is not None
    if len(keys) + (has_token and bool(keys)) > 1:
        raise CredentialsConflictError
    return keys[0].decode("latin-1") if keys else None
