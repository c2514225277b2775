"""Every word of the interface, from one catalogue; no template or page holds words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CATALOGUE = Path(__file__).parent / "words.yml"
DEFAULT_LANGUAGE = "sv"


class Words:
    """The words of one language, by dotted name: ``words("document.pages", count=3)``."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the words of ``name``, with ``{values}`` put in.

        Where the entry has the forms ``one`` and ``many``, ``count`` chooses between them.

        Raises:
            KeyError: the catalogue has no such name.
        """
        entry = self._find(name)
        if isinstance(entry, Mapping):
            entry = entry["one" if values.get("count") == 1 else "many"]
        shown = {
            key: number(value) if isinstance(value, int | float) else value
            for key, value in values.items()
        }
        return str(entry).format(**shown) if shown else str(entry)

    def of(self, group: str, key: object) -> str:
        """Return the words for a value of the data, and the value itself where there are none."""
        entries = self._find(group)
        return str(entries.get(key, key))

    def group(self, name: str) -> dict[str, str]:
        """Return all entries under ``name``, in the order of the catalogue."""
        return dict(self._find(name))

    def date(self, iso: str | None) -> str:
        """Return an ISO date (or its year, or year and month) in words: *27 mars 2018*."""
        if not iso:
            return self("undated")
        year, *rest = iso[:10].split("-")
        try:
            months = [self._find("months")[int(part) - 1] for part in rest[:1]]
            days = [str(int(part)) for part in rest[1:]]
        except (ValueError, IndexError):
            return iso
        return " ".join([*days, *months, year])

    def day(self, iso: str | None) -> str:
        """Return an ISO date without its year, for where the year stands above: *27 mars*."""
        return self.date(iso).removesuffix((iso or "")[:4]).strip() if iso else ""

    def _find(self, name: str) -> Any:
        entry: Any = self._entries
        for part in name.split("."):
            entry = entry[part]
        return entry


def number(value: float) -> str:
    """Return a number as Swedish writes it: *12 345,6* (with spaces that don't break)."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\u00a0").replace(".", ",")


@cache
def words(language: str = DEFAULT_LANGUAGE) -> Words:
    """Return the words of a language of the catalogue.

    Raises:
        KeyError: the catalogue does not have the language.
    """
    return Words(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))[language])
