"""The drafts of a document without pages, and the text of a paragraph as it is gathered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.models import BlockKind
from ingest.characters import is_odd, plain

_GONE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"\s+")


class DraftCall(NamedTuple):
    """A footnote's call before ``text[at]`` of its draft; ``key`` is the note's in the file."""

    at: int
    sign: str
    key: str


class DraftCell(NamedTuple):
    """A cell of a table's row; ``lines`` are its text, parted where the file breaks it."""

    lines: tuple[str, ...]
    column: int
    head: bool = False
    calls: tuple[DraftCall, ...] = ()


@dataclass(slots=True)
class Draft:
    """What will be a block; ``lines`` are its text, parted where the file wants line ends.

    ``key`` is what calls a footnote in the file; ``bold`` whether all of the text is, ``size`` the
    type's in points where the file tells; ``new_page`` whether the file begins a page with it.
    """

    kind: BlockKind
    lines: list[str]
    level: int | None = None
    number: str | None = None
    anchor: str | None = None
    calls: list[DraftCall] = field(default_factory=list)
    cells: list[DraftCell] = field(default_factory=list)
    key: str = ""
    bold: bool = False
    size: float | None = None
    new_page: bool = False

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(self.lines)

    @property
    def all_lines(self) -> list[str]:
        """The lines of the text, or of the cells of a table's row."""
        return [line for cell in self.cells for line in cell.lines] or self.lines

    def cut(self, length: int) -> None:
        """Take the first ``length`` characters, a mark or number, off the text."""
        joined = "\n".join(self.lines)[length:]
        lost = length + len(joined) - len(joined.lstrip())
        self.lines = joined.lstrip().split("\n")
        self.calls = [call._replace(at=max(call.at - lost, 0)) for call in self.calls]


class Inline:
    """The text of a paragraph as it is gathered: white space collapsed, wanted line ends kept."""

    def __init__(self) -> None:
        self._text = ""
        self._calls: list[DraftCall] = []
        self.is_spaced = False
        """Whether white space stands before the text."""

    def add(self, text: str) -> None:
        """Add text, its characters as they are meant; soft hyphens are dropped."""
        text = text.translate(_GONE).replace("\u2011", "-")
        if text and unicodedata.combining(text[0]) and self._text:
            text, self._text = self._text[-1] + text, self._text[:-1]
        added = _SPACES.sub(" ", plain(text) if is_odd(text) else text)
        if not self._text or self._text[-1] in " \n":
            self.is_spaced = self.is_spaced or (not self._text and added.startswith(" "))
            added = added.lstrip(" ")
        self._text += added

    def end_line(self) -> None:
        """Add a line end that the file wants."""
        self._text = self._text.rstrip(" \n") + "\n" if self._text.strip() else ""

    def call(self, sign: str, key: str) -> None:
        """Add a footnote's call, which is no part of the text."""
        self._calls.append(DraftCall(len(self._text.rstrip(" ")), sign, key))

    @property
    def lines(self) -> list[str]:
        """The lines so far."""
        stripped = self._text.strip()
        return stripped.split("\n") if stripped else []

    @property
    def calls(self) -> list[DraftCall]:
        """The calls so far, each within the text."""
        length = len(self._text.strip())
        return [call._replace(at=min(call.at, length)) for call in self._calls]
