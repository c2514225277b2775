"""Whom a document means: by its own abbreviations, and by *kommunen*, *nämnden* and *vi*."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.referents import introduced, referred
from corpus.actors import load_gazetteer
from corpus.models import Addressee


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("Bolagsverket (BV) har svarat.", "BV", "Bolagsverket"),
        ("Myndigheten för vägljus (MVL) har svarat.", "MVL", "Myndigheten för vägljus"),
        ("Region Skåne (RS) har svarat.", "RS", "Region Skåne"),
        ("Boverket (BFS 2014:4) har svarat.", "BFS", None),
        ("Vi cyklar mer (VCM) än förr.", "VCM", None),
        ("Kommunerna (KMN) har svarat.", "KMN", None),
        ("Inspektionen för ljud (XYZ) har svarat.", "XYZ", None),
    ],
)
def test_an_abbreviation_that_a_document_gives(text, short, name, document, gazetteer):
    actor = introduced(document(text), gazetteer).resolve(short)
    assert (actor.name if actor else None) == name


def test_a_known_abbreviation_keeps_its_meaning(document, gazetteer):
    wider = introduced(document("Boverket (MSB) har svarat."), gazetteer)
    assert wider.resolve("MSB") == gazetteer.resolve("MSB")


@pytest.mark.parametrize(
    ("text", "sender", "named", "actor"),
    [
        # named before in the paragraph
        ("Mora kommun växer. Kommunen ska öva.", "Orsa kommun", "Kommunen", "mora-kommun"),
        ("Boverket är nytt. Myndigheten bör öva.", None, "Myndigheten", "boverket"),
        # the sender, known or not
        ("Kommunen ska öva.", "Orsa kommun", "Kommunen", "orsa-kommun"),
        ("Kommunen ska öva.", "Näckö kommun", "Kommunen", "nacko-kommun"),
        ("Regionen ska öva.", "Region Tallmark", "Regionen", "region-tallmark"),
        ("Vi ska öva.", "Boverket", "vi", "boverket"),
        ("Kommunen ska öva.", "Boverket", "Kommunen", None),
        # the only one of the document
        (
            f"Kommunen ska öva.\n\n{'Än sen, sade Mora kommun. ' * 3}",
            None,
            "Kommunen",
            "mora-kommun",
        ),
        (f"Nämnden ska öva.\n\n{'Socialnämnden lyssnar. ' * 3}", None, "Nämnden", "socialnamnden"),
        ("Kommunen ska öva.\n\nSå gör Mora kommun.", None, "Kommunen", None),
        ("Kommunen ska öva.\n\nMora kommun och Orsa kommun.", None, "Kommunen", None),
        # not a word for another
        ("Kommunerna ska öva.", "Orsa kommun", "Kommunerna", None),
    ],
)
def test_whom_a_word_stands_for(text, sender, named, actor, document, recommendation, gazetteer):
    made = document(text, sender=sender)
    sentence = next(
        part
        for part in text.replace("\n\n", ". ").split(". ")
        if " ska " in part or " bör " in part
    )
    found = replace(recommendation(sentence), addressees=(Addressee(named),))
    (one,) = referred(made, [found], gazetteer)
    assert one.addressees == (Addressee(named, actor),)
