"""Test clients: dependencies replaced, users without tokens, the event loop of the test."""

# ruff: noqa: S101 - a test asserts

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import pytest

from covet import AsyncTestClient, Covet, Depends, JWTAuthenticator, Key, TestClient


@dataclass
class User:
    """A user."""

    id: int
    name: str


async def load_user(subject: str, db: Any) -> User | None:
    return None


def roll() -> int:
    raise RuntimeError("There is no real die in a test.")


auth = JWTAuthenticator(Key.generate(), issuer="dice", audience="dice", load_user=load_user)
app = Covet(title="Dice", auth=auth)


@app.get("/roll")
async def roll_for(current_user: User, eyes: Annotated[int, Depends(roll)]) -> str:
    return f"{current_user.name} rolls {eyes}"


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(app, overrides={roll: lambda: 4}) as client:
        yield client


def test_a_user_needs_no_token(client: TestClient) -> None:
    ada = client.as_user(User(1, "Ada"))

    assert ada.get("/roll").json() == "Ada rolls 4"
    assert client.get("/roll").status_code == 401


def test_an_override_lasts_for_a_block(client: TestClient) -> None:
    with app.override({roll: lambda: 6}):
        assert client.as_user(User(1, "Ada")).get("/roll").json() == "Ada rolls 6"

    assert client.as_user(User(1, "Ada")).get("/roll").json() == "Ada rolls 4"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_the_client_shares_the_loop_of_the_test() -> None:
    async with AsyncTestClient(app, overrides={roll: lambda: 5}) as client:
        answer = await client.as_user(User(2, "Grace")).get("/roll")

    assert answer.json() == "Grace rolls 5"
