import pytest

from analysis.answers import cited_documents, find_answers, numbers
from corpus.models import Fact

PLAN = {
    "title": "Nationell badplan",
    "doctype": "proposal",
    "dnr": "B 2024/118",
    "date": "2024-12-16",
}


def answers(*documents):
    return find_answers(documents)[0]


@pytest.mark.parametrize(
    "facts",
    [
        {"their_dnr": "B 2024/118"},
        {"their_dnr": "B  2024/118"},
        {"remitted": "Yttrande över den nationella badplanen"},
        {"title": "Remissvar: Nationell badplan"},
    ],
)
def test_a_response_finds_its_proposal(document, facts):
    known = {"title": "Yttrande", "doctype": "response", "date": "2025-03-01", **facts}
    assert answers(document(id="plan", **PLAN), document(id="svar", **known)) == {"svar": "plan"}


def test_a_case_number_beats_a_title(document):
    other = {**PLAN, "dnr": "B 2023/7"}
    svar = document(
        id="svar",
        doctype="response",
        title="Yttrande över Nationell badplan",
        their_dnr="B 2024/118",
        date="2025-03-01",
    )
    assert answers(document(id="a", **PLAN), document(id="z", **other), svar)["svar"] == "a"


def test_a_report_number_joins_reply_and_follow_up_to_their_audit(document):
    audit = document(
        id="rapport",
        title="Stadens badplatser",
        doctype="audit",
        facts={"number": Fact("nr 4/2022", "page 1")},
    )
    reply = document(
        id="svar", title="Yttrande", doctype="reply", remitted="revisionsrapport nr 4/2022"
    )
    follow = document(id="uppf", title="Uppföljning av rapport nr 4/2022", doctype="followup")
    assert answers(audit, reply, follow) == {"svar": "rapport", "uppf": "rapport"}


def test_nothing_answers_what_came_later_or_another_kind(document):
    svar = document(
        id="svar", doctype="response", title="Yttrande över Nationell badplan", date="2024-01-01"
    )
    assert answers(document(id="plan", **PLAN), svar) == {}
    guidance = {**PLAN, "doctype": "guidance"}
    late = document(
        id="svar", doctype="response", title="Yttrande över Nationell badplan", date="2026-01-01"
    )
    assert answers(document(id="plan", **guidance), late) == {}


def test_what_the_manifest_says_wins_and_an_unknown_document_is_told(document):
    told = {"answers": Fact("annan", "corpus.yml")}
    svar = document(id="svar", doctype="response", title="Nationell badplan", facts=told)
    found, problems = find_answers([document(id="plan", **PLAN), svar])
    assert found == {"svar": "plan"}
    assert [(p.kind, p.document) for p in problems] == [("unknown_document", "svar")]
    found, problems = find_answers([document(id="annan", doctype="other"), svar])
    assert (found, problems) == ({"svar": "annan"}, [])


def test_numbers_are_read_in_any_case():
    assert numbers("SOU 2017:67 och prop. 2009/10:131, rapport nr 2/2019") == {
        "sou 2017:67",
        "prop. 2009/10:131",
        "nr 2/2019",
    }


def test_citations_mean_documents_by_number_and_case(document):
    sou = document(id="sou", title="Bättre bad (SOU 2030:67)", dnr="Ku2030/1")
    assert cited_documents([sou]) == {"Ku2030/1": "sou", "SOU 2030:67": "sou"}


SOU = {"title": "Trygga bad", "doctype": "proposal", "date": "2030-05-01"}


def test_the_number_of_what_is_answered_finds_it_whatever_the_titles(document):
    sou = document(id="sou", facts={"number": Fact("SOU 2030:67", "page 1")}, **SOU)
    svar = document(
        id="svar", doctype="response", title="Yttrande", remitted_number="SOU 2030:67", date="2031"
    )
    assert answers(sou, svar) == {"svar": "sou"}


def test_a_case_number_is_found_with_or_without_the_division(document):
    plan = document(id="plan", **{**PLAN, "dnr": "Ku2024/01469/D"})
    svar = document(
        id="svar", doctype="response", title="Yttrande", remitted_number="Ku 2024/1469", date="2025"
    )
    assert answers(plan, svar) == {"svar": "plan"}


def test_another_number_of_the_same_series_is_another_document(document):
    sou = document(id="sou", facts={"number": Fact("SOU 2030:66", "page 1")}, **SOU)
    svar = document(
        id="svar",
        doctype="response",
        title="Yttrande över Trygga bad",
        remitted_number="SOU 2030:67",
        date="2031-01-01",
    )
    assert answers(sou, svar) == {}


def test_two_towns_reports_may_have_the_same_number(document):
    ours = document(
        id="var",
        title="Granskning av kommunens badplatser",
        doctype="audit",
        facts={"number": Fact("nr 4/2030", "page 1")},
    )
    theirs = document(
        id="deras",
        title="Löner och pensioner",
        doctype="audit",
        facts={"number": Fact("nr 4/2030", "page 1")},
    )
    reply = document(
        id="svar",
        title="Svar på granskning av kommunens badplatser, rapport nr 4/2030",
        doctype="reply",
        remitted_number="nr 4/2030",
    )
    assert answers(theirs, ours, reply) == {"svar": "var"}
    assert answers(theirs, reply) == {}


def test_a_response_does_not_carry_the_number_that_its_title_names(document):
    svar = document(id="a", doctype="response", title="Yttrande över SOU 2030:67", dnr="KS 1/2030")
    sou = document(id="b", facts={"number": Fact("SOU 2030:67", "page 1")}, **SOU)
    assert cited_documents([svar, sou]) == {"KS 1/2030": "a", "SOU 2030:67": "b"}
