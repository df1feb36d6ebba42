"""`covet demo`: from an empty folder to an answering blog, and back."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from blog_server import PASSWORD, log_in
from servers import covet_command, free_port, running

MAX_STARTUP_SECONDS = 15
ACCOUNT = {"username": "linus", "email": "linus@example.com", "password": PASSWORD}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the demo from start to stop, and what it answered meanwhile."""

    url: str
    seconds_to_first_answer: float
    answers: dict[str, httpx2.Response]
    token: str
    exit_code: int
    log: str
    files: set[str]


def run_demo(folder: Path) -> Run:
    """Start the demo in *folder*, do what the README shows, and stop it."""
    port = free_port()
    url, log = f"http://127.0.0.1:{port}", folder.with_suffix(".log")
    command = covet_command("demo", "--port", str(port))
    started = time.monotonic()
    with (
        running(command, port=port, cwd=folder, log=log) as process,
        httpx2.Client(base_url=url, trust_env=False, timeout=20) as client,
    ):
        answers = {"docs": client.get("/docs")}
        seconds = time.monotonic() - started
        answers["count"] = client.get("/posts")
        answers["sign up"] = client.post("/users", json=ACCOUNT)
        token = log_in(client, "linus").json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        answers["create"] = client.post("/posts", json={"title": "Hello", "body": "From curl."})
        answers["list"] = client.get("/posts", params={"search": "hello", "per_page": 5})
        post = f"/posts/{answers['create'].json()['id']}"
        answers["update"] = client.patch(post, json={"title": "Hello again"})
        answers["delete"] = client.delete(post)
        answers["refuse"] = client.get("/posts", params={"page": 0, "per_page": 1000})
        process.send_signal(signal.SIGTERM)
        exit_code = process.wait(10)
    files = {path.name.partition("-")[0] for path in folder.iterdir()}
    return Run(url, seconds, answers, token, exit_code, log.read_text(), files)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def first(folder: Path) -> Run:
    """A run in an empty folder."""
    return run_demo(folder)


@pytest.fixture(scope="module")
def second(folder: Path, first: Run) -> Run:
    """Another run in the folder that the first one left."""
    assert first.files
    return run_demo(folder)


def test_it_answers_soon(first: Run) -> None:
    assert first.answers["docs"].status_code == 200
    assert first.seconds_to_first_answer < MAX_STARTUP_SECONDS


def test_it_answers_all_that_the_readme_shows(first: Run) -> None:
    statuses = {step: answer.status_code for step, answer in first.answers.items()}

    assert statuses == {
        "docs": 200, "count": 200, "sign up": 201, "create": 201,
        "list": 200, "update": 200, "delete": 204, "refuse": 422,
    }  # fmt: skip
    assert [post["title"] for post in first.answers["list"].json()["items"]] == ["Hello"]
    assert first.answers["update"].json()["title"] == "Hello again"
    assert len(first.answers["refuse"].json()["details"]) == 2


def test_it_stops_when_told_to(first: Run) -> None:
    assert first.exit_code in {0, -signal.SIGTERM}  # uvicorn ends by the signal it was sent
    assert "Application shutdown complete" in first.log
    assert "Traceback" not in first.log


def test_it_says_where_it_is(first: Run) -> None:
    assert f"{first.url}/docs" in first.log


def test_it_never_logs_a_secret(first: Run) -> None:
    assert PASSWORD not in first.log
    assert first.token not in first.log


def test_it_leaves_a_database_and_nothing_else(first: Run) -> None:
    assert first.files == {"blog.db"}


def test_it_finds_its_data_again(second: Run) -> None:
    (detail, *_) = second.answers["sign up"].json()["details"]

    assert second.answers["sign up"].status_code == 409
    assert detail["code"] == "ALREADY_EXISTS"


def test_it_is_seeded_once(first: Run, second: Run) -> None:
    assert [run.answers["count"].json()["total"] for run in (first, second)] == [40, 40]
