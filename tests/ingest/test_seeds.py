"""The reader against the gold structure of the seeds; needs ``../shared``."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from corpus.errors import UnreadableDocument
from corpus.ids import squash
from corpus.models import Document
from ingest import read_document

DOCUMENTS = ("000_yttrande", "002_nationell_strategi", "003_revisionsrapport")
FLOW = ("heading", "paragraph", "list_item")


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def f1(found: Iterable[object], wanted: Iterable[object]) -> float:
    found, wanted = Counter(found), Counter(wanted)
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def flow_words(document: Document) -> list[str]:
    return [word for b in document.blocks if b.kind in FLOW for word in tokens(b.text)]


@pytest.fixture(scope="module", params=DOCUMENTS)
def seed(request, shared: Path) -> tuple[Document, list[dict[str, str]]]:
    gold = json.loads((shared / "gold" / "structure" / f"{request.param}.json").read_text("utf-8"))
    return read_document(shared / "seeds" / "pdf" / f"{request.param}.pdf"), gold["blocks"]


def test_no_word_is_lost_and_the_order_is_right(seed):
    document, gold = seed
    wanted = [word for block in gold if block["type"] in FLOW for word in tokens(block["text"])]
    found = flow_words(document)
    recall = (Counter(found) & Counter(wanted)).total() / len(wanted)
    matched = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    assert recall >= 0.99
    assert sum(match.size for match in matched) / len(wanted) >= 0.97


@pytest.mark.parametrize(("kind", "least"), [("heading", 0.97), ("paragraph", 0.97)])
def test_blocks_are_those_of_the_gold(seed, kind, least):
    document, gold = seed
    found = [squash(block.text) for block in document.blocks if block.kind == kind]
    wanted = [squash(block["text"]) for block in gold if block["type"] == kind]
    assert f1(found, wanted) >= least


def test_headings_have_the_levels_of_the_gold(seed):
    document, gold = seed
    found = [(squash(b.text), b.level) for b in document.blocks if b.kind == "heading"]
    wanted = [(squash(b["text"]), b["level"]) for b in gold if b["type"] == "heading"]
    assert f1(found, wanted) >= 0.95


def test_every_real_file_is_read_or_says_why_not(shared):
    unreadable = []
    for path in sorted((shared / "real" / "robustness").iterdir()):
        try:
            document = read_document(path)
        except UnreadableDocument:
            unreadable.append(path.stem)
            continue
        assert document.pages
        assert document.blocks or document.problems
    assert len(unreadable) <= 4
