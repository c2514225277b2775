"""What inquiries and bills propose, section by section; all invented."""

import pytest

from analysis.proposals import proposals


def proposed(document, *texts):
    return proposals(document(*texts, doctype="proposal", title="En fyrlag"))


@pytest.mark.parametrize(
    "mark",
    [
        "Förslag:",
        "Utredningens förslag:",
        "Regeringens förslag:",
        "Promemorians förslag:",
        "Mitt förslag:",
        "Förslag och bedömning:",
    ],
)
def test_what_is_marked_as_a_proposal_has_the_number_of_its_section(document, mark):
    [one] = proposed(document, ("heading", "4.2 Register"), f"{mark} Ett register ska införas.")
    assert (one.kind, one.text, one.target_section, one.heading) == (
        "proposal",
        "Ett register ska införas.",
        "4.2",
        "4.2 Register",
    )


def test_a_proposal_holds_the_items_that_it_leads_in(document):
    [one] = proposed(
        document,
        "Förslag: Registret ska innehålla:",
        ("list_item", "läge"),
        ("list_item", "ägare."),
        "Skälen för förslaget: Läget är okänt.",
    )
    assert one.text == "Registret ska innehålla: läge ägare."


def test_an_assessment_and_a_mention_are_no_proposals(document):
    assert not proposed(
        document,
        "Utredningens bedömning: Ingen avgift behövs.",
        "Utredningens förslag om register behandlas i avsnitt 4.",
        "Förslaget: att införa ett register kommer från Sjöfartsverket.",
    )


def test_whom_an_inquiry_asks_to_act_is_recommended_to(document):
    found = proposed(
        document,
        "Kommunerna uppmanas att:",
        ("list_item", "skydda fyrar i översiktsplanen"),
        ("list_item", "samråda med Sjöfartsverket."),
    )
    assert [(one.kind, one.position) for one in found] == [
        ("recommendation", 1),
        ("recommendation", 2),
    ]


def test_running_text_proposes_where_nothing_is_marked(document):
    paper = document(
        ("heading", "Sammanfattning"),
        "Utredningens uppdrag är att se över fyrarna. Energipolitiken ska enligt direktiven bestå.",
        ("heading", "Våra förslag"),
        "Vi föreslår att fyrarna får ett register. Registren är i dag många. Sjöfartsverket bör "
        "ansvara för registret. Vi har övervägt en avgift.",
        "Vi föreslår inga nya avgifter.",
        ("heading", "Konsekvenser"),
        "Kommunerna ska få mindre att göra.",
        doctype="proposal",
    )
    found = proposals(paper)
    assert [one.text for one in found] == [
        "Vi föreslår att fyrarna får ett register.",
        "Sjöfartsverket bör ansvara för registret.",
    ]
    assert {one.kind for one in found} == {"proposal"}


def test_running_text_is_passed_over_where_proposals_are_marked(document):
    paper = document(
        ("heading", "Sammanfattning"),
        "Vi föreslår att fyrarna får ett register.",
        ("heading", "4.1 Register"),
        "Vårt förslag: Ett register över fyrarna ska införas.",
        doctype="proposal",
    )
    assert [one.text for one in proposals(paper)] == ["Ett register över fyrarna ska införas."]
