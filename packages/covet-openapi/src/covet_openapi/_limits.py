"""Permissions and rate limits of a route, as members that readers and programs understand."""

import re
from collections.abc import Iterable
from typing import Any, cast

from ._json import JsonObject

_SECONDS_OF_AN_INT = 60
_TEXT = re.compile(r"\s*(\d{1,10})\s*(?:/|per\s)\s*(\d{1,8})?\s*([a-z]+?)s?\s*")
_SECONDS = {
    "s": 1, "second": 1, "m": 60, "min": 60, "minute": 60,
    "h": 3600, "hour": 3600, "d": 86400, "day": 86400,
}  # fmt: skip


def permission_names(permissions: Iterable[object]) -> tuple[str, ...]:
    """Return what each permission is called: a text is its own name, an object says it as text."""
    return tuple(
        str(permission)
        if type(permission).__str__ is not object.__str__
        or type(permission).__repr__ is not object.__repr__
        else type(permission).__name__
        for permission in permissions
    )


def rate_limits(limit: object) -> tuple[JsonObject, ...]:
    """Return how many requests each policy allows in how many seconds.

    An int is requests per minute. A text is ``"10/minute"``. An object has ``limit`` (or
    ``requests``) and ``window_seconds`` (or ``window``). What is none of these is shown as text.
    """
    if limit is None:
        return ()
    if isinstance(limit, list | tuple | set | frozenset):
        return tuple(each for one in cast("Iterable[object]", limit) for each in rate_limits(one))
    return (_policy(limit),)


def _policy(limit: Any) -> JsonObject:
    if isinstance(limit, int):
        return {"requests": limit, "windowSeconds": _SECONDS_OF_AN_INT}
    if isinstance(limit, str):
        found = _TEXT.fullmatch(limit.lower())
        if found is None or found[3] not in _SECONDS:
            return {"policy": limit}
        window = int(found[2] or 1) * _SECONDS[found[3]]
        return {"requests": int(found[1]), "windowSeconds": window}
    requests: Any = getattr(limit, "limit", getattr(limit, "requests", None))
    seconds: Any = getattr(limit, "window_seconds", getattr(limit, "window", None))
    if isinstance(requests, int) and isinstance(seconds, int | float):
        return {
            "requests": requests,
            "windowSeconds": int(seconds) if seconds % 1 == 0 else seconds,
        }
    return {"policy": permission_names([limit])[0]}
