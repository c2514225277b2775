"""Links the answers of a reply to the recommendations of the audit that it answers.

An answer tells which recommendation it means by a number, by retelling it, by its heading or by
its own words; one that speaks of *rekommendationerna* means all that have no answer of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from analysis.likeness import content_stems, coverage, word_weights
from analysis.sentences import lemma, sentences
from analysis.verdicts import read_verdict, wordings
from corpus.models import Link, Recommendation

LEAST_SHARED = 0.3
"""Share (by weight) of a recommendation's words that an answer to it holds at least, with its
heading and what it retells: a guess, between an answer that retells its recommendation and one on
the same topic. No gold of answers has been measured yet."""
NUMBERED, GENERAL = 1.0, 0.5
"""Scores of a link by the recommendation's number, and of one to all recommendations."""
SHOWN_WORDS = 5
"""Shared words that the reason of a link names at most."""

_NUMBER = re.compile(r"\brekommendation(?:en)?\s+(?:nr\.?\s*)?(\d{1,2})\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")


class Answering(Protocol):
    """What is needed to know of a document."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def answers(self) -> str | None:
        """The id of the document that it answers, if any."""


def answer_links(
    documents: Sequence[Answering], recommendations: Sequence[Recommendation]
) -> list[Link]:
    """Return the links of relation ``answers`` from answers to recommendations, by source.

    A reply that answers nothing in the corpus may have the audit as its annex. Each link has its
    verdict; ``score`` is 1 where a number names the recommendation.
    """
    given: dict[str, list[Recommendation]] = defaultdict(list)
    for item in sorted(recommendations, key=lambda r: (r.document, r.position, r.id)):
        if item.kind in {"answer", "recommendation"} and not item.withdrawn:
            given[item.document].append(item)
    return [
        link
        for document in sorted(documents, key=lambda d: d.id)
        for link in _of_reply(
            [item for item in given[document.id] if item.kind == "answer"],
            [
                item
                for item in given[document.answers or document.id]
                if item.kind == "recommendation"
            ],
        )
    ]


def _of_reply(answers: Sequence[Recommendation], asked: Sequence[Recommendation]) -> list[Link]:
    """Return the links of one reply, those to all recommendations last."""
    if not asked:
        return []
    weights = word_weights([*map(_wording, asked), *map(_matter, answers)])
    general = [answer for answer in answers if _is_general(answer)]
    rest = [answer for answer in answers if answer not in general]
    own = [link for answer in rest for link in _meant(answer, asked, weights)]
    met = {link.target for link in own}
    left = [item for item in asked if item.id not in met] or list(asked)
    of_all = [
        _link(answer, item, GENERAL, "Gäller rekommendationerna i stort.")
        for answer in general
        for item in _to_named(answer, left)
    ]
    return _ranked([*own, *of_all])


def _is_general(answer: Recommendation) -> bool:
    """Tell whether an answer speaks of the recommendations as a whole."""
    spoken = answer.text.partition(".")[0]
    return bool(wordings().general.search(spoken)) and not _NUMBER.search(_matter(answer))


def _to_named(answer: Recommendation, asked: Sequence[Recommendation]) -> list[Recommendation]:
    """Return what was asked of a body that the answer names, or all where it names none."""
    said = f"{answer.heading or ''} {answer.text}".casefold()
    named = [item for item in asked if any(to.named.casefold() in said for to in item.addressees)]
    return named or list(asked)


def _meant(
    answer: Recommendation, asked: Sequence[Recommendation], weights: Mapping[str, float]
) -> Iterator[Link]:
    """Yield the link to the recommendation that an answer means by number, else by its words."""
    numbered = _NUMBER.search(_matter(answer))
    if numbered and 0 < int(numbered[1]) <= len(asked):
        target = asked[int(numbered[1]) - 1]
        yield _link(answer, target, NUMBERED, f"Rekommendation {numbered[1]}.")
        return
    stems = content_stems(_matter(answer))
    scores = [max(coverage(content_stems(w), stems, weights) for w in _texts(a)) for a in asked]
    best = max(range(len(asked)), key=lambda place: scores[place])
    if scores[best] >= LEAST_SHARED:
        yield _link(answer, asked[best], round(scores[best], 4), _shared(answer, asked[best]))


def _matter(answer: Recommendation) -> str:
    """Return what tells which recommendation is meant: what is retold, the heading, the answer."""
    return " ".join(filter(None, (answer.body, answer.heading, answer.text)))


def _texts(item: Recommendation) -> list[str]:
    return [item.text, *(v.text for v in item.variants if v.role != "translation")]


def _wording(item: Recommendation) -> str:
    return " ".join(_texts(item))


def _shared(answer: Recommendation, asked: Recommendation) -> str:
    stems = content_stems(_wording(asked))
    found = [
        word.lower() for word in _WORD.findall(_matter(answer)) if lemma(word.lower()) in stems
    ]
    return f"Gemensamma ord: {', '.join(list(dict.fromkeys(found))[:SHOWN_WORDS])}."


def _link(answer: Recommendation, asked: Recommendation, score: float, why: str) -> Link:
    spans = sentences(answer.text)
    verdict = read_verdict([answer.text[start:end] for start, end in spans])
    return Link(answer.id, asked.id, "answers", score, 1, why, verdict)


def _ranked(links: Sequence[Link]) -> list[Link]:
    """Return the links by source with their places among its own, the surest first."""
    places: dict[str, int] = defaultdict(int)
    ordered = sorted(links, key=lambda link: (link.source, -link.score, link.target))
    found = []
    for link in ordered:
        places[link.source] += 1
        found.append(replace(link, rank=places[link.source]))
    return found
