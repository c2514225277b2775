"""Plain text as pages of lines: decoding, page breaks, running headers and footnotes.

Plain text has no fonts and no boxes. What a PDF tells by geometry is told here by blank lines,
by the length of lines and by repetition over pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.models import Call
from ingest.calls import SUPERSCRIPTS
from ingest.characters import mended

MARGIN_LINES = 4
"""Lines at the top and at the foot of a page among which running headers are looked for; real
reports have at most three (body, title, chapter) and a page number."""

REPEATS, REPEATS_IN_SHORT, SHORT_DOCUMENT = 3, 2, 5
"""Pages on which a line must stand at the margin to be a running header; fewer in documents of at
most five pages. Two chapters that begin alike are no running header."""

NOTES_MISSED = 5
"""Footnotes that may have been missed since the last one found."""

LONGEST_CHAIN = 15
"""Footnotes of the fullest page."""

FEWEST_LISTED = 3
"""Notes of a page up to which their calls may all have been lost when its text was taken out."""

INTERLEAVED_LINES = 6
"""Lines of the shortest page that is judged; a few short lines are often set apart."""

PLAIN_RUN = 3
"""Lines without an empty line between them that show a passage not to be interleaved; a heading
and the line below it are two."""

LONGEST_SET_LINE = 160
"""Characters of the longest line of set type; a page's width of small type has about 140."""
INTERLEAVED_SHARE = 0.6
"""Share of line ends that are followed by a blank line from which on a page counts as
interleaved; pdftotext's interleaved pages lie above 0.7, ordinary pages below 0.4."""

HEADER_LENGTH = 110
"""Characters; a longer line is text, however often it is repeated."""

LONGEST_PAGE = 10_000
"""Characters of the fullest page on which footnotes are looked for: the fullest of the reports at
hand has 6,500. A longer one is a text whose page breaks were lost, with no foot to search."""

WIDE_SHARE = 0.3
"""Share of every second byte that is zero in text of two bytes a character; in other text none."""

FEWEST_WIDE = 20
"""Characters of the shortest text of two bytes a character that is told by its zeros."""

_PAGE_NUMBER = re.compile(
    r"(?:sida|sid\.?)?\s*[-–(]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:[(/]|av\s)?\s*(?:\d{1,4})?\s*[)–-]?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_FOOTNOTE = re.compile(r"(?P<number>\d{1,3})(?:\.\s+|\s+|\)\s+)(?P<text>\S.*)")
