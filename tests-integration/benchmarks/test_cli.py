"""The command keeps figures, shows kept ones, and refuses what it does not know."""

import json
from pathlib import Path

import pytest

from benchmarks.cli import keep, main, read
from benchmarks.report import Column, Report
from benchmarks.samples import Samples


def report(name: str) -> Report:
    figures = {"raw": {"A": Samples((1e-6,))}}
    return Report(name, name.title(), (Column("A", "plain", "µs", 1e6),), figures)


def test_suites_are_kept_beside_one_another(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "bench.json"

    keep(report("rest"), file)
    keep(report("routing"), file)

    assert set(read(file)) == {"rest", "routing"}


def test_kept_figures_are_shown_and_drawn_without_running(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bench.json"
    keep(report("rest"), file)

    status = main(["--from", str(file), "--markdown", "--charts", str(tmp_path)])

    assert status == 0
    assert "| raw ASGI | 1.00 |" in capsys.readouterr().out
    assert (tmp_path / "bench-rest.svg").exists()


def test_a_suite_runs_and_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bench.json"

    status = main(["rest", "--rounds", "1", "--seconds", "0", "--only", "raw", "--json", str(file)])

    assert status == 0
    assert "raw ASGI" in capsys.readouterr().out
    assert set(json.loads(file.read_text())["suites"]["rest"]["figures"]) == {"raw"}


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        pytest.param(["grpc"], "There is no suite grpc", id="suite"),
        pytest.param(["rest", "--rounds", "0"], "one round at least", id="rounds"),
    ],
)
def test_what_makes_no_sense_is_refused(
    given: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(given)

    assert caught.value.code == 2
    assert complaint in capsys.readouterr().err
