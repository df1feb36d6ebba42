"""The public names are complete, sorted, documented, and cheap to import."""

import subprocess
import sys

import pytest

import covet_security

IMPORT = "import covet_security"


def kind_and_name(name: str) -> tuple[int, str]:
    """Order constants before classes before functions, as ruff does."""
    return 0 if name.isupper() else 1 if name[0].isupper() else 2, name


def test_all_is_sorted_and_complete() -> None:
    public = {
        name
        for name, value in vars(covet_security).items()
        if not name.startswith("_")
        and not hasattr(value, "__path__")
        and type(value) is not type(sys)
    }

    assert covet_security.__all__ == sorted(covet_security.__all__, key=kind_and_name)
    assert set(covet_security.__all__) == public


@pytest.mark.parametrize(
    "program", ["import covet_security.redis", "covet_security.RateLimiter('redis://localhost')"]
)
def test_without_the_client_of_redis_the_extra_is_named(program: str) -> None:
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; sys.modules['redis'] = None; {IMPORT}; {program}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Install 'covet-security[redis]'" in result.stderr


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"jwt", "cryptography", "argon2", "cffi", "redis", "sqlalchemy"}
    program = f"import sys, covet_security; print(sorted({heavy} & set(sys.modules)))"

    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
