"""What the package offers, and that its README is true."""

import re
from pathlib import Path

import pytest

import covet_openapi
import covet_openapi.pages

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize("module", [covet_openapi, covet_openapi.pages])
def test_public_names_are_sorted_and_there(module: object) -> None:
    names: list[str] = module.__all__  # type: ignore[attr-defined]

    assert sorted(names) == sorted(set(names))
    assert all(hasattr(module, name) for name in names)


def test_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    exec(compile(example, str(README), "exec"), {"__name__": "readme"})  # noqa: S102

    assert capsys.readouterr().out.startswith("openapi: 3.1.0\n")
