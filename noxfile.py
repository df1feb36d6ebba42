# /// script
# requires-python = ">=3.11"
# dependencies = ["nox[uv]>=2026.4.10"]
# ///
"""Everything CI runs. ``nox`` alone runs the default sessions; ``nox -l`` lists all of them.

The unit of testing is the wheel, never the checkout: ``build`` fills dist/, and every test
session installs from there.
"""

import os
import shutil
import tomllib
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv"
nox.options.reuse_venv = "yes"
nox.options.download_python = "never"  # a missing interpreter is skipped, not fetched
nox.options.error_on_missing_interpreters = "CI" in os.environ
nox.options.sessions = [
    "build",
    "check_dist",
    "lint",
    "types",
    "unit",
    "lowest",
    "integration",
    "coverage",
    "docs",
    "audit",
]

ROOT = Path(__file__).parent
DIST = ROOT / "dist"
PACKAGES = sorted(path.parent.name for path in ROOT.glob("packages/*/pyproject.toml"))
LIBRARIES = [name for name in PACKAGES if name != "covet"]
PYTHONS = ["3.11", "3.12", "3.13"]
NEWEST = PYTHONS[-1]
COVERAGE = ["coverage", "greenlet"]  # greenlet: what runs inside SQLAlchemy's is traced, too
BENCHMARKS = ROOT / "tests-integration" / "benchmarks"


def project(package: str) -> dict:
    """Return the parsed pyproject.toml of *package*."""
    return tomllib.loads((ROOT / "packages" / package / "pyproject.toml").read_text())


def extras_of(package: str) -> str:
    """Return all extras of *package* as a requirement names them: `[redis,yaml]`."""
    names = project(package)["project"].get("optional-dependencies", {})
    return f"[{','.join(names)}]" if names else ""


def wheel(package: str, *, extras: bool = False) -> str:
    """Return the requirement that installs the built wheel of *package*."""
    (path,) = DIST.glob(f"{package.replace('-', '_')}-[0-9]*.whl")
    return f"{package}{extras_of(package) if extras else ''} @ {path.as_uri()}"


def fresh(packages: list[str]) -> list[str]:
    """Return the options that replace *packages* though their version has not changed."""
    return [f"--reinstall-package={package}" for package in packages]


def editable(packages: list[str]) -> list[str]:
    """Return the options that install *packages* from the checkout, so that edits count."""
    names = [f"./packages/{package}{extras_of(package)}" for package in packages]
    return [flag for name in names for flag in ("-e", name)]


def test_requirements(package: str) -> list[str]:
    """Return what the tests of *package* need beyond *package*."""
    return project(package)["dependency-groups"]["test"]


def test_paths(package: str) -> list[str]:
    """Return where the tests of *package* live; those of the meta-package span them all."""
    own = f"packages/{package}/tests"
    return [own, "tests-integration"] if package == "covet" else [own]


def selection(session: nox.Session) -> list[str]:
    """Return the options that leave what drives a browser or PostgreSQL to the newest Python."""
    return [] if session.python == NEWEST else ["-m", "not browser and not postgresql"]


def pytest(session: nox.Session, *arguments: str, suite: str) -> None:
    """Run pytest under coverage, one data file a session (combined by ``coverage``)."""
    env = {"COVERAGE_FILE": str(ROOT / f".coverage.{suite}-{session.python}")}
    session.run("coverage", "run", "-m", "pytest", "-q", *arguments, *session.posargs, env=env)


@nox.session(venv_backend="none")
def build(session: nox.Session) -> None:
    """Build an sdist and, from it, a wheel of every package into dist/."""
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("uv", "build", "--all-packages", "--quiet", "--out-dir", str(DIST), external=True)


@nox.session(requires=["build"])
def check_dist(session: nox.Session) -> None:
    """Check metadata and contents of what would be uploaded."""
    session.install("--group", "release")
    artifacts = sorted(str(path) for path in DIST.glob("*.*") if path.suffix in {".whl", ".gz"})
    session.run("twine", "check", "--strict", *artifacts)
    wheels = [path for path in artifacts if path.endswith(".whl")]
    # Vendored files have their licences beside them and in the metadata: duplicates, W002.
    session.run("check-wheel-contents", "--ignore=W002", *wheels)


