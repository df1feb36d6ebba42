"""A contender behind its own server process on the loopback, and the CPU time that it used."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.contenders import Contender
from benchmarks.endpoints import JSON_TYPE, Answer, Request

HOST = "127.0.0.1"
_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parents[1]  # so that the process can import ``benchmarks``
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class ServerError(Exception):
    """A server did not come up; the message ends with what it wrote."""

    def __init__(self, contender: str, problem: str, output: str) -> None:
        self.contender = contender
        self.output = output
        super().__init__(f"The server of {contender} {problem}. It wrote:\n{output[-2000:]}")


def free_port() -> int:
    """Return a port of the loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def command_of(contender: Contender, port: int) -> list[str]:
    """Return the command that serves *contender* with one worker and no access log."""
    if contender.is_asgi:
        return [
            *(sys.executable, "-m", "uvicorn", f"{contender.module}:app"),
            *("--host", HOST, "--port", str(port), "--workers", "1"),
            *("--loop", "uvloop", "--http", "httptools"),
            *("--no-access-log", "--log-level", "warning"),
        ]
    return [
        *(sys.executable, "-m", "django", "runbolt", "--no-admin"),
        *("--settings", "benchmarks.contenders.bolt_project.settings"),
        *("--host", HOST, "--port", str(port), "--processes", "1"),
    ]


def parse_stat(text: str) -> tuple[int, float]:
    """Return the process group and the CPU seconds (user and system) in a /proc/<pid>/stat.

    Source: proc_pid_stat(5). The second field may hold blanks and brackets: we count behind it.
    """
    fields = text.rpartition(")")[2].split()
    return int(fields[2]), (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND


def group_cpu_seconds(group: int) -> float:
    """Return the CPU seconds that the living processes of a process group have used so far."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            its_group, seconds = parse_stat(stat.read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
        if its_group == group:
            total += seconds
    return total


class Server:
    """One contender, serving; a context manager that ends the whole process group."""

    def __init__(self, contender: Contender) -> None:
        self.contender = contender
        self.port = free_port()
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 (closed in __exit__)
        self._process = subprocess.Popen(
            command_of(contender, self.port),
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> "Server":
        try:
            self._wait_until_it_listens()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise self._error(f"ended with status {self._process.returncode}")
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise self._error(f"did not listen within {_START_SECONDS:g} s")

    def _error(self, problem: str) -> ServerError:
        self._output.seek(0)
        output = self._output.read().decode(errors="replace")
        return ServerError(self.contender.name, problem, output)

    def stop(self) -> None:
        """End the server and its children: politely first, then not."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, sign)
                self._process.wait(_STOP_SECONDS)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
        self._process.wait(_STOP_SECONDS)
        self._output.close()

    def url(self, request: Request) -> str:
        """Return the absolute URL of *request* at this server."""
        return f"http://{HOST}:{self.port}{request.target}"

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that the server has used so far, in all its processes."""
        return group_cpu_seconds(self._process.pid)

    def answer(self, request: Request) -> Answer:
        """Send one request over HTTP and return the answer."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            headers = {"content-type": JSON_TYPE} if request.body else {}
            connection.request(request.method, request.target, request.body or None, headers)
            response = connection.getresponse()
            content_type = response.headers.get("content-type", "")
            return Answer(response.status, content_type, response.read())
        finally:
            connection.close()
