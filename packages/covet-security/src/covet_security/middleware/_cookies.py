"""Cookies, read strictly and written safely.

Source: RFC 6265bis, https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
"""

import re
from collections.abc import Iterable
from typing import Literal

from covet_security._errors import ConfigError

SameSite = Literal["lax", "strict"]

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # token, RFC 9110 §5.6.2
_HOST = "__Host-"


def read_cookie(headers: Iterable[tuple[bytes, bytes]], name: str) -> str | None:
    """Return the cookie *name*; None where it is not there, or there twice with two values."""
    wanted = name.encode("ascii")
    found = {
        value
        for header, line in headers
        if header == b"cookie"
        for key, separator, value in (part.strip().partition(b"=") for part in line.split(b";"))
        if separator and key == wanted
    }
    return found.pop().decode("latin-1") if len(found) == 1 else None


def check_cookie_name(name: str, *, is_secure: bool) -> None:
    """Check that a cookie can have *name*.

    Raises:
        ConfigError: it is no token, or it promises a security that the cookie does not have.
    """
    if not _NAME.fullmatch(name) or (name.startswith(_HOST) and not is_secure):
        raise ConfigError(
            f"A cookie cannot be named {name!r} here. Use letters, digits, - and _, and the "
            f"prefix {_HOST} only for secure cookies."
        )


def set_cookie(
    name: str,
    value: str,
    *,
    max_age_seconds: int,
    same_site: SameSite,
    is_secure: bool,
    is_for_scripts: bool = False,
) -> tuple[bytes, bytes]:
    """Return the field that sets a cookie for this host and all of its paths."""
    parts = [f"{name}={value}", "Path=/", f"Max-Age={max_age_seconds}"]
    parts.append(f"SameSite={same_site.capitalize()}")
    if is_secure:
        parts.append("Secure")
    if not is_for_scripts:
        parts.append("HttpOnly")
    return b"set-cookie", "; ".join(parts).encode("ascii")
