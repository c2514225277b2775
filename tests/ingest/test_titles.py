"""The title is the whole heading that reads as one; the sender may stand beside it by form."""

from __future__ import annotations

import pytest

from corpus.actors import load_gazetteer
from ingest.facts import read_facts
from ingest.names import looks_like_body, without_date


@pytest.fixture
def facts(document):
    """Return what is read of a document with these blocks, before a paragraph of text."""

    def read(*blocks):
        text = "Vägarna är mörka under vintern och många vågar inte gå ut efter skolan."
        made = document(*blocks, text, title="", sender=None)
        return read_facts(made, "fil.pdf", load_gazetteer())

    return read


@pytest.mark.parametrize(
    ("blocks", "title", "sender"),
    [
        (
            [("heading", "Vägljus"), ("heading", "Myndigheten för vägljus, maj 2031")],
            "Vägljus",
            "Myndigheten för vägljus",
        ),
        (
            [
                ("heading", "Ljusa vägar"),
                "Ljusa vägar – stöd för skolor",
                "Utgivare: Boverket, mars, 2031",
            ],
            "Ljusa vägar – stöd för skolor",
            "Boverket",
        ),
        (
            [
                ("heading", "Statens arbete med vägljus"),
                "En granskningsrapport från Riksrevisionen",
            ],
            "Statens arbete med vägljus",
            None,
        ),
        (
            [("heading", "Handlingsplan för vägljus"), "Handlingsplan för vägljus 2031–2034"],
            "Handlingsplan för vägljus 2031–2034",
            None,
        ),
        (
            [("heading", "Program för vägljus för Region Östnäs")],
            "Program för vägljus för Region Östnäs",
            None,
        ),
        (
            [("heading", "Klimatprogram för Region Östnäs")],
            "Klimatprogram för Region Östnäs",
            "Region Östnäs",
        ),
        (
            [("heading", "En strategi för ljus"), "Ljusdelegationen"],
            "En strategi för ljus",
            "Ljusdelegationen",
        ),
        (
            [("heading", "Västby den 4 maj 2031"), ("heading", "Ljusplan för vägarna")],
            "Ljusplan för vägarna",
            None,
        ),
    ],
)
def test_a_title_is_whole_and_no_senders_line(blocks, title, sender, facts):
    read = facts(*blocks)
    assert read.title == title
    if sender:
        assert read.sender == sender


def test_a_heading_about_a_body_is_no_sender(facts):
    read = facts(("heading", "Yttrande över ljusplanen"), ("heading", "Om förbundet"))
    assert read.sender is None


def test_a_body_that_opens_the_text_with_its_standpoint_is_the_sender(facts):
    read = facts(
        ("heading", "Yttrande över ljusplanen"),
        "Riksförbundet Ljusa Stigar avstyrker förslaget i den form som det har i promemorian.",
    )
    assert read.sender == "Riksförbundet Ljusa Stigar"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Statens vägverk", True),
        ("Statens arbete med vägar", False),
        ("Svenska vägförbundet", True),
        ("Nationella mål för vägar", False),
        ("Om förbundet", False),
        ("Myndigheten för vägberedskap", True),
    ],
)
def test_a_bodys_name_is_told_by_its_form(line, expected):
    assert looks_like_body(line) is expected


@pytest.mark.parametrize("line", ["Ljusverket, maj 2031", "Ljusverket 2031-05-04", "Ljusverket"])
def test_a_date_after_a_name_is_no_part_of_it(line):
    assert without_date(line) == "Ljusverket"
