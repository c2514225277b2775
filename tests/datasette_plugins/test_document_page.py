import re
import sqlite3

import pytest

from corpus.models import Problem
from corpus.store import Store
from datasette_plugins.site import make_site


async def test_json_has_facts_with_their_places(get):
    content = (await get("/-/dokument/plan.json")).json()
    facts = {fact["name"]: fact for fact in content["facts"]}
    assert facts["date"] == {
        "name": "date",
        "value": "2024-03-27",
        "place": "page 2",
        "page": 2,
        "confidence": 0.95,
        "sureness": "sure",
    }
    assert facts["dnr"]["value"] == "VV 2024/7"
    assert "path" not in str(content["document"].keys())


async def test_the_page_says_how_sure_each_fact_is_that_was_read(get):
    aside = (await get("/-/dokument/plan")).text.split('class="doc-facts"')[1].split("</aside>")[0]
    told = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", aside, re.DOTALL))
    assert "s. 2" in told["Datum"]
    assert ">säker<" in told["Datum"]
    assert ">osäker<" in told["Diarienummer"]
    assert "corpus.yml" in told["Dokumentslag"]
    assert "säker" not in told["Dokumentslag"]
    assert "Titel" not in told


async def test_recommendations_come_in_order_with_numbers(get):
    content = (await get("/-/dokument/plan.json")).json()
    assert [(r["number"], r["id"]) for r in content["recommendations"]] == [
        (1, "plan-skolor"),
        (2, "plan-vagar"),
    ]


async def test_every_page_and_recommendation_has_its_anchor_once(get):
    text = (await get("/-/dokument/plan")).text
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {"sida-1", "sida-2", "sida-3", "rek-plan-skolor", "rek-plan-vagar"} <= set(ids)


async def test_quote_is_marked_where_its_boxes_are(get):
    text = (await get("/-/dokument/plan")).text
    sheet = text.split('id="sida-2"')[1].split('id="sida-3"')[0]
    assert sheet.count("<rect") == 2
    assert 'x="70.5" y="79.5"' in sheet


async def test_page_text_lies_over_the_picture(get):
    text = (await get("/-/dokument/plan")).text
    assert ">Kommunerna bör kartlägga alla lågt liggande skolor.</tspan>" in text


async def test_hostile_text_over_the_picture_is_text(get):
    sheet = (await get("/-/dokument/plan")).text.split('id="sida-3"')[1]
    assert "&lt;script&gt;alert(&#39;åtgärd&#39;)&lt;/script&gt;" in sheet


async def test_contents_are_a_tree(get):
    text = (await get("/-/dokument/plan")).text
    tree = text.split('class="contents"')[1]
    assert re.search(r"Planen</a><?.*?<ol class=\"tree\">.*?Åtgärder", tree, re.DOTALL)


async def test_one_more_passage_can_be_shown(get):
    text = (await get("/-/dokument/granskning?visa=granskning-b2-0")).text
    assert 'id="visa"' in text
    assert 'id="visa"' not in (await get("/-/dokument/granskning?visa=finns-inte")).text


async def test_text_file_is_shown_as_text_with_its_quotes_marked(get):
    text = (await get("/-/dokument/svar")).text
    assert "<mark>Nämnden tillstyrker förslaget i avsnitt 1.1.</mark>" in text
    assert "<img" not in text
    assert 'id="rek-svar-tillstyrker"' in text


async def test_what_answers_it_is_listed(get):
    content = (await get("/-/dokument/plan.json")).json()
    assert [answer["id"] for answer in content["answered_by"]] == ["svar"]
    assert (await get("/-/dokument/svar.json")).json()["document"]["answers"] == "plan"


async def test_sections_say_how_many_positions_speak_of_them(get):
    content = (await get("/-/dokument/plan.json")).json()
    assert content["positions"] == {"1": 1, "1.1": 1}
    text = (await get("/-/dokument/plan")).text
    assert "dokument=plan&amp;avsnitt=1.1" in text
    assert 'aria-label="1 ställningstagande om avsnitt 1.1"' in text
    assert (await get("/-/dokument/granskning.json")).json()["positions"] == {}


async def test_document_without_recommendations_shows_what_it_bears_on(own):
    connection = sqlite3.connect(own.database)
    connection.execute("delete from recommendations where document = 'granskning'")
    connection.commit()
    connection.close()
    client = make_site(own.database).client
    content = (await client.get("/-/dokument/granskning.json")).json()
    assert [row["id"] for row in content["evidence_for"]] == ["plan-skolor", "plan-vagar"]
    assert "Underlag för" in (await client.get("/-/dokument/granskning")).text
    assert (await client.get("/-/dokument/plan.json")).json()["evidence_for"] == []


async def test_problem_of_a_document_is_told_in_swedish(own):
    store = Store(own.database)
    problem = Problem("plan.pdf", "broken_page", "page 2 can't be read", document="plan", page=2)
    store.replace_problems(["plan.pdf"], [problem])
    store.close()
    text = (await make_site(own.database).client.get("/-/dokument/plan")).text
    assert "Sidan är skadad" in text
    assert "Felmeddelandet</summary>page 2 can&#39;t be read" in text


async def test_numbers_say_what_they_show(get):
    text = (await get("/-/dokument/plan")).text
    assert 'aria-label="2: Karta över utsatta vägar"' in text


@pytest.fixture
def own(tmp_path, fill):
    return fill(tmp_path, tmp_path / "eget.db")


async def test_text_stands_in_for_pictures_when_the_file_is_gone(own):
    own.plan.unlink()
    text = (await make_site(own.database).client.get("/-/dokument/plan")).text
    assert "filen finns inte längre" in text
    assert "<img" not in text
    assert "<mark>Kommunerna bör kartlägga" in text


async def test_withdrawn_keeps_its_page_and_leaves_the_list(own):
    store = Store(own.database)
    store.db["recommendations"].update("plan-skolor", {"withdrawn": 1})
    store.close()
    client = make_site(own.database).client
    content = (await client.get("/-/dokument/plan.json")).json()
    assert [(r["id"], r["number"]) for r in content["recommendations"]] == [
        ("plan-vagar", 1),
        ("plan-skolor", None),
    ]
    page = await client.get("/-/rekommendation/plan-skolor")
    assert page.status_code == 200
    assert "Återkallad" in page.text
