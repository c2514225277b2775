"""A document without pages is shown in order, each quote marked where it stands."""

import json

import pytest

from corpus.models import Block, Call, Cell, Document, Page, Reading, Recommendation, Section
from corpus.store import Store, StoredFile
from datasette_plugins.flow import flow
from datasette_plugins.site import make_site

FIRST = "Kommunen tillstyrker förslaget."
SECOND = "Kommunen avstyrker avgiften."


def row(key, text, kind="paragraph", **more):
    empty = {"level": None, "number": None, "section": None, "calls": None, "cells": None}
    return {"id": key, "kind": kind, "text": text, **empty, **more}


def quote(key, text, number=1):
    return {"id": key, "text": text, "number": number, "title": "T"}


def marked(block):
    return [(piece["text"], piece["quote"]["id"]) for piece in block["pieces"] if piece["quote"]]


def test_a_quote_over_two_blocks_is_marked_in_both():
    blocks = [row("a", "Vi anser att följande"), row("b", "behövs. Mer text.")]
    first, second = flow(blocks, [quote("q", "att följande behövs.")])
    assert (marked(first), marked(second)) == ([("att följande", "q")], [("behövs.", "q")])
    assert [piece["first"] for piece in first["pieces"]] == [False, True]


def test_the_same_wording_is_marked_where_it_comes_again():
    blocks = [row("a", "Ja."), row("b", "Ja.")]
    found = flow(blocks, [quote("q", "Ja."), quote("r", "Ja.", 2)])
    assert [marked(block) for block in found] == [[("Ja.", "q")], [("Ja.", "r")]]


def test_rows_of_cells_are_one_table():
    text = "A | B"
    cells = json.dumps([[0, 1, 0, True], [4, 5, 1, False]])
    found = flow([row("a", text, "table", cells=cells), row("b", text, "table", cells=cells)], [])
    assert [len(block["rows"]) for block in found] == [2]
    assert [cell["pieces"][0]["text"] for cell in found[0]["rows"][0]["cells"]] == ["A", "B"]


def test_a_quote_that_is_lost_can_be_reached_first():
    first, _text = flow([row("a", "Text.")], [quote("q", "Annat.")])
    assert first["pieces"][0]["quote"]["id"] == "q"


@pytest.fixture
def page(tmp_path):
    """A site with one web page: a heading, two quotes, a table and a note that is called."""
    blocks = (
        Block("svar-b1", "heading", "Svar", 1, 1, section="svar-s1", level=1, anchor="svar"),
        Block("svar-b2", "paragraph", FIRST, 1, 2, calls=(Call(8, "1", "svar-b5"),), anchor="p 2"),
        Block("svar-b3", "list_item", SECOND, 1, 3, level=1, number="1."),
        Block("svar-b4", "table", "A | B", 1, 4, cells=(Cell(0, 1, 0, True), Cell(4, 5, 1))),
        Block("svar-b5", "footnote", "Noten.", 1, 5, number="1"),
    )
    document = Document(
        *("svar", "Svaret", "response", "sv", "0" * 64, "svar.html"),
        pages=(Page(1, 0.0, 0.0, "\n".join(block.text for block in blocks)),),
        sections=(Section("svar-s1", "Svar", 1, 1, 1),),
        blocks=blocks,
        url="https://vikby.example/svar",
    )
    made = tuple(
        Recommendation(
            *(f"svar-{place}", "svar", "position", place, text[:12], text, 1),
            section="svar-s1",
            heading="Svar",
            anchor=anchor,
        )
        for place, (text, anchor) in enumerate(((FIRST, "p 2"), (SECOND, None)), 1)
    )
    store = Store(tmp_path / "c.db")
    run = store.start_run("build", {}, {})
    file = StoredFile("svar", str(tmp_path / "svar.html"), "0" * 64, "f")
    store.write_reading(Reading(document, made), file, run)
    store.close()
    client = make_site(tmp_path / "c.db").client

    async def get(path):
        return (await client.get(path)).text

    return get


async def test_the_document_is_shown_as_its_text(page):
    text = await page("/-/dokument/svar")
    assert "<img" not in text.split("<main", 1)[-1]
    assert "s. 1" not in text
    assert "Sida 1" not in text
    assert '<h3 id="avsnitt-svar-s1"' in text
    assert 'href="#avsnitt-svar-s1"' in text
    assert '<sup class="call">1</sup><mark> tillstyrker förslaget.</mark>' in text
    assert 'id="rek-svar-2"' in text
    assert '<th scope="col">A</th><td>B</td>' in text


async def test_one_passage_can_be_shown(page):
    text = await page("/-/dokument/svar?visa=svar-b5")
    assert 'class="footnote shown" id="visa"' in text


async def test_a_recommendation_is_placed_by_its_heading_and_leads_to_its_passage(page):
    text = await page("/-/rekommendation/svar-1")
    assert "under rubriken ”Svar”" in text
    assert "s. 1" not in text
    assert 'href="https://vikby.example/svar#p%202"' in text
    assert 'href="https://vikby.example/svar"' in await page("/-/rekommendation/svar-2")
