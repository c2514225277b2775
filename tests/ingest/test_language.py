import subprocess
import sys

import pytest

from corpus.models import Block
from ingest.language import (
    LANGUAGES,
    _has_enough,
    _identifier,
    _is_plainly_swedish,
    document_language,
    with_languages,
)

SWEDISH = (
    "Kommunen ska varje år redovisa hur arbetet med att rusta skolornas lokaler fortskrider och"
    " vilka medel som har avsatts för de kommande åren."
)
ENGLISH = (
    "The municipality is to report every year on the progress of the renovation of its schools"
    " and on the funds that have been set aside for the coming years."
)


def languages(*items):
    found = [Block(f"b{n}", kind, text, 1, n) for n, (kind, text) in enumerate(items, start=1)]
    return [block.language for block in with_languages(found)[1]]


def test_an_english_summary_is_told_with_its_heading_and_short_items():
    assert languages(
        ("paragraph", SWEDISH),
        ("heading", "Summary"),
        ("paragraph", ENGLISH),
        ("list_item", "New roofs"),
        ("list_item", "Better light"),
        ("heading", "Bakgrund"),
        ("paragraph", SWEDISH),
    ) == ["sv", "en", "en", "en", "en", "sv", "sv"]


def test_a_short_phrase_is_not_told_by_itself():
    assert languages(("paragraph", SWEDISH), ("paragraph", "Avstyrks."))[1] == "sv"


def test_the_document_has_the_language_of_most_of_its_text():
    made = [Block("b1", "paragraph", SWEDISH * 2, 1, 1), Block("b2", "paragraph", ENGLISH, 1, 2)]
    assert document_language(made) == "sv"


def test_no_text_is_swedish():
    assert document_language([]) == "sv"


def test_the_model_holds_no_other_languages():
    identifier = _identifier()
    assert set(identifier.labels) == {*LANGUAGES, "nn"}
    assert identifier.nb_ptc.shape[1] == len(identifier.labels)
    identifier.set_languages()
    assert set(identifier.labels) == {*LANGUAGES, "nn"}


@pytest.mark.parametrize(
    "text",
    [
        "Kommunerne skal hvert år gøre rede for arbejdet med at sætte skolernes lokaler i stand og"
        " for de midler, som er sat af til de kommende år. Det er ikke nok, at planen foreligger.",
        "Kommunene skal hvert år gjøre rede for arbeidet med å sette skolenes lokaler i stand, og"
        " for midlene som er satt av til de kommende årene. Det er ikke nok at planen foreligger.",
        ENGLISH,
        "Kunnat raportoivat vuosittain koulujen tilojen kunnostamisesta ja siihen varatuista"
        " varoista. Suunnitelma ei yksin riitä, vaan työn on myös edettävä.",
        "Die Gemeinden berichten jedes Jahr darüber, wie die Arbeit an den Räumen der Schulen"
        " vorangeht und welche Mittel für die kommenden Jahre zurückgelegt worden sind.",
        "Les communes rendent compte chaque année de l’avancement des travaux dans les écoles et"
        " des moyens qui ont été mis de côté pour les années à venir.",
        # A sentence in English that names a Swedish law and its parts.
        "The Act on School Buildings (lag om byggnader för skolor och om att hålla dem i stånd)"
        " states that the municipality is to report every year on the progress of the work.",
    ],
)
def test_no_other_language_is_swedish_at_a_glance(text):
    assert languages(("paragraph", SWEDISH), ("paragraph", text))[1] != "sv"
    assert not _is_plainly_swedish(text)


def test_plain_swedish_is_told_without_the_model():
    program = (
        "import sys; from corpus.models import Block; from ingest.language import *;"
        f"text = {SWEDISH!r};"
        "made = [Block('b1', 'paragraph', text * 3, 1, 1), Block('b2', 'paragraph', text, 1, 2)];"
        "print(with_languages(made)[0], 'py3langid' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.stdout.split() == ["sv", "False"], done.stderr


def test_letters_outside_of_latin_count_as_letters():
    assert _has_enough("Дорога " * 20)
    assert not _has_enough("1 234,5 – " * 40)
