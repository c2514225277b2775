"""Where a Swedish sentence ends, and where its full stops only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentences import lemma, nlp, sentences

CASES = [
    ["Se prop. 2043/44:45 s. 12.", "Lagen gäller enl. 14 kap. 1 § SoL.", "Dnr. 12 avslutas."],
    ["Badet stänger kl. 18.30 den 5 juni.", "Det öppnar igen t.ex. i maj."],
    ["8. Ytterligare badplatser.", "Kommunen bygger fler."],
    ["Tabell 3. Antal bad per år.", "Se tabell 3.", "Antalet ökar."],
    ["Brevet är skrivet av A. Lind och dess svar av E.-M. Holm.", "Båda är arkiverade."],
    ["Nämnderna i område A, B och C.", "De sammanträder i maj."],
    ["Saken rör bad, bryggor m.m.", "Nämnden yttrade sig."],
    ["Saken rör bad, bryggor m.m. som nämnden sköter."],
    ["Motionen är skriven av Ek m.fl. (V) i höstas."],
    ["Nämnden sade ”Nej.”", "Sedan gick den vidare (se bilaga 2).", "Är det klart?", "Ja!"],
    ["Planen antogs år 2044.", "17 bad omfattas."],
    ["Kravet slopas.1", "Nästa krav står kvar."],
    ["Det bör utredas…", "Nämnden återkommer."],
    ["Arbetet sker bl.a. i Näckö, dvs. på ön."],
    ["Avstyrks."],
]


@pytest.mark.parametrize("expected", CASES)
def test_sentences(expected):
    text = " ".join(expected)
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize("expected", CASES)
def test_spacy_parts_the_same_sentences(expected):
    assert [span.text for span in nlp()(" ".join(expected)).sents] == expected


def test_an_empty_line_ends_a_sentence():
    text = "Rubrik\n\nBadet är öppet"
    assert [text[start:end] for start, end in sentences(text)] == ["Rubrik", "Badet är öppet"]


def test_no_text_has_no_sentences():
    assert sentences("  ") == []


@given(st.text(alphabet="aB. \n1(”•", max_size=40))
def test_sentences_lose_no_letter_and_hold_no_outer_space(text):
    parts = [text[start:end] for start, end in sentences(text)]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert parts == [part.strip() for part in parts]


def test_lemmas_keep_the_passive_apart():
    assert lemma("Tillstyrker") == lemma("tillstyrka") == "tillstyrka"
    assert lemma("avstyrks") != lemma("avstyrker")
    assert lemma("bryggorna") == lemma("bryggor")
