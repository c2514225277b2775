import numpy as np
import pytest

from corpus.ids import with_ids
from corpus.search import Index, Narrow, search
from corpus.store import Store, StoredFile
from corpus.vectors import write_meanings

SCHOOLS = "Kommunerna bör kartlägga alla lågt liggande skolor."
ROADS = "Regionen ska ta fram en karta över utsatta vägar."
WATER = "Länsstyrelsen bör pröva reservplaner för dricksvatten."


@pytest.fixture
def store(tmp_path, document, reading, recommendation):
    store = Store(tmp_path / "corpus.db")
    run = store.start_run("build", {}, {})
    for name, year, texts in (("plan", 2021, (SCHOOLS, ROADS)), ("audit", 2024, (WATER,))):
        doc = document(*texts, "Skolorna ligger lågt.", id=name, date=f"{year}-05-01")
        items = with_ids([recommendation(text, document=name) for text in texts])
        file = StoredFile(name, f"/x/{name}.pdf", "0" * 64, "f")
        store.write_reading(reading(doc, *items), file, run)
    yield store
    store.close()


@pytest.fixture
def found(store):
    def run(query, encode=None, **narrow):
        return search(store.db.conn, query, Narrow(**narrow), Index(), encode)

    return run


def texts(found):
    return [hit["text"] for hit in found.hits]


def meaning(store, wanted):
    """Give each recommendation a vector, and return an encoder whose queries mean ``wanted``."""
    rows = list(store.db.query("select id, text from recommendations order by id"))
    vectors = np.eye(len(rows), dtype=np.float32)
    pairs = zip((row["id"] for row in rows), vectors, strict=True)
    write_meanings(store.db, store.path, "m", pairs)
    place = [row["text"] for row in rows].index(wanted)
    return lambda query: vectors[place]


def test_recommendations_come_before_passages_and_are_not_shown_twice(found):
    assert texts(found("skola ")) == [SCHOOLS, "Skolorna ligger lågt.", "Skolorna ligger lågt."]


def test_what_means_the_same_is_found_without_its_words(store, found):
    encode = meaning(store, WATER)
    (hit,) = found("vattenförsörjning ", encode).hits
    assert (hit["text"], hit["why"]) == (WATER, [{"how": "meaning", "word": ""}])


def test_words_and_meaning_together_come_first(store, found):
    encode = meaning(store, ROADS)
    assert texts(found("bör ", encode))[0] in {SCHOOLS, WATER, ROADS}
    assert texts(found("ska ", encode))[0] == ROADS
    assert {one["how"] for one in found("ska ", encode).hits[0]["why"]} == {"word", "meaning"}


def test_a_phrase_is_meant_to_the_letter(store, found):
    encode = meaning(store, WATER)
    assert texts(found('"lågt liggande"', encode)) == [SCHOOLS]


@pytest.mark.parametrize("typo", ["resrvplaner", "reservplnaer", "reservplaxer"])
def test_a_misspelt_word_finds_the_nearest_there_is(found, typo):
    result = found(f"{typo} ")
    assert texts(result)[0] == WATER
    assert [(one.typed, one.taken) for one in result.corrections] == [(typo, "reservplaner")]


@pytest.mark.parametrize("query", ["bör ", "skola ", "kartl", "xyz ", "fotbollsplan "])
def test_words_that_stand_there_or_are_far_from_all_are_left_as_they_are(found, query):
    assert found(query).corrections == ()


def test_facets_count_the_hits(found):
    facets = found("bör ").facets
    assert facets["year"] == {"2021": 1, "2024": 1}
    assert facets["kind"] == {"measure": 2}


@pytest.mark.parametrize(
    ("narrow", "expected"),
    [
        ({"year": "2024"}, [WATER]),
        ({"document": "plan"}, [SCHOOLS]),
        ({"kind": "passage"}, [WATER, SCHOOLS]),
        ({"stance": "oppose"}, []),
    ],
)
def test_hits_are_narrowed(found, narrow, expected):
    assert texts(found("bör ", **narrow)) == expected


def test_meanings_are_narrowed_too(store, found):
    encode = meaning(store, WATER)
    assert texts(found("vattenförsörjning ", encode, document="plan")) == []


def test_an_index_follows_the_builds(store, document, reading, recommendation):
    index = Index()
    assert index.meanings(store.db.conn).ids == ()
    meaning(store, WATER)
    store.start_run("build", {}, {})
    assert len(index.meanings(store.db.conn).ids) == 3
