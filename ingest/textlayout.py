"""What the lines of plain text are: headings, list items, letterhead, signatures, paragraphs.

A draft is a run of lines that will be one block. The tests look at blank lines, at whether the
next word would have fitted on the line (then the break was wanted), and at the words of
``data/plaintext.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.models import BlockKind
from ingest.numbering import BULLETS
from ingest.textlines import TextLine
from ingest.wordlists import words

HEADING_LENGTH = 130
"""Characters of the longest heading; the real reports' longest has 118."""
HEADING_LINES = 3
INNER_HEADING_LENGTH = 60
"""Characters of the longest heading that is believed without an empty line before it."""
COLON_HEADING_WORDS = 9
"""Words of the longest heading with a colon; longer ones introduce a list as a sentence."""
SHORT_SHARE = 0.75
"""Share of the page's line length below which a line is short, for letterhead and signatures."""
FULL_SHARE = 0.85
"""Share of the page's line length from which a line is full, so that it was broken by need."""
NARROW_SHARE = 0.6
"""Least share of the page's line length that counts as the width of a narrow passage."""
SLACK_AFTER_SENTENCE, SLACK_IN_SENTENCE = 4, 10
"""Characters by which the next word must have fitted for a line end to be wanted: lines of
proportional type differ by a few characters, and a break inside a sentence needs more proof."""
HEADING_SLACK = 2
"""Characters by which the next line's first word must have fitted after a heading."""
LETTERHEAD_PAGES = 2
"""Pages from the first on which a letterhead may stand: a missive and its report."""
ENTRY_LINES = 2
"""Lines without a page number between two entries of contents: one over two lines, a part."""
HEADING_RUN = 4
"""So many headings in a row without text are a list of short lines."""

_BULLET = re.compile(rf"(?:[{BULLETS}\ue000-\uf8ff]|[–—−‒-](?=\s))\s*(?=\S)")
_ITEM = re.compile(r"(?P<number>\d{1,2}[.)]|[a-zåäö]\))\s+(?P<text>\S.*)")
_HEADING_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<dot>\.?)\s+(?P<text>\D.*)")
_ENTRY = re.compile(r"\D\s+\d{1,3}$")
_DASHES = "–—−‒-"
_PARTS = re.compile(r"\s[·•|]\s")
"""What stands between the parts of a letterhead that is one line."""
_FIRST_NUMBERS = ("1", "a")
_BEFORE_LIST = (" som", " att", " om", " när")
"""Words after which a sentence goes on as a numbered list."""
_TERMINAL = re.compile(r"[.!?:;][)”\"'’»]?$")
_NO_HEADING_END = (".", ",", ";", "!", "-", "–", "…")
_DOTTED = re.compile(r"(?:\.\s?){3,}\s*\d{1,4}$|\s(?:\. ){2,}\d{1,4}$")
_CONTACT = re.compile(
    r"@\w|\bwww\.|^\d{3} \d{2} [A-ZÅÄÖ]|\b0\d{1,3}[-–/ ]\d{2,}|^\d{4}-\d{2}-\d{2}$"
)
_NAME = re.compile(r"(?:[A-ZÅÄÖÉ][\wåäöéü.-]*)(?: (?:af|von|de|[A-ZÅÄÖÉ][\wåäöéü.-]*)){1,5}")


@dataclass(slots=True)
class Draft:
    """Lines that will be one block; ``text`` strings have bullet and number already taken off."""

    kind: BlockKind
    lines: list[TextLine]
    texts: list[str] = field(default_factory=list)
    number: str | None = None

    @property
    def page(self) -> int:
        """The page on which the draft begins."""
        return self.lines[0].page

    @property
    def joined(self) -> str:
        """The words in one line, line ends not yet mended."""
        return " ".join(self.texts)


def draft_blocks(lines: Sequence[TextLine]) -> list[Draft]:
    """Return the lines of a whole document as drafts of blocks, in order."""
    marked = _marked_runs(lines)
    widths = _page_widths(lines)
    drafts: list[Draft] = []
    index = 0
    while index < len(lines):
        draft = _next_draft(lines, index, marked, widths, drafts)
        drafts.append(draft)
        index += len(draft.lines)
    return _without_heading_runs(drafts)


