"""Measures what a reply answers: links to recommendations, and the verdict of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from analysis.gold import Gold, GoldAnswer
from analysis.matching import Pair, similarity
from analysis.scores import AnswerScore, Difference, share
from corpus.models import Link, Recommendation

NO_VERDICT = "none"
"""Verdict of an answer that takes no side: it may be linked or not."""


class _Split(Protocol):
    @property
    def document(self) -> str: ...
    @property
    def recommendations(self) -> tuple[Recommendation, ...]: ...


def score_answers(
    gold: Gold,
    pairs: Sequence[Pair],
    predicted: Sequence[_Split],
    links: Sequence[Link],
    not_found: Collection[str],
) -> tuple[AnswerScore | None, list[Difference]]:
    """Return how the links ``answers`` agree with gold's answers, and where they differ.

    An answer is found where a link to its recommendation comes from a wording that is alike; a
    link is right where gold has such an answer, sure or not. Links to what is no recommendation
    of gold's are left out: those are false recommendations. None where gold has no answers.
    """
    answers = [one for one in gold.answers if one.document not in not_found]
    if not answers:
        return None, []
    texts = {one.id: one for part in predicted for one in part.recommendations}
    unit_of = {pair.found.id: pair.unit.id for pair in pairs}
    ours = [
        (texts[link.source], unit_of[link.target], link.verdict or NO_VERDICT)
        for link in links
        if link.relation == "answers" and link.target in unit_of and link.source in texts
    ]
    sure = [one for one in answers if one.certain and one.verdict != NO_VERDICT]
    partners = [[link for link in ours if _same(one, link[0], link[1])] for one in sure]
    right = [any(_same(one, text, unit) for one in answers) for text, unit, _ in ours]
    verdicts = [
        any(link[2] == one.verdict for link in linked)
        for one, linked in zip(sure, partners, strict=True)
        if linked
    ]
    score = AnswerScore(share(bool(linked) for linked in partners), share(right), share(verdicts))
    differences = [
        _difference(one, [link[2] for link in linked])
        for one, linked in zip(sure, partners, strict=True)
        if one.verdict not in {link[2] for link in linked}
    ] + [
        Difference("answer", text.document, unit, "", verdict, text.text)
        for (text, unit, verdict), fits in zip(ours, right, strict=True)
        if not fits
    ]
    return score, differences


def _same(answer: GoldAnswer, found: Recommendation, unit: str) -> bool:
    wordings = (found.text, *(variant.text for variant in found.variants))
    return answer.recommendation == unit and any(similarity(one, answer.text) for one in wordings)


def _difference(answer: GoldAnswer, verdicts: Sequence[str]) -> Difference:
    found = ", ".join(dict.fromkeys(verdicts))
    return Difference(
        "answer", answer.document, answer.recommendation, answer.verdict, found, answer.text
    )
