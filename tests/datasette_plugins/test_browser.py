"""The pages in a real browser; skipped where there is none."""

import socket
import threading
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def address(made, tmp_path_factory):
    """Where the site is served, from a thread of its own."""
    import uvicorn

    from datasette_plugins.site import make_site

    datasette = make_site(made.database, picture_cache=tmp_path_factory.mktemp("bilder"))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM} (Debian: apt install chromium)")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.faults = []
    page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    page.close()
    assert page.faults == []


def drawn(image):
    return image.evaluate("async image => { await image.decode(); return image.naturalWidth }")


def test_from_start_to_document_to_recommendation(page, address):
    page.goto(f"{address}/")
    page.get_by_role("link", name="Nationell plan mot översvämning").first.click()
    page.wait_for_url("**/-/dokument/plan")
    assert "Nationell plan" in page.title()
    page.locator(".doc-nav").get_by_role(
        "link", name="Karta över utsatta vägar", exact=True
    ).click()
    page.wait_for_url("**/-/rekommendation/plan-vagar")
    assert page.get_by_role("heading", level=1).inner_text() == "Karta över utsatta vägar"
    assert drawn(page.locator("img").first) > 100


def test_mark_lies_over_the_text_that_it_marks(page, address):
    page.goto(f"{address}/-/dokument/plan#rek-plan-vagar")
    sheet = page.locator("#sida-2")
    image = sheet.locator("img")
    assert drawn(image) > 100
    picture, mark = image.bounding_box(), sheet.locator("rect").first.bounding_box()
    assert picture["x"] < mark["x"]
    assert mark["x"] + mark["width"] < picture["x"] + picture["width"]
    assert picture["y"] < mark["y"] < picture["y"] + picture["height"] / 4
    assert page.locator("#rek-plan-vagar").is_visible()


def test_page_text_can_be_selected_over_the_picture(page, address):
    page.goto(f"{address}/-/dokument/plan")
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('#sida-2 svg'));"
        " return getSelection().toString() }"
    )
    assert "Regionen ska ta fram en karta över utsatta vägar" in copied


def test_keys_reach_the_search_box_and_step_through_lists(page, address):
    page.goto(f"{address}/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-item]') !== null")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("skola")
    page.keyboard.press("Enter")
    page.wait_for_url("**/-/sok?q=skola*")
    assert page.locator("mark").first.inner_text() == "skolor"


@pytest.mark.parametrize(
    "path",
    ["/", "/-/dokument/plan", "/-/dokument/svar", "/-/rekommendation/plan-vagar", "/-/sok?q=skola"],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_out_of_the_window(page, address, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_work_without_javascript(browser, address):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/-/rekommendation/plan-skolor")
    assert page.get_by_text("Kommunerna bör kartlägga").first.is_visible()
    assert not page.get_by_role("button", name="Kopiera").is_visible()
    page.close()
