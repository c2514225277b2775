"""The facts of a document are read from where it states them, and ``corpus.yml`` wins."""

import pytest

from corpus.actors import load_gazetteer
from corpus.manifest import ManifestEntry
from corpus.models import Actor, Fact
from ingest import read_document
from ingest.facts import apply_overrides, read_facts
from ingest.plaintext import read_text

ACTORS = (
    Actor("vastby-kommun", "Västby kommun", "municipality", ("Västby",)),
    Actor("ljusverket", "Ljusverket", "agency", ()),
    Actor("vastby-stadsrevision", "Västby stadsrevision", "committee", ("Revisionskontoret",)),
)

RESPONSE = """\
Västby kommun

Datum
Diarienummer
2025-03-27
KS 2025/76
Ert datum
Er beteckning
2024-12-16
LJV 2024/118

Ljusverket

Yttrande över promemorian Ljus längs vägen

Sammanfattning
Västby kommun tillstyrker i huvudsak förslaget till en plan för belysning av mindre
vägar. Kommunen saknar dock en redovisning av vad driften kostar efter fem år. Senast
den 30 april 2025 ska svaret ha lämnats.

Detta yttrande har beslutats av kommunstyrelsen den 25 mars 2025.
"""

OPINION = """\
Nya gångvägar i Västby
Svar på remiss från kommunstyrelsen, Dnr KS 2031/12

Förvaltningens förslag till beslut
Vägnämnden godkänner förvaltningens tjänsteutlåtande som svar på remissen.

Sammanfattning
Idrottsförvaltningen tillstyrker förslaget om nya gångvägar. Idrottsförvaltningen anser att
vägarna ska vara upplysta under vintern, och föreslår att ansvaret för dem klargörs.

Handläggare
Ester Almkvist
Telefon: 000-12 34 56

Till
Vägnämnden
2031-02-17

Idrottsförvaltningen
Avdelningen för spår

Tjänsteutlåtande
Dnr IDF 2031/44

2031-02-03
Spårgatan 6
111 11 Västby
"""

AUDIT = """\
Kommunens vinterväghållning

Revisorsgrupp 3 har den 4 oktober 2030 behandlat bifogad revisionsrapport (nr 7/2030).

Vi överlämnar rapporten till kommunstyrelsen för yttrande, som ska ha inkommit senast den 28
februari 2031.

På revisorernas vägnar

1. Inledning

1.1 Syfte och revisionsfrågor
Revisionskontoret har granskat om kommunens vägar hålls öppna. Granskningen visar att de
flesta vägar är öppna före klockan sju. Revisionskontoret bedömer att avtalen följs.
"""

REPLY = """\
Kommunstyrelsen

YTTRANDE
2020-02-21
Dnr KS 2019/588

Västby stadsrevision
Er beteckning: REV 2019/31

Yttrande över revisionsrapport nr 7/2030, Kommunens vinterväghållning

Sammanfattning
Kommunstyrelsen har tagit del av revisionsrapporten. Kommunstyrelsen instämmer i
revisionens rekommendation om uppföljning av avtalen.
"""

FOLLOWUP = """\
Uppföljning av granskningen Kommunens vinterväghållning

Revisionskontoret har följt upp de rekommendationer som lämnades 2019. Rekommendationen
bedöms vara genomförd.

Dnr REV 2021/19
2021-11-12
"""

STRATEGY = """\
Strategi för ljusare vintrar

Antagen av kommunfullmäktige den 12 maj 2021

Förord
Strategin har tagits fram av Västby kommun. Strategin pekar ut vilka åtgärder som ska göras
och vilka åtgärder som kan vänta. Åtgärderna följs upp varje år. Åtgärder prövas i budgeten.
"""

PROPOSAL = """\
Promemoria
Ljus längs vägen
Ljusverket
Dnr LJV 2024/118
Stockholm den 16 december 2024

1 Sammanfattning
I denna promemoria föreslås att varje kommun ska ha en plan för belysning.

2 Författningsförslag
Förslag: Varje kommun ska ha en plan.

3 Konsekvenser
Förslag: Kostnaden ska ersättas. Bedömning: Den är liten.
"""

GUIDANCE = """\
Ljus som lyser rätt
Stöd för dig som planerar belysning

Förord
Detta stödmaterial vänder sig till den som planerar belysning. Ljusverket har tagit fram
materialet tillsammans med kommuner. Målgrupp för stödmaterialet är främst driftchefer.
"""

