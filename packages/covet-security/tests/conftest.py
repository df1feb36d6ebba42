"""A clock that stands still, keys, a forge for tokens of any shape, and real servers."""

import asyncio
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis

from covet_security import Algorithm, AuthenticationException, JWTAuthenticator, Key

NOW = 1_800_000_000

Forge = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on PostgreSQL, so that it can be left to one Python."""
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        if "postgresql" in params.values() or "postgresql_url" in getattr(item, "fixturenames", ()):
            item.add_marker("postgresql")


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now: float = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keys() -> Mapping[Algorithm, Key]:
    algorithms: list[Algorithm] = ["HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"]
    return {alg: Key.generate(alg, kid=f"{alg}-key") for alg in algorithms}


@pytest.fixture(scope="session")
def hs_key(keys: Mapping[Algorithm, Key]) -> Key:
    return keys["HS256"]


@pytest.fixture
def auth(hs_key: Key, clock: Clock) -> JWTAuthenticator:
    return JWTAuthenticator(hs_key, issuer="blog", audience="readers", clock=clock)


@pytest.fixture(scope="session")
def forge(hs_key: Key) -> Forge:
    """Make a token that is right, but for what is said: header members, claims, the key."""

    def forge(
        *,
        header: Mapping[str, Any] | None = None,
        key: Key = hs_key,
        payload: bytes | None = None,
        raw_header: bytes | None = None,
        **claims: Any,
    ) -> str:
        full_header = {"alg": key.alg, "kid": key.kid, "typ": "at+jwt", **(header or {})}
        full_claims = {
            "iss": "blog",
            "aud": "readers",
            "sub": "7",
            "iat": NOW,
            "exp": NOW + 60,
            "jti": "j",
            **claims,
        }
        present = (
            {k: v for k, v in part.items() if v is not ...} for part in (full_header, full_claims)
        )
        texts = [json.dumps(part).encode() for part in present]
        if raw_header is not None:
            texts[0] = raw_header
        if payload is not None:
            texts[1] = payload
        signing_input = b".".join(urlsafe_b64encode(text).rstrip(b"=") for text in texts)
        signature = urlsafe_b64encode(key.sign(signing_input)).rstrip(b"=")
        return b".".join((signing_input, signature)).decode()

    return forge


@pytest.fixture
def refusal(auth: JWTAuthenticator) -> Callable[[str], str]:
    """Return what the log says of a token that is refused, once the client is told the usual."""

    def refusal(token: str) -> str:
        with pytest.raises(AuthenticationException) as caught:
            asyncio.run(auth.validate_token(token))
        assert caught.value.detail == "Valid credentials are required."
        assert caught.value.challenge == (
            'Bearer realm="api", error="invalid_token", error_description="invalid"'
        )
        return caught.value.reason

    return refusal


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def program(name: str, *patterns: str) -> str:
    """Return the path of a program; skip the test without it, or fail it where CI is set."""
    found = [path for pattern in patterns for path in sorted(glob.glob(pattern))]  # noqa: PTH207
    path = found[-1] if found else shutil.which(name)
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed")
    return path


@contextmanager
def server(
    command: list[str], port: int, *, cwd: Path, stop: signal.Signals, user: str | None = None
) -> Iterator[None]:
    """Run *command* for the block, which begins once it listens on *port*."""
    with (cwd / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=cwd, stdout=log, stderr=log, user=user, start_new_session=True
        )
    try:
        deadline = time.monotonic() + 20
        while not listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{command[0]} does not start:\n{(cwd / 'log').read_text()}")
            time.sleep(0.02)  # asking a process that is not ours to wait for
        yield
    finally:
        process.send_signal(stop)
        process.wait(20)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port(*, below: int = 65536) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < below:
            return port


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis that keeps nothing."""
    port = free_port()
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    folder = tmp_path_factory.mktemp("redis")
    with server(command, port, cwd=folder, stop=signal.SIGTERM):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="session")
def redis_cluster_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real Redis Cluster of one node, which refuses a step that spans two slots."""
    port = free_port(below=55536)  # the cluster's bus listens 10000 above it
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    folder = tmp_path_factory.mktemp("cluster")
    with server([*command, "--cluster-enabled", "yes"], port, cwd=folder, stop=signal.SIGTERM):
        with redis.Redis(port=port) as client:
            client.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
            while b"cluster_state:ok" not in client.execute_command("CLUSTER", "INFO"):
                time.sleep(0.02)  # it takes the slots a moment later
        yield port


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL with an empty database."""
    initdb = Path(program("initdb", "/usr/lib/postgresql/*/bin/initdb"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory(prefix="covet-pg-") as name:  # pytest's are its owner's only
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        data, port = str(folder / "data"), free_port()
        subprocess.run(  # noqa: S603
            [str(initdb), "-D", data, "-U", "covet", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        command = [str(initdb.with_name("postgres")), "-D", data, "-p", str(port), "-k", name]
        command += ["-F", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"]
        ready = [str(initdb.with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
        with server(command, port, cwd=folder, stop=signal.SIGINT, user=user):
            while subprocess.run(ready, check=False).returncode:  # noqa: S603
                time.sleep(0.02)  # it listens before it can answer
            yield f"postgresql+asyncpg://covet@127.0.0.1:{port}/postgres"
