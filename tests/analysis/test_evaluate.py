"""The measuring: what counts as found, missed and false, and what the report says of it."""

from __future__ import annotations

import json

import pytest

from analysis.evaluate import Predicted, evaluate
from analysis.gold import Gold, GoldEvidence, GoldLink, GoldUnit, read_gold
from analysis.matching import similarity
from analysis.render import render
from corpus.errors import GoldError
from corpus.models import Evidence, Link, Variant


def unit(text, *, id="g1", kind="position", document="svar", **rest):
    return GoldUnit(id=id, document=document, kind=kind, text=text, **rest)


def report(found, *units, **rest):
    return evaluate([Predicted("svar", tuple(found))], Gold(("svar",), tuple(units)), **rest)


def test_what_is_found_in_a_document_without_units_is_false(recommendation):
    result = report([recommendation("Kommunen bör ordna svala rum.", kind="position")])
    assert [(score.units.hits, score.units.false) for score in result.totals] == [(0, 1)]


def test_what_is_found_missed_and_false_is_counted(recommendation):
    found = [
        recommendation("Nämnden tillstyrker förslaget.", kind="position"),
        recommendation("Det regnade hela sommaren i kommunen.", kind="position"),
    ]
    result = report(
        found,
        unit("Nämnden tillstyrker förslaget."),
        unit("Nämnden saknar en analys av kostnaderna.", id="g2"),
    )
    score = result.scores[0]
    assert (score.units.hits, score.units.false, score.units.missed) == (1, 1, 1)
    assert score.units.precision == score.units.recall == score.units.f1 == 0.5
    assert [(miss.side, miss.text) for miss in result.misses] == [
        ("gold", "Nämnden saknar en analys av kostnaderna."),
        ("found", "Det regnade hela sommaren i kommunen."),
    ]


def test_a_unit_that_one_annotator_saw_counts_neither_way(recommendation):
    text = "Nämnden noterar att frågan är ny."
    doubtful = unit(text, certain=False)
    for found in ([], [recommendation(text, kind="position")]):
        result = report(found, doubtful)
        assert result.misses == ()
        assert all(score.units.hits == 0 for score in result.scores)


def test_a_match_is_one_to_one_and_of_the_same_kind(recommendation):
    text = "Regionen bör stå för utbildningen av personalen."
    result = report(
        [recommendation(text, kind="position"), recommendation(text, kind="position")], unit(text)
    )
    assert result.scores[0].units.false == 1
    other = report([recommendation(text, kind="measure")], unit(text))
    assert all(score.units.hits == 0 for score in other.scores)


def test_a_wording_matches_line_breaks_and_parts_of_it():
    assert similarity("en hand-\nlingsplan", "en handlingsplan") == 1.0
    longer = "Kommunen bör ordna svala rum i varje stadsdel och hålla dem öppna vid varning."
    assert similarity("bör ordna svala rum i varje stadsdel", longer) >= 0.9
    assert similarity("Utbildning", "Utbildning till alla som arbetar i hemtjänsten") == 0.0


def test_a_variant_matches_too(recommendation):
    found = recommendation(
        "Svala rum",
        kind="position",
        variants=(Variant("Kommunen ska ordna svala rum i varje stadsdel.", "body", 3),),
    )
    gold = unit("Kommunen ska ordna svala rum i varje stadsdel.")
    assert report([found], gold).scores[0].units.hits == 1


def test_the_same_words_to_two_bodies_match_by_addressee(recommendation):
    text = "Säkerställ att alla medarbetare går utbildningen."
    found = [
        recommendation(text, id="a", kind="recommendation", to=("Socialnämnden",)),
        recommendation(text, id="b", kind="recommendation", to=("Kulturnämnden",)),
    ]
    result = report(
        found,
        unit(text, id="g1", kind="recommendation", addressees=("Kulturnämnden",)),
        unit(text, id="g2", kind="recommendation", addressees=("Socialnämnden",)),
    )
    assert result.scores[0].addressees.f1 == 1.0


def test_addressees_are_compared_by_name_alias_and_stem(recommendation):
    found = recommendation(
        "Kommunerna bör öva.", kind="position", to=("kommunerna", "MSB", "polisen")
    )
    gold = unit("Kommunerna bör öva.", addressees=("varje kommun", "regionen"))
    counts = report([found], gold).scores[0].addressees
    assert (counts.hits, counts.false, counts.missed) == (1, 2, 1)