@nox.session(python=PYTHONS, requires=["build"])
@nox.parametrize("package", LIBRARIES, ids=LIBRARIES)
def unit(session: nox.Session, package: str) -> None:
    """Test one package alone: its wheel, its declared dependencies, nothing else."""
    session.run(  # an environment of its own: nox's may hold what an earlier run left in it
        "uv", "run", "--isolated", "--no-project", "--quiet", f"--python={session.python}",
        "--with", wheel(package), "python", "-I", "tests-integration/imports_alone.py", package,
        external=True,
    )  # fmt: skip
    requirements = [wheel(package, extras=True), *COVERAGE, *test_requirements(package)]
    session.install(*fresh([package]), *requirements)
    pytest(session, *test_paths(package), *selection(session), suite=package)


@nox.session(python=PYTHONS[0], requires=["build"])
@nox.parametrize("package", PACKAGES, ids=PACKAGES)
def lowest(session: nox.Session, package: str) -> None:
    """Test one package with the oldest dependencies that it claims to support."""
    pins = Path(session.create_tmp()) / "lowest.txt"
    session.run(  # from the metadata: of a wheel, its dependencies would not count as direct
        "uv", "pip", "compile", f"packages/{package}/pyproject.toml", "--all-extras", "--quiet",
        "--resolution=lowest-direct", "--upgrade", "--no-sources", f"--find-links={DIST}",
        f"--python-version={session.python}", f"--output-file={pins}",
        external=True,
    )  # fmt: skip
    session.install(
        wheel(package, extras=True), *COVERAGE, *test_requirements(package),
        f"--constraints={pins}", f"--find-links={DIST}", *fresh(PACKAGES),
    )  # fmt: skip
    pytest(session, f"packages/{package}/tests", *selection(session), suite=f"lowest-{package}")


@nox.session(python=PYTHONS, requires=["build"])
def integration(session: nox.Session) -> None:
    """Test all wheels together: the composed application, the blog, real servers.

    The browser and PostgreSQL are driven on the newest Python only.
    """
    wheels = [wheel(name, extras=True) for name in PACKAGES]
    session.install(*fresh(PACKAGES), *wheels, "--group", "test")
    pytest(session, "packages/covet/tests", *selection(session), suite="covet")
    pytest(session, "tests-integration", *selection(session), suite="integration")


@nox.session
def coverage(session: nox.Session) -> None:
    """Hold every package to the threshold, measured by the tests in its own folder."""
    session.install("coverage")
    for name in PACKAGES:
        data = f"--data-file={ROOT / f'.coverage-{name}'}"
        measured = sorted(str(path) for path in ROOT.glob(f".coverage.{name}-3.*"))
        session.run("coverage", "combine", "--quiet", "--keep", data, *measured)
        source = f"packages/{name}/src/{name.replace('-', '_')}/*"
        session.run("coverage", "report", data, f"--include={source}", "--fail-under=90")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, formatting and the direction of imports."""
    session.install("--group", "lint", *editable(PACKAGES))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session(python=NEWEST, requires=["build"])
def types(session: nox.Session) -> None:
    """Type-check the sources strictly, and the wheels as their users see them."""
    wheels = [wheel(name, extras=True) for name in PACKAGES]
    session.install(*fresh(PACKAGES), *wheels, "--group", "types", "--group", "test", "nox[uv]")
    session.run("mypy", *[f"packages/{name}/src" for name in PACKAGES])
    session.run("mypy", "docs/examples")
    session.run("basedpyright")
    with session.chdir(session.create_tmp()):  # away from the settings that prefer the sources
        for name in PACKAGES:
            session.run("basedpyright", "--ignoreexternal", "--verifytypes", name.replace("-", "_"))


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a broken reference is an error."""
    session.install("--group", "docs", *editable(PACKAGES))
    session.run("sphinx-build", "-nWq", "docs", "docs/_build/html")


@nox.session(python=NEWEST, requires=["build"])
def audit(session: nox.Session) -> None:
    """Look our dependencies up in the feed of known vulnerabilities; check security floors."""
    wheels = [wheel(name, extras=True) for name in PACKAGES]
    session.install(*fresh(PACKAGES), *wheels, "--group", "audit")
    session.run("python", "tests-integration/audit.py")


@nox.session(python=NEWEST, requires=["build"])
def bench(session: nox.Session) -> None:
    """Measure Covet beside its peers in one run; not part of CI, needs a quiet machine."""
    wheels = [wheel(name, extras=True) for name in PACKAGES]
    session.install(*fresh(PACKAGES), *wheels, "-r", str(BENCHMARKS / "requirements.txt"))
    session.run("python", str(BENCHMARKS / "run.py"), *session.posargs)


@nox.session(venv_backend="none")
def vendor(session: nox.Session) -> None:
    """Renew the files that the documentation pages ship, from the npm registry."""
    session.run("python", "packages/covet-openapi/vendor.py", *session.posargs, external=True)


if __name__ == "__main__":
    nox.main()
