"""What every page shares: the site that it belongs to, its answer in HTML or JSON, its headers."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, unquote
from weakref import WeakKeyDictionary

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request

from datasette_plugins import compat
from datasette_plugins.compat import hookimpl
from datasette_plugins.words import number, words

STATIC = Path(__file__).parent / "static"
STATIC_MOUNT = "-/rodtrad"

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    # Datasette's own table pages use inline scripts and styles; nothing comes from elsewhere.
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "script-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
}
"""Headers of every answer; Datasette itself sends none of them."""

Result = TypeVar("Result")
Content = dict[str, Any]
Scope = MutableMapping[str, Any]
Send = Callable[[Scope], Awaitable[None]]
App = Callable[[Scope, Callable[[], Awaitable[Scope]], Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Site:
    """The database that the pages of a Datasette show, and where its page pictures are kept."""

    database: str
    path: Path
    picture_cache: Path
    title: str
    description: str
    questions: dict[str, str]


SITES: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()
"""The sites of this process: plugin hooks are shared by all its Datasettes, pages are not."""


async def read(
    datasette: Datasette,
    request: Request,
    reader: Callable[..., Result],
    *arguments: object,
) -> Result:
    """Return ``reader(connection, *arguments)``, run in a thread; only for who may see the data."""
    site = SITES[datasette]
    await compat.ensure_may_view(datasette, request, site.database)

    def in_thread(connection: sqlite3.Connection) -> Result:
        return reader(connection, *arguments)

    result: Result = await datasette.get_database(site.database).execute_fn(in_thread)
    return result


def wanted_id(request: Request) -> str:
    """Return the id that stands in the address."""
    return unquote(request.url_vars["id"])


def wants_json(request: Request) -> bool:
    """Return whether the address ends in ``.json``."""
    return bool(request.url_vars.get("json"))


async def page(
    datasette: Datasette,
    request: Request,
    template: str,
    content: Content,
    layout: Content | None = None,
) -> Response:
    """Return ``content`` as JSON, or set in a template with what only the layout needs."""
    if wants_json(request):
        return Response.json(content)
    site = SITES[datasette]
    context = {**content, **(layout or {}), "site": site, "json_url": json_url(request)}
    return Response.html(await datasette.render_template(template, context, request=request))


async def missing(datasette: Datasette, request: Request, name: str, key: str) -> Response:
    """Return the answer 404 that says what is missing and what to do."""
    title, advice = words()(f"missing.{name}", id=key), words()("missing.advice")
    if wants_json(request):
        return _json_error(title, advice)
    return await _html_error(datasette, request, title, advice)


def _json_error(title: str, advice: str) -> Response:
    body = {"ok": False, "status": 404, "error": title, "advice": advice}
    return Response.json(body, status=404)


async def _html_error(datasette: Datasette, request: Request, title: str, advice: str) -> Response:
    context = {"title": title, "advice": advice, "site": SITES[datasette]}
    html = await datasette.render_template("404.html", context, request=request)
    return Response.html(html, status=404)


def json_url(request: Request) -> str:
    """Return the address of the same content as JSON."""
    path = request.path.rstrip("/") or "/"
    return f"{path}.json" + (f"?{request.query_string}" if request.query_string else "")


def document_path(document: str, fragment: str = "") -> str:
    """Return the path of a document's page, or of a place in it."""
    return f"/-/dokument/{quote(document, safe='')}" + (f"#{fragment}" if fragment else "")


def recommendation_path(recommendation: str) -> str:
    """Return the path of a recommendation's page."""
    return f"/-/rekommendation/{quote(recommendation, safe='')}"


def passage_path(document: str, block: str, page_number: int | None) -> str:
    """Return the path of a document's page with one passage marked."""
    fragment = "visa" if block else page_fragment(page_number)
    return f"{document_path(document)}?visa={quote(block, safe='')}#{fragment}"


def page_fragment(page_number: int | None) -> str:
    """Return the fragment of a page of a document; of its text where it has no pages."""
    return f"sida-{page_number}" if page_number else "text"


def picture_path(document: str, page_number: int, version: str) -> str:
    """Return the path of a page's picture; ``version`` lets browsers keep it for good."""
    return f"/-/sida/{quote(document, safe='')}/{page_number}.png?v={version}"


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Datasette) -> None:
    """Give the templates the words, and the paths of pages."""
    env.globals.update(
        t=words(),
        document_path=document_path,
        recommendation_path=recommendation_path,
        passage_path=passage_path,
        page_fragment=page_fragment,
        picture_path=picture_path,
        own_static=f"/{STATIC_MOUNT}",
        own_version=_static_version(),
        own_database=lambda: SITES[datasette].database if datasette in SITES else None,
    )
    env.filters["number"] = number


def _static_version() -> str:
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


@hookimpl(wrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, list[object], list[object]]:
    """Say in our words that there is no such page, in the place of Datasette's own handler.

    In its place and not before it: Datasette awaits all handlers, and its own prints a traceback
    through rich, where that is installed, and fails where no exception is being handled.
    """
    handlers = yield
    if not isinstance(exception, NotFound) or datasette not in SITES:
        return handlers

    async def answer() -> Response:
        title, advice = words()("missing.general"), words()("missing.advice")
        if request.path.endswith(".json"):
            return _json_error(title, advice)
        return await _html_error(datasette, request, title, advice)

    return [answer]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Add ``HEADERS`` to every answer of a site."""

    def wrap(app: App) -> App:
        if not compat.is_site(datasette):
            return app

        async def with_headers(
            scope: Scope, receive: Callable[[], Awaitable[Scope]], send: Send
        ) -> None:
            async def send_with_headers(message: Scope) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] = _completed(message.get("headers", []))
                await send(message)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap


def _completed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers with ours added, but for those that a page has set for itself."""
    present = {name.lower() for name, _value in headers}
    ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    return [*headers, *(pair for pair in ours if pair[0] not in present)]