OTHER = """\
Protokoll

Sammanträdet öppnades klockan nio. Kaffe serverades. Ordföranden tackade för visat intresse och
avslutade mötet klockan elva.
"""

BY_DOCTYPE = {
    "response": RESPONSE,
    "audit": AUDIT,
    "reply": REPLY,
    "followup": FOLLOWUP,
    "strategy": STRATEGY,
    "proposal": PROPOSAL,
    "guidance": GUIDANCE,
    "other": OTHER,
}


def read(text, name="fil.txt"):
    document = read_text(text.encode(), "prov", name)
    return read_facts(document, name, load_gazetteer(ACTORS))


@pytest.mark.parametrize("doctype", BY_DOCTYPE)
def test_each_kind_of_document_is_told(doctype):
    document = read(BY_DOCTYPE[doctype])
    assert document.doctype == doctype
    assert document.facts["doctype"].value == doctype


def test_an_officials_paper_is_a_response():
    assert read(OPINION).doctype == "response"


def test_the_file_name_alone_decides_nothing():
    assert read(OTHER, "yttrande.txt").doctype == "other"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (RESPONSE, "Yttrande över promemorian Ljus längs vägen"),
        (OPINION, "Nya gångvägar i Västby"),
        (AUDIT, "Kommunens vinterväghållning"),
        (REPLY, "Yttrande över revisionsrapport nr 7/2030, Kommunens vinterväghållning"),
        (STRATEGY, "Strategi för ljusare vintrar"),
    ],
)
def test_the_title_is_found_before_the_text(text, title):
    document = read(text)
    assert document.title == title
    assert (document.facts["title"].value, document.facts["title"].place) == (title, "page 1")


def test_a_response_without_a_title_gets_one_from_its_sender():
    document = read("Sammanfattning\nLjusverket tillstyrker förslaget om en plan för vägarna.\n")
    title = document.facts["title"]
    assert (title.value, title.place) == ("Yttrande från Ljusverket", "sender")
    assert title.confidence < 0.5


def test_a_text_without_anything_gets_its_files_name():
    document = read("Bara en rad som inte säger något alls.\n", "007_min-fil.txt")
    title = document.facts["title"]
    assert (title.value, title.place) == ("Min fil", "file name")
    assert title.confidence < 0.5


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        (RESPONSE, "Västby kommun"),
        (OPINION, "Idrottsförvaltningen"),
        (AUDIT, "Västby stadsrevision"),
        (REPLY, "Kommunstyrelsen"),
        (FOLLOWUP, "Västby stadsrevision"),
        (PROPOSAL, "Ljusverket"),
        (GUIDANCE, "Ljusverket"),
        (OTHER, None),
    ],
)
def test_the_sender_is_the_body_that_speaks(text, sender):
    assert read(text).sender == sender


def test_a_body_that_nobody_knows_is_told_by_its_form():
    text = "Utredningen om vinterns ljus\n\nStrategi för ljusare vintrar\n\n" + STRATEGY.partition(
        "\n\n"
    )[2].replace("av Västby kommun", "under två år")
    assert read(text).sender == "Utredningen om vinterns ljus"


@pytest.mark.parametrize(
    ("text", "date", "dnr", "their_dnr"),
    [
        (RESPONSE, "2025-03-27", "KS 2025/76", "LJV 2024/118"),
        (OPINION, "2031-02-03", "IDF 2031/44", "KS 2031/12"),
        (AUDIT, "2030-10-04", None, None),
        (REPLY, "2020-02-21", "KS 2019/588", "REV 2019/31"),
        (FOLLOWUP, "2021-11-12", "REV 2021/19", None),
        (STRATEGY, "2021-05-12", None, None),
        (PROPOSAL, "2024-12-16", "LJV 2024/118", None),
        (GUIDANCE, None, None, None),
    ],
)
def test_the_own_date_and_numbers_are_read(text, date, dnr, their_dnr):
    document = read(text)
    assert (document.date, document.dnr, document.their_dnr) == (date, dnr, their_dnr)


@pytest.mark.parametrize(
    ("text", "remitted"),
    [
        (RESPONSE, "promemorian Ljus längs vägen"),
        (OPINION, "Nya gångvägar i Västby"),
        (REPLY, "revisionsrapport nr 7/2030, Kommunens vinterväghållning"),
        (FOLLOWUP, "granskningen Kommunens vinterväghållning"),
        (PROPOSAL, None),
        (STRATEGY, None),
    ],
)
def test_what_is_answered_is_named_in_the_documents_words(text, remitted):
    assert read(text).remitted == remitted


