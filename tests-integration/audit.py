"""Check the installed dependencies: the floors that advisories set, then the feed of advisories.

Exits 1 on a dependency below its floor or with a known vulnerability. A feed that cannot be
reached is reported and passes: the floors were still checked.
"""

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

FLOORS = {  # the first release without the advisories that concern us
    "h11": (0, 16),  # CVE-2025-43859
    "pyjwt": (2, 13),  # CVE-2026-48526, CVE-2026-48522, CVE-2026-48525
    "python-multipart": (0, 0, 31),  # CVE-2026-53540
    "starlette": (1, 3, 1),  # CVE-2026-48710, CVE-2026-54282, CVE-2026-54283
}


def below_floor() -> list[str]:
    """Return a sentence for each installed dependency that is older than its floor."""
    faults: list[str] = []
    for name, floor in FLOORS.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue
        if tuple(int(part) for part in installed.split(".")[:3] if part.isdigit()) < floor:
            faults.append(f"{name} {installed} is below {'.'.join(map(str, floor))}.")
    return faults


def known_vulnerabilities() -> list[str] | None:
    """Return a sentence for each advisory that applies; None when the feed is out of reach."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off"]
    run = subprocess.run([*command, "--skip-editable"], capture_output=True, text=True)
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except ValueError:
        print(run.stderr.strip()[-500:])
        return None
    looked_up = [package for package in packages if "vulns" in package]
    if not looked_up:
        return None
    print(f"{len(looked_up)} of {len(packages)} installed distributions were looked up.")
    return [
        f"{package['name']} {package['version']}: {found['id']}, fixed in {found['fix_versions']}."
        for package in looked_up
        for found in package["vulns"]
        if package["name"] not in _TOOLS
    ]


_TOOLS = {"pip", "pip-audit"}  # of the audit's own environment, not of ours


def main() -> None:
    """Print the verdict and exit with it."""
    faults = below_floor()
    advisories = known_vulnerabilities()
    for fault in [*faults, *(advisories or [])]:
        print(fault)
    if faults or advisories:
        sys.exit(1)
    print("No dependency is below the floor that its advisories set.")
    if advisories is None:
        print("The feed of advisories cannot be reached from here, so that is all that is known.")
    else:
        print("No dependency has a known vulnerability.")


main()
