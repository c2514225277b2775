"""The pages in a real browser; skipped where there is none."""

import json
import socket
import threading
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.store import Store
from datasette_plugins.places import read_boxes

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

OWN_PAGES = [
    "/",
    "/-/dokument/plan",
    "/-/dokument/svar",
    "/-/rekommendation/plan-vagar",
    "/-/rekommendation/svar-tillstyrker",
    "/-/sok?q=skola",
    "/-/sok?q=xyz",
]
DATASETTE_PAGES = [
    "/n~C3~A4svik",
    "/n~C3~A4svik/recommendations?kind=measure",
    "/n~C3~A4svik/oppna_rekommendationer",
    "/n~C3~A4svik/problems",
    "/n~C3~A4svik/problems?kind=bug",
    "/n~C3~A4svik/utan_underlag",
]
LEAST_TARGET = 24


def served(database, pictures):
    """Serve a database from a thread of its own; yields the address."""
    import uvicorn

    from datasette_plugins.site import make_site

    datasette = make_site(database, picture_cache=pictures)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def address(made, tmp_path_factory):
    """Where the site is served."""
    yield from served(made.database, tmp_path_factory.mktemp("bilder"))


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


@pytest.mark.parametrize("path", [*OWN_PAGES, "/n~C3~A4svik", "/n~C3~A4svik/recommendations"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_out_of_the_window(page, address, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_list_is_stepped_through_both_ways_and_help_closes_again(page, address):
    page.goto(f"{address}/-/dokument/plan")
    focused = "document.activeElement.closest('[data-item]').innerText.trim().split(/\\s/)[0]"
    seen = []
    for key in "jjk":
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
    assert seen == ["1", "2", "1"]
    for shown in (True, False):
        page.keyboard.press("?")
        assert page.get_by_role("dialog").is_visible() is shown


def test_keys_are_left_alone_while_typing(page, address):
    page.goto(f"{address}/")
    page.keyboard.press("/")
    page.keyboard.type("j/k?")
    assert page.evaluate("document.activeElement.value") == "j/k?"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory, fill):
    """Where a document is served whose quotes stand on neighbouring lines, and within one."""
    folder = tmp_path_factory.mktemp("crowded")
    made = fill(folder, folder / "crowded.db")
    store = Store(made.database)
    boxes = read_boxes(store.db["recommendations"].get("plan-vagar")["boxes"])
    within = [(*boxes[0][:1], boxes[0].x0 + 60, *boxes[0][2:])]
    for number, places in enumerate([[boxes[0]], within, [boxes[1]], [boxes[1]]]):
        store.db["variants"].insert(
            {
                "id": f"x{number}",
                "recommendation": "plan-vagar",
                "text": "x",
                "role": "body",
                "page": 2,
                "boxes": json.dumps(places),
            }
        )
    store.close()
    yield from served(made.database, folder / "bilder")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_numbers_of_marks_are_large_apart_and_beside_the_text(page, crowded, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{crowded}/-/dokument/plan")
    tags = [tag.bounding_box() for tag in page.locator("#sida-2 .picture .tag").all()]
    assert len(tags) == 5
    assert all(min(tag["width"], tag["height"]) >= LEAST_TARGET for tag in tags)
    tops = sorted(tag["y"] for tag in tags)
    assert all(below - above >= LEAST_TARGET for above, below in pairwise(tops))
    text = page.locator("#sida-2 rect").first.bounding_box()
    assert all(tag["x"] >= 0 and tag["x"] + tag["width"] <= text["x"] + 1 for tag in tags)


@pytest.mark.parametrize("width", [390, 1280])
def test_number_in_the_list_stands_at_the_first_line_of_its_title(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/-/dokument/plan")
    item = page.locator(".quotes > li").first
    link = item.locator("a:not(.tag)").first
    link.evaluate("link => { link.textContent += ' ord'.repeat(80) }")
    number, title = item.locator(".tag").bounding_box(), link.bounding_box()
    assert title["height"] > 3 * number["height"]
    assert abs(number["y"] - title["y"]) < number["height"] / 2


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", [*OWN_PAGES, *DATASETTE_PAGES])
def test_axe_finds_nothing(browser, address, path, width, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{address}{path}", wait_until="networkidle")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.Axe().run(page, options={"runOnly": tags}).response
    page.close()
    assert found["passes"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


def test_pages_work_without_javascript(browser, address):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/-/rekommendation/plan-skolor")
    assert page.get_by_text("Kommunerna bör kartlägga").first.is_visible()
    assert not page.get_by_role("button", name="Kopiera").is_visible()
    page.close()
