"""What `covet` exports: a flat, sorted list, of which the heavy part comes at first use."""

import subprocess
import sys

import pytest

import covet


def test_every_public_name_is_there() -> None:
    assert [name for name in covet.__all__ if not hasattr(covet, name)] == []


def test_public_names_are_listed_once_and_sorted() -> None:
    constants_first = sorted(set(covet.__all__), key=lambda name: (not name.isupper(), name))

    assert list(covet.__all__) == constants_first


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        _ = covet.Nothing


def test_importing_covet_imports_nothing_that_only_some_applications_need() -> None:
    heavy = {"argon2", "cryptography", "httpx2", "sqlalchemy", "uvicorn"}
    script = f"import sys, covet; print(*sorted({heavy} & set(sys.modules)))"

    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert done.stdout.split() == []
