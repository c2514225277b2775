import numpy as np
import pytest

from analysis.terms import content_words, count_terms, postings, rarity

TEXTS = [
    "Kommunen ska mäta dricksvattnets kvalitet.",
    "Kommunen ska bygga cykelvägar.",
    "Kommunen ska stärka bibliotekens öppethållande.",
]


@pytest.fixture
def counted():
    return [count_terms([(1.0, text)]) for text in TEXTS]


def test_words_that_say_nothing_are_left_out():
    assert [word for _, word in content_words("Det ska finnas en cykelväg.")] == ["cykelväg"]


def test_words_for_the_parts_of_a_document_are_left_out():
    assert [word for _, word in content_words("Sammanfattning: förslaget om badplatser")] == [
        "badplatser"
    ]


def test_a_word_in_every_text_weighs_least(counted):
    rare = rarity(counted)
    (kommun,) = {stem for stem, word in content_words("Kommunen")}
    weighed = rare.weigh(counted[1])
    assert min(weighed, key=weighed.get) == kommun


def test_weighed_terms_have_unit_length(counted):
    rare = rarity(counted)
    for terms in counted:
        assert sum(w * w for w in rare.weigh(terms).values()) == pytest.approx(1)


def test_a_compound_shares_its_parts_with_the_corpus():
    texts = ("information", "informationsdelning", "cykelväg")
    counts = [count_terms([(1.0, text)]) for text in texts]
    rare = rarity(counts)
    scores = postings([rare.weigh(terms) for terms in counts]).scores(rare.weigh(counts[1]))
    assert 0 < scores[0] < scores[1]
    assert scores[2] == 0


def test_postings_give_the_exact_cosine(counted):
    rare = rarity(counted)
    weighed = [rare.weigh(terms) for terms in counted]
    index = postings(weighed)
    for terms in weighed:
        expected = [sum(terms.get(s, 0) * w for s, w in other.items()) for other in weighed]
        assert index.scores(terms) == pytest.approx(np.array(expected), abs=1e-6)
