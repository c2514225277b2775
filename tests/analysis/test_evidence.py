import pytest

from analysis.encoder import load_encoder
from analysis.evidence import PASSAGES, find_evidence

MEASURE = "Kommunen ska ta fram en reservplan för dricksvattnet."
DONE = "Tekniska nämnden har tagit fram en reservplan för dricksvattnet som antogs i mars."
MISSING = "En reservplan för dricksvattnet saknas fortfarande i kommunen."
FILLING = (
    "Biblioteken har haft öppet på kvällarna under hela det gångna året.",
    "Cykelvägarna byggdes ut längs kusten och i de norra tätorterna.",
    "Skolmåltiderna lagades på plats i de flesta av kommunens skolor.",
    "Bygglov handlades snabbare än året innan enligt enkäten till företag.",
)


@pytest.fixture(scope="module")
def encode():
    return load_encoder().encode


@pytest.fixture
def find(document, recommendation, encode):
    def run(*texts, measure=MEASURE, date="2022-01-01", **rest):
        plan = document(MEASURE, *FILLING[:2], id="plan", date="2020-01-01")
        report = document(
            *texts, ("heading", "Övrigt"), *FILLING, id="report", doctype="followup", date=date
        )
        items = [recommendation(measure, id="r1", **rest)]
        blocks = {one.id: one.blocks for one in (plan, report)}
        return find_evidence([plan, report], blocks, items, encode), blocks["report"]

    return run


def test_a_passage_that_shows_the_measure_done_is_found(find):
    found, blocks = find(DONE)
    assert [(one.recommendation, one.block, one.bearing) for one in found] == [
        ("r1", blocks[0].id, "implemented")
    ]


def test_why_names_words_as_they_are_written(find):
    (found,), _ = find(DONE)
    assert found.why.startswith("Gemensamma ord: ")
    assert "reservplan" in found.why
    assert f"Närmaste mening: ”{DONE}”" in found.why


def test_a_passage_that_shows_it_missing_says_so(find):
    found, _ = find(MISSING)
    assert [one.bearing for one in found] == ["not"]


def test_the_bearing_is_read_from_the_sentence_that_speaks_of_it(find):
    found, _ = find(f"Lekplatserna saknas i flera områden. {DONE}")
    assert [one.bearing for one in found] == ["implemented"]


@pytest.mark.parametrize("kind", ["heading", "header", "footer", "letterhead", "footnote"])
def test_headings_and_furniture_are_no_evidence(find, kind):
    found, _ = find((kind, DONE))
    assert found == []


@pytest.mark.parametrize("kind", ["list_item", "table"])
def test_list_items_and_tables_are_evidence(find, kind):
    found, _ = find((kind, DONE))
    assert len(found) == 1


def test_the_heading_over_a_passage_tells_what_it_is_about(find):
    passage = "Nämnden har tagit fram en sådan under våren och den har antagits av fullmäktige."
    assert find(("heading", "Sommarlov"), passage)[0] == []
    assert len(find(("heading", "Reservplan för dricksvattnet"), passage)[0]) == 1


def test_own_document_is_no_evidence(find):
    found, _ = find()
    assert found == []


def test_positions_are_not_followed_up(find):
    assert find(DONE, kind="position")[0] == []


def test_an_earlier_document_counts_for_less(find):
    (later,), _ = find(DONE)
    (earlier,), _ = find(DONE, date="2019-01-01")
    assert earlier.score < later.score


def test_only_the_nearest_passages_are_kept_best_first(find):
    found, _ = find(*(f"{DONE} Nummer {number}." for number in range(PASSAGES + 3)))
    assert len(found) == PASSAGES
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_same_input_gives_the_same_evidence(find):
    assert find(DONE, MISSING) == find(DONE, MISSING)


def test_an_empty_corpus_has_no_evidence(encode):
    assert find_evidence([], {}, [], encode) == []
