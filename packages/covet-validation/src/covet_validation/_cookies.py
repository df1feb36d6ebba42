"""The Cookie header, read as tolerantly as browsers write it.

Source: RFC 6265 §5.4, https://www.rfc-editor.org/rfc/rfc6265#section-5.4
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPE = re.compile(r"\\(?:([0-3][0-7]{2})|(.))", re.DOTALL)


def parse_cookies(values: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of each cookie of all Cookie headers, the most specific one first.

    Junk between semicolons is skipped. A quoted value loses its quotes and its escapes, which
    include the octal ones that the standard library's ``http.cookies`` writes.
    """
    cookies: dict[str, list[str]] = {}
    for header in values:
        for pair in header.split(";"):
            name, equals, value = pair.partition("=")
            name = name.strip()
            if equals and name:
                cookies.setdefault(name, []).append(_unquote(value.strip()))
    return cookies


def _unquote(value: str) -> str:
    if len(value) < 2 or not value.startswith('"') or not value.endswith('"'):
        return value
    if "\\" not in value:
        return value[1:-1]
    return _ESCAPE.sub(_unescape, value[1:-1])


def _unescape(escape: re.Match[str]) -> str:
    octal, character = escape.groups()
    return chr(int(octal, 8)) if octal else str(character)
