"""A recommendation: its quote and place, and the thread of what was said before and after."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote, urlencode

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request

from datasette_plugins import frame, queries
from datasette_plugins.pictures import page_sizes, why_not
from datasette_plugins.places import clip_regions, marks, on_page, read_boxes
from datasette_plugins.queries import Row
from datasette_plugins.words import words

LONGEST_HEADING = 320
"""Characters of a quote that may be the page's heading: five lines of it, measured at 1280 px."""

_SORTS_LAST = "9999"
"""Stands for the date of what has none: the undated comes at the end of the thread."""


async def recommendation_page(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/rekommendation/ID``."""
    key = frame.wanted_id(request)
    content = await frame.read(datasette, request, read_recommendation, key)
    if content is None:
        return await frame.missing(datasette, request, "recommendation", key)
    url = datasette.absolute_url(request, datasette.urls.path(content["path"]))
    content["citation"] = cite(content["recommendation"], url)
    content["original"] = original(content["recommendation"])
    if frame.wants_json(request):
        return await frame.page(datasette, request, "", content)
    clippings = await frame.read(datasette, request, lay_out_clippings, content)
    layout = {
        "clippings": clippings,
        "years": by_year(content["thread"]),
        "quote_is_title": is_cut(content["recommendation"]),
    }
    return await frame.page(datasette, request, "recommendation.html", content, layout)


def read_recommendation(connection: sqlite3.Connection, key: str) -> frame.Content | None:
    """Return a recommendation with its thread, or None where there is none."""
    found = queries.row(connection, queries.RECOMMENDATION, id=key)
    if found is None:
        return None
    found["boxes"] = read_boxes(found["boxes"])
    found["actor_aliases"] = json.loads(found["actor_aliases"] or "[]")
    place = {"document": found["document"], "position": found["position"]}
    thread = _thread(connection, found)
    linked = [item for item in thread if "link" in item]
    bearing = [item["bears"] for item in linked if item.get("bears")]
    reviews = _reviews(connection, [key, *(item["link"] for item in (*linked, *bearing))])
    for item in (*linked, *bearing):
        item["reviews"] = reviews[item["link"]]
    return {
        "path": frame.recommendation_path(key),
        "recommendation": found,
        "addressees": _addressees(connection, key),
        "variants": _variants(connection, key),
        "reviews": reviews[key],
        "thread": thread,
        "near": queries.rows(connection, queries.NEAR, id=key),
        "neighbours": queries.row(connection, queries.NEIGHBOURS, **place),
    }


def _addressees(connection: sqlite3.Connection, key: str) -> list[Row]:
    found = queries.rows(connection, queries.ADDRESSEES, id=key)
    for addressee in found:
        addressee["aliases"] = json.loads(addressee["aliases"] or "[]")
    return found


def _variants(connection: sqlite3.Connection, key: str) -> list[Row]:
    found = queries.rows(connection, queries.VARIANTS, id=key)
    for variant in found:
        variant["boxes"] = read_boxes(variant["boxes"])
    return found


def _reviews(connection: sqlite3.Connection, keys: list[str]) -> defaultdict[str, list[Row]]:
    """Return the reviews of a recommendation and its links, oldest first, by what they are of."""
    reviews: defaultdict[str, list[Row]] = defaultdict(list)
    for review in queries.rows(connection, queries.REVIEWS_OF, ids=json.dumps(keys)):
        reviews[review["subject_id"]].append(review)
    return reviews


def _thread(connection: sqlite3.Connection, found: Row) -> list[Row]:
    """Return all that belongs to a recommendation, itself too, oldest first."""
    key = found["id"]
    this = {"what": "this", "date": found["document_date"], "document": found["document"]}
    linked = queries.rows(connection, queries.LINKED, id=key)
    evidence = queries.rows(connection, queries.EVIDENCE, id=key)
    events = queries.rows(connection, queries.STATUS_EVENTS, id=key)
    items = [
        this,
        *({"what": "link", **row, "bears": _bearing_of(row, evidence)} for row in linked),
        *({"what": "evidence", **row} for row in evidence if not _among(row, linked)),
        *({"what": "status", **row} for row in events),
    ]
    return sorted(items, key=lambda item: item["date"] or _SORTS_LAST)


def _bearing_of(link: Row, evidence: list[Row]) -> Row | None:
    """Return what the passage of a linked recommendation bears witness of, or None."""
    found = next((row for row in evidence if _holds(row, link)), None)
    return {key: found[key] for key in ("link", "bearing", "score", "why")} if found else None


def _among(evidence: Row, linked: list[Row]) -> bool:
    """Return whether a passage of evidence is already shown as a linked recommendation."""
    return any(_holds(evidence, link) for link in linked)


def _holds(evidence: Row, link: Row) -> bool:
    same_page = (evidence["document"], evidence["page"]) == (link["document"], link["page"])
    return same_page and (link["text"] in evidence["text"] or evidence["text"] in link["text"])


def by_year(thread: list[Row]) -> list[tuple[str, list[Row]]]:
    """Return a thread in years, in their order; the undated under an empty year."""
    years: defaultdict[str, list[Row]] = defaultdict(list)
    for item in thread:
        years[(item["date"] or "")[:4]].append(item)
    return list(years.items())


def is_cut(found: Row) -> bool:
    """Return whether the title is but the quote's beginning, and the quote can stand for it."""
    title, text = found["title"].removesuffix("…").rstrip(), found["text"]
    return text.startswith(title) and len(text) <= LONGEST_HEADING


def cite(found: Row, url: str) -> str:
    """Return a recommendation as one quotes it: text, who, document, dnr, date, page, address."""
    say = words()
    document, dnr = found["document_title"], found["document_dnr"]
    return say(
        "recommendation.cite",
        quote=found["text"],
        actor=found["actor_name"] or found["sender_name"] or "",
        document=say("recommendation.cite_dnr", document=document, dnr=dnr) if dnr else document,
        date=say.date(found["document_date"]),
        place=say("page", page=str(found["page"])) if found["page"] else _under(found["heading"]),
        url=url,
    )


def _under(heading: str | None) -> str:
    """Return the place of a quote in a document without pages: the heading that it stands under."""
    return words()("recommendation.under", heading=heading) if heading else words()("no_page")


def original(found: Row) -> str | None:
    """Return the address of the original, at the passage where it is a web page with anchors."""
    url = found["url"]
    if not url or not url.startswith(("https://", "http://")):
        return None
    anchored = found["anchor"] and "#" not in url
    return f"{url}#{quote(found['anchor'])}" if anchored else str(url)


def lay_out_clippings(connection: sqlite3.Connection, content: frame.Content) -> list[Row]:
    """Return the clippings of a quote, each with its marks; none where the page can't be drawn."""
    found = content["recommendation"]
    file = queries.row(connection, queries.FILE_OF, id=found["document"])
    if not file or why_not(Path(file["path"]), file["sha256"]):
        return []
    regions = clip_regions(found["boxes"], page_sizes(connection, found["document"]))
    return [
        {
            "region": region,
            "rectangles": marks(on_page(found["boxes"], region.page)),
            "picture": f"/-/urklipp/{content['path'].rsplit('/', 1)[1]}.png?"
            + urlencode({"del": part, "v": file["sha256"][:8]}),
        }
        for part, region in enumerate(regions, 1)
    ]
