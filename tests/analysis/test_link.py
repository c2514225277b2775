from pathlib import Path

import numpy as np
import pytest

from analysis.encoder import load_encoder
from analysis.link import NEIGHBOURS, link
from corpus.models import Variant

WATER = "Kommunen ska ta fram en reservplan för dricksvattnet vid långvarig torka."
WATER_AGAIN = "Vi rekommenderar att en reservplan för dricksvatten tas fram till nästa torka."
OTHERS = (
    "Bibliotekens öppettider ska förlängas på kvällarna.",
    "Cykelvägarna mellan tätorterna ska byggas ut.",
    "Skolmåltiderna ska lagas på plats av ekologiska råvaror.",
    "Näringslivet ska få snabbare besked om bygglov.",
    "Äldreomsorgens personal ska erbjudas språkutbildning.",
)


@pytest.fixture(scope="module")
def encode():
    return load_encoder().encode


@pytest.fixture
def corpus(document, recommendation):
    def build(
        plan=(WATER, *OTHERS[:3]),
        audit=(WATER_AGAIN, *OTHERS[3:]),
        dates=("2020-05-01", "2023-05-01"),
    ):
        documents = [
            document(id="plan", date=dates[0]),
            document(id="audit", date=dates[1], doctype="audit"),
        ]
        items = [
            recommendation(text, id=f"{name}-{place}", document=name, position=place)
            for name, texts in (("plan", plan), ("audit", audit))
            for place, text in enumerate(texts)
        ]
        return documents, items

    return build


def claimed(documents, items, encode):
    """Return the links but for those that are only near."""
    return [found for found in link(documents, items, encode) if found.relation != "near"]


def test_the_same_matter_is_linked_from_the_later_document(corpus, encode):
    (found,) = link(*corpus(), encode)
    assert (found.source, found.target, found.rank) == ("audit-0", "plan-0", 1)
    assert found.relation in {"same", "related"}


def test_dates_decide_the_direction(corpus, encode):
    (found,) = link(*corpus(dates=("2024-01-01", "2023-01-01")), encode)
    assert (found.source, found.target) == ("plan-0", "audit-0")


def test_a_document_without_a_date_counts_as_the_earlier(corpus, encode):
    (found,) = link(*corpus(dates=("2024-01-01", None)), encode)
    assert found.source == "plan-0"


def test_documents_of_one_day_are_ordered_by_id(corpus, encode):
    (found,) = link(*corpus(dates=("2023-01-01", "2023-01-01")), encode)
    assert found.source == "plan-0"


def test_why_names_the_shared_words_and_the_closest_sentences(corpus, encode):
    (found,) = link(*corpus(), encode)
    assert found.why.startswith("Gemensamma ord: ")
    assert "reservplan" in found.why
    assert f"Närmaste meningar: ”{WATER_AGAIN}” – ”{WATER}”" in found.why


def test_nothing_is_linked_within_a_document(corpus, encode):
    documents, items = corpus(plan=(WATER, WATER_AGAIN, WATER), audit=OTHERS)
    assert link(documents, items, encode) == []


def test_the_same_words_again_are_a_repeat(corpus, encode):
    documents, items = corpus(audit=(WATER.replace("ska", "bör"), *OTHERS[3:]))
    assert [found.relation for found in link(documents, items, encode)] == ["repeats"]


def test_a_repeated_other_wording_is_a_repeat(corpus, encode, recommendation):
    documents, items = corpus()
    variant = Variant(WATER, "summary", 1)
    items[4] = recommendation(WATER_AGAIN, id="audit-0", document="audit", variants=(variant,))
    assert [found.relation for found in link(documents, items, encode)] == ["repeats"]


def test_short_equal_headings_are_no_repeat(corpus, encode):
    documents, items = corpus(plan=("Reservplan", *OTHERS[:3]), audit=("Reservplan", *OTHERS[3:]))
    assert [found.relation for found in claimed(documents, items, encode)] == ["same"]


def test_a_reply_answers_the_document_that_it_replies_to(corpus, encode, document):
    documents, items = corpus()
    documents[1] = document(id="audit", date="2023-05-01", doctype="reply", answers="plan")
    assert [found.relation for found in link(documents, items, encode)] == ["answers"]


