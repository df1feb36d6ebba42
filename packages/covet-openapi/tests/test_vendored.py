"""The vendored files are the released ones, with their licences."""

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

import covet_openapi.pages

FOLDER = files(covet_openapi.pages).joinpath("swagger_ui")
LINES = FOLDER.joinpath("checksums.txt").read_text(encoding="utf-8").splitlines()
CHECKSUMS = {name: digest for digest, name in (line.split("  ") for line in LINES[1:])}


@pytest.mark.parametrize("name", sorted(CHECKSUMS))
def test_a_vendored_file_is_unmodified(name: str) -> None:
    content = FOLDER.joinpath(name).read_bytes()

    assert hashlib.sha256(content).hexdigest() == CHECKSUMS[name]


def test_nothing_else_lies_among_the_vendored_files() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*CHECKSUMS, "checksums.txt"}


def test_version_and_licences_are_recorded() -> None:
    assert LINES[0].startswith("# swagger-ui-dist 5.")
    assert {"LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"} <= CHECKSUMS.keys()


def test_the_recorded_version_is_the_one_that_renewing_would_fetch() -> None:
    script = Path(__file__).parents[1].joinpath("vendor.py").read_text(encoding="utf-8")

    assert f'VERSION = "{LINES[0].rpartition(" ")[2]}"' in script
