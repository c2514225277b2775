"""Measures citations against gold: each by its place in the document's text, and by its form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.gold import Gold, GoldCitation, GoldSource
from analysis.scores import CitationScore, Counts, Difference, Miss, Share
from corpus.ids import squash
from corpus.models import Citation

CONTEXT = 60
"""Characters without white space, before and after a citation, by which its place in the text is
known from others of the same wording; footnotes and headers that a reader moves cut it short."""

SHOWN = 40
"""Characters that are shown on either side of a citation that was missed."""


@dataclass(frozen=True, slots=True)
class Located:
    """A citation, and what stands before and after it in its block."""

    citation: Citation
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class CitationReport:
    """The figures of a document's citations, what was missed or false, and other forms."""

    score: CitationScore
    misses: tuple[Miss, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    citation: Citation
    span: tuple[int, int] | None


def with_context(citations: Sequence[Citation], text: str) -> Iterator[Located]:
    """Yield the citations of one block, in the order of its text, with what stands around them."""
    end = 0
    for one in citations:
        start = text.find(one.raw, end)
        start = text.find(one.raw) if start < 0 else start
        end = max(start, 0) + len(one.raw)
        yield Located(one, text[: max(start, 0)], text[end:])


def score_citations(gold: Gold, document: str, found: Sequence[Located]) -> CitationReport | None:
    """Return how the citations of a document agree with gold; None where gold has no text of it.

    One is found where it overlaps a citation of gold, each counted once. Outside the spans that
    annotators went through, over what they left open and over what they were not sure of, nothing
    counts; nor does what is named inside another citation.
    """
    source = next((one for one in gold.sources if one.document == document), None)
    if source is None or not source.citation_spans:
        return None
    wanted = [one for one in gold.citations if one.document == document]
    taken: dict[int, Citation] = {}
    false: list[Citation] = []
    for one in _placed(source.text, found):
        index = _partner(one, wanted, taken)
        if index is not None:
            taken[index] = one.citation
        elif not _left_open(one, wanted, source):
            false.append(one.citation)
    return _report(source, wanted, taken, false)


def _report(
    source: GoldSource,
    wanted: Sequence[GoldCitation],
    taken: dict[int, Citation],
    false: Sequence[Citation],
) -> CitationReport:
    document = source.document
    sure = [index for index, one in enumerate(wanted) if one.certain]
    hits = [index for index in sure if index in taken]
    missed = [wanted[index] for index in sure if index not in taken]
    other = [index for index in hits if not _same_form(taken[index], wanted[index])]
    return CitationReport(
        CitationScore(
            document,
            Counts(len(hits), len(false), len(missed)),
            Share(len(hits) - len(other), len(hits)),
        ),
        (
            *(
                Miss("gold", document, _kind(g.kind), g.forms[0], None, _shown(g, source.text))
                for g in missed
            ),
            *(Miss("found", document, _kind(c.kind), c.normalized, None, c.raw) for c in false),
        ),
        tuple(
            Difference(
                "citation",
                document,
                wanted[index].kind,
                wanted[index].forms[-1],
                taken[index].normalized,
                wanted[index].text,
            )
            for index in other
        ),
    )


def _shown(one: GoldCitation, text: str) -> str:
    """Return a citation in brackets, with the words around it."""
    before = " ".join(text[max(0, one.start - SHOWN) : one.start].split())
    after = " ".join(text[one.end : one.end + SHOWN].split())
    return f"… {before} [{one.text}] {after} …"


def _kind(kind: str) -> str:
    return f"citation ({kind})"


def _partner(
    one: _Placed, wanted: Sequence[GoldCitation], taken: dict[int, Citation]
) -> int | None:
    """Return the place of the citation of gold that this is: one of the same form goes first."""
    if one.span is None:
        return None
    over = [
        index
        for index, other in enumerate(wanted)
        if index not in taken and _overlap(one.span, (other.start, other.end))
    ]
    return min(over, key=lambda index: not _same_form(one.citation, wanted[index]), default=None)


def _left_open(one: _Placed, wanted: Sequence[GoldCitation], source: GoldSource) -> bool:
    span = one.span
    if span is None:
        return False
    if not any(start <= span[0] and span[1] <= end for start, end in source.citation_spans):
        return True
    if any(_overlap(span, other) for other in source.open_spans):
        return True
    form = _form(one.citation.normalized)
    return any(
        not other.certain or form in {_form(name) for name in other.includes}
        for other in wanted
        if _overlap(span, (other.start, other.end))
    )


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _same_form(ours: Citation, theirs: GoldCitation) -> bool:
    return _form(ours.normalized) in {_form(form) for form in theirs.forms}


def _form(normalised: str) -> tuple[str, ...]:
    """Return what two normal forms of the same thing share: their words in any order."""
    plain = re.sub(r"\bSFS\b|[.,]", " ", normalised.replace("§§", "§")).casefold()
    return tuple(sorted(plain.split()))


def _placed(text: str, found: Sequence[Located]) -> Iterator[_Placed]:
    """Yield the citations with their place in the text, None where it is not known."""
    squashed, offsets = _squashed(text)
    taken: set[int] = set()
    for one in found:
        raw = squash(one.citation.raw)
        before, after = squash(one.before)[-CONTEXT:], squash(one.after)[:CONTEXT]
        places = [
            place.start()
            for place in re.finditer(f"(?={re.escape(raw)})", squashed)
            if place.start() not in taken
        ]
        best = max(
            places,
            key=lambda at: (
                _shared(before[::-1], squashed[max(0, at - CONTEXT) : at][::-1])
                + _shared(after, squashed[at + len(raw) : at + len(raw) + CONTEXT])
            ),
            default=None,
        )
        if best is None:
            yield _Placed(one.citation, None)
            continue
        taken.add(best)
        yield _Placed(one.citation, (offsets[best], offsets[best + len(raw) - 1] + 1))


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _squashed(text: str) -> tuple[str, list[int]]:
    """Return the text as :func:`corpus.ids.squash` gives it, and where each sign stood."""
    signs: list[str] = []
    offsets: list[int] = []
    for at, sign in enumerate(text):
        plain = squash(unicodedata.normalize("NFKC", sign))
        signs.append(plain)
        offsets += [at] * len(plain)
    return "".join(signs), offsets
