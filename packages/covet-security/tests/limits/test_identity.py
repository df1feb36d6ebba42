"""The client's address is what trusted proxies say, and nothing that a client can say."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covet_security import ConfigError, TrustedProxies

LOCAL = ["10.0.0.0/8", "fd00::/8", "::1"]


def scope(peer: str | None, *forwarded: str, header: str = "x-forwarded-for") -> Mapping[str, Any]:
    headers = [(header.encode(), value.encode("latin-1")) for value in forwarded]
    return {"client": None if peer is None else (peer, 1234), "headers": headers}


def client(proxies: TrustedProxies, *args: Any, **kwargs: Any) -> str:
    return str(proxies.client_address(scope(*args, **kwargs)))


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded", "x-client-id"])
def test_by_default_no_header_is_believed(header: str) -> None:
    assert client(TrustedProxies(), "192.0.2.7", "198.51.100.1", header=header) == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        pytest.param(["198.51.100.1"], "198.51.100.1", id="one"),
        pytest.param(["6.6.6.6, 198.51.100.1"], "198.51.100.1", id="spoofed-to-the-left"),
        pytest.param(["198.51.100.1, 10.0.0.9"], "198.51.100.1", id="trusted-hop-skipped"),
        pytest.param(["6.6.6.6", "198.51.100.1, 10.0.0.9"], "198.51.100.1", id="several-lines"),
        pytest.param(["6.6.6.6, junk, 10.0.0.9"], "10.0.0.9", id="junk-stops"),
        pytest.param(["6.6.6.6,, 10.0.0.9"], "10.0.0.9", id="empty-stops"),
        pytest.param(["junk"], "10.0.0.1", id="only-junk-leaves-the-peer"),
        pytest.param([""], "10.0.0.1", id="empty-leaves-the-peer"),
        pytest.param([], "10.0.0.1", id="absent-leaves-the-peer"),
        pytest.param(["10.0.0.8, 10.0.0.9"], "10.0.0.8", id="all-trusted-takes-the-first"),
        pytest.param(["198.51.100.1:4711"], "198.51.100.1", id="v4-port"),
        pytest.param(["[2001:db8::1]:4711"], "2001:db8::1", id="v6-port"),
        pytest.param(["[2001:db8::1]"], "2001:db8::1", id="v6-brackets"),
        pytest.param(["2001:db8::1"], "2001:db8::1", id="v6"),
        pytest.param(["::ffff:198.51.100.1"], "198.51.100.1", id="v4-mapped"),
        pytest.param(["6.6.6.6, ::ffff:10.0.0.9"], "6.6.6.6", id="v4-mapped-hop-is-trusted"),
        pytest.param(["6.6.6.6, fe80::1%eth0"], "10.0.0.1", id="zone-is-junk"),
        pytest.param(["198.51.100.256"], "10.0.0.1", id="no-such-address"),
        pytest.param(["unknown"], "10.0.0.1", id="unknown"),
        pytest.param(["_hidden, 198.51.100.1"], "198.51.100.1", id="junk-further-left"),
        pytest.param(["198.51.100.1 6.6.6.6"], "10.0.0.1", id="two-in-one"),
        pytest.param(
            ["\u0661\u0669\u0668.51.100.1".encode().decode("latin-1")],
            "10.0.0.1",
            id="other-digits",
        ),
    ],
)
def test_the_list_is_read_from_the_right(forwarded: list[str], address: str) -> None:
    assert client(TrustedProxies(LOCAL), "10.0.0.1", *forwarded) == address


def test_a_peer_that_is_no_proxy_is_the_client_whatever_it_says() -> None:
    assert client(TrustedProxies(LOCAL), "192.0.2.7", "198.51.100.1") == "192.0.2.7"


def test_a_v4_mapped_peer_is_the_v4_proxy() -> None:
    assert client(TrustedProxies(LOCAL), "::ffff:10.0.0.1", "198.51.100.1") == "198.51.100.1"


def test_v6_proxies_are_trusted_too() -> None:
    assert client(TrustedProxies(LOCAL), "fd00::1", "6.6.6.6, 198.51.100.1, ::1") == "198.51.100.1"


def test_another_header_is_read_where_it_is_the_one_named() -> None:
    proxies = TrustedProxies(LOCAL, header="CF-Connecting-IP")

    named = client(proxies, "10.0.0.1", "198.51.100.1", header="cf-connecting-ip")
    usual = client(proxies, "10.0.0.1", "198.51.100.1")

    assert (named, usual) == ("198.51.100.1", "10.0.0.1")


@pytest.mark.parametrize("peer", [None, ""])
def test_a_local_socket_is_trusted_where_that_is_said(peer: str | None) -> None:
    assert client(TrustedProxies("unix"), peer, "198.51.100.1") == "198.51.100.1"
    assert client(TrustedProxies(), peer, "198.51.100.1") == "None"


def test_a_peer_that_is_no_address_is_not_known_even_where_sockets_are_trusted() -> None:
    assert client(TrustedProxies("unix"), "testclient", "198.51.100.1") == "None"


@pytest.mark.parametrize(
    ("peer", "identity"),
    [
        ("192.0.2.7", "ip:192.0.2.7"),
        ("::ffff:192.0.2.7", "ip:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "ip:2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "ip:2001:db8:1:2::/64"),
        ("fe80::1%eth0", "ip:fe80::/64"),
        ("testclient", "ip:unknown"),
        (None, "ip:unknown"),
    ],
)
def test_clients_are_counted_by_address_and_v6_ones_by_their_64(
    peer: str | None, identity: str
) -> None:
    assert TrustedProxies().client_id(scope(peer)) == identity


@pytest.mark.parametrize("network", ["10.0.0.0/33", "10.0.0.1/8", "proxy.example", "", "*"])
def test_a_network_that_is_none_is_a_configuration_error(network: str) -> None:
    with pytest.raises(ConfigError, match="is no network"):
        TrustedProxies([network])


def test_a_header_of_another_syntax_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="Forwarded"):
        TrustedProxies(LOCAL, header="Forwarded")


@given(st.text(st.characters(max_codepoint=255)))
def test_no_header_makes_reading_fail_or_reaches_past_an_untrusted_peer(junk: str) -> None:
    assert client(TrustedProxies(LOCAL), "192.0.2.7", junk) == "192.0.2.7"
    TrustedProxies(LOCAL).client_id(scope("10.0.0.1", junk))
