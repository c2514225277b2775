import pytest

from ingest.hyphens import join_lines, vocabulary

NONE: frozenset[str] = frozenset()


def held(*pages):
    """Return those words that the vocabulary of pages has, of all that stand in them."""
    letters = "".join(pages).casefold()
    parts = (letters[a:b] for a in range(len(letters)) for b in range(a + 1, len(letters) + 1))
    known = vocabulary(*pages)
    return {part for part in parts if part in known}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["de rätts-", "vårdande organen"], "de rättsvårdande organen"),
        (["inom hälso-", "och sjukvården"], "inom hälso- och sjukvården"),
        (["barn-", "eller ungdomsvård"], "barn- eller ungdomsvård"),
        (["i Malma-", "Åkra"], "i Malma-Åkra"),
        (["mot SARS-", "CoV-2"], "mot SARS-CoV-2"),
        (["åren 2023-", "2026"], "åren 2023-2026"),
        (["åren 2023–", "2026"], "åren 2023–2026"),
        (["en 18-", "årig elev"], "en 18-årig elev"),
        (["genom EU-", "länderna"], "genom EU-länderna"),
        (["per e-", "post"], "per e-post"),
        (["myn\u2010", "digheten"], "myndigheten"),
        (["myn\u00ad", "digheten"], "myndigheten"),
        (["för\u2010", "och nackdelar"], "för- och nackdelar"),
        (["sam\u00adverkan sker"], "samverkan sker"),
        (["första raden –", "och den andra"], "första raden – och den andra"),
        (["och/", "eller"], "och/eller"),
        (["REKOMMEN-", "DATIONER"], "REKOMMENDATIONER"),
        (["på https://www.exempel.se/min-", "sida"], "på https://www.exempel.se/min-sida"),
        (["ett  tomt", "", "  mellanrum "], "ett tomt mellanrum"),
        (["slutar med för-"], "slutar med för-"),
    ],
)
def test_lines_are_joined_by_the_rules_of_swedish(lines, expected):
    assert join_lines(lines, NONE)[0] == expected


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [("en icke-statlig part", "icke-statlig"), ("en ickestatlig part", "ickestatlig")],
)
def test_the_form_seen_elsewhere_in_the_document_decides(elsewhere, expected):
    assert join_lines(["icke-", "statlig"], vocabulary(elsewhere))[0] == expected


def test_a_word_that_a_line_end_parts_is_no_vocabulary():
    assert held("sam-\nverkan sker") == {"sker"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("icke-stat-\nlig part", {"part"}),
        ("en del- \r\n  mängd-\nteori till", {"en", "till"}),
        ("slut-\n-\nsats här", {"här"}),
        ("sam\u00ad\nverkan i_dag", {"i", "dag"}),
        ("– \nett-tal", {"ett-tal"}),
    ],
)
def test_all_of_a_parted_word_is_left_out_and_nothing_else(text, words):
    assert held(text) == words


def test_a_word_may_go_on_over_the_page_where_many_pages_are_read_at_a_time(monkeypatch):
    monkeypatch.setattr("ingest.hyphens.STRETCH", 1)
    pages = ["Den sam-", "", "verkan sker \n", "i sam-\n", "råd", "myn\u2010", "dig", "het"]
    assert held(*pages) == {"den", "sker", "i", "\u2010", "het"}
    assert held("\n".join(pages)) == held(*pages)


def test_a_plain_hyphen_is_the_authors_where_the_typesetter_sets_its_own():
    words = vocabulary("myn\u2010\ndigheten")
    assert join_lines(["test-", "rapport"], words)[0] == "test-rapport"
    assert join_lines(["test-", "rapport"], NONE)[0] == "testrapport"


def test_each_line_begins_where_its_offset_says():
    text, starts = join_lines(["de rätts-", "vårdande", "organen"], NONE)
    assert text == "de rättsvårdande organen"
    assert [text[start:] for start in starts] == [
        "de rättsvårdande organen",
        "vårdande organen",
        "organen",
    ]


def test_no_line_gives_no_text():
    assert join_lines([], NONE) == ("", ())


def test_a_word_that_the_document_knows_is_whole_though_its_end_is_a_word_of_its_own():
    known = vocabulary("eftersom främja")
    assert join_lines(["efter-", "som vi"], known)[0] == "eftersom vi"
    assert join_lines(["främ-", "ja och"], known)[0] == "främja och"
    assert join_lines(["för-", "och nackdelar"], known)[0] == "för- och nackdelar"
