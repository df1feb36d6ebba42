"""Testing: the notes called in process, each test with a database of its own."""

# ruff: noqa: S101 - a test asserts

from collections.abc import Iterator

import pytest

from covet import TestClient
from notes_4_errors import MAX_NOTES, create_app


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app("sqlite://")) as client:
        yield client


def test_a_note_is_read_as_it_was_written(client: TestClient) -> None:
    created = client.post("/notes", json={"title": "Milk"})

    assert created.status_code == 201
    assert client.get(f"/notes/{created.json()['id']}").json() == created.json()


def test_an_empty_title_is_refused(client: TestClient) -> None:
    refused = client.post("/notes", json={"title": ""})

    assert refused.status_code == 422
    assert refused.json()["details"][0]["code"] == "STRING_TOO_SHORT"


def test_a_full_notebook_takes_no_more(client: TestClient) -> None:
    for number in range(MAX_NOTES):
        client.post("/notes", json={"title": f"Note {number}"})

    refused = client.post("/notes", json={"title": "One more"})

    assert refused.status_code == 507
    assert refused.json()["title"] == "Notebook Full"