_CALL_AT_END = re.compile(r"(?<=[.!?”\"])((?:\s\d{1,3})+)$")
_CALL = re.compile(
    r"([^\W\d_][.,;:!?”\"'’)\]]?)(\d{1,3}(?!\d|[.,:/]\d)|(?<=\w{3})[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}|(?<=\W)[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3})"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of plain text without its outer white space.

    ``gap`` is the number of empty lines before it on its page, where a page of interleaved lines
    counts as if the line ends' own empty lines were not there. ``calls`` are the footnote calls
    that stood in its text.
    """

    text: str
    page: int
    gap: int
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page, by its number."""

    number: str
    page: int
    lines: tuple[str, ...]


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252, wrong letters mended."""
    return mended(_decoded(content))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if _is_zero_every_second(content, first):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_zero_every_second(content: bytes, first: int) -> bool:
    """Return whether a text seems to be UTF-16 without its mark: zeros in one place, not both."""
    here, there = content[first:1000:2], content[1 - first : 1000 : 2]
    enough = len(here) >= FEWEST_WIDE
    return enough and here.count(0) > WIDE_SHARE * len(here) and not there.count(0)


def split_pages(text: str) -> list[str]:
    """Return the pages of a text, parted by form feeds; a last empty page is none."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = unified.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return pages


def page_lines(page_text: str, page: int) -> list[TextLine]:
    """Return the lines of a page that hold text, with the gaps before them."""
    lines: list[TextLine] = []
    gap = 0
    for raw in page_text.split("\n"):
        text = " ".join(raw.replace("\ufffd", " ").split())
        if not text:
            gap += 1
            continue
        lines.append(TextLine(text, page, gap))
        gap = 0
    return _without_interleaving(lines)


def _without_interleaving(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with halved gaps where nearly every line is followed by an empty one."""
    spaced = sum(1 for line in lines[1:] if line.gap)
    if len(lines) < INTERLEAVED_LINES or spaced < INTERLEAVED_SHARE * (len(lines) - 1):
        return list(lines)
    if any(len(line.text) > LONGEST_SET_LINE for line in lines):
        return list(lines)  # whole paragraphs, a line each, with the usual empty line between
    return [
        line if _is_in_plain_run(lines, index) else replace(line, gap=line.gap // 2)
        for index, line in enumerate(lines)
    ]


def _is_in_plain_run(lines: Sequence[TextLine], index: int) -> bool:
    """Return whether lines without empty lines between them end or begin at this line's gap."""
    before, after = lines[max(index - PLAIN_RUN, 0) : index], lines[index + 1 : index + PLAIN_RUN]
    ends = len(before) == PLAIN_RUN and not any(line.gap for line in before[1:])
    begins = len(after) == PLAIN_RUN - 1 and not any(line.gap for line in after)
    return ends or begins


def part_running_lines(
    pages: Sequence[Sequence[TextLine]],
) -> tuple[list[list[TextLine]], list[TextLine], list[TextLine]]:
    """Return the pages without their running lines, and the headers and the footers.

    A line at a margin is a running line where the same words, digits aside, stand at the margin
    of another page. The first of a chapter's running headers is kept: it is the chapter's heading.
    """
    repeated = _repeated(pages)
    bodies: list[list[TextLine]] = []
    headers: list[TextLine] = []
    footers: list[TextLine] = []
    seen: set[str] = set()
    for lines in pages:
        found = _running_at_margins(lines, repeated) | _numbers_inside(lines, repeated)
        kept = _chapter_headings(lines, found, seen)
        middle = len(lines) / 2
        for index in sorted(found - kept):
            (headers if index < middle else footers).append(lines[index])
        bodies.append([line for i, line in enumerate(lines) if i not in found or i in kept])
    return bodies, headers, footers


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold()).strip(" #|·-–")


def _repeated(pages: Sequence[Sequence[TextLine]]) -> frozenset[str]:
    """Return the keys of the lines that stand at the margins of several pages."""
    counts: Counter[str] = Counter()
    for lines in pages:
        margin = {_key(line.text) for line in (*lines[:MARGIN_LINES], *lines[-MARGIN_LINES:])}
        counts.update(key for key in sorted(margin) if _LETTER.search(key))
    needed = REPEATS_IN_SHORT if len(pages) <= SHORT_DOCUMENT else REPEATS
    return frozenset(
        key for key, times in counts.items() if times >= needed and len(key) <= HEADER_LENGTH
    )


def _running_at_margins(lines: Sequence[TextLine], repeated: frozenset[str]) -> set[int]:
    """Return the indexes of running lines, going inwards from both edges of the page."""
    found: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for index in list(order)[:MARGIN_LINES]:
            text = lines[index].text
            if not (_is_page_number(text) or _is_header(text, repeated)):
                break
            found.add(index)
    return found


def _numbers_inside(lines: Sequence[TextLine], repeated: frozenset[str]) -> set[int]:
    """Return page numbers, and the running headers beside them, where a page break was lost."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if not re.fullmatch(r"\d{1,3}", line.text) or not line.gap or not (after and after.gap):
            continue
        found.add(index)
        if index and _is_header(lines[index - 1].text, repeated):
            found.add(index - 1)
        if _stands_alone(lines, index + 1):
            found.add(index + 1)
    return found


def _stands_alone(lines: Sequence[TextLine], index: int) -> bool:
    """Return whether a line has empty lines around it and is no sentence."""
    if lines[index].text.endswith((".", ",", ";", ":", "-")):
        return False
    return bool(lines[index].gap) and (index + 1 == len(lines) or bool(lines[index + 1].gap))


def _is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text))


def _is_header(text: str, repeated: frozenset[str]) -> bool:
    """Return whether a line is one that repeats, and neither a sentence nor a footnote."""
    if text.endswith((".", ";", ",")) or re.match(r"\d{1,3}\.\s", text):
        return False
    return _key(text) in repeated


def _chapter_headings(lines: Sequence[TextLine], found: Iterable[int], seen: set[str]) -> set[int]:
    """Return the running line nearest the body if it stands here for the first time."""
    top = [index for index in sorted(found) if index < MARGIN_LINES]
    contiguous = [index for place, index in enumerate(top) if index == place]
    new = {
        index
        for index in contiguous[-1:]
        if _key(lines[index].text) not in seen
        and not _is_page_number(lines[index].text)
        and not lines[index].text.isupper()
    }
    seen.update(_key(lines[index].text) for index in contiguous)
    return new


def part_footnotes(
    lines: Sequence[TextLine], last_number: int = 0
) -> tuple[list[TextLine], list[Footnote]]:
    """Return a page's lines without its footnotes and without their calls, and the footnotes.

    A footnote is a line at the foot of the page that begins with a number whose call, glued to a
    word, stands above it on the page; the numbers rise by one.
    """
    if sum(len(line.text) for line in lines) > LONGEST_PAGE:
        return list(lines), []
    start = _footnote_start(lines, last_number)
    if start is None:
        return list(lines), []
    notes: list[Footnote] = []
    for line in lines[start:]:
        matched = _FOOTNOTE.fullmatch(line.text)
        expected = int(notes[-1].number) + 1 if notes else None
        if matched and (expected is None or int(matched["number"]) == expected):
            notes.append(Footnote(matched["number"], line.page, (matched["text"],)))
        else:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line.text))
    if _is_numbered_list(notes, lines[:start]):
        return list(lines), []
    numbers = frozenset(note.number for note in notes)
    return [without_calls(line, numbers) for line in lines[:start]], notes


def _is_numbered_list(notes: Sequence[Footnote], above: Sequence[TextLine]) -> bool:
    """Return whether what looks like footnotes is a list: many numbers, few of them called.

    So do lists of bodies that are sent a proposal begin with numbers, one of which may stand
    glued to a word (*C1-kurs*).
    """
    called = sum(_is_called(note.number, above) for note in notes)
    return len(notes) > FEWEST_LISTED and called * 2 < len(notes)


def _footnote_start(lines: Sequence[TextLine], last_number: int) -> int | None:
    """Return the index of the first footnote's first line, or None.

    The search goes upwards from the foot of the page, for a numbered heading or list item of the
    text may have the number of a note.
    """
    start: int | None = None
    first_number = 0
    for index in range(len(lines) - 1, 0, -1):
        matched = _FOOTNOTE.fullmatch(lines[index].text)
        number = int(matched["number"]) if matched else 0
        if start is not None and number != first_number - 1:
            continue
        in_chain = start is not None and 0 < last_number < number
        if matched and (in_chain or _is_note(lines, index, number, last_number)):
            start, first_number = index, number
    return start


def _is_note(lines: Sequence[TextLine], index: int, number: int, last_number: int) -> bool:
    in_order = number == 1 or last_number < number <= last_number + NOTES_MISSED + LONGEST_CHAIN
    if in_order and _is_called(str(number), lines[:index]):
        return True
    return 0 < last_number == number - 1 and _is_at_foot(lines, index)


def _is_at_foot(lines: Sequence[TextLine], index: int) -> bool:
    """Return whether a line stands after an empty line in the lower half of the page."""
    return lines[index].gap > 0 and index > len(lines) / 2 and "." in lines[-1].text


def _is_called(number: str, lines: Sequence[TextLine]) -> bool:
    return any(
        number == call[1].translate(SUPERSCRIPTS)
        for line in lines
        for call in _CALL.findall(line.text)
    ) or any(number in _calls_at_end(line.text) for line in lines)


def _calls_at_end(text: str) -> list[str]:
    """Return the calls that stand apart after a sentence at the end of a line."""
    matched = _CALL_AT_END.search(text)
    return matched[1].split() if matched else []


def without_calls(line: TextLine, numbers: frozenset[str]) -> TextLine:
    """Return the line with the footnote calls ``numbers`` taken off its words into ``calls``."""
    text, calls, copied = "", [], 0
    for matched in _CALL.finditer(line.text):
        sign = matched[2].translate(SUPERSCRIPTS)
        if sign in numbers:
            text += line.text[copied : matched.end(1)]
            calls.append(Call(len(text), sign))
            copied = matched.end()
            text += " " if line.text[copied : copied + 1].isalpha() else ""
    text += line.text[copied:]
    at_end = _calls_at_end(text)
    if at_end and all(call in numbers for call in at_end):
        text = _CALL_AT_END.sub("", text)
        calls += [Call(len(text), sign) for sign in at_end]
    return replace(line, text=text, calls=tuple(calls)) if calls else line
