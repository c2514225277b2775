"""The words that show what a line is where it stands: of letters, contents, notes, signatures."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Return the word lists of ``data/plaintext.yml``."""
    content = yaml.safe_load((files("ingest") / "data" / "plaintext.yml").read_text("utf-8"))
    return {name: frozenset(listed) for name, listed in content.items()}
