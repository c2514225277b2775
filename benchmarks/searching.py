"""Times searching 100,000 recommendations: full text and meaning together, as the page does it.

Usage: python benchmarks/searching.py [DB]. The corpus is invented: recommendations and passages of
words drawn as often as the genre has them, with random vectors. DB is where it is kept.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np

from analysis.encoder import load_encoder
from analysis.sentences import read_data
from corpus.database import open_database
from corpus.search import Index, Narrow, search
from corpus.stems import stem_text

RECOMMENDATIONS = 100_000
PASSAGES = 300_000
DOCUMENTS = 2_000
WORDS = 30
"""Of a recommendation or passage."""
RARE_WORDS = 60_000
"""Compounds that the genre's counts do not have; each stands a few times."""
QUERIES = 300
SEED = 20261127


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Return words with how often they stand: the genre's own, and rare compounds of them."""
    common = read_data("background.yml")
    words, weights = list(common), [float(share) for share in common.values()]
    long = [word for word in words if len(word) > 3]
    rare = [chance.choice(long) + chance.choice(long) for _ in range(RARE_WORDS)]
    return words + rare, weights + [0.2 * sum(weights) / RARE_WORDS] * RARE_WORDS


def texts(count: int, chance: random.Random) -> Iterator[str]:
    """Yield invented texts."""
    words, weights = vocabulary(random.Random(SEED))
    upto = list(accumulate(weights))
    for _ in range(count):
        yield " ".join(chance.choices(words, cum_weights=upto, k=WORDS)).capitalize() + "."


def fill(database: Path) -> None:
    """Make the corpus."""
    chance = random.Random(SEED)
    db = open_database(database, create=True).conn
    db.execute("pragma foreign_keys=off")
    kinds = ("audit", "strategy", "response", "guidance")
    db.executemany(
        "insert into documents (id, title, doctype, date, sha256, source)"
        " values (?, ?, ?, ?, '', '')",
        (
            (f"d{n}", f"Dokument {n}", kinds[n % 4], f"{2000 + n % 25}-05-01")
            for n in range(DOCUMENTS)
        ),
    )
    for number, text in enumerate(texts(RECOMMENDATIONS, chance), 1):
        row = (number, f"r{number}", f"d{number % DOCUMENTS}", text[:60], text)
        db.execute(
            "insert into recommendations (rowid, id, document, kind, title, text, page, boxes,"
            " withdrawn) values (?, ?, ?, 'recommendation', ?, ?, 1, '[]', 0)",
            row,
        )
        db.execute(
            "insert into recommendations_fts (rowid, title, heading, text, stems)"
            " values (?, ?, '', ?, ?)",
            (number, text[:60], text, stem_text(text)),
        )
    for number, text in enumerate(texts(PASSAGES, chance), 1):
        db.execute(
            "insert into blocks (rowid, id, document, page, position, kind, text, boxes)"
            " values (?, ?, ?, 1, ?, 'paragraph', ?, '[]')",
            (number, f"b{number}", f"d{number % DOCUMENTS}", number, text),
        )
        db.execute(
            "insert into blocks_fts (rowid, text, stems) values (?, ?, ?)",
            (number, text, stem_text(text)),
        )
    vectors = np.random.default_rng(SEED).standard_normal((RECOMMENDATIONS, 384), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    db.executemany(
        "insert into meanings values (?, 'small-sv', ?)",
        ((f"r{n}", row.tobytes()) for n, row in enumerate(vectors, 1)),
    )
    for table in ("recommendations_fts", "blocks_fts"):
        db.execute(f"insert into {table} ({table}) values ('optimize')")
    db.commit()
    db.close()


def queries(database: Path, chance: random.Random) -> dict[str, list[str]]:
    """Return queries by kind: words of one text, a phrase of it, a word begun, one misspelt."""
    with sqlite3.connect(database) as db:
        drawn = [
            db.execute(
                "select text from recommendations where rowid = ?",
                [chance.randrange(RECOMMENDATIONS) + 1],
            ).fetchone()[0]
            for _ in range(QUERIES)
        ]
    words = [text.rstrip(".").split() for text in drawn]
    return {
        "one word": [chance.choice(found) + " " for found in words],
        "three words": [" ".join(chance.sample(found, 3)) for found in words],
        "phrase": [f'"{" ".join(found[5:7])}"' for found in words],
        "word begun": [chance.choice(found)[:4] for found in words],
        "misspelt": [max(found, key=len)[:-2] + "xq " for found in words],
    }


def measure(database: Path) -> None:
    """Print the times of each kind of query, in milliseconds."""
    encoder = load_encoder()
    index = Index()
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)

    def run(query: str, narrow: Narrow | None = None) -> float:
        started = time.perf_counter()
        search(connection, query, narrow, index, lambda text: encoder.encode([text])[0])
        return 1000 * (time.perf_counter() - started)

    print(f"the first query, which reads the vectors: {run('kommunen ska '):.0f} ms")
    print(f"the first misspelt one, which reads the words: {run('kommunxenbqz '):.0f} ms")
    every: list[float] = []
    print(f"{'ms':14}{'median':>8}{'95 %':>8}{'most':>8}")
    for kind, asked in queries(database, random.Random(SEED)).items():
        times = sorted(run(query) for query in asked)
        every += times
        print_times(kind, times)
    print_times("all", sorted(every))


def print_times(kind: str, times: list[float]) -> None:
    """Print the median, the 95th percentile and the longest of some sorted times."""
    ninety_five = times[int(0.95 * len(times))]
    print(f"{kind:14}{statistics.median(times):8.1f}{ninety_five:8.1f}{times[-1]:8.1f}", flush=True)


def main(arguments: list[str]) -> None:
    """Make the corpus where it is not there yet, and time searching it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(arguments[0]) if arguments else Path(folder) / "searching.db"
        if not database.exists():
            fill(database)
        print(f"{RECOMMENDATIONS} recommendations, {PASSAGES} passages of {WORDS} words")
        measure(database)


if __name__ == "__main__":
    main(sys.argv[1:])