def _next_draft(
    lines: Sequence[TextLine],
    index: int,
    marked: dict[int, BlockKind],
    widths: dict[int, int],
    before: Sequence[Draft],
) -> Draft:
    if index in marked:
        return _marked_draft(lines, index, marked)
    width = widths[lines[index].page]
    bullet = _BULLET.match(lines[index].text)
    if bullet:
        return _flowing(
            lines, index, widths, marked, "list_item", lines[index].text[bullet.end() :]
        )
    heading = _heading(lines, index, width, marked)
    if heading:
        return heading
    item = _ITEM.fullmatch(lines[index].text)
    if item and _in_sequence(item["number"], before):
        draft = _flowing(lines, index, widths, marked, "list_item", item["text"])
        draft.number = item["number"]
        return draft
    return _flowing(lines, index, widths, marked, "paragraph", lines[index].text)


def _marked_draft(lines: Sequence[TextLine], index: int, marked: dict[int, BlockKind]) -> Draft:
    kind = marked[index]
    end = index + 1
    while end < len(lines) and marked.get(end) == kind and not lines[end].gap:
        if lines[end].page != lines[index].page:
            break
        end += 1
    return Draft(kind, list(lines[index:end]), [line.text for line in lines[index:end]])


def _flowing(
    lines: Sequence[TextLine],
    index: int,
    widths: dict[int, int],
    marked: dict[int, BlockKind],
    kind: BlockKind,
    first_text: str,
) -> Draft:
    """Return the paragraph or list item that begins at ``index``, with all its lines."""
    draft = Draft(kind, [lines[index]], [first_text])
    end = index + 1
    while end < len(lines) and end not in marked and _continues(lines, end, widths, kind):
        draft.lines.append(lines[end])
        draft.texts.append(lines[end].text)
        end += 1
    return draft


def _continues(
    lines: Sequence[TextLine], index: int, widths: dict[int, int], kind: BlockKind
) -> bool:
    """Return whether the line at ``index`` goes on with the block of the line before it."""
    previous, line = lines[index - 1], lines[index]
    if line.page != previous.page or _starts_anew(previous, line, kind):
        return False
    unfinished = not _TERMINAL.search(previous.text)
    goes_on = line.text[0].islower() or (line.text[0] in "(–—0123456789" and unfinished)
    if _is_broken_word(previous, line) or (is_dangling(previous.text) and line.gap <= 1):
        return True
    if line.gap:
        return unfinished and goes_on and line.gap <= 2
    if not unfinished and _is_inner_heading(lines, index, widths):
        return False
    slack = SLACK_IN_SENTENCE if unfinished else SLACK_AFTER_SENTENCE
    return goes_on or not _would_fit(previous, line, _local_width(lines, index, widths) - slack)


def _starts_anew(previous: TextLine, line: TextLine, kind: BlockKind) -> bool:
    """Return whether a line begins with a bullet, an item's number or a heading's number."""
    bullet = _BULLET.match(line.text)
    if bullet:
        is_dash = line.text[0] in _DASHES
        in_sentence = not line.gap and not _TERMINAL.search(previous.text)
        return not (is_dash and in_sentence and kind == "paragraph")
    if _numbered_heading(line.text):
        return True
    item = _ITEM.fullmatch(line.text)
    if item is None or line.gap or kind == "list_item":
        return item is not None
    announced = previous.text.endswith(":") or previous.text.lower().endswith(_BEFORE_LIST)
    return announced and item["number"].rstrip(".)") in _FIRST_NUMBERS


def _is_broken_word(previous: TextLine, line: TextLine) -> bool:
    return previous.text.endswith(("-", "\u2010", "\xad")) and line.text[0].islower()


def _is_inner_heading(lines: Sequence[TextLine], index: int, widths: dict[int, int]) -> bool:
    """Return whether a line without an empty line before it is a heading after a paragraph."""
    draft = _heading(lines, index, widths[lines[index].page], {})
    return draft is not None and len(draft.joined) <= INNER_HEADING_LENGTH


def _would_fit(previous: TextLine, line: TextLine, width: float) -> bool:
    """Return whether the first word of ``line`` would have fitted on the line before."""
    return len(previous.text) + 1 + len(line.text.split(" ", 1)[0]) <= width


def _local_width(lines: Sequence[TextLine], index: int, widths: dict[int, int]) -> float:
    """Return the longest of the lines around a line end, at least a share of the page's width."""
    page = lines[index].page
    near = [line for line in lines[max(index - 3, 0) : index + 3] if line.page == page]
    longest = max(len(line.text) for line in near)
    return max(longest, NARROW_SHARE * widths[page])


def _page_widths(lines: Sequence[TextLine]) -> dict[int, int]:
    """Return for each page the length that nine lines in ten do not exceed."""
    lengths: dict[int, list[int]] = {}
    for line in lines:
        lengths.setdefault(line.page, []).append(len(line.text))
    return {
        page: sorted(several)[int(0.9 * (len(several) - 1))] for page, several in lengths.items()
    }


