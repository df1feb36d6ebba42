"""Networks from which a credential may be used."""

import functools
import ipaddress

from covet_security._errors import ConfigError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@functools.lru_cache(1024)
def parse_networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Return the networks that *texts* name as CIDR; a single address is one of its own.

    Raises:
        ConfigError: a text is no network, or has bits set outside of its prefix.
    """
    try:
        return tuple(ipaddress.ip_network(text) for text in texts)
    except ValueError as error:
        raise ConfigError(f"A network is invalid: {error}. Write it as '10.0.0.0/8'.") from None


def is_within(address: str | None, networks: tuple[str, ...]) -> bool:
    """Return whether *address* is in one of *networks*, of which none stands for all.

    An IPv4 address that is written as IPv6 is the IPv4 address.
    """
    if not networks:
        return True
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in network for network in parse_networks(networks))
