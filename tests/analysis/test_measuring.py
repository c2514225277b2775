"""Each measure on gold so small that its figures can be reckoned by hand."""

from __future__ import annotations

import json

import pytest

from analysis.cited import with_context
from analysis.evaluate import Predicted, evaluate
from analysis.gold import Gold, GoldAnswer, GoldCitation, GoldSource, GoldUnit
from analysis.render import HELD_OUT, render
from corpus.models import Citation, Link

NUMBERS = ("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def unit(text, *, id="g1", kind="position", document="svar", **rest):
    return GoldUnit(id=id, document=document, kind=kind, text=text, **rest)


def measured(found, units, *, links=(), **rest):
    gold = Gold(documents=("svar",), units=tuple(units), **rest)
    return evaluate([Predicted("svar", tuple(found))], gold, links=links)


def positions(recommendation, stances):
    """Return positions of pairs of stances, gold and found."""
    texts = [f"Förslag {NUMBERS[place]} ska gälla." for place in range(len(stances))]
    found = [
        recommendation(text, id=text, kind="position", stance=ours)
        for text, (_, ours) in zip(texts, stances, strict=True)
    ]
    gold = [
        unit(text, id=text, stance=theirs) for text, (theirs, _) in zip(texts, stances, strict=True)
    ]
    return found, gold


def test_the_mean_over_stances_takes_those_that_occur_ten_times(recommendation):
    stances = [("request", "request")] * 8 + [("request", "support")] * 2 + [("oppose", "request")]
    result = measured(*positions(recommendation, stances))
    assert result.stances.common == ("request",)
    request = next(one for one in result.stances.classes if one.label == "request")
    assert (request.units.hits, request.units.false, request.units.missed) == (8, 1, 2)
    assert result.stances.macro_f1 == pytest.approx(16 / 19)


def test_no_mean_over_stances_where_none_is_common(recommendation):
    result = measured(*positions(recommendation, [("oppose", "support")]))
    assert result.stances.macro_f1 is None
    assert "no stance occurs 10 times" in render(result)


def test_the_confusion_table_has_gold_in_rows_and_found_in_columns(recommendation):
    stances = [("support", "support"), ("support", "request"), ("oppose", "oppose")]
    lines = [
        line.split() for line in render(measured(*positions(recommendation, stances))).split("\n")
    ]
    top = lines.index(["oppose", "request", "support", "all"])
    assert lines[top + 1] == ["oppose", "1", ".", ".", "1"]
    assert lines[top + 2] == ["support", ".", "1", "1", "2"]


def test_a_stance_read_otherwise_is_listed_with_its_text(recommendation):
    result = measured(*positions(recommendation, [("oppose", "support")]))
    (one,) = result.differences
    assert (one.what, one.gold, one.found) == ("stance", "oppose", "support")
    assert one.text == "Förslag ett ska gälla."
    assert one.text in render(result)


def test_a_miss_stands_beside_what_is_nearest_also_of_another_kind(recommendation):
    text = "Nämnden bör öppna två svala rum i varje stadsdel."
    found = recommendation(text, id="f1", kind="measure")
    result = measured([found], [unit(text)])
    missed = next(miss for miss in result.misses if miss.side == "gold")
    assert (missed.nearest.kind, missed.nearest.id, missed.nearest.likeness) == ("measure", "f1", 1)
    lines = render(result).splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("  gold"))
    assert "nearest found, 1.00: measure f1" in lines[at + 1]


def test_misses_are_grouped_by_document(recommendation):
    gold = Gold(
        ("ett", "två"),
        tuple(unit(f"Nämnd {name} säger ja.", id=name, document=name) for name in ("ett", "två")),
    )
    lines = render(evaluate([Predicted("ett", ()), Predicted("två", ())], gold)).splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("Missed (gold)"))
    assert [line for line in lines[start:] if line in {"ett", "två"}] == ["ett", "två"]
    assert lines[lines.index("två", start) + 1].startswith("  gold  position två")


def test_a_unit_whose_kind_is_open_counts_neither_way(recommendation):
    text = "Myndigheten ska kartlägga behovet av svala rum."
    for kind in ("measure", "position"):
        found = recommendation(text, id="f", kind=kind)
        result = measured([found], [unit(text, kind="measure", certain=False, any_kind=True)])
        assert result.misses == ()


