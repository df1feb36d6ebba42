"""Renew the vendored Swagger UI: ``python vendor.py`` or ``nox -s vendor``, with npm on PATH.

The files come unmodified from the released package ``swagger-ui-dist``. To move to another
release, change VERSION, run this, read the licences and look at the page.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "swagger-ui-dist"
VERSION = "5.35.0"
FILES = (
    "LICENSE",
    "NOTICE",
    "favicon-32x32.png",
    "index.css",
    "swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui.css",
)
TARGET = Path(__file__).parent / "src" / "covet_openapi" / "pages" / "swagger_ui"


def download(folder: Path) -> Path:
    """Fetch the released archive into *folder* and return it, if it has the published digest."""
    archive = folder / npm("pack", f"{PACKAGE}@{VERSION}", folder=folder)[0]["filename"]
    published = npm("view", f"{PACKAGE}@{VERSION}", "dist.integrity", folder=folder)
    algorithm, _, expected = published.partition("-")  # subresource integrity: sha512-<base64>
    found = base64.b64encode(hashlib.new(algorithm, archive.read_bytes()).digest()).decode()
    if found != expected:
        raise SystemExit(f"{archive.name} has the {algorithm} {found}, published is {expected}.")
    return archive


def npm(*arguments: str, folder: Path) -> Any:
    """Return what npm says, run in *folder*."""
    program = shutil.which("npm")
    if program is None:
        raise SystemExit("npm is not on PATH: install Node.js, which brings it.")
    said = subprocess.run(  # noqa: S603  (fixed arguments)
        [program, *arguments, "--json"], cwd=folder, check=True, stdout=subprocess.PIPE
    )
    return json.loads(said.stdout)


def unpack(archive: Path) -> None:
    """Replace the vendored files by those of *archive*, with their checksums beside them."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    lines = [f"# {PACKAGE} {VERSION}"]
    with tarfile.open(archive) as members:
        for name in FILES:
            member = members.extractfile(f"package/{name}")
            if member is None:
                raise SystemExit(f"{PACKAGE} {VERSION} has no file {name}.")
            content = member.read()
            (TARGET / name).write_bytes(content)
            lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
    (TARGET / "checksums.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Download, verify, unpack."""
    with tempfile.TemporaryDirectory() as folder:
        unpack(download(Path(folder)))
    print(f"{PACKAGE} {VERSION}: {len(FILES)} files in {TARGET.name}/, checksums written.")


if __name__ == "__main__":
    main()
