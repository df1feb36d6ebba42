"""Media types of request bodies, compared without a regular expression.

Source: RFC 9110 §8.3, https://www.rfc-editor.org/rfc/rfc9110#section-8.3
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii"})  # ASCII is UTF-8

JSON_TYPES = ("application/json", "application/*+json")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MULTIPART_TYPES = ("multipart/form-data",)


def media_type(headers: Iterable[Sequence[bytes]]) -> str | None:
    """Return the essence (``type/subtype``, lower case) of the Content-Type of ASGI *headers*.

    None where there is no such header, where several disagree, where the value is no media type,
    or where it names a charset other than UTF-8, which no body of ours may have.
    """
    found = {value for name, value in headers if name == b"content-type"}
    if len(found) != 1:
        return None
    essence, *parameters = found.pop().decode("latin-1").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in _UTF8:
            return None
    essence = essence.strip()
    kind, _, subtype = essence.partition("/")
    if not kind or not subtype or not _TOKEN.issuperset(kind) or not _TOKEN.issuperset(subtype):
        return None
    return essence


def matches(essence: str | None, supported: Iterable[str]) -> bool:
    """Say whether *essence* is one of *supported*: ``a/b``, ``a/*+suffix`` or ``*/*``."""
    for pattern in supported:
        if pattern == "*/*" or essence == pattern:
            return True
        if essence is not None and "/*+" in pattern:
            start, _, suffix = pattern.partition("*")
            if (
                essence.startswith(start)
                and essence.endswith(suffix)
                and len(essence) > len(pattern) - 1
            ):
                return True
    return False


def is_json(essence: str) -> bool:
    """Say whether bodies of this media type are JSON texts (RFC 6839 §3.1)."""
    return essence == "application/json" or essence.endswith("+json")