def test_units_of_open_kind_and_traps_are_counted_whatever_their_kind(recommendation):
    text = "Myndigheten ska kartlägga skuggan i alla distrikt."
    trap = "Enligt Ljusverket bör kommunerna måla taken vita."
    found = [
        recommendation(text, id="f0", kind="position"),
        recommendation(trap, id="f1", kind="position"),
    ]
    units = [unit(text, id="karta", kind="measure", certain=False, any_kind=True)]
    units.append(unit("Solen skiner.", id="sol", kind="measure", certain=False, any_kind=True))
    sources = (GoldSource("svar", trap, traps=(trap, "Målet är att alla tak är vita år 2040.")),)
    result = measured(found, units, sources=sources)
    assert (result.loose.found.right, result.loose.found.total) == (1, 2)
    assert (result.loose.trapped.right, result.loose.trapped.total) == (1, 2)
    assert [(one.what, one.text) for one in result.differences] == [
        ("unit", "Solen skiner."),
        ("trap", trap),
    ]
    assert "taken for one: 1/2" in render(result)


def test_a_passage_that_is_left_open_is_not_false(recommendation):
    text = "Det vore bra med fler svala rum i stadsdelarna."
    found = [recommendation(text, id="f", kind="position")]
    sources = (GoldSource("svar", text, open_texts=(text,)),)
    assert measured(found, [], sources=sources).misses == ()
    assert len(measured(found, []).misses) == 1


def test_bodies_that_gold_leaves_open_are_neither_found_nor_false(recommendation):
    text = "Regeringen bör ge Ljusverket i uppdrag att mäta."
    found = recommendation(text, kind="position", to=("Regeringen", "Ljusverket", "Skuggverket"))
    result = measured([found], [unit(text, addressees=("Regeringen",), also=("Ljusverket",))])
    counts = result.totals[0].addressees
    assert (counts.hits, counts.false, counts.missed) == (1, 1, 0)
    (one,) = result.differences
    assert (one.what, one.found) == ("addressees", "Regeringen; Ljusverket; Skuggverket")


TEXT = "Se 4 § ljuslagen (1999:1) och SOU 2001:2.\nKör SOU 2001:2 igen, jfr skr. 2003/04:5."
WHOLE = ((0, len(TEXT)),)


def cite(raw, form=None, *, number=0, kind="sou", **rest):
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(raw, start + 1)
    return GoldCitation("svar", kind, raw, start, start + len(raw), (form or raw,), **rest)


def found_citations(*raws):
    pairs = [(raw, form) for raw, _, form in (one.partition("=") for one in raws)]
    citations = [Citation("b", 1, raw, "sou", form or raw) for raw, form in pairs]
    return tuple(with_context(citations, TEXT))


def cited(wanted, found, *, spans=WHOLE, open_spans=()):
    source = GoldSource("svar", TEXT, spans, open_spans)
    gold = Gold(("svar",), (), citations=tuple(wanted), sources=(source,))
    return evaluate([Predicted("svar", ())], gold, citations={"svar": found})


def figures(result):
    places = result.citations[-1].places
    return places.hits, places.false, places.missed


def test_citations_are_found_by_their_place_not_by_their_words_alone():
    wanted = [cite("SOU 2001:2"), cite("SOU 2001:2", number=1), cite("skr. 2003/04:5")]
    result = cited(wanted, found_citations("SOU 2001:2", "SOU 2001:2", "4 §"))
    assert figures(result) == (2, 1, 1)
    total = result.citations[-1]
    assert (total.places.precision, total.places.recall) == (2 / 3, 2 / 3)
    assert "[skr. 2003/04:5]" in render(result)


def test_a_second_citation_of_the_same_place_is_false():
    over = (*found_citations("SOU 2001:2"), *found_citations("2001:2"))
    assert figures(cited([cite("SOU 2001:2")], over)) == (1, 1, 0)


