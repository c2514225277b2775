"""Cells of Datasette's own table, row and query pages: ids lead to our pages, values get words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from datasette_plugins.compat import hookimpl
from datasette_plugins.frame import SITES, document_path, recommendation_path
from datasette_plugins.places import read_boxes
from datasette_plugins.words import words

DOCUMENT_COLUMNS = {
    "document",
    "dokument",
    "answers",
    "target_document",
    "source_document",
    "gäller",
}
RECOMMENDATION_COLUMNS = {"recommendation", "rekommendation", "annan_rekommendation"}
TITLE_COLUMNS = {"titel": "rekommendation", "annan_titel": "annan_rekommendation"}
"""Columns of the canned queries that hold titles, and the columns with the ids that they name."""

WORDS_OF_COLUMNS = {
    "kind": "kinds",
    "slag": "kinds",
    "doctype": "doctypes",
    "dokumentslag": "doctypes",
    "bearing": "bearings",
    "relation": "relations",
    "role": "roles",
    "level": "levels",
    "verdict": "verdicts",
    "text_layer": "text_layers",
}
"""Columns whose values have Swedish words, and the group of the catalogue that holds them."""

SIGNED_COLUMNS = {"stance": "stance", "ställning": "stance", "status": "status"}

MESSAGE_COLUMNS = {"message": "kind", "vad_man_kan_göra": "problem"}
"""Columns with messages of problems, and the columns beside them with the problem's kind."""

CHECKSUM_SHOWN = 12

_LINK = Markup('<a href="{}">{}</a>')


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | str | None:
    """Return a cell as the reader should see it, or None to leave it to Datasette."""
    site = SITES.get(datasette)
    if site is None or site.database != database or value is None or value == "":
        return None
    label, key = (value["label"], value["value"]) if isinstance(value, dict) else (value, value)
    path = _path(row, column, table, str(key))
    if path:
        return _LINK.format(datasette.urls.path(path), label)
    if column in MESSAGE_COLUMNS and (kind := _of(row, MESSAGE_COLUMNS[column])):
        return problem_message(kind, str(value))
    if column in SHORT_COLUMNS:
        return SHORT_COLUMNS[column](str(value))
    if column in SIGNED_COLUMNS:
        return badge(SIGNED_COLUMNS[column], str(value))
    return _in_words(table, column, value)


def _path(row: Any, column: str, table: str | None, key: str) -> str | None:
    """Return the path of our page that a cell leads to, or None."""
    own_pages: dict[str, Callable[[str], str]] = {
        "documents": document_path,
        "recommendations": recommendation_path,
    }
    if table in own_pages and column in ("id", "title"):
        return own_pages[table](_of(row, "id") or key)
    if column in TITLE_COLUMNS and table is None and (own := _of(row, TITLE_COLUMNS[column])):
        return recommendation_path(own)
    if column in DOCUMENT_COLUMNS:
        return document_path(key)
    if column in RECOMMENDATION_COLUMNS or (table == "links" and column in ("source", "target")):
        return recommendation_path(key)
    if column in ("page", "sida"):
        document = _of(row, "document") or _of(row, "dokument")
        return document_path(document, f"sida-{key}") if document else None
    return None


def _of(row: Any, column: str) -> str | None:
    """Return another column of the row, or None where the page does not show it."""
    if column not in row.keys():  # noqa: SIM118 (a sqlite3.Row has no ``in``)
        return None
    value = row[column]
    return str(value["value"] if isinstance(value, dict) else value) if value else None


def badge(kind: str, value: str) -> Markup:
    """Return a stance or status as its sign and word; the colour only adds."""
    say = words()
    sign = say.group(f"{kind}_signs").get(value, "")
    word = say.of("stances" if kind == "stance" else "statuses", value)
    template = Markup('<span class="mark-{} v-{}"><span aria-hidden="true">{}</span> {}</span>')
    return template.format(kind, value, sign, word)


def problem_message(kind: str, message: str) -> Markup | None:
    """Return what to do about a problem, over the message that the program gave."""
    advice = words().group("problems.advice").get(kind)
    if advice is None:
        return None
    template = Markup("{}<details><summary>{}</summary>{}</details>")
    return template.format(advice, words()("problems.original"), message)


def short_boxes(boxes: str) -> str | None:
    """Return how many lines on which pages, in words; None where it is no list of boxes."""
    try:
        read = read_boxes(boxes)
    except (json.JSONDecodeError, TypeError, ValueError):
        return None
    if not read:
        return words()("not_found")
    pages = dict.fromkeys(str(box.page) for box in read)
    return words()("boxes", count=len(read), pages=", ".join(pages))


def short_facts(facts: str) -> str | None:
    """Return where each fact of a document was found, in words; None where it is no such JSON."""
    say = words()
    try:
        places = {name: str(fact["place"]) for name, fact in json.loads(facts).items()}
    except (json.JSONDecodeError, AttributeError, TypeError, KeyError):
        return None
    names = say.group("document.fact")
    return ", ".join(
        f"{names.get(name, name)}: {_place_in_words(place)}" for name, place in places.items()
    )


def _place_in_words(place: str) -> str:
    page = place.removeprefix("page ")
    return words()("page", page=page) if page != place else words().of("places", place)


def short_checksum(checksum: str) -> str:
    """Return the beginning of a checksum, which is enough to tell files apart."""
    return f"{checksum[:CHECKSUM_SHOWN]}…" if len(checksum) > CHECKSUM_SHOWN else checksum


SHORT_COLUMNS: dict[str, Callable[[str], str | None]] = {
    "boxes": short_boxes,
    "facts": short_facts,
    "sha256": short_checksum,
}
"""Columns that are too long or too technical to be shown as they are, and what shows them."""


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Datasette) -> None:
    """Let the list of facets show its values in words too."""
    env.globals["value_in_words"] = value_in_words


def value_in_words(table: str | None, column: str, value: Any) -> str:
    """Return a value of the data in words: ``support`` as *tillstyrker*; others as they are."""
    if column in SIGNED_COLUMNS:
        return words().of("stances" if SIGNED_COLUMNS[column] == "stance" else "statuses", value)
    worded = _in_words(table, column, value)
    return str(worded if worded is not None else "" if value is None else value)


def _in_words(table: str | None, column: str, value: Any) -> str | None:
    if column == "kind" and table == "actors":
        return words().of("actor_kinds", value)
    if column == "problem" or (column == "kind" and table == "problems"):
        return words().of("problems.kinds", value)
    if column == "kind" and table not in (None, "recommendations"):
        return None
    group = WORDS_OF_COLUMNS.get(column)
    return words().of(group, value) if group else None
