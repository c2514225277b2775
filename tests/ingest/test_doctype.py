"""The rules that tell kinds of documents apart are data: each is well formed and reachable."""

from collections import Counter
from importlib.resources import files
from typing import get_args

import yaml

from corpus.models import DocType
from ingest.doctype import read_doctype, zones_of
from ingest.plaintext import read_text

RULES = yaml.safe_load((files("ingest") / "data" / "doctypes.yml").read_text("utf-8"))

TEXT = "Yttrande över en plan\n\nLjusverket avstyrker planen.\n"


def document(text):
    return read_text(text.encode(), "prov", "prov.txt")


def test_rules_name_known_kinds_and_zones():
    zones = set(zones_of(document(TEXT)))
    assert {rule["doctype"] for rule in RULES["rules"]} == set(get_args(DocType))
    assert {rule["zone"] for rule in RULES["rules"]} <= zones
    assert all(rule["points"] > 0 for rule in RULES["rules"])


def test_no_rule_stands_twice():
    counts = Counter((rule["doctype"], rule["zone"], rule["match"]) for rule in RULES["rules"])
    assert max(counts.values()) == 1


def test_the_verdict_names_its_strongest_evidence():
    verdict = read_doctype(document(TEXT))
    assert verdict.doctype == "response"
    assert (verdict.zone, verdict.passage) == ("title", "Yttrande över")


def test_too_little_evidence_is_other():
    verdict = read_doctype(document("Solen sken över torget hela dagen.\n"), "yttrande.txt")
    assert verdict.doctype == "other"
    assert verdict.points < RULES["threshold"]
