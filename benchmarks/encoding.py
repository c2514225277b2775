"""Times the encoders on the sample's sentences, beside sentence-transformers with the same weights.

Usage: python benchmarks/encoding.py
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.encoder import DEFAULT_ENCODER, MODELS, STATIC_ENCODER, load_encoder
from analysis.sentences import sentences

GOLD = Path(__file__).resolve().parents[1] / "corpus" / "sample" / "gold" / "units.json"
COUNT = 2_000
ROUNDS = 3


def sample_sentences() -> list[str]:
    """Return COUNT sentences of the sample's measures, recommendations and positions."""
    units = [unit for found in json.loads(GOLD.read_text("utf-8")).values() for unit in found]
    found = [unit["text"][start:end] for unit in units for start, end in sentences(unit["text"])]
    return (found * (COUNT // len(found) + 1))[:COUNT]


def speed(encode: Callable[[Sequence[str]], Any], texts: Sequence[str]) -> float:
    """Return sentences a second, the best of a few rounds."""
    encode(texts[:100])
    best = 0.0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        encode(texts)
        best = max(best, len(texts) / (time.perf_counter() - started))
    return best


def main() -> None:
    """Print the sentences a second of each."""
    texts = sample_sentences()
    length = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts)} sentences of {length:.0f} words, {os.cpu_count()} cores", end="")
    print(f" ({platform.machine()}), best of {ROUNDS} rounds; sentences a second")
    for name in (DEFAULT_ENCODER, STATIC_ENCODER):
        print(f"{name:42}{speed(load_encoder(name).encode, texts):9.0f}", flush=True)
    for name in ("small-sv", "static-sv"):
        whole = load_encoder(str(MODELS / name))
        print(f"{name + ', sentence-transformers':42}{speed(whole.encode, texts):9.0f}", flush=True)


if __name__ == "__main__":
    main()
