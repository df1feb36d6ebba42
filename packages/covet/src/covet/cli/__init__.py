"""The command `covet`."""

from __future__ import annotations

import click

from covet.cli._check import check
from covet.cli._demo import demo
from covet.cli._openapi import openapi
from covet.cli._routes import routes
from covet.cli._run import run


@click.group()
@click.version_option(package_name="covet")
def main() -> None:
    """Serve and inspect Covet applications."""


main.add_command(run)
main.add_command(routes)
main.add_command(check)
main.add_command(openapi)
main.add_command(demo)

__all__ = ["main"]
