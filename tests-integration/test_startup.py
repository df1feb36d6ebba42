"""An application that cannot start says everything that is wrong with it, at once."""

import re
import subprocess
from pathlib import Path

import pytest
from servers import covet_command

BROKEN = '''\
"""Everything that can be wrong before the first request."""

from typing import Annotated

from pydantic import BaseModel

from covet import Covet, Depends

app = Covet()


class Order(BaseModel):
    amount: int


class Mailer:
    pass


@app.get("/things/{thing_id}")
async def one(thing_id: int) -> int:
    return thing_id


@app.get("/things/{other_id}")  # fault: duplicate
async def other(other_id: int) -> int:
    return other_id


@app.get("/unresolved")  # fault: unresolvable
async def unresolved(value: "Nowhere") -> int:
    return 1


@app.get("/unknown")  # fault: unknown
async def unknown(mailer: Mailer) -> int:
    return 1


async def provider(mailer: Mailer) -> int:
    return 1


@app.get("/dependent")  # fault: dependency
async def dependent(value: Annotated[int, Depends(provider)]) -> int:
    return 1


@app.post("/orders", request_model=Order)  # fault: mismatch
async def order(colour: str) -> int:
    return 1


@app.post("/typed", request_model=Order)  # fault: type
async def typed(amount: str) -> int:
    return 1


@app.get("/protected", requires_auth=True)  # fault: unprotected
async def protected() -> int:
    return 1


@app.get("/session")  # fault: database
async def session(db: object) -> int:
    return 1


@app.get("/fine")
async def fine(number: int = 1) -> int:
    return number
'''
FAULTS = {
    "duplicate": r"other.*one|one.*other",
    "unresolvable": r"'Nowhere'.*does not resolve",
    "unknown": r"unknown: parameter 'mailer'.*Mailer",
    "dependency": r"parameter 'mailer'.*Mailer",
    "mismatch": r"request_model=Order, but no parameter takes it",
    "type": r"'amount' is a str, but Order\.amount.* int",
    "unprotected": r"requires authentication, and the application has no authenticator",
    "database": r"'db' needs a database",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("broken") / "broken.py"
    file.write_text(BROKEN)
    return file


@pytest.fixture(scope="module")
def outcome(file: Path) -> subprocess.CompletedProcess[str]:
    """What `covet run` does with the broken application."""
    command = covet_command("run", file.name, "--port", "0")
    return subprocess.run(command, cwd=file.parent, capture_output=True, text=True, timeout=30)


def line_of(fault: str) -> int:
    """Return the line of the handler whose decorator is marked with *fault*."""
    lines = BROKEN.splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.endswith(f"fault: {fault}"))


def test_it_exits_without_serving(outcome: subprocess.CompletedProcess[str]) -> None:
    assert outcome.returncode == 1
    assert "Uvicorn running" not in outcome.stderr + outcome.stdout


def test_it_counts_its_faults(outcome: subprocess.CompletedProcess[str]) -> None:
    assert f"The application cannot start: {len(FAULTS)} faults." in outcome.stderr


def test_it_spares_its_reader_the_traceback(outcome: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_it_names_the_fault_with_file_and_line(
    outcome: subprocess.CompletedProcess[str], file: Path, fault: str
) -> None:
    said = [line for line in outcome.stderr.splitlines() if re.search(FAULTS[fault], line)]

    lines = {line_of(fault), line_of(fault) + 1}  # of the decorator or of the function
    if fault == "dependency":  # it is the provider that cannot be called
        provider = BROKEN.splitlines().index("async def provider(mailer: Mailer) -> int:") + 1
        lines.add(provider)
    places = {f"{file}:{line}" for line in lines}
    assert any(place in line for line in said for place in places), outcome.stderr


def test_it_says_nothing_of_what_is_fine(outcome: subprocess.CompletedProcess[str]) -> None:
    assert "/fine" not in outcome.stderr


def test_a_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    command = covet_command("run", "nowhere.app:app")

    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30)

    assert run.returncode == 2
    assert "'nowhere'" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_weak_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weak.py").write_text(
        "from covet import Covet, JWTAuthenticator\n"
        "app = Covet(auth=JWTAuthenticator('too-short', issuer='me', audience='me'))\n"
    )
    command = covet_command("run", "weak.py")

    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30)

    assert run.returncode != 0
    assert "32" in run.stderr
    assert "too-short" not in run.stderr.splitlines()[-1]
