"""How strongly and by when a sentence obliges."""

from __future__ import annotations

import pytest

from analysis.obligation import bare_deadline, deadline, modality, states_action, title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utveckla rapporteringen.", "imperativ"),
        ("Se över hur taxan ska sättas.", "imperativ"),
        ("Stöd till anhöriga", None),
        ("Kommunen bör, och i vissa fall ska, betala.", "ska"),
        ("Skolorna behöver fler vuxna.", "behöver"),
        ("Det här är en skansk tradition.", None),
    ],
)
def test_the_modality_is_the_strongest_verb(text, expected):
    assert modality(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Planen ska antas senast den 31 december 2026.", "2026-12-31"),
        ("Klart senast 2027-03-01.", "2027-03-01"),
        ("Arbetet redovisas senast i mars 2026.", "2026-03"),
        ("Åtgärden genomförs under perioden 2025–2028.", "2028"),
        ("Vägen byggs under 2029.", "2029"),
        ("Senast vid utgången av 2030 ska målet nås.", "2030"),
        ("Enligt prop. 2009/10:131 finns skäl.", None),
        ("Planen antogs 2016.", None),
    ],
)
def test_a_deadline_is_as_exact_as_the_text(text, expected):
    assert deadline(text) == expected


def test_a_field_may_hold_nothing_but_a_year():
    assert bare_deadline("2026–2028") == "2028"
    assert bare_deadline("Löpande") is None


def test_what_is_to_be_done_is_told_from_what_is():
    assert states_action("Det är viktigt att alla får veta.")
    assert states_action("Nämnden måste svara.")
    assert not states_action("Nämnden kan svara.")
    assert not states_action("Nämnden svarade i mars.")


def test_a_long_title_is_cut_between_words():
    long = "Inrätta en funktion som samordnar " + "alla förvaltningars arbete " * 5
    cut = title(long)
    assert len(cut) <= 92
    assert cut.endswith("…")
    assert long.startswith(cut.removesuffix(" …"))
    assert title("Bygg en bro.") == "Bygg en bro"
