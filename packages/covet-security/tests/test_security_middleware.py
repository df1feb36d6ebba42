"""The middleware knows who makes a request, and answers what is refused."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from datetime import UTC, datetime
from typing import Any

import pytest

from covet_security import (
    AuditEvent,
    AuthenticationException,
    Principal,
    RateLimiter,
    RateLimitPolicy,
    SecurityMiddleware,
    StoreUnavailableError,
    TrustedProxies,
    current_security_context,
    rate_limit,
    require_auth,
    require_permission,
)

pytestmark = pytest.mark.anyio

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

NOW = 1_800_000_000


class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


class Tokens:
    """An authenticator whose tokens are the names of users; ``bad`` is none."""

    realm = "blog"

    def __init__(self, seconds: float = 3600) -> None:
        self.seconds = seconds

    async def authenticate(self, authorization: bytes | None) -> Principal | None:
        if authorization is None:
            return None
        name = authorization.decode().removeprefix("Bearer ")
        if name == "bad":
            raise AuthenticationException("Key gone.", realm=self.realm, problem="invalid")
        ends = datetime.fromtimestamp(NOW + self.seconds, UTC)
        return Principal(name, "bearer", expires_at=ends)


class Keys:
    async def authenticate(
        self, headers: Iterable[tuple[bytes, bytes]], *, client_address: str | None
    ) -> Principal | None:
        key = dict(headers).get(b"x-api-key")
        if key is None:
            return None
        assert client_address in {"192.0.2.7", None}
        return Principal("ada", "api_key", credential_id=key.decode(), rate_limit="2/m")


async def lookup(principal: Principal) -> set[str]:
    return {"posts:write"} if principal.subject == "ada" else set()


async def whoami(scope: Any, receive: Receive, send: Send) -> None:
    principal = current_security_context().principal
    await answer(send, b"nobody" if principal is None else principal.subject.encode())


async def answer(send: Send, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})


def endpoint(*decorators: Callable[..., Any]) -> Any:
    """Return an application whose answer is given by a function with *decorators*."""

    async def body() -> bytes:
        return b"done"

    function: Any = body
    for decorator in decorators:
        function = decorator(function)

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        await answer(send, await function())

    return app


class Client:
    """Calls an application as a server would."""

    def __init__(self, app: Any, peer: str | None = "192.0.2.7") -> None:
        self.app = app
        self.peer = peer

    async def request(self, *headers: tuple[str, str], method: str = "GET") -> "Answer":
        scope = {
            "type": "http",
            "method": method,
            "client": None if self.peer is None else (self.peer, 1),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return Answer(scope, sent)

    async def as_(self, name: str) -> "Answer":
        return await self.request(("Authorization", f"Bearer {name}"))


class Answer:
    def __init__(self, scope: Any, sent: list[Message]) -> None:
        self.scope = scope
        self.status = sent[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        self.body: bytes = sent[1]["body"]


def secured(app: Any, **options: Any) -> Client:
    return Client(
        SecurityMiddleware(
            app,
            **{
                "authenticator": Tokens(),
                "api_keys": Keys(),
                "permissions": lookup,
                "clock": lambda: NOW,
                **options,
            },
        )
    )


async def test_a_request_is_made_by_whom_its_credentials_prove() -> None:
    client = secured(whoami)

    bodies = [(await client.as_("ada")).body, (await client.request()).body]

    assert bodies == [b"ada", b"nobody"]


async def test_the_principal_is_left_where_covet_looks_for_it() -> None:
    answer = await secured(whoami).as_("ada")

    assert answer.scope["covet.principal"].subject == "ada"


async def test_the_application_receives_what_the_client_sends() -> None:
    received = []

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        received.append(await receive())
        await answer(send, b"")

    await secured(app).as_("ada")

    assert received == [{"type": "http.request"}]


async def test_no_context_is_left_behind() -> None:
    await secured(whoami).as_("ada")

    with pytest.raises(AuthenticationException):
        current_security_context()


async def test_credentials_that_are_not_good_are_refused_also_where_none_are_needed() -> None:
    answer = await secured(whoami).as_("bad")

    assert answer.status == 401
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="blog", error="invalid_token", error_description="invalid"'
    )
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Key gone" not in answer.body.decode()


async def test_of_two_authorization_headers_none_is_believed() -> None:
    answer = await secured(whoami).request(
        ("Authorization", "Bearer ada"), ("Authorization", "Bearer bob")
    )

    assert answer.status == 401


@pytest.mark.parametrize(
    ("decorators", "who", "status"),
    [
        ([require_auth], None, 401),
        ([require_auth], "bob", 200),
        ([require_permission("posts:write")], None, 401),
        ([require_permission("posts:write")], "bob", 403),
        ([require_permission("posts:write")], "ada", 200),
    ],
)
async def test_what_functions_refuse_is_answered(
    decorators: Any, who: str | None, status: int
) -> None:
    client = secured(endpoint(*decorators))

    answer = await (client.request() if who is None else client.as_(who))

    assert answer.status == status
    if status != 200:
        assert json.loads(answer.body)["status"] == status


async def test_a_refusal_for_rate_tells_when_to_come_back() -> None:
    client = secured(endpoint(rate_limit(1)))

    first, second = await client.as_("ada"), await client.as_("ada")

    assert (first.status, second.status) == (200, 429)
    assert first.headers["ratelimit"] == '"1/60s";r=0;t=60'
    assert second.headers["ratelimit"] == '"1/60s";r=0;t=60'
    assert second.headers["ratelimit-policy"] == '"1/60s";q=1;w=60'
    assert second.headers["retry-after"] == "60"
    assert json.loads(second.body)["retry_after"] == 60


async def test_every_response_tells_the_limits_that_it_was_counted_by() -> None:
    client = secured(endpoint(rate_limit(10)), address_limit="100/m")

    answer = await client.as_("ada")

    assert answer.headers["ratelimit-policy"] == '"100/60s";q=100;w=60, "10/60s";q=10;w=60'
    assert answer.headers["ratelimit"] == '"10/60s";r=9;t=60'


async def test_a_response_that_was_not_counted_tells_no_limits() -> None:
    answer = await secured(whoami).as_("ada")

    assert not any(name.startswith("ratelimit") for name in answer.headers)


async def test_the_limit_by_address_comes_before_any_look_at_credentials() -> None:
    client = secured(whoami, address_limit="1/m")

    statuses = [(await client.as_("bad")).status for _ in range(2)]

    assert statuses == [401, 429]


async def test_preflights_of_browsers_are_not_counted() -> None:
    client = secured(whoami, address_limit="1/m")
    ask = ("Access-Control-Request-Method", "POST")

    statuses = [(await client.request(ask, method="OPTIONS")).status for _ in range(3)]

    assert statuses == [200] * 3
    assert (await client.request(method="OPTIONS")).status == 200
    assert (await client.request(method="OPTIONS")).status == 429


async def test_an_api_key_has_a_limit_of_its_own() -> None:
    client = secured(whoami)

    ada = [await client.request(("X-API-Key", "k1")) for _ in range(3)]
    other = await client.request(("X-API-Key", "k2"))

    assert [one.status for one in ada] == [200, 200, 429]
    assert other.status == 200


async def test_addresses_behind_a_trusted_proxy_are_told_apart() -> None:
    client = secured(whoami, address_limit="1/m", proxies=TrustedProxies(["192.0.2.7"]))

    async def from_(forwarded: str) -> int:
        return (await client.request(("X-Forwarded-For", forwarded))).status

    assert [await from_("198.51.100.1"), await from_("198.51.100.2")] == [200, 200]
    assert await from_("6.6.6.6, 198.51.100.1") == 429


async def test_without_an_address_there_is_one_limit_for_all() -> None:
    client = secured(whoami, address_limit="1/m")
    client.peer = None

    assert [(await client.request()).status for _ in range(2)] == [200, 429]


async def test_a_closed_limit_answers_503_with_a_time_to_come_back() -> None:
    class Away:
        source = "redis"

        async def hit(self, *args: Any, **kwargs: Any) -> Any:
            raise StoreUnavailableError("gone")

        async def aclose(self) -> None: ...

    closed = RateLimitPolicy(5, outage="closed")
    client = secured(whoami, address_limit=closed, limiter=RateLimiter(Away()))  # type: ignore[arg-type]

    answer = await client.request()

    assert answer.status == 503
    assert answer.headers["retry-after"] == "1"
    assert "ratelimit" not in answer.headers
    assert json.loads(answer.body)["retry_after"] == 1


async def test_every_decision_is_told() -> None:
    events: list[AuditEvent] = []
    client = secured(endpoint(require_permission("posts:write")), audit=events.append)

    for who in ("ada", "bob", "bad"):
        await client.as_(who)

    assert [(one.action, one.is_allowed, one.subject) for one in events] == [
        ("authentication", True, "ada"),
        ("permission", True, "ada"),
        ("authentication", True, "bob"),
        ("permission", False, "bob"),
        ("authentication", False, None),
    ]
    assert {one.client for one in events} == {"ip:192.0.2.7"}


async def test_without_an_authenticator_nobody_is_authenticated() -> None:
    client = secured(endpoint(require_auth), authenticator=None, api_keys=None)

    assert (await client.as_("ada")).status == 401


async def test_a_refusal_after_the_answer_has_begun_goes_to_the_server() -> None:
    async def late(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise AuthenticationException("Too late.")

    with pytest.raises(AuthenticationException, match="Too late"):
        await secured(late).request()


async def test_an_error_of_the_application_is_its_own() -> None:
    async def broken(scope: Any, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await secured(broken).request()


async def test_the_lifespan_passes_through() -> None:
    seen = []

    async def app(*args: Any) -> None:
        seen.append(args)

    scope, receive, send = {"type": "lifespan"}, object(), object()
    await SecurityMiddleware(app)(scope, receive, send)  # type: ignore[arg-type]

    assert seen == [(scope, receive, send)]


class Socket:
    """A WebSocket of a client, and what was sent to it."""

    def __init__(self, *headers: tuple[bytes, bytes], extensions: Any = None) -> None:
        self.scope = {
            "type": "websocket",
            "client": ("192.0.2.7", 1),
            "headers": list(headers),
            "extensions": extensions,
        }
        self.arriving: asyncio.Queue[Message] = asyncio.Queue()
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def serve(self, app: Any, clock: Any = lambda: NOW, seconds: float = 3600) -> None:
        middleware = SecurityMiddleware(
            app, authenticator=Tokens(seconds), address_limit="3/m", clock=clock
        )
        await middleware(self.scope, self.arriving.get, self.send)


ADA = (b"authorization", b"Bearer ada")


async def test_a_websocket_is_of_whom_its_handshake_proves() -> None:
    async def app(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        text = current_security_context().require_principal().subject
        await send({"type": "websocket.send", "text": text})

    socket = Socket(ADA)

    await socket.serve(app)

    assert socket.sent[1]["text"] == "ada"


@pytest.mark.parametrize(
    ("extensions", "first"),
    [
        (None, {"type": "websocket.close", "code": 1008, "reason": "Unauthorized"}),
        ({"websocket.http.response": {}}, {"type": "websocket.http.response.start", "status": 401}),
    ],
)
async def test_a_websocket_is_refused_before_its_handshake(extensions: Any, first: Any) -> None:
    socket = Socket((b"authorization", b"Bearer bad"), extensions=extensions)

    await socket.serve(whoami)

    assert first.items() <= socket.sent[0].items()


async def test_a_websocket_that_is_refused_later_is_closed() -> None:
    async def app(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await require_permission("posts:write")(receive)()

    socket = Socket(ADA, extensions={"websocket.http.response": {}})

    await socket.serve(app)

    assert socket.sent[1:] == [{"type": "websocket.close", "code": 1008, "reason": "Forbidden"}]


async def test_a_websocket_that_waits_is_closed_when_the_credential_ends() -> None:
    received: list[Message] = []

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        received.extend([await receive(), await receive()])
        await send({"type": "websocket.close", "code": 1000})

    socket, clock = Socket(ADA), Clock()

    await socket.serve(app, clock, seconds=0.001)

    assert received == [{"type": "websocket.disconnect", "code": 4403}] * 2
    assert [message["type"] for message in socket.sent] == ["websocket.accept", "websocket.close"]
    assert socket.sent[1]["code"] == 4403


async def test_messages_arrive_while_the_credential_lasts() -> None:
    received: list[Message] = []

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        received.append(await receive())

    socket = Socket(ADA)
    socket.arriving.put_nowait({"type": "websocket.connect"})

    await socket.serve(app)

    assert received == [{"type": "websocket.connect"}]


async def test_a_websocket_that_is_sent_to_is_closed_when_the_credential_has_ended() -> None:
    clock = Clock()

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "1"})
        clock.now += 3600
        for text in "23":
            with pytest.raises(ConnectionError):
                await send({"type": "websocket.send", "text": text})
        current_security_context().require_principal()

    socket = Socket(ADA)

    await socket.serve(app, clock)

    assert [message.get("text", message["type"]) for message in socket.sent] == [
        "websocket.accept",
        "1",
        "websocket.close",
    ]


async def test_a_program_that_fails_since_its_client_has_gone_does_not_fail_the_server() -> None:
    clock = Clock()

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        clock.now += 3600
        await send({"type": "websocket.send", "text": "1"})

    socket = Socket(ADA)

    await socket.serve(app, clock)

    assert socket.sent[-1]["code"] == 4403


@pytest.mark.parametrize(
    ("media_type", "bodies"),
    [(b"text/event-stream; charset=utf-8", [b"1", b""]), (b"text/csv", [b"1", b"2", b"3"])],
)
async def test_a_stream_of_events_ends_with_the_credential_and_a_download_does_not(
    media_type: bytes, bodies: list[bytes]
) -> None:
    clock, sent = Clock(), []

    async def app(scope: Any, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", media_type)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for body in (b"1", b"2", b"3"):
            message = {"type": "http.response.body", "body": body, "more_body": True}
            try:
                await send(message)
            except ConnectionError:
                break
            clock.now += 3600
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "client": None, "headers": [ADA]}
    middleware = SecurityMiddleware(app, authenticator=Tokens(), clock=clock)

    await middleware(scope, receive, send)  # type: ignore[arg-type]

    seen = [message["body"] for message in sent[1:]]
    assert seen == bodies if media_type != b"text/csv" else seen[:-1] == bodies
    assert not sent[-1].get("more_body", False)
