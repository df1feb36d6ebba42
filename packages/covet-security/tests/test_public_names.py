"""The public names are complete, sorted, documented, and cheap to import."""

import subprocess
import sys

import covet_security


def test_all_is_sorted_and_complete() -> None:
    public = {
        name
        for name, value in vars(covet_security).items()
        if not name.startswith("_")
        and not hasattr(value, "__path__")
        and type(value) is not type(sys)
    }

    assert covet_security.__all__ == sorted(covet_security.__all__)
    assert set(covet_security.__all__) == public


def test_importing_loads_no_cryptography() -> None:
    program = (
        "import sys, covet_security; "
        "print(sorted({'jwt', 'cryptography', 'argon2', 'cffi'} & set(sys.modules)))"
    )

    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
