"""`covet demo`: serve the blog example."""

from __future__ import annotations

from pathlib import Path

import click

import covet
from covet.cli._serve import serve
from covet.cli._target import import_target

_EXAMPLES = Path(covet.__file__).parent / "_demo"  # holds the package `blog` of docs/examples


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 picks one.")
def demo(host: str, port: int) -> None:
    """Serve the blog example, with SQLite in the present folder unless DATABASE_URL is set."""
    import_string, app = import_target("blog.app:app", _EXAMPLES)
    click.echo(f"The blog: http://{host}:{port}/docs")
    serve(import_string, app, host=host, port=port, workers=1, access_log=True)
