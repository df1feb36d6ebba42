"""The values of ASGI headers and cookies that a handler reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from covet_validation._cookies import parse_cookies


def read_headers(
    headers: Iterable[Sequence[bytes]],
    wanted: Mapping[bytes, tuple[str, ...]],
    lists: Collection[str],
) -> dict[str, Any]:
    """Return the values of the *wanted* headers, by the keys that *wanted* gives their names.

    A header that is sent several times is one list (RFC 9110 §5.3): a key in *lists* gets its
    elements, another the whole, joined with commas.
    """
    sent: dict[str, list[bytes]] = {}
    for name, value in headers:
        for key in wanted.get(name, ()):
            sent.setdefault(key, []).append(value)
    found: dict[str, Any] = {}
    for key, values in sent.items():
        text = b", ".join(values).decode("latin-1")
        found[key] = _elements(text) if key in lists else text
    return found


def _elements(text: str) -> list[str]:
    return [element for part in text.split(",") if (element := part.strip())]


def read_cookies(
    headers: Iterable[Sequence[bytes]], lists: Collection[str]
) -> dict[str, str | list[str]]:
    """Return all cookies: of a name in *lists* every value, of others the most specific one."""
    values = [value.decode("latin-1") for name, value in headers if name == b"cookie"]
    return {
        name: found if name in lists else found[0] for name, found in parse_cookies(values).items()
    }
