"""What every package folder has, and what no file of the repository may say."""

import ast
import hashlib
import importlib
import importlib.metadata
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
TREES = [path.parent for path in ROOT.glob("packages/*/src/*/__init__.py") if path.parent.is_dir()]
FORBIDDEN = {
    "a package registry": r"pypi\.org|python" + r"hosted\.org|npm" + r"js\.(org|com)",
    "a machine's folder": r"(?<![\w.])/(work|root|home)/",
    "an interpreter of one machine": r"\.py" + r"env/versions/3",
}

every_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
every_tree = pytest.mark.parametrize("tree", TREES, ids=lambda path: path.name)


def kind_and_name(name: str) -> tuple[int, str]:
    """Return the place of a public name: constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def tracked() -> list[Path]:
    """Return the files that a clone has."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name]


class TestFolder:
    @every_package
    @pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"])
    def test_has_what_a_distribution_ships(self, package: Path, name: str) -> None:
        assert package.joinpath(name).read_text(encoding="utf-8").strip()

    @every_package
    def test_has_tests_of_its_own(self, package: Path) -> None:
        assert list(package.glob("tests/test_*.py"))

    @every_package
    def test_has_a_changelog_that_releases_are_written_into(self, package: Path) -> None:
        assert "<!-- towncrier release notes start -->" in (package / "CHANGELOG.md").read_text()

    @every_package
    def test_has_the_license_of_the_whole(self, package: Path) -> None:
        assert package.joinpath("LICENSE").read_text() == ROOT.joinpath("LICENSE").read_text()

    @every_package
    def test_states_a_version_that_is_the_installed_one(self, package: Path) -> None:
        project = tomllib.loads((package / "pyproject.toml").read_text())["project"]

        assert re.fullmatch(r"\d+\.\d+\.\d+", project["version"])
        assert importlib.metadata.version(project["name"]) == project["version"]

    @every_package
    def test_shows_a_runnable_example(self, package: Path) -> None:
        readme = package.joinpath("README.md").read_text(encoding="utf-8")

        blocks = re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
        assert blocks
        for block in blocks:
            ast.parse(block)

    @every_tree
    def test_ships_its_types(self, tree: Path) -> None:
        assert tree.joinpath("py.typed").is_file()


class TestPublicNames:
    @every_tree
    def test_are_sorted_and_there(self, tree: Path) -> None:
        package = importlib.import_module(tree.name)

        assert list(package.__all__) == sorted(set(package.__all__), key=kind_and_name)
        assert [name for name in package.__all__ if not hasattr(package, name)] == []

    @every_tree
    def test_are_all_that_a_package_imports_into_itself(self, tree: Path) -> None:
        module = ast.parse(tree.joinpath("__init__.py").read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name
            for node in module.body
            if isinstance(node, ast.ImportFrom) and node.module not in {"__future__", "typing"}
            for alias in node.names
        }

        assert imported - set(importlib.import_module(tree.name).__all__) == set()

    @every_tree
    def test_are_explained(self, tree: Path) -> None:
        package = importlib.import_module(tree.name)

        assert (package.__doc__ or "").strip()


class TestRepository:
    @pytest.mark.parametrize("what", FORBIDDEN)
    def test_names_nothing_of(self, what: str) -> None:
        found: list[str] = []
        for path in tracked():
            if path.suffix in {".png", ".woff2"} or path.is_dir() or not path.exists():
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [
                f"{path.relative_to(ROOT)}: {match.group()}"
                for match in re.finditer(FORBIDDEN[what], text)
            ]

        assert found == []

    def test_keeps_lock_files_out(self) -> None:
        assert [
            path.name for path in tracked() if path.name.endswith((".lock", "-lock.json"))
        ] == []

    @pytest.mark.parametrize("command", ["uv run covet demo", "uvx nox"])
    def test_shows_its_two_commands(self, command: str) -> None:
        readme = ROOT.joinpath("README.md").read_text(encoding="utf-8")

        assert f"$ {command}\n" in readme

    def test_vendors_released_files_unmodified(self) -> None:
        (checksums,) = ROOT.glob("packages/covet-openapi/src/**/checksums.txt")
        lines = checksums.read_text(encoding="utf-8").splitlines()[1:]

        assert lines
        for line in lines:
            digest, name = line.split("  ")
            content = checksums.with_name(name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest, name
