"""Starts the site for one database, on loopback unless told otherwise."""

from __future__ import annotations

import socket
from pathlib import Path

import click

import corpus
from corpus.database import open_database
from corpus.errors import RodtradError


def sample() -> Path:
    """Return the folder of the sample corpus that comes with the program."""
    return Path(corpus.__file__ or "").parent / "sample"


def serve(database: Path, host: str, port: int) -> None:
    """Serve ``database`` until interrupted; port 0 takes a free one. The address is printed.

    Raises:
        DatabaseError: there is no such database, or it is not Rödtråd's.
        RodtradError: the port can't be used.
    """
    open_database(database, create=False).close()
    with listen(host, port) as listener:
        import uvicorn

        from datasette_plugins.site import make_site

        config = uvicorn.Config(make_site(database).app(), log_level="warning", lifespan="on")
        address = f"http://{host}:{listener.getsockname()[1]}/"
        click.echo(f"Rödtråd is at {address} (stop with Ctrl+C)", err=True)
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; from here on connections wait until the site is ready."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        reason = f"port {port} on {host} can't be used ({error.strerror})"
        raise RodtradError(f"{reason}: choose another with --port") from error
