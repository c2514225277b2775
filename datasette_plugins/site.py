"""The site: Datasette over one database, with our pages, words and metadata in place."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from datasette.app import Datasette

from corpus.errors import DatabaseError
from corpus.schema import DERIVED_TABLES
from datasette_plugins import cells, compat, frame, search_page, swedish
from datasette_plugins.compat import hookimpl
from datasette_plugins.document_page import document_page
from datasette_plugins.pictures import clipping, page_picture
from datasette_plugins.recommendation_page import recommendation_page
from datasette_plugins.start_page import start_page

HERE = Path(__file__).parent
METADATA = HERE / "metadata.yml"
METADATA_DATABASE = "corpus"
"""The name under which metadata.yml describes the database, whatever its file is called."""

NEEDED_TABLES = (*DERIVED_TABLES, "files", "reviews", "status_events", "runs", "problems")

SETTINGS: dict[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 10_000,
    "sql_time_limit_ms": 3_000,
    "suggest_facets": False,
    "truncate_cells_html": 300,
}
"""Settings of Datasette that differ from its own: counts and lists are to be complete."""

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/$", start_page),
    (r"^/(?P<json>\.json)$", start_page),
    (r"^/-/dokument/(?P<id>[^/]+?)(?P<json>\.json)?$", document_page),
    (r"^/-/rekommendation/(?P<id>[^/]+?)(?P<json>\.json)?$", recommendation_page),
    (r"^/-/sok(?P<json>\.json)?$", search_page.search_page),
    (r"^/-/sida/(?P<id>[^/]+)/(?P<page>[0-9]{1,6})\.png$", page_picture),
    (r"^/-/urklipp/(?P<id>[^/]+)\.png$", clipping),
]
"""The addresses of our pages."""


def make_site(
    database: Path, *, picture_cache: Path | None = None, **settings: object
) -> Datasette:
    """Return the Datasette that shows a database; ``settings`` are Datasette's own.

    Pictures of pages are kept in ``picture_cache``, or in a folder beside the database.

    Raises:
        DatabaseError: the file is missing, is no database, or was not made by Rödtråd.
    """
    check_database(database)
    _register_plugins()
    metadata = read_metadata(database.stem)
    datasette = compat.build(
        database,
        metadata=metadata,
        template_dir=HERE / "templates",
        static=(frame.STATIC_MOUNT, frame.STATIC),
        settings={**SETTINGS, **settings},
    )
    frame.SITES[datasette] = frame.Site(
        database=database.stem,
        path=database,
        picture_cache=picture_cache or database.with_name(f"{database.stem}-sidor"),
        title=metadata["title"],
        description=metadata["description"],
        questions={
            name: query["title"]
            for name, query in metadata["databases"][database.stem]["queries"].items()
        },
    )
    return datasette


def check_database(database: Path) -> None:
    """Raise DatabaseError, worded for a person, unless the file is a database of Rödtråd's."""
    if not database.is_file():
        raise DatabaseError(
            f"{database} is not there: make it with 'rodtrad build {database} FOLDER'"
        )
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            found = connection.execute("select name from sqlite_master where type = 'table'")
            tables = {name for (name,) in found}
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise DatabaseError(f"{database} can't be opened as a database: {error}") from error
    if lacking := [table for table in NEEDED_TABLES if table not in tables]:
        raise DatabaseError(
            f"{database} is not a database that 'rodtrad build' made"
            f" (it has no table {lacking[0]}): name another file"
        )


def read_metadata(database: str) -> dict[str, Any]:
    """Return metadata.yml, with its database under the name that the file has."""
    metadata: dict[str, Any] = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    databases = metadata["databases"]
    databases[database] = databases.pop(METADATA_DATABASE)
    return metadata


def _register_plugins() -> None:
    for module in (sys.modules[__name__], frame, cells, search_page, swedish):
        compat.register(module.__name__, module)


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """Give our Datasettes our pages, and others none."""
    return ROUTES if compat.is_site(datasette) else []
