"""Hosts: which of the constrained tables answer a Host header, most specific first."""

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

from covet_routing._errors import HostError

T = TypeVar("T")

_HOST = re.compile(r"(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")


def normalize_host(host: str) -> str:
    """Return *host*, a constraint, in lower case.

    Raises:
        HostError: it is neither a host name, nor ``*.`` and a host name, nor an address.
    """
    lowered = host.lower().removesuffix(".")
    if _HOST.fullmatch(lowered) is None:
        raise HostError(host)
    return lowered


class HostTable(Generic[T]):
    """Values by host constraint."""

    __slots__ = ("_exact", "_suffixes")

    def __init__(self, values: Mapping[str, T]) -> None:
        self._exact = {host: value for host, value in values.items() if host[:2] != "*."}
        suffixes = [(host[1:], value) for host, value in values.items() if host[:2] == "*."]
        self._suffixes = tuple(sorted(suffixes, key=lambda pair: (-len(pair[0]), pair[0])))

    def candidates(self, header: str | None) -> list[T]:
        """Return what applies to a Host *header*: the exact host, then the longest wildcard.

        The port and a final dot are ignored, as is case. ``*.example.com`` stands for every host
        below ``example.com``, not for itself.

        Source: RFC 9110 §7.2, https://www.rfc-editor.org/rfc/rfc9110#section-7.2
        """
        if not header:
            return []
        name, colon, port = header.lower().rpartition(":")
        host = name if colon and (port.isdigit() or not port) else header.lower()
        host = host.removesuffix(".")
        exact = [self._exact[host]] if host in self._exact else []
        return exact + [value for suffix, value in self._suffixes if host.endswith(suffix)]
