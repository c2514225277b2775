"""Times finding the nearest of 100,000 recommendations, beside two libraries on the same vectors.

Usage: python benchmarks/neighbours.py [COUNT]. The libraries find the ten nearest by vectors alone;
Rödtråd's search weighs the shared rare words too, exactly. Each runs in a process of its own, for
its peak of memory; what is not installed is left out. Texts and vectors are invented.
"""

from __future__ import annotations

import importlib.util
import platform
import random
import resource
import subprocess
import sys
import time

import numpy as np
from numpy.typing import NDArray
from searching import SEED, texts

from analysis.link import near_pairs
from analysis.matter import Matters
from analysis.terms import count_terms, rarity
from corpus.models import Recommendation

COUNT = 100_000
DIMENSIONS = 384
NEAREST = 10
IN_A_DOCUMENT = 50


def vectors(count: int) -> NDArray[np.float32]:
    """Return random unit rows."""
    rows = np.random.default_rng(SEED).standard_normal((count, DIMENSIONS), np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def rodtrad(count: int) -> float:
    """Return the seconds in which the links' pairs are found, by words and vectors."""
    found = list(texts(count, random.Random(SEED)))
    items = [
        Recommendation(f"r{n:06}", f"d{n // IN_A_DOCUMENT:06}", "measure", n, "", text, 1)
        for n, text in enumerate(found)
    ]
    rows = vectors(count)
    counted = [count_terms([(1.0, text)]) for text in found]
    started = time.perf_counter()
    rare = rarity(counted)
    terms = tuple(rare.weigh(one) for one in counted)
    assert sum(1 for _ in near_pairs(items, Matters(rows, terms, rare)))
    return time.perf_counter() - started


def sentence_transformers(count: int) -> float:
    """Return the seconds of its semantic search."""
    from sentence_transformers.util import semantic_search

    rows = vectors(count)
    started = time.perf_counter()
    semantic_search(rows, rows, top_k=NEAREST)
    return time.perf_counter() - started


def faiss(count: int) -> float:
    """Return the seconds of its exact search of inner products."""
    import faiss as library

    rows = vectors(count)
    started = time.perf_counter()
    index = library.IndexFlatIP(DIMENSIONS)
    index.add(rows)
    index.search(rows, NEAREST)
    return time.perf_counter() - started


WAYS = {"rodtrad": rodtrad, "sentence_transformers": sentence_transformers, "faiss": faiss}


def main(arguments: list[str]) -> None:
    """Print seconds and peak of memory of each, run by itself."""
    if len(arguments) == 2:
        seconds = WAYS[arguments[0]](int(arguments[1]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{arguments[0]:24}{seconds:8.1f}{peak:10.0f}")
        return
    count = int(arguments[0]) if arguments else COUNT
    print(f"{count} recommendations, {DIMENSIONS} dimensions, {platform.machine()}")
    print(f"{'':24}{'seconds':>8}{'peak MB':>10}", flush=True)
    for name in WAYS:
        if importlib.util.find_spec(name) is not None:
            subprocess.run([sys.executable, __file__, name, str(count)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
