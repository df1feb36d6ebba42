"""Load by wrk: one thread, many connections, for some seconds; how many requests were answered."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from benchmarks.endpoints import Request

CONNECTIONS = 64
_SCRIPT = Path(__file__).with_name("load.lua")
_GRACE_SECONDS = 20

_REQUESTS = re.compile(r"^\s*(\d+) requests in ", re.MULTILINE)
_REFUSED = re.compile(r"^\s*Non-2xx or 3xx responses: (\d+)", re.MULTILINE)
_ERRORS = re.compile(
    r"^\s*Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", re.MULTILINE
)


class LoadError(Exception):
    """A round of load went wrong, so that its CPU time would not be that of the requests."""


def answered(output: str) -> int:
    """Return how many requests wrk counted.

    Raises:
        LoadError: some were refused or lost, or the output is not wrk's.
    """
    found = _REQUESTS.search(output)
    if found is None:
        raise LoadError(f"This is no summary of wrk: {output[:200]!r}. Is another tool named wrk?")
    refused = _REFUSED.search(output)
    if refused is not None:
        raise LoadError(f"{refused[1]} of {found[1]} answers had an error status.")
    errors = _ERRORS.search(output)
    if errors is not None and any(map(int, errors.groups())):
        raise LoadError(f"wrk reports {errors[0].strip()!r}.")
    if not int(found[1]):
        raise LoadError("Not one request was answered.")
    return int(found[1])


def find_wrk() -> str:
    """Return the path of wrk.

    Raises:
        LoadError: it is not installed.
    """
    path = shutil.which("wrk")
    if path is None:
        raise LoadError("wrk is not installed; Debian's package is called wrk.")
    return path


def load(url: str, request: Request, seconds: int) -> int:
    """Send *request* to *url* as fast as it is answered; return the number of answers."""
    command = [find_wrk(), "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s"]
    environment = dict(os.environ)
    if request.body:
        command.append(f"--script={_SCRIPT}")
        environment |= {"BENCH_METHOD": request.method, "BENCH_BODY": request.body.decode()}
    done = subprocess.run(
        [*command, url],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + _GRACE_SECONDS,
    )
    if done.returncode != 0:
        raise LoadError(f"wrk ended with status {done.returncode}: {done.stderr.strip()}")
    return answered(done.stdout)
