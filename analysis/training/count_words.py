"""Count in how many texts of the genre each Swedish stem stands; writes ``data/background.yml``.

Run once by a person, never imported by the program:

    python analysis/training/count_words.py ../shared/train > analysis/data/background.yml

The texts are the paragraphs of the training pairs (interpellations, statutes), each counted once.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

EVERY = 5  # every fifth pair is enough for words this common
LEAST_SHARE = 0.005  # of the texts; rarer words are rare in any small corpus
SHORTEST = 60  # characters; headings would make every word seem rare


def main() -> None:
    """Print the share of the texts in which each common stem stands, most common first."""
    from corpus.stems import stems

    counts: Counter[str] = Counter()
    with gzip.open(Path(sys.argv[1]) / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for place, line in enumerate(lines) if place % EVERY == 0]
    texts = sorted({text for row in rows for text in row[:2] if len(text) >= SHORTEST})
    for text in texts:
        counts.update({stem for stem in stems(text) if stem.isalpha()})
    print("# The share of paragraphs of the genre (parliamentary interpellations and statutes) in")
    print("# which each stem stands; written by analysis/training/count_words.py, not by hand.")
    for stem, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count >= LEAST_SHARE * len(texts):
            print(f"{json.dumps(stem, ensure_ascii=False)}: {count / len(texts):.4f}")


if __name__ == "__main__":
    main()
