"""What audited bodies answer to each recommendation, and how answers are linked; all invented."""

import pytest

from analysis.answering import answer_links
from analysis.audits import recommendations
from analysis.replies import answers
from analysis.sentences import sentences
from analysis.verdicts import read_verdict
from corpus.ids import with_ids


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Nämnden instämmer i rekommendationen.", "agrees"),
        ("Regeringen delar Riksrevisionens bedömning och avser att se över frågan.", "agrees"),
        ("Nämnden kommer att ta fram en rutin under hösten.", "agrees"),
        ("Styrelsen har gett förvaltningen i uppdrag att ta fram en plan.", "agrees"),
        ("Nämnden instämmer. En utbildning planeras till våren.", "agrees"),
        ("Nämnden instämmer delvis.", "partly"),
        ("Regeringen instämmer i huvudsak i rekommendationen.", "partly"),
        ("Regeringen delar inte fullt ut Riksrevisionens slutsats.", "partly"),
        ("Nämnden instämmer. Det ryms dock inte i årets budget.", "partly"),
        ("Nämnden avser att göra det i större planer men ser inget skäl till det i små.", "partly"),
        ("Nämnden delar inte revisorernas uppfattning.", "disagrees"),
        ("Regeringen avser inte att vidta någon åtgärd.", "disagrees"),
        ("Bolaget ser inget behov av en ny policy.", "disagrees"),
        ("Regeringen anser att det inte är motiverat att ändra ansvaret.", "disagrees"),
        ("Nämnden har antagit en ny riktlinje.", "done"),
        ("En samordnare är utsedd sedan i mars.", "done"),
        ("Nämnden instämmer. Riktlinjen antogs i mars.", "done"),
        ("Granskningen omfattar tre förvaltningar.", None),
    ],
)
def test_the_verdict_of_an_answer(text, verdict):
    assert read_verdict([text[start:end] for start, end in sentences(text)]) == verdict


def reply(document, *texts, **facts):
    known = {"doctype": "reply", "sender": "Fritidsnämnden", "id": "svar", **facts}
    return document(*texts, **known)


def test_what_is_retold_opens_an_answer_and_is_none(document):
    found = answers(
        reply(
            document,
            ("heading", "Nämndens svar"),
            "Revisorerna rekommenderar nämnden att anta riktlinjer. Nämnden instämmer.",
            "Revisorerna anser att kontrollen brister. Nämnden delar inte den uppfattningen.",
        )
    )
    assert [(one.kind, one.stance, one.text) for one in found] == [
        ("answer", "support", "Nämnden instämmer."),
        ("answer", "oppose", "Nämnden delar inte den uppfattningen."),
    ]
    assert found[0].body == "Revisorerna rekommenderar nämnden att anta riktlinjer."


def test_the_government_speaks_below_its_own_headings_and_not_in_the_annex(document):
    found = answers(
        reply(
            document,
            ("heading", "2 Riksrevisionens iakttagelser"),
            "Regeringen kommer att få en rekommendation.",
            ("heading", "3 Regeringens bedömning av Riksrevisionens iakttagelser"),
            "Regeringen avser att se över ansvaret.",
            ("heading", "Bilaga 1"),
            "Regeringen avser att granskas.",
            sender="Regeringen",
        )
    )
    assert [one.text for one in found] == ["Regeringen avser att se över ansvaret."]


def test_a_bare_verdict_goes_on_with_what_it_is_of(document):
    [one] = answers(
        reply(document, "Nämnden instämmer delvis. Nämnden avser att mäta, men inte varje dag.")
    )
    assert one.stance == "conditional"


def test_how_the_reply_was_made_is_no_answer(document):
    paper = reply(document, "Nämnden har tagit del av rapporten.", "Nämnden kommer att:")
    assert answers(paper) == ()


@pytest.fixture
def audit(document):
    return document(
        ("heading", "Rekommendationer"),
        "Vi rekommenderar fritidsnämnden att:",
        ("list_item", "anta riktlinjer för bidragen"),
        ("list_item", "införa ett digitalt ansökningssystem"),
        ("list_item", "utbilda ledamöterna i jäv"),
        id="granskning",
        doctype="audit",
    )


def linked(audit, paper):
    asked = with_ids(recommendations(audit))
    given = with_ids(answers(paper))
    text = {one.id: one.text for one in (*asked, *given)}
    links = answer_links([audit, paper], [*asked, *given])
    return {(text[link.target], link.verdict, link.score == 1) for link in links}


def test_answers_are_linked_by_number_and_by_words(document, audit):
    paper = reply(
        document,
        "Rekommendation 3: Nämnden bör utbilda ledamöterna.",
        "Nämnden instämmer.",
        "Nämnden ser inget behov av ett digitalt ansökningssystem.",
        answers="granskning",
    )
    assert linked(audit, paper) == {
        ("utbilda ledamöterna i jäv", "agrees", True),
        ("införa ett digitalt ansökningssystem", "disagrees", False),
    }


def test_an_answer_to_all_is_linked_with_what_has_none_of_its_own(document, audit):
    paper = reply(
        document,
        "Nämnden instämmer i rekommendationerna.",
        "Nämnden har antagit riktlinjer för bidragen.",
        answers="granskning",
    )
    assert linked(audit, paper) == {
        ("anta riktlinjer för bidragen", "done", False),
        ("införa ett digitalt ansökningssystem", "agrees", False),
        ("utbilda ledamöterna i jäv", "agrees", False),
    }


def test_a_reply_to_nothing_known_has_no_links(document, audit):
    assert linked(audit, reply(document, "Nämnden instämmer i rekommendationerna.")) == set()


def test_an_annexed_audit_has_its_recommendations(document):
    paper = reply(
        document,
        ("heading", "3 Regeringens bedömning"),
        "Regeringen avser inte att se över avgifterna för fyrar.",
        ("heading", "Bilaga 1"),
        "Riksrevisionen rekommenderar regeringen att:",
        ("list_item", "se över avgifterna för fyrar"),
        ("list_item", "ta fram en plan för underhållet."),
        sender="Regeringen",
    )
    found = with_ids(answers(paper))
    assert [(one.kind, one.actor) for one in found] == [
        ("answer", "Regeringen"),
        ("recommendation", "Riksrevisionen"),
        ("recommendation", "Riksrevisionen"),
    ]
    [link] = answer_links([paper], found)
    assert (link.target, link.verdict) == (found[1].id, "disagrees")
