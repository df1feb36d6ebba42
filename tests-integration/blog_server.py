"""The blog behind a real socket, and the people who use it."""

import itertools
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from contract import Contract
from servers import covet_command, free_port, running

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
SECRET_KEY = "a-key-for-tests-that-is-long-enough"
PASSWORD = "Correct-Horse-7"  # of everybody: of the seeded and of those who sign up here

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # a context of each client's own takes 50 ms
_numbers = itertools.count(1)


def unique(word: str) -> str:
    """Return a name that nothing in this run has yet."""
    return f"{word}_{next(_numbers)}"


@dataclass(frozen=True, slots=True)
class Blog:
    """A running blog; every answer that its clients get is held to its own documentation."""

    url: str
    database_url: str
    log: Path
    _stack: ExitStack
    _users: dict[str, httpx2.Client] = field(default_factory=dict)
    _contracts: list[Contract] = field(default_factory=list)

    def client(self, headers: Mapping[str, str] | None = None) -> httpx2.Client:
        """Return a client that keeps its connection, closed when the blog is."""
        client = httpx2.Client(
            base_url=self.url,
            headers=headers,
            timeout=20,
            follow_redirects=True,
            trust_env=False,
            verify=NO_TLS,
            event_hooks={"response": [self._hold_to_contract]},
        )
        return self._stack.enter_context(client)

    @property
    def visitor(self) -> httpx2.Client:
        """Someone who has not logged in."""
        if "" not in self._users:
            self._users[""] = self.client()
        return self._users[""]

    def user(self, username: str) -> httpx2.Client:
        """Someone who has: one of the seeded people, or of those who signed up here."""
        if username not in self._users:
            token = log_in(self.visitor, username).json()["access_token"]
            self._users[username] = self.client({"Authorization": f"Bearer {token}"})
        return self._users[username]

    def newcomer(self, **fields: Any) -> httpx2.Client:
        """Someone who signed up just now and has logged in."""
        response = self.visitor.post("/users", json=sign_up_form(**fields))
        assert response.status_code == 201, response.text
        return self.user(response.json()["username"])

    def contract(self) -> Contract:
        """Return what the blog's own document promises."""
        if not self._contracts:
            document = httpx2.get(f"{self.url}/openapi.json", trust_env=False).raise_for_status()
            self._contracts.append(Contract(document.json()))
        return self._contracts[0]

    def _hold_to_contract(self, response: httpx2.Response) -> None:
        response.read()
        breaches = self.contract().breaches(response)
        assert not breaches, breaches


def log_in(client: httpx2.Client, username: str, password: str = PASSWORD) -> httpx2.Response:
    """Ask for a token by name and password."""
    form = {"grant_type": "password", "username": username, "password": password}
    return client.post("/token", data=form)


def sign_up_form(**fields: Any) -> dict[str, Any]:
    """Return a sign-up that is accepted, as far as *fields* do not say otherwise."""
    name = unique("user")
    return {"username": name, "email": f"{name}@example.com", "password": PASSWORD} | fields


@contextmanager
def blog_on(database_url: str, folder: Path) -> Iterator[Blog]:
    """Serve the blog by uvicorn, as `covet run` does, from *folder*."""
    port = free_port()
    log = folder / "server.log"
    command = covet_command("run", "blog.app:app", "--app-dir", str(EXAMPLES))
    env = {"DATABASE_URL": database_url, "COVET_SECRET_KEY": SECRET_KEY}
    with (
        running([*command, "--port", str(port)], port=port, cwd=folder, env=env, log=log),
        ExitStack() as stack,
    ):
        yield Blog(f"http://127.0.0.1:{port}", database_url, log, stack)
