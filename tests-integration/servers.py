"""Real servers for tests: started on free ports, stopped at the end, skipped where absent."""

import asyncio
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

STARTUP_SECONDS = 15


def program(name: str, *patterns: str) -> str:
    """Return the path of a program; skip the test without it, or fail it where CI is set."""
    for pattern in patterns:
        found = sorted(glob.glob(pattern))  # noqa: PTH207 - patterns are absolute
        if found:
            return found[-1]
    path = shutil.which(name)
    if path is None:
        reason = f"{name} is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str],
    *,
    port: int,
    cwd: str | Path,
    env: dict[str, str] | None = None,
    user: str | None = None,
    stop_signal: int = signal.SIGTERM,
    log: Path | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """Run *command* until the block ends; yield its process once it listens on *port*.

    What it prints goes to *log*, for tests of what a server says.
    """
    # A pipe that nobody reads would fill and block.
    with log.open("w+") if log else tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            user=user,
            start_new_session=True,
        )
        try:
            if not _listens(port, process):
                output.seek(0)
                raise RuntimeError(f"{command} does not serve port {port}:\n{output.read()}")
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, stop_signal)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _listens(port: int, process: subprocess.Popen[str]) -> bool:
    """Return whether *process* comes to accept connections on *port*."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)  # asking a process that we do not control
    return False


def create_database(server_url: str, name: str) -> str:
    """Create an empty database on a PostgreSQL server; return its URL."""

    async def create() -> None:
        connection = await asyncpg.connect(f"{server_url}/postgres")
        try:
            await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()

    asyncio.run(create())
    return f"{server_url}/{name}"


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL of its own in a temporary folder; yield the URL of its server."""
    initdb = program("initdb", "/usr/lib/postgresql/*/bin/initdb")
    server = str(Path(initdb).with_name("postgres"))
    is_ready = str(Path(initdb).with_name("pg_isready"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory(prefix="covet-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        subprocess.run(
            [initdb, "-D", data, "-U", "covet", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        port = free_port()
        command = [server, "-D", data, "-p", str(port), "-k", folder, "-F"]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
        with running(command, port=port, cwd=folder, user=user, stop_signal=signal.SIGINT):
            deadline = time.monotonic() + STARTUP_SECONDS  # it listens before it can answer
            while subprocess.run([is_ready, "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"PostgreSQL is not ready after {STARTUP_SECONDS} s.")
            yield f"postgresql://covet@127.0.0.1:{port}"


def covet_command(*arguments: str) -> list[str]:
    """Return the command line of `covet` as installed in this environment."""
    return [str(Path(sys.executable).with_name("covet")), *arguments]
