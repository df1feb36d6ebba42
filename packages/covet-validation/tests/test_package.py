from __future__ import annotations

import re
from pathlib import Path

import pytest

import covet_validation
from covet_validation import fields, models, patch, sqlalchemy
from covet_validation._messages import _CODES, _MESSAGES

README = Path(__file__).parents[1] / "README.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_of_the_readme_runs(example: str) -> None:
    names: dict[str, object] = {"__name__": "readme"}

    exec(compile(example, str(README), "exec", dont_inherit=True), names)  # noqa: S102

    assert names


def test_the_readme_has_an_example() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("module", [covet_validation, fields, models, patch, sqlalchemy])
def test_public_names_are_listed_and_exist(module: object) -> None:
    names: list[str] = module.__all__  # type: ignore[attr-defined]

    assert names == sorted(set(names))
    assert all(hasattr(module, name) for name in names)


def test_the_readme_lists_every_code_of_our_own() -> None:
    text = README.read_text()
    own = ["INVALID_EMAIL", "JSON_INVALID", "INVALID_ENCODING", "TOO_MANY_FIELDS", "UNKNOWN_FIELD"]
    own += ["UNSUPPORTED_MEDIA_TYPE", "ALREADY_EXISTS", "REFERENCE_NOT_FOUND", "STILL_REFERENCED"]
    own += [f"PASSWORD_{rule}" for rule in ("TOO_SHORT", "TOO_LONG", "NO_UPPER", "NO_LOWER")]
    own += ["PASSWORD_NO_DIGIT", "PASSWORD_NO_SPECIAL"]

    assert [code for code in own if f"`{code}`" not in text] == []


def test_the_readme_lists_the_codes_of_common_errors() -> None:
    text = README.read_text()
    usual = ["missing", "string_too_short", "int_parsing", "less_than_equal", "enum", "value_error"]

    assert set(usual) <= _MESSAGES.keys()
    assert all(f"`{_CODES.get(kind, kind.upper())}`" in text for kind in usual)
