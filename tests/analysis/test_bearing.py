import re

import pytest

from analysis.bearing import read_bearing
from analysis.sentences import read_data


@pytest.mark.parametrize(
    ("passage", "bearing"),
    [
        ("Nämnden har tagit fram en plan för dricksvattnet.", "implemented"),
        ("Kommunen har utsett en vattensamordnare.", "implemented"),
        ("Det finns rutiner för hur prover tas.", "implemented"),
        ("Rutinerna antogs av fullmäktige 2021.", "implemented"),
        ("En plan för dricksvattnet saknas.", "not"),
        ("Arbetet har ännu inte genomförts.", "not"),
        ("Det finns ingen samlad bild av behoven.", "not"),
        ("Vattenprover sker inte regelbundet.", "not"),
        ("Åtgärden är delvis genomförd.", "partly"),
        ("Arbetet med planen pågår.", "partly"),
        ("Bolaget har tagit fram rutiner, men de saknas i två verksamheter.", "partly"),
        ("Regionen bör ta fram en plan.", "supports"),
        ("Det behövs bättre mätningar.", "supports"),
        ("Utveckla uppföljningen av vattenkvaliteten.", "supports"),
        ("Nämnden avstyrker förslaget om nya mätningar.", "contradicts"),
        ("Mätningar är inte lämpliga att göra årligen.", "contradicts"),
        ("Halten får inte överstiga gränsvärdet.", "unknown"),
        ("Dricksvatten är ett livsmedel.", "unknown"),
    ],
)
def test_wording_shows_what_became_of_the_measure(passage, bearing):
    assert read_bearing(passage) == bearing


def test_a_wish_beside_something_done_leaves_it_done():
    passage = "Kommunen har infört mätningar, och resultaten bör spridas."
    assert read_bearing(passage) == "implemented"


def test_line_ends_and_capitals_do_not_matter():
    assert read_bearing("NÄMNDEN HAR\nTAGIT   FRAM en plan.") == "implemented"


@pytest.mark.parametrize(
    "wording", [wording for group in read_data("bearing.yml").values() for wording in group]
)
def test_every_wording_is_a_valid_pattern_in_lower_case(wording):
    assert not re.compile(wording).search("")
    assert re.sub(r"\\.", "", wording) == re.sub(r"\\.", "", wording).lower()
