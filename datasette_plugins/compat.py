"""What differs between Datasette 0.65 and the alphas of 1.0; nothing else asks for the version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Request
from datasette.version import __version__
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")
"""Datasette's own marker, with its types."""

IS_ONE = int(__version__.split(".", 1)[0]) >= 1
"""Whether this is Datasette 1.0 (any alpha of it)."""


PLUGIN = "rodtrad"
"""The name under ``plugins`` in the metadata that tells our Datasettes from others."""


def is_site(datasette: Datasette) -> bool:
    """Return whether this Datasette is one that ``build`` made; true already while it is made."""
    return bool(datasette.plugin_config(PLUGIN))


def build(
    database: Path,
    *,
    metadata: dict[str, Any],
    template_dir: Path,
    static: tuple[str, Path],
    settings: Mapping[str, Any],
) -> Datasette:
    """Return a Datasette over one database.

    In 1.0 facets, sorting, hidden tables and canned queries are read from the configuration and
    no longer from the metadata: the same file serves as both.
    """
    metadata = {**metadata, "plugins": {PLUGIN: {"database": database.stem}}}
    options: dict[str, Any] = {"config": metadata} if IS_ONE else {}
    return Datasette(
        [str(database)],
        metadata=metadata,
        template_dir=str(template_dir),
        static_mounts=[(static[0], str(static[1]))],
        settings=dict(settings),
        **options,
    )


def register(name: str, module: object) -> None:
    """Register a plugin module under ``name``, once in a process."""
    if not pm.has_plugin(name):
        pm.register(module, name)


async def ensure_may_view(datasette: Datasette, request: Request, database: str) -> None:
    """Raise Datasette's Forbidden unless the reader may see the database."""
    if IS_ONE:
        from datasette.resources import DatabaseResource

        await datasette.ensure_permission(
            action="view-database", resource=DatabaseResource(database), actor=request.actor
        )
    else:
        await datasette.ensure_permissions(
            request.actor, [("view-database", database), "view-instance"]
        )
