"""Whose requests these are: the client's address, as far as it can be known, behind proxies."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any, TypeAlias

from covet_security._errors import ConfigError

Address: TypeAlias = IPv4Address | IPv6Address

UNKNOWN_CLIENT = "ip:unknown"
"""The identity of all whose address is not known, who therefore share their limits."""

_UNIX = "unix"
_V6_PREFIX = 64  # what one customer is given, RFC 6177 §2
_CACHED = 4096
_PORT = r"(?::[0-9]{1,5})?"
_ELEMENT = re.compile(
    rf"[ \t]*(?:\[([0-9A-Fa-f:.]+)\]{_PORT}|([0-9.]+){_PORT}|([0-9A-Fa-f:.]+))[ \t]*"
)
_NOT_A_LIST = frozenset({"forwarded"})


class TrustedProxies:
    """The proxies whose word on the client's address is taken; by default none.

    The address is that of the peer, unless the peer is a trusted proxy. Then *header*, to which
    each proxy appends whom it was called by, is read from right to left: trusted proxies are
    skipped, and the first address that is none of them is the client's. At an element that is
    no address reading stops, and the last good one counts. No other header is ever looked at.
    """

    def __init__(self, networks: Iterable[str] = (), *, header: str = "X-Forwarded-For") -> None:
        """Trust the peers in *networks* and the *header* that they set.

        Args:
            networks: addresses and networks, ``"10.0.0.0/8"``, ``"::1"``; ``"unix"`` for peers
                that have no address because they come through a local socket.
            header: a list of addresses, or one address, as ``CF-Connecting-IP`` has. Each of the
                proxies must overwrite or extend what the client has sent.

        Raises:
            ConfigError: a network is not valid, or the header is not of that form.
        """
        given = [networks] if isinstance(networks, str) else list(networks)
        self._trusts_unix = _UNIX in given
        self._v4: list[IPv4Network] = []
        self._v6: list[IPv6Network] = []
        for text in given:
            if text != _UNIX:
                self._add(text)
        self.header: str = header.lower()
        if self.header in _NOT_A_LIST:
            raise ConfigError(
                f"The header {header!r} is not a list of addresses. "
                "Let the proxy set X-Forwarded-For."
            )
        self._name = self.header.encode("ascii")

    def _add(self, text: str) -> None:
        try:
            network = ip_network(text)
        except ValueError as error:
            raise ConfigError(
                f"Trusted proxy {text!r} is no network: {error}. Write '10.0.0.0/8' or '::1'."
            ) from None
        if isinstance(network, IPv4Network):
            self._v4.append(network)
        else:
            self._v6.append(network)

    def trusts(self, address: Address) -> bool:
        """Tell whether *address* is that of a trusted proxy."""
        if isinstance(address, IPv4Address):
            return any(address in network for network in self._v4)
        return any(address in network for network in self._v6)

    def client_address(self, scope: Mapping[str, Any]) -> Address | None:
        """Return the address of the client of an ASGI connection, None where it is not known.

        IPv4 addresses written as IPv6 ones are IPv4 addresses.
        """
        peer_host: str | None = (scope.get("client") or (None,))[0]
        peer = None if not peer_host else _read_address(peer_host)
        is_trusted = self._trusts_unix and not peer_host if peer is None else self.trusts(peer)
        if not is_trusted:
            return peer
        last_good = peer
        lines = [value for name, value in scope["headers"] if name == self._name]
        for element in reversed(b",".join(lines).decode("latin-1").split(",")):
            address = _read_element(element)
            if address is None:
                break
            last_good = address
            if not self.trusts(address):
                break
        return last_good

    def client_id(self, scope: Mapping[str, Any]) -> str:
        """Return what the client of an ASGI connection is counted by: ``"ip:192.0.2.7"``.

        Of an IPv6 address that is its /64, since one customer has all of that.
        """
        address = self.client_address(scope)
        return UNKNOWN_CLIENT if address is None else address_id(address)


@lru_cache(_CACHED)
def address_id(address: Address) -> str:
    """Return what all with *address* are counted by: an IPv6 address by its /64."""
    if isinstance(address, IPv4Address):
        return f"ip:{address}"
    return f"ip:{ip_network((int(address), _V6_PREFIX), strict=False)}"


@lru_cache(_CACHED)
def _read_address(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


@lru_cache(_CACHED)
def _read_element(element: str) -> Address | None:
    """Return the address in an element of the list, which may have a port."""
    found = _ELEMENT.fullmatch(element)
    return None if found is None else _read_address(found[1] or found[2] or found[3])
