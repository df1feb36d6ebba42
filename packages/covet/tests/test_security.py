"""Access in an application: who may call a route and how often, refused before anything is read."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

import pytest
from pydantic import BaseModel

from covet import (
    AuditEvent,
    Covet,
    JWTAuthenticator,
    Principal,
    RateLimiter,
    Router,
    Settings,
    StartupError,
    TestClient,
    TrustedProxies,
    VersionManager,
    current_security_context,
    public,
    rate_limit,
    require_auth,
    require_permission,
)

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[Any]]


class Held:
    """What users may do, by their ids; counts how often it is asked."""

    def __init__(self, **permissions: Collection[str]) -> None:
        self.permissions = permissions
        self.asked = 0

    async def get_user_permissions(self, user_id: str, /) -> Collection[str]:
        self.asked += 1
        return self.permissions.get(user_id, ())


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Item(BaseModel):
    name: str


@pytest.fixture
def auth() -> JWTAuthenticator:
    return JWTAuthenticator("0" * 32, issuer="shop", audience="shop")


@pytest.fixture
def bearer(auth: JWTAuthenticator) -> Callable[[str], dict[str, str]]:
    return lambda user: {"Authorization": f"Bearer {auth.create_access_token({'user_id': user})}"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


# --- Permissions -------------------------------------------------------------------------------


@pytest.fixture(params=["option", "decorator above", "decorator below", "router"])
def guarded(request: pytest.FixtureRequest, auth: JWTAuthenticator) -> Covet:
    """The same demand in each of the places where it can stand."""
    app = Covet(auth=auth, permissions=Held(ann=["items:write"], bob=["items:read"]))

    async def create(item: Item) -> str:
        return item.name

    match request.param:
        case "option":
            app.post("/items", permissions=["items:write"])(create)
        case "decorator above":
            require_permission("items:write")(app.post("/items")(create))
        case "decorator below":
            app.post("/items")(require_permission("items:write")(create))
        case _:
            router = Router(permissions=["items:write"])
            router.post("/items")(create)
            app.include(router)
    return app


@pytest.mark.parametrize(
    ("user", "body", "status"),
    [
        pytest.param(None, {"name": "a"}, 401, id="nobody"),
        pytest.param("bob", {"name": "a"}, 403, id="without-permission"),
        pytest.param("ann", {"name": "a"}, 200, id="with-permission"),
        pytest.param(None, {"name": 7}, 401, id="401-before-422"),
        pytest.param("bob", {"name": 7}, 403, id="403-before-422"),
        pytest.param("ann", {"name": 7}, 422, id="valid-only-then"),
    ],
)
async def test_permissions_are_enforced_before_validation(
    ask: Ask, guarded: Covet, bearer: Any, user: str | None, body: object, status: int
) -> None:
    headers = {} if user is None else bearer(user)

    reply = await ask(guarded, "POST", "/items", json=body, headers=headers)

    assert reply.status == status


async def test_a_refusal_names_the_permission_as_a_scope(
    ask: Ask, guarded: Covet, bearer: Any
) -> None:
    reply = await ask(guarded, "POST", "/items", json={"name": "a"}, headers=bearer("bob"))

    challenge = reply.headers["www-authenticate"]
    assert 'error="insufficient_scope"' in challenge
    assert 'scope="items:write"' in challenge


async def test_permissions_are_told_in_documents_and_routes(ask: Ask, guarded: Covet) -> None:
    document = (await ask(guarded, target="/openapi.json")).json

    operation = document["paths"]["/items"]["post"]
    assert operation["x-permissions"] == ["items:write"]
    assert {"401", "403"} <= operation["responses"].keys()
    assert [route.permissions for route in guarded.routes] == [("items:write",)]


async def test_what_is_enforced_first_is_not_asked_for_twice(
    ask: Ask, auth: JWTAuthenticator, bearer: Any
) -> None:
    held = Held(ann=["a:read", "a:write"])
    app = Covet(auth=auth, permissions=held)

    @app.get("/", permissions=["a:read"])
    @require_permission("a:write")
    async def read() -> None: ...

    assert (await ask(app, headers=bearer("ann"))).status == 200
    assert held.asked == 1


async def test_a_function_that_a_handler_calls_enforces_its_own_demands(
    ask: Ask, auth: JWTAuthenticator, bearer: Any
) -> None:
    app = Covet(auth=auth, permissions=Held(ann=["reports:read"]))

    @require_permission("reports:read")
    async def report() -> str:
        return "secret"

    @app.get("/")
    async def read() -> str:
        return await report()

    assert (await ask(app, headers=bearer("ann"))).json == "secret"
    assert (await ask(app, headers=bearer("bob"))).status == 403


async def test_the_context_of_one_request_does_not_outlive_it(
    ask: Ask, auth: JWTAuthenticator, bearer: Any
) -> None:
    app, other = Covet(auth=auth, permissions=Held(ann=["a:b"])), Covet()

    @app.get("/")
    async def read() -> str:
        principal = current_security_context().principal
        return "" if principal is None else principal.subject

    @require_auth
    async def protected() -> str:
        return "open"

    @other.get("/")
    async def unprotected() -> str:
        return await protected()

    assert (await ask(app, headers=bearer("ann"))).json == "ann"
    assert (await ask(other)).status == 401


def test_a_test_client_acts_with_the_permissions_it_is_given(auth: JWTAuthenticator) -> None:
    app = Covet(auth=auth, permissions=Held())

    @app.get("/", permissions=["a:read"])
    async def read() -> str:
        return "read"

    with TestClient(app) as client:
        assert client.as_user("ann", permissions={"a:*"}).get("/").json() == "read"
        assert client.as_user("ann", permissions={"b:*"}).get("/").status_code == 403
        assert client.as_user("ann").get("/").status_code == 403


# --- Limits ------------------------------------------------------------------------------------


@pytest.fixture
def limited(clock: Clock) -> Covet:
    app = Covet(limiter=RateLimiter(clock=clock), proxies=TrustedProxies(["127.0.0.1"]))

    @app.get("/limited/{n}", rate_limit="2/minute")
    async def limited(n: int) -> int:
        return n

    @app.get("/free")
    async def free() -> None: ...

    return app


async def test_a_limit_counts_a_route_and_not_its_paths(ask: Ask, limited: Covet) -> None:
    statuses = [(await ask(limited, target=f"/limited/{n}")).status for n in range(3)]

    assert statuses == [200, 200, 429]
    assert (await ask(limited, target="/free")).status == 200


async def test_the_answer_tells_the_limit_and_when_to_come_again(
    ask: Ask, limited: Covet, clock: Clock
) -> None:
    first = await ask(limited, target="/limited/1")
    await ask(limited, target="/limited/1")
    clock.now += 10
    refused = await ask(limited, target="/limited/1")
    clock.now += 50
    again = await ask(limited, target="/limited/1")

    assert (first.status, again.status) == (200, 200)
    assert "r=1" in first.headers["ratelimit"]
    assert (refused.status, refused.json["retry_after"]) == (429, 50)
    assert refused.headers["retry-after"] == "50"
    assert len(refused.headers.getlist("ratelimit")) == 1
    assert refused.headers["content-type"] == "application/problem+json"


async def test_errors_of_a_limited_route_tell_the_limit_too(ask: Ask, limited: Covet) -> None:
    reply = await ask(limited, target="/limited/x")

    assert reply.status == 422
    assert "ratelimit" in reply.headers


async def test_clients_are_counted_apart_by_trusted_proxies_only(ask: Ask, limited: Covet) -> None:
    async def status(forwarded: str, peer: str) -> int:
        reply = await ask(
            limited,
            target="/limited/1",
            headers={"X-Forwarded-For": forwarded},
            client=(peer, 1),
        )
        return int(reply.status)

    assert [await status("192.0.2.1", "127.0.0.1") for _ in range(3)] == [200, 200, 429]
    assert await status("192.0.2.2", "127.0.0.1") == 200
    assert [await status(f"192.0.2.{n}", "198.51.100.7") for n in range(3)] == [200, 200, 429]


async def test_users_are_counted_apart_whatever_their_address(
    ask: Ask, auth: JWTAuthenticator, bearer: Any
) -> None:
    app = Covet(auth=auth)

    @app.get("/")
    @rate_limit(1, window=60)
    async def read() -> None: ...

    statuses = [(await ask(app, headers=bearer(user))).status for user in ("ann", "bob", "ann")]

    assert statuses == [200, 200, 429]


async def test_a_limit_by_address_comes_before_the_credentials(
    ask: Ask, auth: JWTAuthenticator
) -> None:
    app = Covet(auth=auth, address_limit="2/minute")

    @app.get("/")
    async def read() -> None: ...

    wrong = {"Authorization": "Bearer wrong"}
    statuses = [(await ask(app, headers=wrong)).status for _ in range(3)]

    assert statuses == [401, 401, 429]


async def test_a_limit_that_needs_the_arguments_counts_when_the_handler_is_called(ask: Ask) -> None:
    app = Covet()

    @app.post("/")
    @rate_limit(1, key=lambda _, arguments: arguments["item"].name)
    async def create(item: Item) -> None: ...

    async def status(body: object) -> int:
        return int((await ask(app, "POST", json=body)).status)

    assert [await status({"name": name}) for name in ("a", "b", "a")] == [200, 200, 429]
    assert await status({"name": 7}) == 422


async def test_a_limit_holds_for_all_versions_together(ask: Ask) -> None:
    versions = VersionManager()
    versions.register_version("v1", is_default=True)
    versions.register_version("v2")
    app = Covet(versions=versions)

    @app.get("/items", rate_limit=1)
    async def read() -> None: ...

    assert (await ask(app, target="/v1/items")).status == 200
    assert (await ask(app, target="/v2/items")).status == 429


async def test_limits_are_told_in_documents(ask: Ask, limited: Covet) -> None:
    document = (await ask(limited, target="/openapi.json")).json

    operation = document["paths"]["/limited/{n}"]["get"]
    assert "x-rate-limit" in operation
    assert "429" in operation["responses"]
    assert "429" not in document["paths"]["/free"]["get"]["responses"]


# --- Access ------------------------------------------------------------------------------------


async def test_public_opens_a_route_of_a_protected_application(
    ask: Ask, auth: JWTAuthenticator
) -> None:
    app = Covet(auth=auth)

    @app.get("/open")
    @public
    async def open_to_all() -> None: ...

    @app.get("/closed")
    async def closed() -> None: ...

    assert (await ask(app, target="/open")).status == 200
    assert (await ask(app, target="/closed")).status == 401


async def test_a_decorator_protects_a_route_that_an_option_does_not(
    ask: Ask, auth: JWTAuthenticator, bearer: Any
) -> None:
    app = Covet(auth=auth)
    router = Router()

    @router.get("/")
    @require_auth
    async def read(principal: Principal) -> str:
        return principal.subject

    app.include(router)

    assert (await ask(app)).status == 401
    assert (await ask(app, headers=bearer("ann"))).json == "ann"


async def test_an_audit_hook_hears_every_decision(
    ask: Ask, auth: JWTAuthenticator, bearer: Any
) -> None:
    events: list[AuditEvent] = []
    app = Covet(auth=auth, permissions=Held(ann=["a:b"]), audit=events.append)

    @app.get("/", permissions=["a:b"], rate_limit=5)
    async def read() -> None: ...

    await ask(app, headers=bearer("ann"))
    await ask(app, headers=bearer("bob"))
    await ask(app)

    assert [(one.action, one.is_allowed, one.subject) for one in events] == [
        ("authentication", True, "ann"),
        ("permission", True, "ann"),
        ("rate_limit", True, "ann"),
        ("authentication", True, "bob"),
        ("permission", False, "bob"),
        ("authentication", False, None),
    ]


def _options(**options: Any) -> dict[str, Any]:
    return options


@pytest.mark.parametrize(
    ("app", "options", "decorate", "message"),
    [
        pytest.param({}, _options(requires_auth=True), None, "has no authenticator", id="no-auth"),
        pytest.param({}, {}, require_auth, "has no authenticator", id="decorated-without-auth"),
        pytest.param(
            {"auth": True},
            _options(permissions=["a:b"]),
            None,
            "nothing knows them",
            id="no-permissions",
        ),
        pytest.param(
            {"auth": True},
            _options(permissions=["A B"]),
            None,
            "Permission 'A B' is invalid",
            id="no-permission-name",
        ),
        pytest.param(
            {"auth": True},
            _options(requires_auth=False),
            require_auth,
            "open to all and asks",
            id="open-and-protected",
        ),
        pytest.param(
            {"auth": True},
            _options(requires_auth=True),
            public,
            "is @public and requires",
            id="public-and-protected",
        ),
        pytest.param({}, _options(rate_limit="often"), None, "Rate limit 'often'", id="no-limit"),
        pytest.param(
            {"settings": Settings(strict_access=True)}, {}, None, "does not say who", id="strict"
        ),
    ],
)
def test_what_contradicts_itself_or_cannot_be_kept_is_a_fault_of_the_start(
    auth: JWTAuthenticator, app: dict[str, Any], options: Any, decorate: Any, message: str
) -> None:
    application = Covet(**{**app, **({"auth": auth} if "auth" in app else {})})

    async def read() -> None: ...

    application.get("/", **options)(read if decorate is None else decorate(read))

    with pytest.raises(StartupError, match=message) as caught:
        application.start()

    assert caught.value.faults[0].file == __file__
