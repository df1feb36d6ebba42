"""`covet check`: whether an application would start, for a pipeline to ask."""

from __future__ import annotations

from pathlib import Path

import click

from covet.cli._target import app_dir_option, import_target, make_document, start


@click.command()
@click.argument("target")
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@app_dir_option
def check(target: str, app_dir: Path, *, strict: bool) -> None:
    """Check TARGET as its start would, its OpenAPI document besides; warn of shadowed routes.

    Exits with 1 when something is wrong.
    """
    _, app = import_target(target, app_dir)
    start(app)
    make_document(app)
    findings = app.findings()
    for finding in findings:
        click.secho(f"{finding.file}:{finding.line}: {finding.message}", fg="yellow", err=True)
    if strict and findings:
        raise click.ClickException("There are warnings. Mend them, or check without --strict.")
    count = len(app.routes)
    click.echo(f"{target} is in order: {count} {'route' if count == 1 else 'routes'}.")
