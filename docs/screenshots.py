"""Takes the pictures of the README anew from the sample corpus, with Debian's chromium.

Usage: python docs/screenshots.py (``make screenshots``)
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from datasette_plugins.site import make_site
from rodtrad.pipeline import Options, build
from rodtrad.serving import listen, sample

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
SHOWN = {
    "start.png": ("/", 1000),
    "dokument.png": ("/-/dokument/yttrande-nacko", 1000),
    "rekommendation.png": ("/-/rekommendation/{most_linked}", 1100),
}
"""Picture, page and height in pixels."""

_MOST_LINKED = """
select recommendations.id from recommendations
join links on recommendations.id in (links.source, links.target)
and links.relation <> 'near' where recommendations.kind = 'recommendation'
group by 1 order by count(*) desc, 1 limit 1
"""


def main() -> None:
    """Build the sample, serve it on loopback and take each picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, listen("127.0.0.1", 0) as listener:
        database = Path(folder) / "rodtrad.db"
        build(database, [sample()], Options())
        config = uvicorn.Config(make_site(database).app(), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            take(f"http://127.0.0.1:{listener.getsockname()[1]}", most_linked(database))
        finally:
            server.should_exit = True
            thread.join()


def most_linked(database: Path) -> str:
    """Return the id of the recommendation with the most links: the one worth a picture."""
    from corpus.store import open_database

    return str(open_database(database, create=False).execute(_MOST_LINKED).fetchone()[0])


def take(address: str, recommendation: str) -> None:
    """Take the pictures of the pages at ``address``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (path, height) in SHOWN.items():
            page = browser.new_page(viewport={"width": 1280, "height": height})
            page.goto(address + path.format(most_linked=recommendation), wait_until="networkidle")
            page.screenshot(path=IMAGES / name)
        browser.close()


if __name__ == "__main__":
    main()
