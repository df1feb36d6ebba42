"""What a report says of the machine and the versions that it was measured with."""

import os
import platform
import sysconfig
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def version_of(distribution: str) -> str:
    """Return the installed version of *distribution*, or ``absent``."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"


def describe(distributions: Iterable[str]) -> dict[str, str]:
    """Return what must stand beside a figure: when, where, and the versions of all that ran."""
    optimised = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "python": (
            f"{platform.python_implementation()} {platform.python_version()}"
            f"{'' if optimised else ' without PGO'}"
        ),
        **{name: version_of(name) for name in sorted(set(distributions))},
    }
