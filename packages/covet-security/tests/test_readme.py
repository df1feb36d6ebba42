"""The README's example runs and prints what the README says."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def test_the_example_prints_what_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    text = README.read_text(encoding="utf-8")
    example, output = (
        re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
        for language in ("python", "text")
    )

    exec(compile(example[0], str(README), "exec"), {"__name__": "__main__"})  # noqa: S102

    assert capsys.readouterr().out == output[0]
