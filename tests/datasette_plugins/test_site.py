import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import DatabaseError
from datasette_plugins.site import ROUTES, make_site

PAGES = [
    "/",
    "/-/dokument/plan",
    "/-/dokument/granskning",
    "/-/dokument/svar",
    "/-/rekommendation/plan-skolor",
    "/-/rekommendation/plan-vagar",
    "/-/rekommendation/svar-tillstyrker",
    "/-/sok",
    "/-/sok?q=skola",
]
DATASETTE_PAGES = [
    "/n~C3~A4svik",
    "/n~C3~A4svik/recommendations",
    "/n~C3~A4svik/recommendations?_search=skola",
    "/n~C3~A4svik/recommendations/plan-vagar",
    "/n~C3~A4svik/documents",
    "/n~C3~A4svik/links",
    "/n~C3~A4svik/evidence",
]


def as_json(path):
    path, _, query = path.partition("?")
    return f"{path}.json" + (f"?{query}" if query else "")


@pytest.mark.parametrize("path", [*PAGES, *DATASETTE_PAGES])
async def test_page_is_swedish_html_with_one_main_and_one_heading(get, path):
    response = await get(path)
    assert response.status_code == 200
    assert '<html lang="sv">' in response.text
    assert response.text.count("<main") == 1
    assert response.text.count("<h1") == 1
    assert 'href="#innehall"' in response.text


@pytest.mark.parametrize("path", PAGES)
async def test_page_has_the_same_as_json(get, path):
    response = await get(as_json(path))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.json()
    page = (await get(path)).text
    assert as_json(path).replace("&", "&amp;") in page


@pytest.mark.parametrize(
    "path",
    ["/-/dokument/saknas", "/-/rekommendation/saknas", "/nix", "/n~C3~A4svik/nix", "/-/nix"],
)
async def test_missing_page_says_in_swedish_what_to_do(get, path):
    response = await get(path)
    assert response.status_code == 404
    assert "Sidan finns inte" in response.text
    assert "sök efter" in response.text
    assert "Traceback" not in response.text


async def test_missing_json_is_json(get):
    for path in ("/-/dokument/saknas.json", "/-/rekommendation/saknas.json", "/nix.json"):
        response = await get(path)
        assert response.status_code == 404
        assert response.json()["ok"] is False


@pytest.mark.parametrize(
    "path", ["/", "/n~C3~A4svik", "/nix", "/-/sida/plan/1.png", "/-/rodtrad/rodtrad.css"]
)
async def test_every_answer_has_the_safe_headers(get, path):
    headers = (await get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert "default-src 'self'" in headers["content-security-policy"]


async def test_no_page_asks_for_anything_elsewhere(get):
    for path in PAGES:
        text = (await get(path)).text
        for attribute in ('src="http', 'href="http', "url(http"):
            outside = [part[:60] for part in text.split(attribute)[1:]]
            assert all(part.startswith("s://datasette.io") for part in outside)


async def test_style_sheet_is_small_and_served(get):
    response = await get("/-/rodtrad/rodtrad.css")
    assert response.status_code == 200
    assert len(response.content) < 22_000


@pytest.mark.parametrize("path", PAGES)
async def test_document_text_is_never_markup(get, path):
    text = (await get(path)).text
    assert "<script>alert" not in text
    assert "<b>.txt" not in text
    assert " 49" not in text


async def test_hostile_title_is_shown_as_it_is(get):
    for path in ("/", "/-/dokument/svar", "/-/rekommendation/svar-tillstyrker", "/-/sok?q=script"):
        text = (await get(path)).text
        assert "&lt;script&gt;" in text
        assert "{{ 7*7 }}" in text


async def test_query_is_never_markup(get):
    text = (await get("/-/sok", params={"q": '"><script>alert(1)</script>'})).text
    assert "<script>alert" not in text


def test_every_route_is_under_the_site_or_the_start():
    assert all(pattern.startswith(("^/$", r"^/(?P<json>", "^/-/")) for pattern, _view in ROUTES)


def test_two_sites_in_one_process_register_the_pages_once(made, tmp_path):
    for folder in ("a", "b"):
        datasette = make_site(made.database, picture_cache=tmp_path / folder)
        shown = [pattern.pattern for pattern, _view in datasette._routes()]
        assert shown.count("^/$") == 1


def test_missing_file_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(DatabaseError, match="rodtrad build"):
        make_site(tmp_path / "ingen.db")


def test_foreign_database_is_refused(tmp_path):
    path = tmp_path / "annan.db"
    connection = sqlite3.connect(path)
    connection.execute("create table documents (id)")
    connection.commit()
    connection.close()
    with pytest.raises(DatabaseError, match="not a database that 'rodtrad build' made"):
        make_site(path)


def test_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("Inte en databas, men en lång rad text. " * 20)
    with pytest.raises(DatabaseError, match="can't be opened"):
        make_site(path)


def test_the_web_process_stays_light():
    heavy = ("torch", "spacy", "pdfplumber", "model2vec", "sentence_transformers", "analysis")
    code = (
        "import sys, datasette_plugins.site;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"


def test_datasette_settings_are_passed_on(made, tmp_path):
    datasette = make_site(made.database, picture_cache=tmp_path, default_page_size=7)
    assert datasette.setting("default_page_size") == 7


async def test_pages_are_closed_to_who_may_not_see_the_database(made, tmp_path, monkeypatch):
    from datasette_plugins import site

    metadata = {**site.read_metadata("näsvik"), "allow": {"id": "root"}}
    monkeypatch.setattr(site, "read_metadata", lambda _name: metadata)
    datasette = make_site(made.database, picture_cache=tmp_path)
    for path in ("/", "/-/dokument/plan.json", "/-/sok?q=skola", "/-/sida/plan/1.png"):
        assert (await datasette.client.get(path)).status_code == 403
