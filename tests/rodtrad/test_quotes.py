"""A quote that does not stand in its file is not read into the database, and a row tells so."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from corpus.models import Recommendation, Variant
from rodtrad.quotes import proved
from rodtrad.reading import Patience, Task, read

TEXT = "Näckö kommun tillstyrker förslaget om nya badplatser."


def read_pages(path):
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    task = Task("plan", path, path.name, sha256, None, ())
    return read(lambda _step: None, task, Patience())


def quote(text, boxes, *variants):
    return Recommendation("", "plan", "position", 1, "", text, 1, boxes=boxes, variants=variants)


def test_quotes_that_their_boxes_do_not_spell_are_left_out_and_told_of(write_pages):
    path = write_pages("plan.pdf", TEXT, "Nästa sida.")
    reading = read_pages(path)
    boxes = reading.document.blocks[0].boxes
    false = "Näckö kommun avstyrker förslaget om nya badplatser."
    variants = Variant(TEXT, "body", 1, boxes), Variant(false, "body", 1, boxes)
    units = quote(TEXT, boxes, *variants), quote(false, boxes)
    gate = proved(replace(reading, recommendations=units), path)
    assert [(r.text, r.variants) for r in gate.recommendations] == [(TEXT, variants[:1])]
    assert [(p.kind, p.page) for p in gate.document.problems] == [("unproved", 1)] * 2
    assert "avstyrker" in gate.document.problems[0].message
