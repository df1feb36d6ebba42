"""Import the application that a command names: `package.module:attribute` or `file.py`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from covet.app import Covet
from covet.errors import StartupError

app_dir_option = click.option(
    "--app-dir",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder to look for the module in.",
)


def start(app: Covet) -> None:
    """Check and compile every route of *app*.

    Raises:
        click.ClickException: it cannot start, with every fault.
    """
    try:
        app.start()
    except StartupError as error:
        raise click.ClickException(str(error)) from error


def make_document(app: Covet, version: str | None = None) -> dict[str, Any]:
    """Return the OpenAPI document of *version*, by default the default one, of a started *app*.

    Raises:
        click.ClickException: there is no such version, or it cannot be made; with every fault.
    """
    from covet_openapi import DocumentFaultsError

    try:
        return app.documentation.generator(version=version).generate()
    except LookupError as error:
        raise click.ClickException(str(error.args[0])) from error
    except DocumentFaultsError as error:
        faults = "\n".join(f"  {one.file}:{one.line}: {one.message}" for one in error.faults)
        raise click.ClickException(f"The OpenAPI document cannot be made.\n{faults}") from error


def import_target(target: str, app_dir: Path) -> tuple[str, Covet]:
    """Return the import string of *target* and the application behind it.

    *target* is `package.module:attribute`, `package.module` or `path/to/file.py[:attribute]`; the
    attribute is `app` unless given. Modules are looked for in *app_dir* first.

    Raises:
        click.UsageError: there is no such module or attribute, or it is no application; what the
            module itself raises while it is imported is left as it is.
    """
    place, _, attribute = target.partition(":")
    attribute = attribute or "app"
    if place.endswith(".py"):
        file = app_dir / place
        if not file.is_file():
            raise click.UsageError(f"There is no file {str(file)!r}.")
        app_dir, place = file.parent, file.stem
    sys.path.insert(0, str(app_dir.resolve()))
    try:
        module = importlib.import_module(place)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{place}.".startswith(f"{error.name}."):
            raise  # the module is there; something that it imports is not
        raise click.UsageError(
            f"There is no module {error.name!r} in {app_dir}. "
            "Name one as 'package.module:app' or a file as 'file.py', or give --app-dir."
        ) from error
    app = getattr(module, attribute, None)
    if isinstance(app, Covet):
        return f"{place}:{attribute}", app
    found = sorted(name for name, value in vars(module).items() if isinstance(value, Covet))
    hint = f"Did you mean {place}:{found[0]}?" if found else "It defines no Covet application."
    problem = "has no" if app is None else "has no application as"
    raise click.UsageError(f"Module {place!r} {problem} {attribute!r}. {hint}")