def test_withdrawn_recommendations_are_not_linked(corpus, encode, recommendation):
    documents, items = corpus()
    items[0] = recommendation(WATER, id="plan-0", document="plan", withdrawn=True)
    assert link(documents, items, encode) == []


def test_a_matter_that_comes_back_everywhere_is_linked_with_its_nearest_only(
    document, recommendation, encode
):
    names = [f"d{number:02}" for number in range(12)]
    documents = [document(id=name, date=f"20{name[1:]}-01-01") for name in names]
    items = [
        recommendation(text, id=f"{name}-{place}", document=name, position=place)
        for name in names
        for place, text in enumerate((WATER, *OTHERS))
    ]
    found = link(documents, items, encode)
    pairs = {frozenset((one.source, one.target)) for one in found}
    assert len(pairs) == len(found) <= len(items) * NEIGHBOURS
    assert all(one.source.split("-")[1] == one.target.split("-")[1] for one in found)


def test_order_of_the_input_does_not_matter(corpus, encode):
    documents, items = corpus(audit=(WATER, WATER_AGAIN, *OTHERS))
    once = link(documents, items, encode)
    assert len(once) > 2
    assert link(documents[::-1], items[::-1], encode) == once


def test_ranks_count_from_the_nearest(corpus, encode):
    documents, items = corpus(plan=(WATER, WATER_AGAIN, *OTHERS[:3]), audit=(WATER, *OTHERS[3:]))
    found = link(documents, items, encode)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.score == round(one.score, 4) for one in found)


def test_the_nearest_that_are_unlikely_are_near_and_come_last(corpus, encode):
    less = (
        "Skolorna ska spara el, livsmedel och dricksvatten när maten lagas i köken på landsbygden."
    )
    plan = (WATER, less, *OTHERS[:2])
    found = [one for one in link(*corpus(plan=plan), encode) if one.source == "audit-0"]
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    (near,) = [one for one in found if one.target == "plan-1"]
    assert (near.relation, near.why) == ("near", "Gemensamma ord: dricksvatten.")
    assert 0 < near.score < min(one.score for one in found if one.relation != "near")


def test_words_far_down_in_the_section_of_a_measure_link_it(corpus, encode, recommendation):
    documents, items = corpus(plan=("Robusthet", *OTHERS[:3]))
    body = f"{'Samhället är sårbart på många sätt och mycket behöver göras. ' * 30}{WATER}"
    items[0] = recommendation("Robusthet", id="plan-0", document="plan", position=0, body=body)
    found = link(documents, items, encode)
    assert ("audit-0", "plan-0") in {(one.source, one.target) for one in found}


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_to_link(corpus, encode, count):
    documents, items = corpus()
    assert link(documents, items[:count], encode) == []


def test_any_encoder_will_do(corpus):
    def by_length(texts):
        rows = np.array([[len(text), 1.0] for text in texts], dtype=np.float32).reshape(-1, 2)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    assert link(*corpus(), by_length)


def test_texts_without_words_are_not_linked_with_each_other(encode, document, recommendation):
    items = [
        recommendation(text, id=f"r{place}", document=f"d{place}", title=text)
        for place, text in enumerate(("", " . ", "—"))
    ]
    assert link([document(id=f"d{place}") for place in range(3)], items, encode) == []


def test_gold_of_the_seeds_is_found(shared: Path, encode, document, recommendation):
    import json

    units = json.loads((shared / "gold" / "units.json").read_text(encoding="utf-8"))
    gold = {
        frozenset((pair["a"], pair["b"]))
        for pair in json.loads((shared / "gold" / "links.json").read_text(encoding="utf-8"))
        if min(pair["grades"]) >= 2
    }
    items = [
        recommendation(
            unit["text"],
            id=unit["id"],
            document=name,
            position=place,
            heading=unit["heading"],
            variants=tuple(Variant(text, "body", 1) for text in unit["variants"]),
        )
        for name, found in units.items()
        for place, unit in enumerate(found)
    ]
    links = link([document(id=name) for name in units], items, encode)
    near = {frozenset((one.source, one.target)) for one in links if one.rank <= NEIGHBOURS}
    shown = {frozenset((one.source, one.target)) for one in links if one.relation != "near"}
    assert len(near & gold) / len(gold) >= 0.7
    assert len(shown & gold) / len(shown) >= 0.6
    assert len(shown & gold) / len(gold) >= 0.5