def test_the_normal_form_is_measured_apart_and_its_order_does_not_matter():
    wanted = [cite("4 § ljuslagen (1999:1)", "4 § SFS 1999:1"), cite("SOU 2001:2")]
    found = found_citations("4 § ljuslagen (1999:1)=SFS 1999:1 4 §", "SOU 2001:2=SOU 2001:3")
    result = cited(wanted, found)
    assert figures(result) == (2, 0, 0)
    assert (result.citations[-1].forms.right, result.citations[-1].forms.total) == (1, 2)
    assert [(one.gold, one.found) for one in result.differences] == [("SOU 2001:2", "SOU 2001:3")]


@pytest.mark.parametrize("open_spans", [((30, 41),), ()])
def test_what_is_left_open_or_outside_the_spans_does_not_count(open_spans):
    wanted = [cite("SOU 2001:2", certain=False)]
    assert figures(cited(wanted, found_citations("SOU 2001:2"), open_spans=open_spans)) == (0, 0, 0)
    assert figures(cited([], found_citations("SOU 2001:2"), spans=((60, 80),))) == (0, 0, 0)
    assert figures(cited([], found_citations("SOU 2001:2"))) == (0, 1, 0)


def test_a_statute_inside_its_paragraph_does_not_count_twice():
    wanted = [cite("4 § ljuslagen (1999:1)", "4 § SFS 1999:1", includes=("SFS 1999:1",))]
    found = found_citations(
        "4 § ljuslagen (1999:1)=4 § SFS 1999:1", "ljuslagen (1999:1)=SFS 1999:1"
    )
    assert figures(cited(wanted, found)) == (1, 0, 0)


def test_answers_are_measured_by_passage_recommendation_and_verdict(recommendation):
    r1, r2 = "Inför en årlig mätning av ljuset.", "Utbilda all personal om skugga."
    says = {
        "a1": "Nämnden instämmer i att ljuset ska mätas.",
        "a2": "Nämnden avser inte att utbilda fler.",
        "a3": "Solen går upp i öster varje dag.",
    }
    found = [
        recommendation(text, id=f"f{place}", document="svar", kind="recommendation")
        for place, text in enumerate((r1, r2))
    ] + [recommendation(text, id=key, document="svar", kind="answer") for key, text in says.items()]
    units = [unit(r1, id="g1", kind="recommendation"), unit(r2, id="g2", kind="recommendation")]
    answers = (
        GoldAnswer("svar", "g1", says["a1"], "agrees"),
        GoldAnswer("svar", "g2", says["a2"], "disagrees"),
        GoldAnswer("svar", "g2", "Nämnden har redan utbildat alla.", "done"),
        GoldAnswer("svar", "g2", "Det får visa sig under hösten.", "none"),
    )
    links = [
        Link("a1", "f0", "answers", 1.0, 1, "", "agrees"),
        Link("a2", "f1", "answers", 1.0, 1, "", "partly"),
        Link("a3", "f1", "answers", 1.0, 2, "", "done"),
    ]
    result = measured(found, units, links=links, answers=answers)
    score = result.answers
    assert (score.found.right, score.found.total) == (2, 3)
    assert (score.right.right, score.right.total) == (2, 3)
    assert (score.verdicts.right, score.verdicts.total) == (1, 2)
    told = [(one.gold, one.found) for one in result.differences]
    assert told == [("disagrees", "partly"), ("done", ""), ("", "done")]


def test_held_out_documents_give_figures_and_a_line_that_says_why(recommendation):
    result = measured([], [unit("Nämnden tillstyrker förslaget.")], held_out=True)
    told = render(result.without_texts(), misses=False)
    assert "Nämnden tillstyrker" not in told
    assert HELD_OUT in told
    assert "0.00" in told
    assert "Nämnden tillstyrker" in render(result)


def test_the_json_has_all_figures_worked_out(recommendation):
    stances = [("request", "request")] * 10
    content = json.loads(json.dumps(measured(*positions(recommendation, stances)).as_json()))
    assert content["stances"]["macro_f1"] == 1.0
    assert content["stances"]["classes"][0]["f1"] == 1.0
    assert content["stances"]["common"] == ["request"]
    wanted = cited([cite("SOU 2001:2")], found_citations("SOU 2001:2")).as_json()
    assert wanted["citations"][0]["precision"] == 1.0
