"""What another site makes a browser send is refused, and nothing else."""

import json
from typing import Any

import pytest

from covet_security import AuditEvent, ConfigError, CSRFMiddleware, csrf_token

pytestmark = pytest.mark.anyio

OWN = "https://blog.example"


class Site:
    """An application with a session behind the middleware."""

    def __init__(self, session: dict[str, Any] | None, **options: Any) -> None:
        self.session = session
        self.sent: list[Any] = []
        self.was_called = False
        self.middleware = CSRFMiddleware(self.app, **options)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.was_called = True
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async def request(self, method: str = "POST", scheme: str = "https", **headers: str) -> bool:
        """Return whether the request got through."""
        self.was_called, self.sent = False, []
        fields = [(b"host", b"blog.example")]
        fields += [(k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in headers.items()]
        scope = {"type": "http", "method": method, "scheme": scheme, "headers": fields}
        return await self.call(scope)

    async def call(self, scope: Any) -> bool:
        if self.session is not None:
            scope["session"] = self.session

        async def send(message: Any) -> None:
            self.sent.append(message)

        await self.middleware(scope, send, send)  # type: ignore[arg-type]
        return self.was_called

    @property
    def cookies(self) -> list[str]:
        headers = self.sent[0]["headers"]
        return [value.decode() for name, value in headers if name == b"set-cookie"]


def logged_in() -> dict[str, Any]:
    return {"user": "ada", "_csrf": "token"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE"])
async def test_safe_methods_pass_from_everywhere(method: str) -> None:
    assert await Site(logged_in()).request(method, sec_fetch_site="cross-site", origin="null")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "WEIRD", "get"])
async def test_other_methods_need_the_token_of_the_session(method: str) -> None:
    site = Site(logged_in())

    assert await site.request(method, sec_fetch_site="same-origin", x_csrf_token="token")
    assert not await site.request(method, sec_fetch_site="same-origin")


@pytest.mark.parametrize("token", ["", "Token", "token ", "tokens", "é"])
async def test_a_wrong_token_is_refused(token: str) -> None:
    assert not await Site(logged_in()).request(origin=OWN, x_csrf_token=token)


async def test_a_session_without_a_token_admits_none() -> None:
    site = Site({"user": "ada", "_csrf": None})

    assert not await site.request(x_csrf_token="None")
    assert not await site.request(x_csrf_token="")


@pytest.mark.parametrize(
    ("headers", "is_let"),
    [
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "none"}, True),
        ({"sec_fetch_site": "same-site"}, False),
        ({"sec_fetch_site": "cross-site"}, False),
        ({"sec_fetch_site": "cross-site", "origin": OWN}, False),
        ({"sec_fetch_site": "cross-site", "origin": "https://app.example"}, True),
        ({"sec_fetch_site": "junk"}, False),
        ({"origin": OWN}, True),
        ({"origin": "HTTPS://BLOG.example"}, True),
        ({"origin": "https://app.example"}, True),
        ({"origin": "https://app.example.evil.example"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://blog.example.evil.example"}, False),
        ({"origin": "https://blog.example:444"}, False),
        ({"origin": "http://blog.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({}, True),
    ],
)
@pytest.mark.parametrize("session", [{}, logged_in()], ids=["login", "logged-in"])
async def test_where_a_request_comes_from_decides(
    headers: dict[str, str], is_let: bool, session: dict[str, Any]
) -> None:
    site = Site(session, trusted_origins=["https://app.example"])

    assert await site.request(x_csrf_token="token", **headers) is is_let


async def test_behind_http_the_origin_may_be_of_either_scheme() -> None:
    site = Site({})

    assert await site.request(scheme="http", origin="http://blog.example")
    assert await site.request(scheme="http", origin=OWN)


@pytest.mark.parametrize("name", [b"origin", b"sec-fetch-site", b"host", b"x-csrf-token"])
async def test_a_header_that_is_there_twice_is_not_believed(name: bytes) -> None:
    fields = [(b"host", b"blog.example"), (b"origin", OWN.encode()), (b"x-csrf-token", b"token")]
    if name == b"sec-fetch-site":
        fields.append((name, b"same-origin"))
    fields += [field for field in fields if field[0] == name]
    scope = {"type": "http", "method": "POST", "scheme": "https", "headers": fields}

    assert not await Site(logged_in()).call(scope)


async def test_a_request_that_brings_its_own_credentials_is_not_forged() -> None:
    cross = {"sec_fetch_site": "cross-site", "origin": "https://app.example"}

    assert await Site({}).request(authorization="Bearer x", **cross)
    assert await Site(None).request(authorization="Bearer x", **cross)
    assert not await Site(logged_in()).request(authorization="Bearer x", **cross)


async def test_a_refusal_is_a_403_and_is_told() -> None:
    events: list[AuditEvent] = []
    site = Site(logged_in(), audit=events.append)

    await site.request(origin="https://evil.example")

    assert site.sent[0]["status"] == 403
    assert json.loads(site.sent[1]["body"])["title"] == "Forbidden"
    assert [(one.action, one.is_allowed) for one in events] == [("csrf", False)]


async def test_a_script_gets_the_token_once_there_is_a_session() -> None:
    session: dict[str, Any] = {}
    site = Site(session)
    await site.request("GET")
    before = site.cookies
    session["user"] = "ada"
    await site.request("GET")

    assert before == []
    (cookie,) = site.cookies
    token = session["_csrf"]
    assert cookie == (f"__Host-csrf={token}; Path=/; Max-Age=34560000; SameSite=Strict; Secure")
    assert len(token) == 43
    assert await site.request("GET", cookie=f"__Host-csrf={token}")
    assert site.cookies == []


async def test_without_sessions_there_is_no_token() -> None:
    site = Site(None)

    assert await site.request("GET")
    assert site.cookies == []
    with pytest.raises(KeyError):
        csrf_token({})


def test_a_template_gets_the_same_token_each_time() -> None:
    scope: dict[str, Any] = {"session": {}}

    assert csrf_token(scope) == csrf_token(scope) == scope["session"]["_csrf"]


@pytest.mark.parametrize(
    ("origin", "is_let"), [(OWN, True), ("https://evil.example", False), (None, True)]
)
async def test_a_websocket_is_not_opened_for_another_site(origin: str | None, is_let: bool) -> None:
    headers = [(b"host", b"blog.example")]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    site = Site(logged_in())

    assert await site.call({"type": "websocket", "scheme": "wss", "headers": headers}) is is_let
    if not is_let:
        assert site.sent == [{"type": "websocket.close", "code": 1008, "reason": "Forbidden"}]


async def test_the_lifespan_passes_through() -> None:
    assert await Site(None).call({"type": "lifespan"})


@pytest.mark.parametrize(
    "options",
    [
        {"trusted_origins": ["*"]},
        {"trusted_origins": ["https://app.example/"]},
        {"trusted_origins": ["app.example"]},
        {"trusted_origins": "null"},
        {"cookie_name": "__Host-csrf", "is_secure": False},
    ],
)
def test_what_cannot_be_safe_is_a_configuration_error(options: Any) -> None:
    with pytest.raises(ConfigError):
        Site(None, **options)
