"""Facts are measured field by field, and how sure they are is measured too."""

import json

import pytest

from analysis.facts import read_gold_facts, render_facts, score_facts
from corpus.errors import GoldError
from corpus.models import Document, Fact
from corpus.sureness import sureness


@pytest.fixture
def answer():
    return Document(
        id="svar",
        title="Yttrande över Ljus längs vägen",
        doctype="response",
        language="sv",
        sha256="",
        source="mapp/svar-01.pdf",
        sender="vastby-kommun",
        date="2031-05-02",
        dnr="KS 2031/7",
        remitted_number="SOU 2031:12",
        section_numbers=("6.4", "7"),
        facts={
            "title": Fact("Yttrande över Ljus längs vägen", "page 1", 0.95),
            "sender": Fact("Västby kommun", "page 1", 0.8),
            "date": Fact("2031-05-02", "page 1", 0.95),
            "dnr": Fact("KS 2031/7", "corpus.yml", 1.0),
            "remitted_number": Fact("SOU 2031:12", "page 1", 0.6),
            "section_numbers": Fact("6.4, 7", "page 2", 0.8),
        },
    )


NAMES = {"vastby-kommun": ("Västby kommun", "Västby")}


def test_each_field_is_right_wrong_or_missing(answer):
    truth = {
        "title": "YTTRANDE ÖVER LJUS LÄNGS VÄGEN.",
        "sender": ["Kommunstyrelsen", "Västby kommun"],
        "date": "2031-05-03",
        "their_dnr": "Ju2031/1",
        "remitted_number": "SOU 2031:12",
        "section_numbers": ["6.4", "7"],
    }
    report = score_facts([answer], {"svar": truth}, NAMES)
    assert {name: of for name, of in report.by_field().items() if of[1]} == {
        "title": (1, 1),
        "sender": (1, 1),
        "date": (0, 1),
        "their_dnr": (0, 1),
        "remitted_number": (1, 1),
        "section_numbers": (1, 1),
    }
    assert [one.field for one in report.misses()] == ["date", "their_dnr"]


def test_confidence_is_measured_on_what_was_read(answer):
    truth = {"title": "Annat", "date": "2031-05-02", "sender": "Västby kommun", "their_dnr": "X 1"}
    report = score_facts([answer], {"svar": truth}, NAMES)
    assert report.by_band() == {"sure": (1, 2), "likely": (1, 1), "unsure": (0, 0)}


def test_what_is_not_said_must_not_be_read(answer):
    report = score_facts([answer], {"svar": {"date": None, "their_dnr": None}})
    assert [(one.field, one.right) for one in report.checked] == [
        ("date", False),
        ("their_dnr", True),
    ]


def test_what_a_person_gave_tells_nothing_of_the_reading(answer):
    assert score_facts([answer], {"svar": {"dnr": "KS 2031/8"}}).checked == ()


def test_a_document_is_known_by_its_file_too(answer):
    assert score_facts([answer], {"svar-01": {"date": "2031-05-02"}}).total() == (1, 1)


def test_the_report_names_what_is_wrong(answer):
    report = score_facts([answer], {"svar": {"date": "2031-05-03", "title": "Annat"}})
    told = render_facts(report)
    assert "wrong date of svar: 2031-05-02, for 2031-05-03" in told
    assert "wrong" not in render_facts(report, misses=False)
    assert report.as_json()["fields"]["date"] == {"right": 0, "of": 1}


@pytest.mark.parametrize(
    ("confidence", "name"), [(1, "sure"), (0.9, "sure"), (0.89, "likely"), (0.3, "unsure")]
)
def test_bands_of_confidence(confidence, name):
    assert sureness(confidence) == name


@pytest.mark.parametrize("content", ["[]", '{"svar": {"diarienummer": "x"}}', "{"])
def test_gold_of_another_form_is_refused(tmp_path, content):
    (tmp_path / "facts.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=r"facts\.json"):
        read_gold_facts(tmp_path)


def test_a_gold_folder_without_facts_has_none(tmp_path):
    assert read_gold_facts(tmp_path) is None
    (tmp_path / "facts.json").write_text(json.dumps({"Svar 1": {"date": None}}), "utf-8")
    assert read_gold_facts(tmp_path) == {"svar-1": {"date": None}}
