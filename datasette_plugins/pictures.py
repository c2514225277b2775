"""Pictures of pages and clippings, drawn by PDFium when first asked for and kept on disk."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request

from datasette_plugins import queries
from datasette_plugins.frame import SITES, missing, read, wanted_id
from datasette_plugins.places import Region, clip_regions, read_boxes
from datasette_plugins.words import words

WIDTHS = (400, 800, 1200, 1600)
"""Widths in pixels that a page is drawn at: a fixed few, so that no visitor can fill the disk."""

DEFAULT_WIDTH = 1200
"""Sharp at 760 CSS pixels on a screen of 1.5 times the density; about 200 kB a page."""

CLIP_SCALE = 2.0
"""Pixels a point in clippings: 144 a typographic inch, twice a plain screen's."""

MAX_PIXELS = 8_000_000
"""Most pixels of one picture: a page of A4 at 1,600 wide has 3.6 million, and a scan's huge
page is drawn smaller rather than eating the memory."""

FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}
FOR_NOW = {"cache-control": "no-cache"}

_pdfium_lock = threading.Lock()
"""PDFium is not thread-safe: one page is drawn at a time."""

_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")


class NoPicture(Exception):
    """A page that can't be drawn; ``reason`` names the words for it under ``picture``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def page_picture(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/sida/DOCUMENT/N.png`` with the picture of a page."""
    document, page = wanted_id(request), int(unquote(request.url_vars["page"]))
    found = await read(datasette, request, _file, document, page)
    if found is None:
        return await missing(datasette, request, "page", str(page))
    width = _allowed_width(request.args.get("bredd"))
    cache = SITES[datasette].picture_cache
    name = f"{found['sha256']}-{page}-{width}.png"
    return await _answer(request, found, cache / name, lambda pdf: draw_page(pdf, page, width))


async def clipping(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/urklipp/RECOMMENDATION.png`` with its quote cut out of the page.

    A quote that runs over pages has one clipping a page; ``?del=2`` is the second.
    """
    key = wanted_id(request)
    part = request.args.get("del") or "1"
    found = await read(datasette, request, _clipped, key)
    if found is None:
        return await missing(datasette, request, "recommendation", key)
    regions: tuple[Region, ...] = found["regions"]
    if not part.isdecimal() or not 1 <= int(part) <= len(regions):
        return await missing(datasette, request, "page", part)
    region = regions[int(part) - 1]
    edges = "-".join(f"{edge:.1f}" for edge in (region.x0, region.top, region.x1, region.bottom))
    digest = hashlib.sha256(edges.encode()).hexdigest()[:12]
    name = f"{found['sha256']}-{region.page}-{digest}-x{CLIP_SCALE:g}.png"
    cache = SITES[datasette].picture_cache
    return await _answer(request, found, cache / name, lambda pdf: draw_region(pdf, region))


def _file(connection: sqlite3.Connection, document: str, page: int) -> queries.Row | None:
    return queries.row(connection, queries.PAGE_FILE, id=document, page=page)


def _clipped(connection: sqlite3.Connection, recommendation: str) -> queries.Row | None:
    found = queries.row(connection, queries.RECOMMENDATION, id=recommendation)
    file = found and queries.row(connection, queries.FILE_OF, id=found["document"])
    if not found or not file:
        return None
    sizes = page_sizes(connection, found["document"])
    return {**file, "regions": clip_regions(read_boxes(found["boxes"]), sizes)}


def page_sizes(connection: sqlite3.Connection, document: str) -> dict[int, tuple[float, float]]:
    """Return width and height in points of a document's pages, where they have any."""
    pages = queries.rows(connection, "select * from pages where document = :id", id=document)
    return {
        page["page"]: (page["width"], page["height"])
        for page in pages
        if page["width"] and page["height"]
    }


def _allowed_width(asked: str | None) -> int:
    if not asked or not asked.isdecimal():
        return DEFAULT_WIDTH
    return next((width for width in WIDTHS if width >= int(asked[:6])), WIDTHS[-1])


async def _answer(
    request: Request, file: queries.Row, cached: Path, draw: Callable[[Path], bytes]
) -> Response:
    lasting = FOR_GOOD if request.args.get("v") == file["sha256"][:8] else FOR_NOW
    loop = asyncio.get_running_loop()
    try:
        picture = await loop.run_in_executor(_workers, _cached, file, cached, draw)
    except NoPicture as error:
        text = words()("document.no_picture", reason=words()(f"picture.{error.reason}"))
        picture = await loop.run_in_executor(_workers, placeholder, text)
        return Response(picture, status=404, content_type="image/png", headers=FOR_NOW)
    return Response(picture, content_type="image/png", headers=lasting)


def _cached(file: queries.Row, cached: Path, draw: Callable[[Path], bytes]) -> bytes:
    """Return a picture from the cache, or draw it and put it there."""
    if cached.is_file():
        return cached.read_bytes()
    path = Path(file["path"])
    if reason := why_not(path, file["sha256"]):
        raise NoPicture(reason)
    with _pdfium_lock:
        picture = draw(path)
    _keep(cached, picture)
    return picture


def _keep(cached: Path, picture: bytes) -> None:
    """Write a picture so that no reader ever sees half of it; a full disk only costs the cache."""
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cached.parent, suffix=".part", delete=False) as file:
            file.write(picture)
        os.replace(file.name, cached)  # noqa: PTH105 (atomic on every system)
    except OSError:
        return


def why_not(path: Path, sha256: str) -> str | None:
    """Return why a file's pages can't be shown as pictures, or None if they can.

    A file that was changed since it was read would show other words under the marks.
    """
    try:
        stat = path.stat()
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return "gone"
    if b"%PDF-" not in head:
        return "no_pdf"
    if _checksum(path, stat.st_mtime_ns, stat.st_size) != sha256:
        return "changed"
    return None


@lru_cache(maxsize=4096)
def _checksum(path: Path, _modified: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def draw_page(path: Path, page: int, width: int) -> bytes:
    """Return a page as PNG, ``width`` pixels wide; call with PDFium to yourself.

    Raises:
        NoPicture: PDFium can't open the file or draw the page.
    """
    return _draw(path, page, lambda size: width / size[0])


def draw_region(path: Path, region: Region) -> bytes:
    """Return a part of a page as PNG; call with PDFium to yourself.

    Raises:
        NoPicture: PDFium can't open the file or draw the page.
    """
    return _draw(path, region.page, lambda _size: CLIP_SCALE, region)


def _draw(
    path: Path,
    page_number: int,
    scale_for: Callable[[tuple[float, float]], float],
    region: Region | None = None,
) -> bytes:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[page_number - 1]
            width, height = page.get_size()
            scale = min(scale_for((width, height)), (MAX_PIXELS / (width * height)) ** 0.5)
            crop = (0.0, 0.0, 0.0, 0.0)
            if region:
                crop = (region.x0, height - region.bottom, width - region.x1, region.top)
            image = page.render(scale=scale, crop=crop).to_pil()
            page.close()
    except (pypdfium2.PdfiumError, ValueError, IndexError, ZeroDivisionError) as error:
        raise NoPicture("broken") from error
    return _png(image)


def _png(image: object) -> bytes:
    target = io.BytesIO()
    image.save(target, format="PNG", compress_level=4)  # type: ignore[attr-defined]
    return target.getvalue()


def placeholder(text: str) -> bytes:
    """Return a picture that says why there is none."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (DEFAULT_WIDTH, 200), 250)
    font = ImageFont.load_default(size=26)
    ImageDraw.Draw(image).multiline_text((40, 60), text.replace(". ", ".\n"), fill=40, font=font)
    return _png(image)
