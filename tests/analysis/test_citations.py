"""References of every kind, in their normal form, and what only looks like one."""

from dataclasses import replace

import pytest

from analysis.citations import citations, find_citations


@pytest.mark.parametrize(
    ("text", "raw", "kind", "normalized"),
    [
        ("Se SOU 2031:7 om saken.", "SOU 2031:7", "sou", "SOU 2031:7"),
        ("Enligt Ds 2030:12.", "Ds 2030:12", "ds", "Ds 2030:12"),
        ("(prop. 2029/30:131)", "prop. 2029/30:131", "prop", "prop. 2029/30:131"),
        ("I propositionen 2029/30:131", "propositionen 2029/30:131", "prop", "prop. 2029/30:131"),
        ("skr. 2034/35:146", "skr. 2034/35:146", "skr", "skr. 2034/35:146"),
        ("kommittédirektiv 2034:103", "kommittédirektiv 2034:103", "dir", "dir. 2034:103"),
        ("bet. 2035/36:KU4, rskr.", "bet. 2035/36:KU4", "bet", "bet. 2035/36:KU4"),
        ("rskr. 2035/36:12", "rskr. 2035/36:12", "rskr", "rskr. 2035/36:12"),
        ("RiR 2039:12", "RiR 2039:12", "rir", "RiR 2039:12"),
        ("SFS 2023:196", "SFS 2023:196", "sfs", "SFS 2023:196"),
        ("enligt lagen (2023:196)", "lagen (2023:196)", "sfs", "SFS 2023:196"),
        (
            "plan- och bygglagen (2010:900)",
            "plan- och bygglagen (2010:900)",
            "sfs",
            "SFS 2010:900",
        ),
        (
            "Lagen om badplatsers skötsel och tillsyn (2031:96).",
            "Lagen om badplatsers skötsel och tillsyn (2031:96)",
            "sfs",
            "SFS 2031:96",
        ),
        ("14 kap. 1 § SoL", "14 kap. 1 § SoL", "paragraph", "SFS 2025:400 14 kap. 1 §"),
        ("6 § förvaltningslagen", "6 § förvaltningslagen", "paragraph", "SFS 2017:900 6 §"),
        ("3 § badplatslagen", "3 § badplatslagen", "paragraph", "badplatslagen 3 §"),
        ("HSLF-FS 2034:4", "HSLF-FS 2034:4", "regulation", "HSLF-FS 2034:4"),
        ("BFS 2011:6", "BFS 2011:6", "regulation", "BFS 2011:6"),
        ("Dnr BAD 2034/198", "BAD 2034/198", "dnr", "BAD 2034/198"),
        ("dnr 3.1.1-12345/2033", "3.1.1-12345/2033", "dnr", "3.1.1-12345/2033"),
        ("Ku2037/01469/D", "Ku2037/01469/D", "dnr", "Ku2037/01469/D"),
    ],
)
def test_a_reference_and_its_normal_form(text, raw, kind, normalized):
    [(start, end, found_kind, found)] = find_citations(text)
    assert (text[start:end], found_kind, found) == (raw, kind, normalized)


@pytest.mark.parametrize(
    "text",
    [
        "Mötet börjar kl. 12:30 den 5 juni 2034.",
        "Åren 2034/35 minskade antalet bad med 12 procent.",
        "Måttet är 2034:12 i skala.",
        "Kontakta förvaltningen, telefon 08-123 45 67.",
        "Lagen om badplatser är från 2031.",
    ],
)
def test_what_only_looks_like_a_reference(text):
    assert find_citations(text) == []


@pytest.mark.parametrize(
    ("name", "date", "number"),
    [
        ("socialtjänstlagen", "2025-07-01", "2025:400"),
        ("socialtjänstlagen", "2025-06-30", "2001:453"),
        ("socialtjänstlagen", "1999-01-01", "1980:620"),
        ("kommunallagen", "2017-12-31", "1991:900"),
        ("kommunallagen", "2018-01-01", "2017:725"),
        ("lagen om offentlig upphandling", "2010-05-05", "2007:1091"),
        ("LOU", "2020-05-05", "2016:1145"),
        ("hälso- och sjukvårdslagen", "2016-01-01", "1982:763"),
        ("skollagen", None, "2010:800"),
        ("fågeldirektivet", "2005-01-01", "direktiv 79/409/EEG"),
    ],
)
def test_a_name_means_the_act_of_its_day(name, date, number):
    [found] = find_citations(f"Det följer av {name}.", date)
    assert found.normalized.removeprefix("SFS ") == number


def test_a_name_means_the_act_whose_number_the_document_gives(document):
    paper = document(
        "Enligt badplatslagen (2031:96), BPL, gäller tillsyn.", "Se 3 § BPL.", "Badplatslagens mål."
    )
    assert [found.normalized for found in citations(paper)] == [
        "SFS 2031:96",
        "SFS 2031:96",
        "SFS 2031:96 3 §",
        "SFS 2031:96",
    ]


def test_an_unknown_series_counts_near_a_word_for_regulations():
    [found] = find_citations("Badverkets föreskrifter (BADFS 2031:4) gäller.")
    assert (found.kind, found.normalized) == ("regulation", "BADFS 2031:4")
    assert find_citations("Modell BADFS 2031:4 finns i lager.") == []


def test_the_number_of_a_footnote_is_no_part_of_its_text(document):
    paper = document("27Prop. 2029/30:125, s. 17.", "283 kap. 5 § alkohollagen.", "29Ibid., s. 21.")
    assert [(found.raw, found.normalized) for found in citations(paper)] == [
        ("Prop. 2029/30:125", "prop. 2029/30:125"),
        ("s. 17", "prop. 2029/30:125 s. 17"),
        ("3 kap. 5 § alkohollagen", "SFS 2010:1622 3 kap. 5 §"),
        ("s. 21", "prop. 2029/30:125 s. 21"),
    ]


def test_the_document_itself_and_its_running_headers_are_not_cited(document):
    paper = document(("header", "Skr. 2031/32:7"), "Se prop. 2031/32:9 och dnr KS 2031/12.")
    paper = replace(paper, dnr="KS 2031/12")
    assert [found.normalized for found in citations(paper)] == ["prop. 2031/32:9"]


def test_references_of_a_document_in_order(document):
    paper = document("Se SOU 2031:7 och prop. 2029/30:131.", "Inget här.", "RiR 2039:12")
    assert [(found.block, found.normalized) for found in citations(paper)] == [
        (paper.blocks[0].id, "SOU 2031:7"),
        (paper.blocks[0].id, "prop. 2029/30:131"),
        (paper.blocks[2].id, "RiR 2039:12"),
    ]
