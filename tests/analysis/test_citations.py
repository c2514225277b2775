"""References of every kind, in their normal form, and what only looks like one."""

import pytest

from analysis.citations import citations, find_citations


@pytest.mark.parametrize(
    ("text", "raw", "kind", "normalized"),
    [
        ("Se SOU 2031:7 om saken.", "SOU 2031:7", "sou", "SOU 2031:7"),
        ("Enligt Ds 2030:12.", "Ds 2030:12", "ds", "Ds 2030:12"),
        ("(prop. 2029/30:131 s. 12)", "prop. 2029/30:131", "prop", "prop. 2029/30:131"),
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
        ("14 kap. 1 § SoL", "14 kap. 1 § SoL", "paragraph", "SFS 2001:453 14 kap. 1 §"),
        ("6 § förvaltningslagen", "6 § förvaltningslagen", "paragraph", "SFS 2017:900 6 §"),
        ("3 § badplatslagen", "3 § badplatslagen", "paragraph", "badplatslagen 3 §"),
        ("HSLF-FS 2034:4", "HSLF-FS 2034:4", "regulation", "HSLF-FS 2034:4"),
        ("BFS 2011:6", "BFS 2011:6", "regulation", "BFS 2011:6"),
        ("Dnr BAD 2034/198", "Dnr BAD 2034/198", "dnr", "BAD 2034/198"),
        ("dnr 3.1.1-12345/2033", "dnr 3.1.1-12345/2033", "dnr", "3.1.1-12345/2033"),
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


def test_references_of_a_document_in_order(document):
    paper = document("Se SOU 2031:7 och prop. 2029/30:131.", "Inget här.", "RiR 2039:12")
    assert [(found.block, found.normalized) for found in citations(paper)] == [
        (paper.blocks[0].id, "SOU 2031:7"),
        (paper.blocks[0].id, "prop. 2029/30:131"),
        (paper.blocks[2].id, "RiR 2039:12"),
    ]
