"""Where requests name a version: four strategies, each from plain values to a text."""

import enum
import functools
import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from covet_routing.versioning._version import version_key

_CACHED_ACCEPT_LENGTH = 256  # of clients' few; longer ones are read each time
_NO_VERSION: tuple[str | None, ...] = (None,)

_RANGE = re.compile(r'[^,"]*+(?:"(?:[^"\\]|\\.)*+"[^,"]*+)*+')
_PIECE = re.compile(r'[^;"]*+(?:"(?:[^"\\]|\\.)*+"[^;"]*+)*+')
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")  # RFC 9110 §12.4.2
_MAX_MEDIA_TYPE_LENGTH = 255  # RFC 6838 §4.2; bounds the work of the pattern below
_NUMBERS = r"[0-9]+(?:[.-][0-9]+)*"
_VENDOR = re.compile(
    rf"application/vnd\.[a-z0-9!#$&^_.-]*?[a-z0-9!#$&^_-]\.(?:v({_NUMBERS})(?:\+[a-z0-9]+)?"
    rf"|({_NUMBERS})\+[a-z0-9]+)"
)


class VersioningStrategy(enum.Enum):
    """Where a request names the version that it wants."""

    URL_PATH = "url_path"
    """``/v2/posts``, below the manager's prefix."""
    HEADER = "header"
    """``Accept: application/vnd.api.v2+json`` or ``application/json; version=2``."""
    QUERY_PARAM = "query_param"
    """``/posts?version=2``."""
    SUBDOMAIN = "subdomain"
    """``v2.api.example.com``."""


def version_in_path(path: str, prefix: str, names: Collection[str]) -> str | None:
    """Return the segment of *path* after *prefix* if it is a version, or looks like one."""
    if not path.startswith(prefix + "/"):
        return None
    segment = path[len(prefix) + 1 :].partition("/")[0]
    return segment if segment in names or _looks_like(segment, names) else None


def version_in_host(host: str | None, names: Collection[str]) -> str | None:
    """Return the first label of a Host header if it is a version, or looks like one.

    A version with a dot is that many labels. Addresses have none.
    """
    if not host or host.startswith("["):
        return None
    name = host.lower().partition(":")[0]
    for known in sorted(names, key=len, reverse=True):
        if name.startswith(known.lower() + "."):
            return known
    labels = name.split(".")
    if all(label.isdigit() for label in labels) or len(labels) == 1:
        return None
    return labels[0] if _looks_like(labels[0], names) else None


def version_in_query(query_string: bytes, parameter: str) -> str | None:
    """Return the value of *parameter*; of several different ones all, which is no version."""
    if not query_string or (parameter.encode() not in query_string and b"%" not in query_string):
        return None
    pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    values = dict.fromkeys(value for name, value in pairs if name == parameter)
    return ", ".join(values) if values else None


def versions_in_accept(accept: str | None) -> tuple[str | None, ...]:
    """Return the versions that an Accept header names, preferred first; None for any version.

    Media ranges count by their weight; of equal ones those that name a version come first.
    Ranges that cannot be read, or are refused by ``q=0``, are left out.

    Source: RFC 9110 §12.5.1, https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
    """
    if not accept:
        return _NO_VERSION
    if len(accept) > _CACHED_ACCEPT_LENGTH:
        return _read_accept(accept)
    return _read_cached(accept)


def _read_accept(accept: str) -> tuple[str | None, ...]:
    found = sorted(_ranges(accept.lower()), key=lambda each: (-each[0], each[1] is None))
    return tuple(dict.fromkeys(version for _, version in found)) or _NO_VERSION


_read_cached = functools.lru_cache(maxsize=512)(_read_accept)


def _ranges(accept: str) -> Iterator[tuple[float, str | None]]:
    """Yield the weight and the version of each media range."""
    for media_range in _RANGE.findall(accept):
        essence, *parameters = map(str.strip, _PIECE.findall(media_range))
        if "/" not in essence or len(essence) > _MAX_MEDIA_TYPE_LENGTH:
            continue
        stated: dict[str, str] = {}
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            stated.setdefault(name.strip(), value.strip().strip('"'))
        weight = stated.get("q", "1")
        if _WEIGHT.fullmatch(weight) is None or not float(weight):
            continue
        vendor = _VENDOR.fullmatch(essence)
        version = stated.get("version") or (vendor and (vendor[1] or vendor[2])) or None
        yield float(weight), version


def _looks_like(text: str, names: Collection[str]) -> bool:
    """Return whether *text* is written as versions are here: with their ``v`` or without."""
    if version_key(text) is None:
        return False
    return text[0] in "vV" or any(name[0] not in "vV" for name in names)
