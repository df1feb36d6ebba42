"""The README's examples run and print what the README says."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
EXAMPLES: list[tuple[str, str]] = re.findall(
    r"^```python\n(.*?)^```$.*?^```text\n(.*?)^```$",
    README.read_text(encoding="utf-8"),
    flags=re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("example", "output"), EXAMPLES)
def test_an_example_prints_what_the_readme_says(
    example: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(example, str(README), "exec"), {"__name__": "__main__"})  # noqa: S102

    assert capsys.readouterr().out == output


def test_every_example_says_what_it_prints() -> None:
    text = README.read_text(encoding="utf-8")

    assert len(EXAMPLES) == len(re.findall(r"^```python$", text, flags=re.MULTILINE)) > 0