def is_dangling(text: str) -> bool:
    """Return whether a line ends with a word after which its sentence goes on."""
    last = text.rsplit(" ", 1)[-1].lower()
    return last in words()["dangling"]


def _numbered_heading(text: str) -> re.Match[str] | None:
    """Return the match of a line that looks like ``3.2 Heading``: with a point inside, or short."""
    matched = _HEADING_NUMBER.fullmatch(text)
    if not matched or not matched["text"][0].isupper() or _DOTTED.search(text):
        return None
    if matched["text"].endswith(_NO_HEADING_END):
        return None
    return matched if "." in matched["number"] else None


def _heading(
    lines: Sequence[TextLine], index: int, width: int, marked: dict[int, BlockKind]
) -> Draft | None:
    """Return the heading that begins at ``index``, or None."""
    first = lines[index]
    numbered = _HEADING_NUMBER.fullmatch(first.text)
    if not (first.text[0].isupper() or numbered) or _DOTTED.search(first.text):
        return None
    end = _heading_end(lines, index)
    texts = [line.text for line in lines[index:end]]
    if numbered:
        texts[0] = numbered["text"]
    whole = " ".join(texts)
    if not reads_as_heading(whole) or len(whole) > HEADING_LENGTH:
        return None
    if not numbered and not _stands_as_heading(lines, index, end, width, marked):
        return None
    if numbered and not _stands_as_numbered(lines, index, end, numbered):
        return None
    number = numbered["number"] if numbered else None
    return Draft("heading", list(lines[index:end]), texts, number)


def _heading_end(lines: Sequence[TextLine], index: int) -> int:
    """Return the index after the last line of what may be a heading."""
    end = index + 1
    while end < len(lines) and end - index < HEADING_LINES:
        previous, line = lines[end - 1], lines[end]
        wraps = line.text[0].islower() or is_dangling(previous.text)
        if line.page != previous.page or line.gap or not wraps:
            break
        if _TERMINAL.search(previous.text):
            break
        end += 1
    return end


def reads_as_heading(text: str) -> bool:
    """Return whether a line is worded as headings are: no sentence and no lead-in of a list."""
    if text.endswith(_NO_HEADING_END) or not re.search(r"[^\W\d_]{3}", text):
        return False
    if not text[0].isupper():
        return False
    if text.endswith(":"):
        spoken = {word.strip(":,.").lower() for word in text.split()}
        return len(text.split()) <= COLON_HEADING_WORDS and not spoken & words()["lead_in"]
    return True


def _stands_as_heading(
    lines: Sequence[TextLine], index: int, end: int, width: int, marked: dict[int, BlockKind]
) -> bool:
    """Return whether lines without a number stand as a heading: short, with text after them."""
    if end >= len(lines) or marked.get(end) in ("letterhead", "signature"):
        return False
    first, last, following = lines[index], lines[end - 1], lines[end]
    several = end - index > 1
    if several and len(first.text) > FULL_SHARE * width and not last.text.endswith(":"):
        return False
    bullet = _BULLET.match(following.text)
    if following.page != last.page or (following.text[0].islower() and not bullet):
        return False
    if bullet and following.text[0] not in _DASHES:
        return True
    if following.gap:
        alone = first.gap > 0 or index == 0
        return several or alone or len(last.text) <= FULL_SHARE * width
    return _would_fit(last, following, width - HEADING_SLACK)


def _stands_as_numbered(
    lines: Sequence[TextLine], index: int, end: int, numbered: re.Match[str]
) -> bool:
    """Return whether a line with a number is a heading and no item of a numbered list."""
    if "." in numbered["number"]:
        return True
    if end < len(lines):
        item = _ITEM.fullmatch(lines[end].text)
        if item and item["number"].rstrip(".)") == str(int(numbered["number"]) + 1):
            return False
    before = _ITEM.fullmatch(lines[index - 1].text) if index else None
    return before is None


def _in_sequence(number: str, before: Sequence[Draft]) -> bool:
    """Return whether an item's number is a first one or follows the item before it."""
    if number.rstrip(".)") in _FIRST_NUMBERS:
        return True
    previous = next((draft for draft in reversed(before) if draft.kind == "list_item"), None)
    return previous is not None and previous.number is not None


