"""Datasette's own table, query, row and database pages: in Swedish, labelled, headings in order.

Their templates are Datasette's; the finished HTML is reworded. That is safe, since all that is
looked for holds markup, and text of the data is escaped before it gets here. What another version
of Datasette words otherwise stays as it is.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from datasette_plugins.compat import hookimpl
from datasette_plugins.words import words

_ROWS = re.compile(
    r"<(?P<tag>h3|p)>\s*(?:Custom SQL query returning )?"
    r"(?P<more>more than )?(?P<count>[\d,]+) rows?(?P<where>\s+where\b)?(?=[\s<])"
)
_ROWS_ELSEWHERE = re.compile(
    r">\s*(?P<count>[\d,]+) rows?</a>\s+from (?P<column>\w+) in (?P<table>\w+)(?=\s)"
)
_HIDDEN = re.compile(r"_show_hidden=1\">(?P<count>[\d,]+) hidden tables?</a>")
_FIELD = re.compile(
    r"<(?:select|input type=\"text\") name=\"_(?P<what>filter_[a-z]+|sort)(?:_\d+)?\""
)
_LOOKUP = re.compile(r"(?P<before><option value=\"\w+\"(?: selected)?>)(?P<what>[a-z ]+)</option>")
_CSV_OPTIONS = re.compile(r"<p>\s+CSV options:")


def in_swedish(html: str) -> Markup:
    """Return Datasette's HTML with our words, with names for its fields, and h2 under its h1."""
    say = words()
    for pattern, reworded in (
        (_ROWS, _rows),
        (_ROWS_ELSEWHERE, _rows_elsewhere),
        (_HIDDEN, _hidden),
        (_FIELD, _field),
        (_LOOKUP, _lookup),
    ):
        html = pattern.sub(reworded, html)
    html = _CSV_OPTIONS.sub(f"<p>{say('datasette.csv_options')}", html)
    for english, swedish in say.group("datasette.markup").items():
        html = html.replace(english, swedish)
    return Markup(_headings_in_order(html))


def _count(found: re.Match[str], name: str) -> str:
    return words()(f"datasette.{name}", count=int(found["count"].replace(",", "")))


def _rows(found: re.Match[str]) -> str:
    more = words()("datasette.more_than") if found["more"] else ""
    where = words()("datasette.where") if found["where"] else ""
    return f"<{found['tag']}>{more}{_count(found, 'rows')}{where}"


def _rows_elsewhere(found: re.Match[str]) -> str:
    return f">{found['table']}</a> ({found['column']}): {_count(found, 'rows')}"


def _hidden(found: re.Match[str]) -> str:
    return f'_show_hidden=1">{_count(found, "hidden_tables")}</a>'


def _field(found: re.Match[str]) -> str:
    return f'{found[0]} aria-label="{words().of("datasette.fields", found["what"])}"'


def _lookup(found: re.Match[str]) -> str:
    return f"{found['before']}{words().of('datasette.lookups', found['what'])}</option>"


def _headings_in_order(html: str) -> str:
    """Return HTML whose h3 are h2 where no h2 stands before them."""
    first = html.find("<h2")
    head, rest = (html, "") if first < 0 else (html[:first], html[first:])
    return head.replace("<h3", '<h2 class="minor"').replace("</h3>", "</h2>") + rest


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Give the templates of Datasette's pages the rewording."""
    env.globals["in_swedish"] = in_swedish
