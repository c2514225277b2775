"""The texts that an encoder is trained on, read from a folder of compressed files."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SEED = 20261121  # of the pairs that measure.py asks for; the same as in train_static.py
HELD_OUT = 50  # measure.py's share: every 50th pair
HELD_OUT_DOCUMENTS = 40  # every 40th document is kept out as a whole
COMMON = 8  # a text in more pairs than this is a formula, which doesn't make them one document
MESSAGE_WORDS = 6  # shorter messages of programs are buttons and menus


@dataclass(frozen=True, slots=True)
class Translation:
    """A Swedish sentence, its English translation and where they come from."""

    swedish: str
    english: str
    source: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two Swedish texts on the same matter; ``document`` is the same for those of one document."""

    texts: tuple[str, str]
    kind: str
    document: int


def read_translations(folder: Path) -> list[Translation]:
    """Return the sentences of every ``sv-en*.tsv.gz``, each Swedish sentence once."""
    found: dict[str, Translation] = {}
    for path in sorted(folder.glob("sv-en*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                source = cells[2] if len(cells) > 2 else "gettext"
                if source == "gettext" and len(cells[0].split()) < MESSAGE_WORDS:
                    continue
                key = re.sub(r"\W+", " ", cells[0].lower())
                found.setdefault(key, Translation(cells[0], cells[1], source))
    return list(found.values())


def read_pairs(folder: Path) -> list[Pair]:
    """Return the pairs to train on of every ``pairs*.jsonl.gz``, without those held out."""
    return [pair for pair, held in _pairs(folder) if not held]


def held_out_pairs(folder: Path) -> list[Pair]:
    """Return the pairs of documents that are kept out of the training."""
    return [pair for pair, held in _pairs(folder) if held]


def _pairs(folder: Path) -> list[tuple[Pair, bool]]:
    """Return each pair and whether it is held out; measure.py's own pairs are in neither."""
    found: list[tuple[Pair, bool]] = []
    for path in sorted(folder.glob("pairs*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        asked = _asked_by_measure(len(rows)) if path.name == "pairs.jsonl.gz" else set()
        documents = _documents(rows)
        for index, (row, document) in enumerate(zip(rows, documents, strict=True)):
            if index not in asked:
                number = int(sha256(document.encode()).hexdigest()[:8], 16)
                held = number % HELD_OUT_DOCUMENTS == 0
                found.append((Pair((row[0], row[1]), row[2], number), held))
    return found


def _asked_by_measure(count: int) -> set[int]:
    order = list(range(count))
    random.Random(SEED).shuffle(order)
    return set(order[::HELD_OUT])


def _documents(rows: list[list[str]]) -> list[str]:
    """Return a name for each row's document: its fourth cell, else pairs that share texts."""
    uses = Counter(text for row in rows for text in set(row[:2]))
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for row in rows:
        if max(uses[row[0]], uses[row[1]]) <= COMMON:
            parent[root(row[0])] = root(row[1])
    return [
        row[3] if len(row) > 3 else root(min(row[:2], key=lambda text: uses[text])) for row in rows
    ]
