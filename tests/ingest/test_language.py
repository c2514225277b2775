from corpus.models import Block
from ingest.language import LANGUAGES, _identifier, document_language, with_languages

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
