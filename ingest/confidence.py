"""How sure a fact is: how often its kind of evidence was right on labelled documents.

``data/confidence.yml`` holds for each field and kind of evidence how many facts that rested on it
were right, of how many: 24 real documents that the rules were not tried on, and 40 invented ones
in two forms as they were first read, before a rule was written for them
(``benchmarks/calibrate.py``). The share is smoothed by one right and one wrong (Laplace), so that a
kind seen twice never counts as certain. What a person wrote in ``corpus.yml`` is 1.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml


def confidence(field: str, evidence: str) -> float:
    """Return how sure a fact of ``field`` is that rests on ``evidence``, from 0 to 1.

    Raises ``KeyError`` for a kind of evidence that ``data/confidence.yml`` does not know.
    """
    right, of = _counts()[field][evidence]
    return round((right + 1) / (of + 2), 2)


@lru_cache(maxsize=1)
def _counts() -> dict[str, dict[str, tuple[int, int]]]:
    content = yaml.safe_load((files("ingest") / "data" / "confidence.yml").read_text("utf-8"))
    return {
        field: {evidence: (int(right), int(of)) for evidence, (right, of) in kinds.items()}
        for field, kinds in content.items()
    }
