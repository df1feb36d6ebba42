"""Serve an application with uvicorn, with settings that are safe to expose."""

from __future__ import annotations

import logging

import uvicorn

from covet.app import Covet
from covet.cli._target import start


def serve(
    import_string: str, app: Covet, *, host: str, port: int, workers: int, access_log: bool
) -> None:
    """Check *app*, then serve it until a signal says to stop.

    Raises:
        click.ClickException: it cannot start, with every fault.
    """
    start(app)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s:     %(name)s: %(message)s")
    uvicorn.run(
        import_string if workers > 1 else app,
        host=host,
        port=port,
        workers=workers,
        access_log=access_log,
        proxy_headers=False,  # a client's address is not what a client says
        server_header=False,
    )
