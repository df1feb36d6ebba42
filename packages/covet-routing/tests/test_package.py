"""The package as a whole: its public names, and the README's example."""

import re
from pathlib import Path
from types import FunctionType
from typing import Any

import covet_routing

README = Path(__file__).parents[1] / "README.md"


def test_the_public_names_are_sorted_and_there() -> None:
    names = covet_routing.__all__

    assert names == sorted(
        names, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
    assert all(hasattr(covet_routing, name) for name in names)


def test_every_public_class_and_function_is_documented() -> None:
    values = {name: getattr(covet_routing, name) for name in covet_routing.__all__}

    undocumented = [
        name
        for name, value in values.items()
        if isinstance(value, type | FunctionType) and not value.__doc__
    ]

    assert undocumented == []


def test_the_example_of_the_readme_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    namespace: dict[str, Any] = {"__name__": "readme"}

    exec(compile(example, str(README), "exec"), namespace)  # noqa: S102