def _marked_runs(lines: Sequence[TextLine]) -> dict[int, BlockKind]:
    """Return the indexes of letterhead, signature and contents lines, with their kinds."""
    runs = _runs(lines)
    widths = _page_widths(lines)
    kinds: list[BlockKind | None] = [
        _run_kind([lines[i] for i in run], widths[lines[run[0]].page]) for run in runs
    ]
    for place, run in enumerate(runs):
        if kinds[place] is None and _is_named_title(lines, runs, place):
            kinds[place] = kinds[place + 1] = "signature"
        if kinds[place] is None and _between_letterheads(kinds, place):
            short = _all_short([lines[i] for i in run], widths[lines[run[0]].page])
            kinds[place] = "letterhead" if short else None
    marked = {i: kind for run, kind in zip(runs, kinds, strict=True) if kind for i in run}
    marked.update(dict.fromkeys(_contents_lines(lines), "aside"))
    return marked


def _runs(lines: Sequence[TextLine]) -> list[list[int]]:
    """Return the indexes of lines by runs without an empty line between them."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        if not index or line.gap or line.page != lines[index - 1].page:
            runs.append([])
        runs[-1].append(index)
    return runs


def _run_kind(run: Sequence[TextLine], width: int) -> BlockKind | None:
    if not _all_short(run, width):
        return None
    if run[0].page <= LETTERHEAD_PAGES and any(_is_letterhead(line.text) for line in run):
        return "letterhead"
    texts = [line.text for line in run]
    if any(_NAME.fullmatch(text) for text in texts[:-1]) and any(map(_has_title, texts[1:])):
        return "signature"
    on_behalf = len(texts) == 1 and any(end in texts[0].lower() for end in words()["on_behalf"])
    return "signature" if on_behalf and not _TERMINAL.search(texts[0]) else None


def _all_short(run: Sequence[TextLine], width: int) -> bool:
    return len(run) <= 10 and all(
        len(line.text) <= max(SHORT_SHARE * width, 30)
        and not line.text.endswith((".", ",", ";"))
        and not _BULLET.match(line.text)
        for line in run
    )


def _is_letterhead(text: str) -> bool:
    lowered = text.lower().rstrip(":")
    if lowered in words()["letterhead_alone"] or lowered in words()["letterhead"]:
        return True
    labels = tuple(f"{word}{end}" for word in words()["letterhead"] for end in " :")
    return bool(_CONTACT.search(text)) or any(
        part.startswith(labels) for part in _PARTS.split(lowered)
    )


def _has_title(text: str) -> bool:
    spoken = text.lower().replace(",", " ").split()
    titles = tuple(words()["signature_titles"])
    return any(word.endswith(titles) for word in spoken)


def _is_named_title(lines: Sequence[TextLine], runs: Sequence[list[int]], place: int) -> bool:
    """Return whether a run is a person's name alone and the next one a title alone."""
    if place + 1 >= len(runs) or len(runs[place]) > 1 or len(runs[place + 1]) > 2:
        return False
    name, title = lines[runs[place][0]].text, lines[runs[place + 1][0]].text
    return bool(_NAME.fullmatch(name)) and _has_title(title) and len(title.split()) <= 8


def _between_letterheads(kinds: Sequence[BlockKind | None], place: int) -> bool:
    around = (kinds[place - 1] if place else None, *kinds[place + 1 : place + 2])
    return len(around) == 2 and around[0] == around[1] == "letterhead"


def _contents_lines(lines: Sequence[TextLine]) -> list[int]:
    """Return the indexes of the lines of a table of contents, its heading apart.

    Below the heading entries go on, over pages, to the last that ends with a page number.
    """
    found: list[int] = []
    waiting: list[int] | None = None
    for index, line in enumerate(lines):
        if line.text.lower().strip(" :") in words()["contents"]:
            waiting = []
        elif _DOTTED.search(line.text):
            found += [*(waiting or ()), index]
            waiting = None if waiting is None else []
        elif waiting is not None and _ENTRY.search(line.text):
            found += [*waiting, index]
            waiting = []
        elif waiting is not None:
            waiting.append(index)
            if len(waiting) > ENTRY_LINES or _TERMINAL.search(line.text):
                waiting = None
    return found


def _without_heading_runs(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with long rows of unnumbered headings made paragraphs, but the first."""
    start = 0
    while start < len(drafts):
        end = start
        while end < len(drafts) and drafts[end].kind == "heading" and not drafts[end].number:
            end += 1
        if end - start >= HEADING_RUN:
            for draft in drafts[start + 1 : end]:
                draft.kind = "paragraph"
        start = max(end, start + 1)
    return drafts
