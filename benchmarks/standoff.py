"""Writes an annotation as stand-off gold: places and hashes of a text, and none of its words.

Usage: python benchmarks/standoff.py ANNOTATION.json TEXT.txt FOLDER (docs/gold.md tells the form).
A quote without ``start`` and ``end`` is searched for in the text, and must stand there once.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from analysis.standoff import quoted
from corpus.ids import content_hash

UNIT_FIELDS = (
    *("id", "kind", "stance", "stance_certain", "addressees", "also", "addressees_certain"),
    *("target_section", "level", "page", "certain", "any_kind"),
)
"""What is kept of a unit besides its place: names and labels, no wording of the text."""


def standoff(annotation: dict[str, Any], name: str, text: bytes) -> dict[str, Any]:
    """Return the stand-off form of an annotation of the text of the file ``name``.

    Raises:
        ValueError: a quote does not stand in the text, or several times.
    """
    content = text.decode("utf-8")

    def place(one: dict[str, Any]) -> dict[str, Any]:
        start, end = _span(one, content)
        return {"start": start, "end": end, "hash": content_hash(quoted(content[start:end]))}

    return {
        "document": Path(name).stem,
        "file": name,
        "sha256": hashlib.sha256(text).hexdigest(),
        "doctype": annotation.get("doctype"),
        "notes": annotation.get("notes", []),
        "units": [
            {key: one[key] for key in UNIT_FIELDS if one.get(key) not in (None, [])}
            | place(one)
            | {"variants": [place(variant) for variant in one.get("variants", ())]}
            for one in annotation["units"]
        ],
        "answers": [
            {key: one[key] for key in ("recommendation", "verdict", "certain") if key in one}
            | place(one)
            for one in annotation.get("answers", ())
        ],
        "citations": [_citation(one) | place(one) for one in annotation["citations"]],
        "citation_spans": annotation.get("citation_spans", [[0, len(content)]]),
        "citations_open": [place(one) for one in annotation.get("citation_ignore", ())],
        "units_open": [place(one) for one in annotation.get("borderline", ())],
        "traps": [place(one) for one in annotation.get("traps", ())],
    }


def _citation(one: dict[str, Any]) -> dict[str, Any]:
    forms = [one["normalised"], *filter(None, [one.get("resolved")])]
    kept = {"kind": one["kind"], "forms": list(dict.fromkeys(forms))}
    return kept | {key: one[key] for key in ("certain", "includes") if key in one}


def _span(one: dict[str, Any], content: str) -> tuple[int, int]:
    if "start" in one:
        found = [(one["start"], one["end"])]
    else:
        words = map(re.escape, one["text"].split())
        found = [match.span() for match in re.finditer(r"\s+".join(words), content)]
    if len(found) != 1 or quoted(content[slice(*found[0])]) != quoted(one["text"]):
        raise ValueError(f"stands {len(found)} times or otherwise in the text: {one['text']}")
    return found[0]


def main() -> None:
    """Write one document."""
    annotation, text, folder = map(Path, sys.argv[1:])
    content = standoff(json.loads(annotation.read_text("utf-8")), text.name, text.read_bytes())
    out = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{text.stem}.json").write_text(out, "utf-8")


if __name__ == "__main__":
    main()
