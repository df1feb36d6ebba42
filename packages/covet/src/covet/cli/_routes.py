"""`covet routes`: what an application serves, and to whom."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from covet.cli._target import app_dir_option, import_target, start
from covet_routing import RouteMetadata

_COLUMNS = ("path", "methods", "name", "access", "permissions", "limit", "version")
_WIDE = 10_000  # columns of a terminal that is none: a file keeps each route on one line


@click.command()
@click.argument("target")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@app_dir_option
def routes(target: str, app_dir: Path, *, as_json: bool) -> None:
    """List the routes of TARGET, an application named as 'package.module:app' or 'file.py'."""
    _, app = import_target(target, app_dir)
    start(app)
    rows = [_row(route) for route in app.routes]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table(*_COLUMNS, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*[_cell(row[column]) for column in _COLUMNS])
    Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, markup=False).print(
        table
    )


def _row(route: RouteMetadata) -> dict[str, str | list[str] | None]:
    limit = route.rate_limit
    return {
        "path": route.path,
        "methods": list(route.methods),
        "name": route.name,
        "access": "protected" if route.requires_auth else "public",
        "permissions": [str(permission) for permission in route.permissions],
        "limit": None
        if limit is None
        else f"{limit}/minute"
        if isinstance(limit, int)
        else str(limit),
        "version": route.version,
    }


def _cell(value: str | list[str] | None) -> str:
    return ",".join(value) if isinstance(value, list) else value or ""
