"""`covet openapi`: the document of an application, and what changed since an older one."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from covet.cli._target import app_dir_option, import_target, make_document, start

_COLORS = {"breaking": "red", "risky": "yellow", "safe": None}


@click.group()
def openapi() -> None:
    """Write and compare OpenAPI documents."""


@openapi.command()
@click.argument("target")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
@click.option("--format", "form", type=click.Choice(["json", "yaml"]), help="By default JSON.")
@click.option("--version", help="The API version; by default the default one.")
@app_dir_option
def export(
    target: str, output: Path | None, form: str | None, version: str | None, app_dir: Path
) -> None:
    """Write the document of TARGET, an application named as 'package.module:app' or 'file.py'."""
    document = _document_of(target, app_dir, version)
    suffix = output.suffix if output is not None else ""
    is_yaml = form == "yaml" or (form is None and suffix in {".yaml", ".yml"})
    text = (
        _yaml().to_yaml(document)
        if is_yaml
        else json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    )
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@openapi.command()
@click.argument("old")
@click.argument("new")
@click.option("--version", help="The API version of what is an application.")
@app_dir_option
def diff(old: str, new: str, version: str | None, app_dir: Path) -> None:
    """Tell what changes from OLD to NEW, each a document's file or an application.

    Exits with 1 when a change breaks clients.
    """
    from covet_openapi import diff as compare

    documents = [_read(each, app_dir, version) for each in (old, new)]
    changes = compare(*documents)
    for change in changes:
        click.secho(str(change), fg=_COLORS[change.severity])
    click.echo(
        f"{len(changes.breaking)} breaking, {len(changes.risky)} risky, {len(changes.safe)} safe."
    )
    if changes.breaking:
        raise click.exceptions.Exit(1)


def _read(name: str, app_dir: Path, version: str | None) -> Any:
    """Return the document that *name* names: a file of JSON or YAML, or an application.

    Raises:
        click.ClickException: the file holds neither.
    """
    file = Path(name)
    if file.suffix not in {".json", ".yaml", ".yml"}:
        return _document_of(name, app_dir, version)
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".json":
            return json.loads(text)
        return _yaml().from_yaml(text)
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        kind = "JSON" if file.suffix == ".json" else "YAML"
        raise click.ClickException(f"{name} is no {kind} document: {error}.") from error


def _document_of(target: str, app_dir: Path, version: str | None) -> Any:
    _, app = import_target(target, app_dir)
    start(app)
    return make_document(app, version)


def _yaml() -> ModuleType:
    """Return covet_openapi's module of YAML.

    Raises:
        click.ClickException: its extra is not installed.
    """
    try:
        from covet_openapi import yaml
    except ImportError as error:
        raise click.ClickException(str(error)) from error
    return yaml
