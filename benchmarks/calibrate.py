"""Counts how often each kind of evidence for a fact was right, for ``ingest/data/confidence.yml``.

Usage: python benchmarks/calibrate.py FOLDER GOLD.json [FOLDER GOLD.json …]. Each GOLD names files
of its FOLDER by their whole names, with their true facts in the form of ``analysis.facts``. The
counts are printed as YAML; what a kind of evidence never carried is left as it stands.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

import ingest.casefacts
import ingest.confidence
import ingest.facts
import ingest.remitted
import ingest.sectionnumbers
import ingest.senders
import ingest.series
import ingest.titles
from analysis.facts import Checked, score_facts
from corpus.ids import slug
from ingest import read_document

READERS = (
    ingest.casefacts,
    ingest.facts,
    ingest.remitted,
    ingest.sectionnumbers,
    ingest.senders,
    ingest.series,
    ingest.titles,
)
NOT_COUNTED = "*"
"""What a gold says of a fact that its makers could not agree on."""


class Evidence(float):
    """A confidence that remembers the kind of evidence that it stands for."""

    kind: tuple[str, str]


def _remembered(field: str, evidence: str) -> Evidence:
    sure = Evidence(ingest.confidence.confidence(field, evidence))
    sure.kind = (field, evidence)
    return sure


def _checked(folder: Path, gold_file: Path) -> Iterator[Checked]:
    gold = json.loads(gold_file.read_text("utf-8"))
    for name, fields in gold.items():
        measured = {key: value for key, value in fields.items() if value != NOT_COUNTED}
        document = read_document(folder / name)
        yield from score_facts([document], {slug(document.id): measured}).checked


def main(arguments: list[str]) -> int:
    """Print the counts, the old ones where nothing was counted, and return the exit status."""
    for reader in READERS:
        reader.confidence = _remembered  # type: ignore[attr-defined]
    counts = yaml.safe_load(
        Path(ingest.confidence.__file__)
        .with_name("data")
        .joinpath("confidence.yml")
        .read_text("utf-8")
    )
    seen: dict[tuple[str, str], list[bool]] = {}
    for folder, gold in zip(arguments[::2], arguments[1::2], strict=True):
        for one in _checked(Path(folder), Path(gold)):
            if isinstance(one.confidence, Evidence):
                seen.setdefault(one.confidence.kind, []).append(one.right)
    for (field, evidence), rights in seen.items():
        counts[field][evidence] = [sum(rights), len(rights)]
    for field, kinds in counts.items():
        print(f"{field}:")
        for evidence, pair in kinds.items():
            print(f"  {evidence}: [{pair[0]}, {pair[1]}]")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
