from __future__ import annotations

import glob
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import AsyncAdaptedQueuePool, MetaData, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from covet_validation import ErrorDetail, RequestValidator, ValidationException

settings.register_profile("quick", max_examples=60, deadline=None)
settings.load_profile("quick")

Headers = list[tuple[bytes, bytes]]
Outcome = dict[str, Any]
Run = Callable[..., Outcome]


@pytest.fixture
def json_headers() -> Headers:
    return [(b"host", b"example.org"), (b"content-type", b"application/json")]


@pytest.fixture
def run(json_headers: Headers) -> Run:
    """Validate one request: `run(validator, query=b"…", body=b"…")`."""

    def run(
        validator: RequestValidator,
        *,
        path: dict[str, object] | None = None,
        query: bytes = b"",
        headers: Iterable[tuple[bytes, bytes]] = (),
        content_type: bytes | None = b"application/json",
        body: Any = None,
    ) -> Outcome:
        sent = [*headers]
        if body is not None and content_type is not None:
            sent.append((b"content-type", content_type))
        return validator.validate(path or {}, query, sent, body)

    return run


Refuse = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def refuse(run: Run) -> Refuse:
    """Validate one wrong request and return location, field and code of each detail."""

    def refuse(validator: RequestValidator, **request: Any) -> list[tuple[str, str, str]]:
        with pytest.raises(ValidationException) as caught:
            run(validator, **request)
        return [(one.location, one.field, one.code) for one in caught.value.errors]

    return refuse


@pytest.fixture
def caught(run: Run) -> Callable[..., ValidationException]:
    """Validate one wrong request and return the exception."""

    def caught(validator: RequestValidator, **request: Any) -> ValidationException:
        with pytest.raises(ValidationException) as found:
            run(validator, **request)
        assert all(isinstance(one, ErrorDetail) for one in found.value.errors)
        return found.value

    return caught


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL with an empty database, without its driver: `postgresql+…`."""
    initdb = Path(program("initdb", "/usr/lib/postgresql/*/bin/initdb"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = tmp_path_factory.mktemp("postgresql")
    if user is not None:
        shutil.chown(folder, user)
        for parent in folder.parents[:2]:  # pytest keeps its folders to itself
            parent.chmod(0o755)
    data, port = str(folder / "data"), free_port()
    initialise = [str(initdb), "-D", data, "-U", "covet", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initialise, check=True, capture_output=True, user=user, cwd=folder)  # noqa: S603
    command = [str(initdb.with_name("postgres")), "-D", data, "-p", str(port), "-k", str(folder)]
    command += ["-F", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
    ready = [str(initdb.with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=folder, stdout=log, stderr=log, user=user, start_new_session=True
        )
    try:
        deadline = time.monotonic() + 20
        while subprocess.run(ready, check=False).returncode:  # noqa: S603
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL does not start:\n{(folder / 'log').read_text()}")
            time.sleep(0.02)  # asking a process that is not ours to wait for
        yield f"//covet@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


class Database:
    """A real database with the tables of one test module, which remembers what it was asked."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.statements: list[str] = []
        event.listen(engine.sync_engine, "before_cursor_execute", self._remember)

    def _remember(self, _: object, __: object, statement: str, *___: object) -> None:
        self.statements.append(statement)

    def session(self) -> AsyncSession:
        return AsyncSession(self.engine, expire_on_commit=False)

    async def add(self, *instances: object) -> None:
        """Store *instances* and forget the statements so far."""
        async with self.session() as session, session.begin():
            for instance in instances:
                session.add(instance)
                await session.flush()
        self.statements.clear()


@pytest.fixture(
    params=["sqlite+aiosqlite", pytest.param("postgresql+asyncpg", marks=pytest.mark.postgresql)]
)
async def database(
    request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str
) -> AsyncIterator[Database]:
    """An empty database with the tables of the module's `Base`."""
    metadata: MetaData = request.module.Base.metadata
    is_sqlite = request.param.startswith("sqlite")
    place = f"///{tmp_path}/test.db" if is_sqlite else request.getfixturevalue("postgresql_url")
    engine = create_async_engine(
        f"{request.param}:{place}", poolclass=AsyncAdaptedQueuePool, pool_size=20
    )
    if is_sqlite:

        def enforce(connection: Any, _: object) -> None:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = OFF")  # no test cuts the power

        event.listen(engine.sync_engine, "connect", enforce)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield Database(engine)
    if not is_sqlite:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.drop_all)
    await engine.dispose()
