"""The test clients: an application in process, as anyone, with anything replaced."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import pytest

from covet import (
    AsyncTestClient,
    Covet,
    Depends,
    JWTAuthenticator,
    Principal,
    TestClient,
    WebSocket,
)


@dataclass
class Member:
    id: int
    name: str


def real() -> str:
    return "real"


def fake() -> str:
    return "fake"


def other_fake() -> str:
    return "other fake"


async def load(subject: str, db: object) -> Member | None:
    return Member(int(subject), f"loaded {subject}")


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def app(seen: list[str]) -> Covet:
    @asynccontextmanager
    async def lifespan(app: Covet) -> AsyncIterator[None]:
        seen.append("up")
        yield
        seen.append("down")

    auth = JWTAuthenticator("k" * 32, issuer="i", audience="a", load_user=load)
    app = Covet(auth=auth, lifespan=lifespan)

    @app.get("/value", requires_auth=False)
    async def value(value: Annotated[str, Depends(real)]) -> str:
        return value

    @app.get("/me")
    async def me(me: Member, principal: Principal) -> list[Any]:
        return [me.id, me.name, principal.subject, sorted(principal.scopes)]

    @app.get("/broken", requires_auth=False)
    async def broken() -> None:
        raise RuntimeError

    @app.websocket("/live")
    async def live(websocket: WebSocket, me: Member) -> None:
        await websocket.accept()
        await websocket.send_text(me.name)
        await websocket.close()

    return app


# --- Sync -------------------------------------------------------------------------------------


def test_the_client_runs_the_lifespan(app: Covet, seen: list[str]) -> None:
    with TestClient(app) as client:
        assert client.get("/value").json() == "real"
        assert seen == ["up"]

    assert seen == ["up", "down"]


def test_the_client_replaces_dependencies_while_it_is_open(app: Covet) -> None:
    with TestClient(app, overrides={real: fake}) as client:
        inside = client.get("/value").json()
    with TestClient(app) as client:
        after = client.get("/value").json()

    assert (inside, after) == ("fake", "real")


def test_overrides_from_before_the_client_are_back_after_it(app: Covet) -> None:
    app.dependency_overrides[real] = other_fake

    with TestClient(app, overrides={real: fake}) as client:
        inside = client.get("/value").json()
    after = TestClient(app).get("/value").json()

    assert (inside, after) == ("fake", "other fake")


def test_the_client_acts_as_a_user(app: Covet) -> None:
    with TestClient(app) as client:
        ann = client.as_user(Member(7, "Ann"), scopes={"write", "read"})

        as_ann = ann.get("/me")
        as_nobody = client.get("/me")

    assert as_ann.json() == [7, "Ann", "7", ["read", "write"]]
    assert as_nobody.status_code == 401


def test_a_user_may_have_another_subject(app: Covet) -> None:
    with TestClient(app) as client:
        reply = client.as_user(Member(7, "Ann"), subject="ann").get("/me")

    assert reply.json()[2] == "ann"


def test_a_client_that_acts_keeps_the_overrides_and_the_options(app: Covet) -> None:
    options: Any = {"base_url": "http://shop.example", "headers": {"X-A": "1"}}

    with TestClient(app, overrides={real: fake}, **options) as client:
        ann = client.as_user(Member(7, "Ann"))

        assert ann.get("/value").json() == "fake"
        assert str(ann.base_url).startswith("http://shop.example")
        assert ann.headers["x-a"] == "1"


def test_the_client_speaks_over_connections_too(app: Covet) -> None:
    with TestClient(app) as client:
        ann = client.as_user(Member(7, "Ann"))

        with ann.websocket_connect("/live") as connection:
            assert connection.receive_text() == "Ann"


def test_errors_are_answers_as_they_are_for_clients(app: Covet) -> None:
    with TestClient(app) as client:
        assert client.get("/broken").status_code == 500


# --- Async ------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_the_async_client_runs_the_lifespan(app: Covet, seen: list[str]) -> None:
    async with AsyncTestClient(app) as client:
        assert (await client.get("/value")).json() == "real"
        assert seen == ["up"]

    assert seen == ["up", "down"]


@pytest.mark.anyio
async def test_the_async_client_replaces_dependencies_while_it_is_open(app: Covet) -> None:
    async with AsyncTestClient(app, overrides={real: fake}) as client:
        inside = (await client.get("/value")).json()
    async with AsyncTestClient(app) as client:
        after = (await client.get("/value")).json()

    assert (inside, after) == ("fake", "real")


@pytest.mark.anyio
async def test_overrides_from_before_the_async_client_are_back_after_it(app: Covet) -> None:
    app.dependency_overrides[real] = other_fake

    async with AsyncTestClient(app, overrides={real: fake}) as client:
        inside = (await client.get("/value")).json()
    async with AsyncTestClient(app) as client:
        after = (await client.get("/value")).json()

    assert (inside, after) == ("fake", "other fake")


@pytest.mark.anyio
async def test_the_async_client_acts_as_a_user(app: Covet) -> None:
    async with AsyncTestClient(app, headers={"X-A": "1"}) as client:
        async with client.as_user(Member(7, "Ann")) as ann:
            as_ann = await ann.get("/me")
        as_nobody = await client.get("/me")

    assert as_ann.json()[:3] == [7, "Ann", "7"]
    assert as_nobody.status_code == 401


@pytest.mark.anyio
async def test_acting_clients_run_the_lifespan_only_once(app: Covet, seen: list[str]) -> None:
    async with AsyncTestClient(app) as client, client.as_user(Member(7, "Ann")) as ann:
        await ann.get("/me")

    assert seen == ["up", "down"]


@pytest.mark.anyio
async def test_an_application_that_cannot_start_says_why(app: Covet) -> None:
    app.get("/", rate_limit="3")(real)

    with pytest.raises(RuntimeError, match="Rate limit"):
        async with AsyncTestClient(app):
            pass


@pytest.mark.anyio
async def test_an_application_that_cannot_start_keeps_no_overrides(app: Covet) -> None:
    app.get("/", rate_limit="3")(real)

    with pytest.raises(RuntimeError):
        async with AsyncTestClient(app, overrides={real: fake}):
            pass

    assert dict(app.dependency_overrides) == {}
