"""Splits a reply to an audit into its answers: what the audited body says of each recommendation.

An answer is what is thought of one recommendation with what is or will be done about it. What the
auditors found or advised is retold in replies, often word for word; it opens the next answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from analysis.addressees import addressees
from analysis.audits import recommendations
from analysis.levels import level_of_document
from analysis.obligation import deadline, modality, title
from analysis.passages import Passage, Piece, join
from analysis.portions import Portion, cut, portions
from analysis.sentences import sentences
from analysis.verdicts import action, attitude, read_verdict, wordings
from corpus.actors import Gazetteer
from corpus.models import Document, Recommendation, StanceLabel, Verdict

CERTAINTY = 0.9
"""Confidence in an answer that says what is thought of the recommendation."""
ACTION_CERTAINTY = 0.6
"""Confidence in one that only tells what is or will be done."""
STANCES: dict[Verdict, StanceLabel] = {
    "agrees": "support",
    "partly": "conditional",
    "disagrees": "oppose",
    "done": "support",
}
"""The stance by which an answer is shown among positions."""

BARE = 6
"""Words of the longest sentence that only names the verdict (*Nämnden instämmer delvis.*): what
comes after it in its paragraph tells what of."""

STATE_AUDITOR = "Riksrevisionen"
"""Whose reports the government annexes to its replies."""

_ANNEX = re.compile(r"(?:bilaga|bilagor|rir \d{4}:\d+)(?:\s.*)?", re.I)
_AUDIT = re.compile(rf"{STATE_AUDITOR}s? rekommend")


@dataclass(slots=True)
class _Answer:
    """Sentences of one answer, and what was retold right before it."""

    portion: Portion
    retold: str | None
    sentences: list[Passage] = field(default_factory=list)
    paragraph: int = 0


def answers(document: Document, gazetteer: Gazetteer | None = None) -> tuple[Recommendation, ...]:
    """Return the answers of a reply in order, with empty ids; ``body`` is what each answers.

    After them come the recommendations of an audit by Riksrevisionen that is annexed whole.
    """
    found = [one for portion in _own(document) for one in _in_portion(portion)]
    own = [
        _recommendation(document, gazetteer, answer, number)
        for number, answer in enumerate(found, start=1)
    ]
    annexed = [
        replace(one, position=len(own) + number, actor=STATE_AUDITOR)
        for number, one in enumerate(_annexed(document, gazetteer), start=1)
    ]
    return (*own, *annexed)


def _annexed(document: Document, gazetteer: Gazetteer | None) -> tuple[Recommendation, ...]:
    starts = (
        place
        for place, block in enumerate(document.blocks)
        if block.kind == "heading" and _ANNEX.fullmatch(block.text.strip())
    )
    blocks = document.blocks[next(starts, len(document.blocks)) :]
    if not any(_AUDIT.search(block.text) for block in blocks):
        return ()
    return recommendations(replace(document, blocks=blocks), gazetteer)


def _own(document: Document) -> Iterator[Portion]:
    """Yield the portions in which the audited body speaks; the audit itself may be annexed."""
    for portion in portions(document):
        name = (portion.title or "").strip()
        if _ANNEX.fullmatch(name):
            return
        if portion.role == "administrative" or wordings().anothers.fullmatch(name):
            continue
        if portion.role != "recital" or wordings().own.fullmatch(name):
            yield portion


def _in_portion(portion: Portion) -> Iterator[_Answer]:
    answer: _Answer | None = None
    retold: str | None = None
    for number, said in _said(portion):
        if _is_retold(said.text):
            if answer:
                yield answer
            answer, retold = None, said.text
        elif answer and not _begins(answer, said.text, number):
            answer.sentences.append(said)
            answer.paragraph = number
        elif answer or _opens(portion, said, retold):
            if answer:
                yield answer
            answer, retold = _Answer(portion, retold, [said], number), None
    if answer:
        yield answer


def _said(portion: Portion) -> Iterator[tuple[int, Passage]]:
    """Yield the sentences that retell, answer or tell what is done, with their paragraphs."""
    for number, paragraph in enumerate(portion.paragraphs):
        for start, end in sentences(paragraph.text):
            text = paragraph.text[start:end]
            is_left_out = wordings().handling.search(text) or text.endswith(":")
            if _is_retold(text) or (not is_left_out and (_thinks(text) or action(text))):
                yield number, cut(paragraph, start, end)


def _opens(portion: Portion, said: Passage, retold: str | None) -> bool:
    """Tell whether a sentence can begin an answer, and does not tell what others do.

    One that names nobody does so right below a heading or a recommendation given again.
    """
    if wordings().speakers.search(said.text):
        return True
    return _is_first(said, portion) or _is_recommendation(retold)


def _is_first(said: Passage, portion: Portion) -> bool:
    first, own = portion.paragraphs[0].pieces[0], said.pieces[0]
    return first.block is own.block and first.start == own.start


def _is_recommendation(retold: str | None) -> bool:
    forms = wordings()
    return retold is not None and bool(forms.restated.match(retold) or forms.advice.search(retold))


def _begins(answer: _Answer, text: str, paragraph: int) -> bool:
    """Tell whether a sentence is the first of another answer."""
    last = answer.sentences[-1].text
    is_told_on = paragraph == answer.paragraph and len(last.split()) <= BARE
    if _thinks(text) and any(_thinks(sentence.text) for sentence in answer.sentences):
        return not is_told_on
    turns = _thinks(text) or wordings().topic.match(text) or wordings().general.search(last)
    return paragraph != answer.paragraph and bool(turns)


def _thinks(text: str) -> Verdict | None:
    """Return what the audited body thinks of something in a sentence, or None."""
    found = attitude(text)
    return found if found and wordings().speakers.search(text) else None


def _is_retold(text: str) -> bool:
    """Tell whether a sentence gives what the auditors advised or found, and no answer."""
    if wordings().restated.match(text):
        return True
    auditor = wordings().auditors.search(text)
    if auditor is None:
        return False
    if wordings().retold.search(text):
        return True
    speaker = wordings().speakers.search(text)
    is_spoken = speaker is not None and speaker.start() < auditor.start()
    return not is_spoken and not _thinks(text)


def _in_one(said: Sequence[Passage]) -> Passage:
    """Return the sentences with what stands between them in their paragraph: a quote has no gaps.

    It ends where sentences of the next paragraph don't follow at once.
    """
    first, *rest = join(said).pieces
    pieces = [first]
    for piece in rest:
        last = pieces[-1]
        if last.block is piece.block:
            pieces[-1] = Piece(last.block, last.start, piece.end)
        elif last.block.text[last.end :].strip() or piece.block.text[: piece.start].strip():
            break
        else:
            pieces.append(piece)
    return Passage(tuple(pieces))


def _recommendation(
    document: Document, gazetteer: Gazetteer | None, answer: _Answer, number: int
) -> Recommendation:
    passage = _in_one(answer.sentences)
    text = passage.text
    verdict = read_verdict([sentence.text for sentence in answer.sentences])
    thinks = any(_thinks(sentence.text) for sentence in answer.sentences)
    return Recommendation(
        id="",
        document=document.id,
        kind="answer",
        position=number,
        title=title(text),
        text=text,
        page=passage.page,
        section=passage.block.section,
        heading=answer.portion.title,
        boxes=passage.boxes,
        anchor=passage.block.anchor,
        level=level_of_document(document, gazetteer),
        modality=modality(text),
        actor=document.sender,
        stance=STANCES[verdict] if verdict else None,
        target_document=document.answers,
        deadline=deadline(text),
        confidence=CERTAINTY if thinks else ACTION_CERTAINTY,
        body=answer.retold,
        addressees=addressees(text, gazetteer) if thinks else (),
    )
