import pytest

from datasette_plugins.recommendation_page import is_cut


@pytest.fixture
def thread_of(get):
    async def read(key):
        content = (await get(f"/-/rekommendation/{key}.json")).json()
        return [(item["what"], item["date"]) for item in content["thread"]]

    return read


async def test_thread_runs_from_the_oldest_to_the_newest(thread_of):
    assert await thread_of("plan-vagar") == [
        ("this", "2024-03-27"),
        ("evidence", "2025-11-02"),
        ("status", "2026-01-15"),
    ]


async def test_links_show_from_both_ends(thread_of):
    assert ("link", "2025-11-02") in await thread_of("plan-skolor")
    assert ("link", "2024-03-27") in await thread_of("granskning-skolor")


async def test_link_says_its_relation_and_why(get):
    text = (await get("/-/rekommendation/plan-skolor")).text
    assert "samma sak" in text
    assert "kartlägga, skolor" in text
    assert "troligt till 87 procent" in text


async def test_what_is_only_near_is_kept_apart_from_the_thread(get, thread_of):
    assert "link" not in [what for what, _date in await thread_of("plan-vagar")]
    content = (await get("/-/rekommendation/plan-vagar.json")).json()
    assert [item["id"] for item in content["near"]] == ["granskning-skolor"]
    text = (await get("/-/rekommendation/plan-vagar")).text
    folded = text[text.index('<details class="near">') :]
    assert "1 till som kan höra ihop" in folded
    assert "troligt till 6 procent" in folded


async def test_passage_of_a_linked_recommendation_is_not_shown_again_as_evidence(get, thread_of):
    assert "evidence" not in [what for what, _date in await thread_of("plan-skolor")]
    content = (await get("/-/rekommendation/plan-skolor.json")).json()
    (link,) = [item for item in content["thread"] if item["what"] == "link"]
    assert (link["bears"]["bearing"], link["bears"]["why"]) == ("supports", "skolor")
    assert "talar för" in (await get("/-/rekommendation/plan-skolor")).text


async def test_reviewed_says_who_and_when_and_the_rest_is_marked_unreviewed(get):
    reviewed = (await get("/-/rekommendation/plan-skolor")).text
    assert "Kim Lind, 2 februari 2026" in reviewed
    unreviewed = (await get("/-/rekommendation/granskning-skolor")).text
    assert "maskinellt, ej granskad" in unreviewed.split("<h2")[0]


async def test_status_event_shows_addressee_quote_and_source(get):
    text = (await get("/-/rekommendation/plan-vagar")).text
    assert "Region Söderhav" in text
    assert "Att kartlägga vägarna pågår" in text
    assert "/-/dokument/granskning#sida-2" in text
    assert "Bo Ek, 1 februari 2026" in text


async def test_citation_has_quote_actor_document_date_page_and_address(get):
    citation = (await get("/-/rekommendation/plan-skolor.json")).json()["citation"]
    assert citation.startswith("”Kommunerna bör kartlägga alla lågt liggande skolor.”")
    for part in (
        "Vattenverket",
        "översvämning, dnr VV 2024/7",
        "27 mars 2024",
        "s. 1",
        "/-/rekommendation/",
    ):
        assert part in citation


async def test_quote_leads_to_its_place(get):
    text = (await get("/-/rekommendation/plan-vagar")).text
    assert 'href="/-/dokument/plan#rek-plan-vagar"' in text
    assert "/-/urklipp/plan-vagar.png" in text


async def test_variants_say_where_they_stand(get):
    text = (await get("/-/rekommendation/plan-vagar")).text
    assert "i sammanfattningen" in text
    assert "/-/dokument/plan#sida-1" in text


async def test_neighbours_in_the_document(get):
    content = (await get("/-/rekommendation/plan-vagar.json")).json()
    assert content["neighbours"] == {"previous": "plan-skolor", "next": None}


async def test_lonely_recommendation_says_what_to_do(get):
    text = (await get("/-/rekommendation/svar-tillstyrker")).text
    assert "har kopplats hit ännu" in text


async def test_text_file_has_no_clipping(get):
    assert "urklipp" not in (await get("/-/rekommendation/svar-tillstyrker")).text


async def test_position_names_and_leads_to_the_section_that_it_speaks_of(get):
    text = (await get("/-/rekommendation/svar-tillstyrker")).text
    assert '<a href="/-/dokument/plan#sida-2">avsnitt 1.1 Åtgärder</a>' in text


@pytest.mark.parametrize(
    ("title", "text", "cut"),
    [
        ("Bygg en …", "Bygg en damm", True),
        ("Bygg en damm", "Bygg en damm", True),
        ("En damm", "Bygg en damm", False),
        ("Bygg …", "Bygg " + "x" * 400, False),
    ],
)
def test_quote_is_the_heading_where_the_title_is_its_beginning(title, text, cut):
    assert is_cut({"title": title, "text": text}) is cut


async def test_citation_without_dnr_has_no_gap(get):
    citation = (await get("/-/rekommendation/granskning-skolor.json")).json()["citation"]
    assert "Granskning av beredskapen, 2 november 2025" in citation
