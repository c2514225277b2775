import pytest

from datasette_plugins.cells import (
    badge,
    problem_message,
    short_boxes,
    short_checksum,
    short_facts,
)


async def test_titles_and_references_lead_to_our_pages(get):
    text = (await get("/n~C3~A4svik/recommendations")).text
    assert '<a href="/-/rekommendation/plan-vagar">Karta över utsatta vägar</a>' in text
    assert '<a href="/-/dokument/plan">Nationell plan mot översvämning</a>' in text
    assert '<a href="/-/dokument/plan#sida-2">2</a>' in text
    links = (await get("/n~C3~A4svik/links")).text
    assert '<a href="/-/rekommendation/granskning-skolor">' in links


async def test_row_page_leads_to_ours(get):
    text = (await get("/n~C3~A4svik/recommendations/plan-vagar")).text
    assert '<a href="/-/rekommendation/plan-vagar">plan-vagar</a>' in text


async def test_values_are_in_words(get):
    text = (await get("/n~C3~A4svik/recommendations")).text
    assert "tillstyrker</span>" in text
    assert "åtgärd" in text
    assert "2 rader på s. 2" in text
    assert "[[2," not in text


async def test_canned_query_titles_lead_to_our_pages(get):
    text = (await get("/n~C3~A4svik/oppna_rekommendationer?adressat=skol")).text
    assert '<a href="/-/rekommendation/granskning-skolor">Utveckla kartläggningen' in text
    assert "skolnämnden" in text
    assert "kommunstyrelsen" not in text.split("<tbody>")[1]


@pytest.mark.parametrize("page", ["problems", "problem_i_dokument"])
async def test_problem_says_in_swedish_what_to_do_and_keeps_its_message(get, page):
    text = (await get(f"/n~C3~A4svik/{page}")).text
    assert "trasig fil" in text
    assert "Hämta den på nytt" in text
    assert "Felmeddelandet</summary>Filen är trasig.</details>" in text


def test_problem_of_a_kind_without_words_keeps_its_message():
    assert problem_message("annat", "<b>") is None
    assert "&lt;b&gt;" in str(problem_message("broken", "<b>"))


async def test_hostile_cells_are_text(get):
    for table in ("recommendations", "documents", "blocks", "evidence", "pages"):
        assert "<script>alert" not in (await get(f"/n~C3~A4svik/{table}")).text


async def test_facets_are_in_words_and_still_narrow(get):
    text = (await get("/n~C3~A4svik/recommendations")).text
    facets = text.split('class="facet-results"')[1].split("<table")[0]
    assert 'data-facet-value="support">tillstyrker</a>' in facets
    assert 'data-facet-value="measure">åtgärd</a>' in facets
    assert "stance=support" in facets
    narrowed = (await get("/n~C3~A4svik/recommendations?stance=support")).text
    assert "Karta över utsatta vägar" not in narrowed


def test_badge_is_sign_and_word():
    assert str(badge("stance", "oppose")).endswith("▼</span> avstyrker</span>")
    assert "okänd" in badge("status", "unknown")
    assert "<x>" not in badge("status", "<x>")


@pytest.mark.parametrize(
    ("boxes", "short"),
    [
        ("[]", "–"),
        ("[[3,1,2,3,4]]", "1 rad på s. 3"),
        ("[[3,1,2,3,4],[4,1,2,3,4]]", "2 rader på s. 3, 4"),
        ("not json", None),
        ("[[]]", None),
    ],
)
def test_boxes_are_short(boxes, short):
    assert short_boxes(boxes) == short


def test_facts_are_where_each_was_found():
    facts = '{"date": {"value": "x", "place": "page 2"}, "title": {"place": "file name"}}'
    assert short_facts(facts) == "Datum: s. 2, Titel: filnamnet"
    assert short_facts("[]") is None
    assert short_facts("not json") is None


def test_checksum_is_cut():
    assert short_checksum("a" * 64) == "a" * 12 + "…"
