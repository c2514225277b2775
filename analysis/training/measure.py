"""Measure encoders beside character TF-IDF and BM25 in one run, on texts not trained on.

    python analysis/training/measure.py ../shared/train [--encoder NAME_OR_PATH]

Prints for each: the rank correlation with people's scores on Swedish STS-B (development split,
machine-translated), the share of SweFAQ questions that find their answer among those of their
category, and the share of held-out parliamentary texts that find their own pair among 1,000.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

Scores = NDArray[np.float64]
Compare = Callable[[Sequence[str], Sequence[str]], Scores]
"""Gives the likeness of each text of the first list with each of the second."""

NGRAMS = (3, 5)  # characters, within words, as in the figures that this is compared with
RETRIEVAL_PAIRS = 1_000
BACKGROUND = 20_000  # pairs whose texts tell how rare words and characters are
SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25, as they are mostly set
FUSED_CHARACTERS = 0.3  # share of the character score in the fused one


def by_encoder(name: str | None) -> Compare:
    """Return the comparison by an encoder's cosine."""
    from analysis.encoder import load_encoder

    encoder = load_encoder(name)
    return lambda ones, others: (encoder.encode(ones) @ encoder.encode(others).T).astype(float)


def by_characters(background: Sequence[str]) -> Compare:
    """Return the comparison by character TF-IDF with the document frequencies of a background."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

    model = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True)
    model.fit(background)
    return lambda ones, others: _dense(model.transform(ones) @ model.transform(others).T)


def by_bm25(background: Sequence[str]) -> Compare:
    """Return the comparison by BM25 over stems with the rarity that they have in a background."""
    from sklearn.feature_extraction.text import CountVectorizer

    from corpus.stems import stems

    model = CountVectorizer(analyzer=stems)
    counts = model.fit_transform(background)
    found_in = (counts > 0).sum(axis=0).A1
    rarity = np.log1p((len(background) - found_in + 0.5) / (found_in + 0.5))
    usual = counts.sum() / len(background)

    def compare(ones: Sequence[str], others: Sequence[str]) -> Scores:
        asked, counts = model.transform(ones), model.transform(others).tocsr()
        lengths = counts.sum(axis=1).A1
        room = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / usual)
        per_value = np.repeat(room, np.diff(counts.indptr))
        weighed = counts.astype(float)
        weighed.data = (SATURATION + 1) * counts.data / (counts.data + per_value)
        return _dense((asked > 0).multiply(rarity).tocsr() @ weighed.T)

    return compare


def fused(one: Compare, other: Compare) -> Compare:
    """Return the weighted mean of an encoder's comparison and the one by characters."""
    return lambda ones, others: (
        (1 - FUSED_CHARACTERS) * one(ones, others) + FUSED_CHARACTERS * other(ones, others)
    )


def _dense(matrix: Any) -> Scores:
    return np.asarray(matrix.toarray(), dtype=float)


def sts(compare: Compare, rows: Sequence[tuple[str, str, float]]) -> float:
    """Return Spearman's correlation of the likeness with people's scores."""
    from scipy.stats import spearmanr  # type: ignore[import-untyped]

    found = [
        score
        for start in range(0, len(rows), 100)
        for score in np.diagonal(
            compare(
                [one for one, _, _ in rows[start : start + 100]],
                [two for _, two, _ in rows[start : start + 100]],
            )
        )
    ]
    return float(spearmanr(found, [score for _, _, score in rows]).statistic)


def swefaq(compare: Compare, rows: Sequence[dict[str, Any]]) -> float:
    """Return the share of questions whose answer comes first among those of its category."""
    right = [
        int(compare([row["question"]], row["candidate_answers"])[0].argmax()) == row["label"]
        for row in rows
    ]
    return float(np.mean(right))


def own_pair_first(compare: Compare, pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of texts that find their own pair first among all pairs."""
    scores = compare([one for one, _ in pairs], [two for _, two in pairs])
    return float((scores.argmax(axis=1) == np.arange(len(pairs))).mean())


def read_sts(path: Path) -> list[tuple[str, str, float]]:
    """Return the sentence pairs of STS-B with their score."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["sentence1"], row["sentence2"], float(row["score"])) for row in rows]


def main() -> None:
    """Print the figures of each way of comparing."""
    from train_static import read_pairs  # type: ignore[import-not-found]

    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder")
    options = parser.parse_args()
    rows = read_sts(options.data / "stsb-dev-sv.tsv")
    with (options.data / "swefaq_dev.jsonl").open(encoding="utf-8") as lines:
        questions = [json.loads(line) for line in lines]
    train, held_out = read_pairs(options.data)
    pairs = held_out[:RETRIEVAL_PAIRS]

    background = [text for pair in train[:BACKGROUND] for text in pair]
    encoder, characters = by_encoder(options.encoder), by_characters(background)
    print(f"{'':28}{'STS-B dev':>10}{'SweFAQ dev':>12}{'own pair@1':>12}")
    for name, compare in (
        ("character TF-IDF", characters),
        ("BM25", by_bm25(background)),
        ("static", by_encoder("static")),
        (options.encoder or "default", encoder),
        (f"it and characters, {FUSED_CHARACTERS}", fused(encoder, characters)),
    ):
        figures = sts(compare, rows), swefaq(compare, questions), own_pair_first(compare, pairs)
        print(f"{name[-27:]:28}{figures[0]:10.3f}{figures[1]:12.3f}{figures[2]:12.3f}", flush=True)


if __name__ == "__main__":
    main()
