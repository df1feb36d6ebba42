"""The README's Python runs as it is printed, and does what it says."""

import re
import sys
from pathlib import Path

import pytest

from covet import Covet, TestClient

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)


def test_the_readme_shows_python() -> None:
    assert BLOCKS


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_runs_and_its_application_starts(block: str, tmp_path: Path) -> None:
    file = tmp_path / "readme_example.py"
    file.write_text(block)
    sys.path.insert(0, str(tmp_path))
    try:
        namespace = vars(__import__("readme_example"))
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("readme_example", None)

    for app in [value for value in namespace.values() if isinstance(value, Covet)]:
        with TestClient(app) as client:
            assert client.get("/openapi.json").status_code == 200
