"""The package says what is public, imports nothing foreign, and its README runs."""

import re
import subprocess
import sys
from pathlib import Path

import covet_graphql
from covet_graphql import error, execution, language, limits, type, utilities, validation  # noqa: A004

PUBLIC = (error, execution, language, limits, type, utilities, validation)


def test_readme_runs() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    examples = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)

    assert examples
    for example in examples:
        exec(compile(example, "README.md", "exec"), {})  # noqa: S102


def test_public_names_exist_and_are_repeated_at_the_top() -> None:
    for module in (covet_graphql, *PUBLIC):
        assert all(hasattr(module, name) for name in module.__all__)
        assert sorted(module.__all__) == sorted(set(module.__all__))
    below = {name for module in PUBLIC for name in module.__all__}
    own = {"Undefined", "UndefinedType", "graphql", "graphql_sync"}
    assert set(covet_graphql.__all__) == below | own


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
