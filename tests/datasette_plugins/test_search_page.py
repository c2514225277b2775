import shutil
import sqlite3
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.encoder import load_encoder
from analysis.matter import meanings
from corpus import reader
from corpus.query import PASSAGE_WORDS, cut, mark, match_expression, read_terms, why
from corpus.search import Narrow
from corpus.store import Store
from corpus.vectors import write_meanings
from datasette_plugins.search_page import read_hits


@pytest.fixture(scope="module")
def search(made):
    connection = sqlite3.connect(made.database)
    yield lambda query, **narrow: read_hits(connection, query, Narrow(**narrow))
    connection.close()


def found(content):
    return [hit["id"] for group in content["groups"] for hit in group["hits"]]


def test_inflected_form_is_found(search):
    assert "plan-skolor" in found(search("skola"))


def test_last_word_may_be_the_beginning_of_one(search):
    assert "plan-skolor" in found(search("kommunerna kartl"))
    assert not found(search("kartl kommunerna "))


def test_all_words_must_be_there(search):
    assert not found(search("skolor vägar"))


def test_diacritics_are_letters_of_their_own(search):
    assert "plan-skolor" in found(search("bör "))
    assert not found(search("bor "))


def test_quoted_words_are_a_phrase(search):
    assert "plan-skolor" in found(search('"lågt liggande"'))
    assert not found(search('"liggande lågt"'))


def test_passage_already_shown_as_recommendation_is_not_shown_twice(search):
    assert found(search("kommunerna lågt")) == ["plan-skolor"]


def test_hits_are_grouped_by_document_recommendations_first(search):
    content = search("kartlägga")
    assert {group["document"]["id"] for group in content["groups"]} >= {"plan", "granskning"}
    for group in content["groups"]:
        kinds = [hit["what"] for hit in group["hits"]]
        assert kinds == sorted(kinds, reverse=True)


def test_narrowed_by_kind_and_document(search):
    assert {g["document"]["id"] for g in search("skola", doctype="audit")["groups"]} == {
        "granskning"
    }
    assert {g["document"]["id"] for g in search("skola", document="plan")["groups"]} == {"plan"}


@pytest.mark.parametrize(
    "query", ['"', "'", "*", "a AND", "NEAR(", "title:", "-", "^x", '" OR "', "(", "\0", "a*b", ""]
)
def test_no_query_breaks_the_syntax(search, query):
    search(query)


@given(st.text(max_size=30))
def test_any_text_gives_an_expression_that_parses(query):
    expression = match_expression(read_terms(query))
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("create virtual table t using fts5(text, stems)")
        if expression:
            connection.execute("select * from t where t match ?", [expression]).fetchall()
    finally:
        connection.close()


def test_words_are_marked_as_typed_and_by_stem():
    pieces = mark("Skolorna och skolan, inte hus.", read_terms("skola"))
    assert [piece.text for piece in pieces if piece.marked] == ["Skolorna", "skolan"]
    assert "".join(piece.text for piece in pieces) == "Skolorna och skolan, inte hus."


def test_why_tells_typed_words_from_inflected_and_begun_ones():
    terms = read_terms("skola väg")
    assert why(mark("Skolor vid en väg eller vägkant.", terms), terms) == [
        {"how": "stem", "word": "skolor"},
        {"how": "word", "word": "väg"},
        {"how": "start", "word": "vägkant"},
    ]


def test_long_passage_is_cut_round_its_first_hit():
    text = "ord " * 100 + "skolan " + "slut " * 100
    pieces = cut(mark(text, read_terms("skolan")))
    shown = "".join(piece.text for piece in pieces)
    assert "skolan" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown.split()) <= PASSAGE_WORDS + 2


async def test_page_marks_the_words_and_says_why(get):
    text = (await get("/-/sok", params={"q": "skola"})).text
    assert "<mark>skolor</mark>" in text
    assert "böjningen skolor" in text


async def test_no_hits_say_what_to_do(get):
    text = (await get("/-/sok", params={"q": "zebra"})).text
    assert "Ingen träff på ”zebra”" in text
    assert "Pröva" in text


async def test_facets_narrow_and_can_be_let_go(get):
    content = (await get("/-/sok.json", params={"q": "skola"})).json()
    paths = {value["path"] for facet in content["facets"] for value in facet["values"]}
    assert "/-/sok?q=skola&slag=audit" in paths
    text = (await get("/-/sok", params={"q": "skola", "slag": "audit"})).text
    assert "Revisionsrapport" in text
    assert 'href="/-/sok?q=skola"' in text
    assert '<input type="hidden" name="slag" value="audit">' in text


async def test_a_misspelt_word_says_what_was_searched(get):
    text = (await get("/-/sok", params={"q": "kartläggz skolor"})).text
    assert "Ordet ”kartläggz” finns inte i dokumenten" in text


def test_the_web_process_searches_meanings_without_torch(made, tmp_path):
    database = tmp_path / "corpus.db"
    shutil.copy(made.database, database)
    store = Store(database)
    recommendations = reader.recommendations(store.db)
    vectors = meanings(recommendations, load_encoder().encode)
    ids = [recommendation.id for recommendation in recommendations]
    write_meanings(store.db, database, "small-sv", zip(ids, vectors, strict=True))
    store.close()
    code = (
        "import asyncio, sys; from pathlib import Path;"
        "from datasette_plugins.site import make_site;"
        f"site = make_site(Path({str(database)!r}));"
        "ask = site.client.get('/-/sok', params={'q': 'undervisningslokaler'});"
        "print(asyncio.run(ask).text); assert 'torch' not in sys.modules"
    )
    asked = [sys.executable, "-c", code]
    result = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "betydelsen" in result.stdout
