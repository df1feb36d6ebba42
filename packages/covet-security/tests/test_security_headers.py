"""Responses make browsers careful, unless the application knows better."""

import asyncio
from typing import Any

import pytest

from covet_security import ConfigError, SecurityHeadersMiddleware


def headers_of(
    *theirs: tuple[bytes, bytes], scheme: str = "https", **options: Any
) -> dict[str, str]:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(theirs)})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    middleware = SecurityHeadersMiddleware(app, **options)
    asyncio.run(middleware({"type": "http", "scheme": scheme}, send, send))  # type: ignore[arg-type]
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_an_api_gets_the_strictest_headers() -> None:
    assert headers_of() == {
        "content-security-policy": (
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "strict-transport-security": "max-age=63072000; includeSubDomains",
    }


def test_what_the_application_says_stays() -> None:
    headers = headers_of((b"Content-Security-Policy", b"default-src 'self'"))

    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert "content-security-policy" not in headers


def test_over_http_browsers_are_not_told_to_use_https() -> None:
    assert "strict-transport-security" not in headers_of(scheme="http")
    assert "strict-transport-security" in headers_of(scheme="http", is_behind_https=True)


def test_hsts_can_be_shorter_or_left_out() -> None:
    short = headers_of(hsts_seconds=60, hsts_subdomains=False)

    assert short["strict-transport-security"] == "max-age=60"
    assert "strict-transport-security" not in headers_of(hsts_seconds=0)


def test_headers_can_be_left_out_and_added() -> None:
    headers = headers_of(
        content_security_policy=None, frame_options=None, more={"Permissions-Policy": "camera=()"}
    )

    assert "content-security-policy" not in headers
    assert "x-frame-options" not in headers
    assert headers["permissions-policy"] == "camera=()"


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: b", "a\n", "", " a", "é"])
def test_a_value_that_is_no_header_is_a_configuration_error(value: str) -> None:
    with pytest.raises(ConfigError, match="Permissions-Policy"):
        headers_of(more={"Permissions-Policy": value})


def test_other_connections_pass_through() -> None:
    seen = []

    async def app(*args: Any) -> None:
        seen.append(args)

    middleware = SecurityHeadersMiddleware(app)
    asyncio.run(middleware({"type": "websocket"}, None, None))  # type: ignore[arg-type]

    assert seen == [({"type": "websocket"}, None, None)]
