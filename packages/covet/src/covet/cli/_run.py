"""`covet run`: serve an application."""

from __future__ import annotations

from pathlib import Path

import click

from covet.cli._serve import serve
from covet.cli._target import app_dir_option, import_target


@click.command()
@click.argument("target")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 picks one.")
@click.option("--workers", default=1, show_default=True, help="Number of processes.")
@click.option("--access-log/--no-access-log", default=True, help="Log a line for each request.")
@app_dir_option
def run(
    target: str, host: str, port: int, workers: int, *, access_log: bool, app_dir: Path
) -> None:
    """Serve TARGET, an application named as 'package.module:app' or 'file.py'."""
    import_string, app = import_target(target, app_dir)
    serve(import_string, app, host=host, port=port, workers=workers, access_log=access_log)