def test_stance_section_and_heading_are_measured_on_what_matched(recommendation):
    found = recommendation(
        "Regionen tillstyrker förslaget om varningar.",
        kind="position",
        stance="support",
        target_section="4.2",
        heading="4.2 Varningar",
    )
    gold = unit(
        "Regionen tillstyrker förslaget om varningar.",
        stance="conditional",
        target_section="avsnitt 4.2",
        heading="Varningar",
    )
    result = report([found], gold)
    score = result.scores[0]
    assert score.stances.value == 0.0
    assert score.sections.value == 1.0
    assert score.headings.value == 1.0
    assert (result.confusions[0].gold, result.confusions[0].found) == ("conditional", "support")


def test_links_are_measured_on_pairs_that_both_annotators_graded(recommendation):
    texts = {
        "a": "Kommunen ska ordna svala rum.",
        "b": "Nämnden efterlyser fler svala rum.",
        "c": "Nämnden avstyrker avgiften på vatten.",
    }
    gold = Gold(
        documents=("svar",),
        units=tuple(unit(text, id=f"g{key}") for key, text in texts.items()),
        links=(GoldLink("ga", "gb", (3, 2)), GoldLink("ga", "gc", (2, 1))),
        evidence=(GoldEvidence("ga", "annan", "Två svala rum öppnades i juni.", "partly"),),
    )
    found = tuple(recommendation(text, id=key, kind="position") for key, text in texts.items())
    links = [Link("b", "a", "near", 0.1, 1, ""), Link("c", "a", "related", 0.4, 1, "")]
    result = evaluate(
        [Predicted("svar", found)],
        gold,
        links=links,
        evidence=[Evidence("a", "x-1", 0.7, "partly", "")],
        blocks={"x-1": "Två svala rum öppnades i juni. De var välbesökta."},
    )
    assert result.links is not None
    assert (result.links.recall_at_5.right, result.links.recall_at_5.total) == (1, 1)
    assert result.links.average_precision == 0.5
    assert (result.links.recall_shown.right, result.links.recall_shown.total) == (0, 1)
    assert (result.links.shown.right, result.links.shown.total) == (0, 1)
    assert result.links.evidence.value == 1.0


def test_a_document_is_known_by_its_file_and_one_that_is_missing_is_told(recommendation):
    found = (recommendation("Nämnden tillstyrker förslaget.", kind="position"),)
    gold = Gold(
        ("svar", "borta"),
        (unit("Nämnden tillstyrker förslaget."), unit("Annat.", document="borta")),
    )
    result = evaluate([Predicted("id-1", found, "mapp/svar.pdf")], gold)
    assert result.scores[0].units.hits == 1
    assert result.not_found == ("borta",)


def test_the_report_is_a_table_and_json(recommendation):
    found = [recommendation("Det regnade hela sommaren.", kind="position")]
    result = report(found, unit("Nämnden tillstyrker förslaget."))
    text = render(result)
    assert text.splitlines()[0].split()[:6] == ["document", "kind", "n", "P", "R", "F1"]
    assert "Nämnden tillstyrker förslaget." in text
    assert "Nämnden tillstyrker" not in render(result, misses=False)
    content = json.loads(json.dumps(result.as_json()))
    assert content["scores"][0]["precision"] == 0.0
    assert content["misses"][0]["side"] == "gold"


def test_gold_is_read_from_a_folder_or_a_file(tmp_path):
    units = {"Svar_1": [{"id": "s1", "kind": "position", "text": "Ja.", "certain": False}]}
    (tmp_path / "units.json").write_text(json.dumps(units), encoding="utf-8")
    links = [{"a": "s1", "b": "s2", "grade": 3, "grades": [3, 2]}]
    (tmp_path / "links.json").write_text(json.dumps(links), encoding="utf-8")
    gold = read_gold(tmp_path)
    assert gold.documents == ("svar-1",)
    assert gold.units[0].certain is False
    assert gold.links[0].agreed == 2
    assert read_gold(tmp_path / "units.json").links == ()


@pytest.mark.parametrize("content", [None, "[1]", "{", '{"a": [{"id": "x"}]}', '{"a": 3}'])
def test_gold_that_cant_be_used_is_told_in_one_line(tmp_path, content):
    file = tmp_path / "units.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError) as error:
        read_gold(file)
    assert "\n" not in str(error.value)


def test_the_shared_gold_can_be_read(shared):
    gold = read_gold(shared / "gold")
    assert len([one for one in gold.units if one.kind == "measure"]) == 18
    assert gold.links
    assert gold.evidence


def test_a_kind_that_no_annotator_looked_for_is_not_false(recommendation):
    found = [recommendation("Nämnden instämmer.", id="a", document="svar", kind="answer")]
    report = evaluate([Predicted("svar", tuple(found))], Gold(documents=("svar",), units=()))
    assert report.scores == ()