@pytest.mark.parametrize(
    ("sentence", "remitted"),
    [
        (
            "Ljusverket tillstyrker förslagen i betänkandet Mer ljus (SOU 2031:12).",
            "Mer ljus (SOU 2031:12)",
        ),
        ("Ljusverket har inget att erinra mot SOU 2031:12.", "SOU 2031:12"),
        (
            "Ljusverket tillstyrker förslaget om en plan för belysning.",
            "förslaget om en plan för belysning",
        ),
    ],
)
def test_what_is_answered_is_found_in_running_text(sentence, remitted):
    assert read(f"Sammanfattning\n{sentence}\n").remitted == remitted


def test_every_fact_has_its_place():
    document = read(RESPONSE)
    assert set(document.facts) == {
        "doctype",
        "title",
        "sender",
        "date",
        "dnr",
        "their_dnr",
        "remitted",
        "remitted_number",
    }
    assert {fact.place for name, fact in document.facts.items() if name != "doctype"} == {"page 1"}


def test_the_manifest_wins_and_is_named_as_the_place():
    entry = ManifestEntry(file="fil.txt", id="svar", title="Svaret", date="2025-04-01", answers="x")
    document = apply_overrides(read(RESPONSE), entry)
    assert (document.id, document.title, document.date) == ("svar", "Svaret", "2025-04-01")
    assert document.answers == "x"
    assert document.dnr == "KS 2025/76"
    assert document.facts["date"] == Fact("2025-04-01", "corpus.yml", 1.0)
    assert document.facts["dnr"].place == "page 1"


def test_the_manifest_gives_numbers_that_the_document_does_not_state():
    entry = ManifestEntry(
        file="fil.txt", remitted_number="SOU 2031:12", section_numbers=("6.4", "6.10")
    )
    document = apply_overrides(read(RESPONSE), entry)
    assert document.remitted_number == "SOU 2031:12"
    assert document.section_numbers == ("6.4", "6.10")
    assert document.facts["section_numbers"] == Fact("6.4, 6.10", "corpus.yml", 1.0)


def test_a_labelled_fact_is_surer_than_one_without_a_label():
    labelled = read("Ljusverket\n\nYttrande\n\nDnr LJV 2025/1\n\nVägen är lång.\n")
    bare = read("Yttrande\n\nVägen är lång, säger vi i vårt dnr LJV 2025/1, och smal.\n")
    assert labelled.dnr == bare.dnr == "LJV 2025/1"
    assert labelled.facts["dnr"].confidence > bare.facts["dnr"].confidence


def test_without_an_entry_nothing_changes():
    document = read(RESPONSE)
    assert apply_overrides(document, None) is document


SEEDS = {
    "000_yttrande": "response",
    "001_stodmaterial": "guidance",
    "002_nationell_strategi": "strategy",
    "003_revisionsrapport": "audit",
    "004_tjansteutlatande": "response",
}


@pytest.mark.parametrize("stem", SEEDS)
def test_the_seeds_facts_are_the_same_from_text_and_from_pdf(shared, stem):
    seeds = shared / "seeds"
    from_text = read_document(seeds / "text" / f"{stem}.txt")
    from_pdf = read_document(seeds / "pdf" / f"{stem}.pdf")
    assert from_text.doctype == SEEDS[stem]
    assert from_text.sender
    for name in ("doctype", "title", "sender", "date", "dnr", "their_dnr", "remitted"):
        assert getattr(from_text, name) == getattr(from_pdf, name), name


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        (
            "Svenska Badvakters Samorganisation\nKulturdepartementet\n2031-05-02\n\n"
            "Remissvar gällande SOU 2031:12 Trygga bad\n\n"
            "Svenska Badvakters Samorganisation har fått möjlighet att svara på remissen.\n\n"
            "Vi tillstyrker förslagen i betänkandet.\n",
            "Svenska Badvakters Samorganisation",
        ),
        (
            "Kulturdepartementet\n\nSvar på remiss av slutbetänkandet Trygga bad\n\n"
            "Kommunens ställningstagande\n\nNäckö kommun tillstyrker förslagen.\n",
            "Näckö kommun",
        ),
    ],
)
def test_a_response_is_by_the_one_that_answers_not_by_the_ministry(text, sender):
    document = read_text(text.encode(), "svar")
    document = read_facts(document, "svar.txt", load_gazetteer())
    assert (document.doctype, document.sender) == ("response", sender)
