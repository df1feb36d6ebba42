"""The package says what is public, imports nothing foreign, and its README runs."""

import re
import subprocess
import sys
from pathlib import Path

import covet_graphql
import covet_graphql.error
import covet_graphql.language
import covet_graphql.type
import covet_graphql.utilities


def test_readme_runs() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)

    exec(compile(example, "README.md", "exec"), {})  # noqa: S102


def test_public_names_exist() -> None:
    for module in (
        covet_graphql,
        covet_graphql.error,
        covet_graphql.language,
        covet_graphql.type,
        covet_graphql.utilities,
    ):
        assert all(hasattr(module, name) for name in module.__all__)
    below = {
        *covet_graphql.error.__all__,
        *covet_graphql.language.__all__,
        *covet_graphql.type.__all__,
        *covet_graphql.utilities.__all__,
    }
    assert set(covet_graphql.__all__) == below | {"Undefined", "UndefinedType"}


def test_only_the_standard_library_is_imported() -> None:
    script = (
        "import sys, covet_graphql; "
        "print(*{name.partition('.')[0] for name in sys.modules} - {*sys.stdlib_module_names})"
    )
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )

    foreign = {name for name in run.stdout.split() if not name.startswith(("_", "sitecustomize"))}
    assert foreign <= {"covet_graphql"}
