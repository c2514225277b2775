"""Tells whom a document means: by abbreviations of its own, and by *kommunen*, *nämnden*, *vi*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.sentences import read_data
from corpus.actors import Gazetteer
from corpus.ids import slug
from corpus.models import Actor, ActorKind, Addressee, Block, Document, Recommendation

PLACE_LETTERS = 60
"""Letters of a recommendation's text by which its block is found: a line of print, and unlike."""
LEAST_INITIALS = 2
"""Words of a name that its abbreviation must have letters of (*Myndigheten för vägljus*, MVL)."""

OFTEN = 3
"""Times that a body must be named for a document to speak of it, where its title does not; one that
a national report gives as an example is named once or twice."""

_SHORT = re.compile(
    r"\s\((?:nedan\s|i det följande\s|förkortat\s)?(?P<short>[A-ZÅÄÖ][\w&-]{1,11})\)"
)
_NAME = re.compile(
    r"(?P<name>(?P<head>[A-ZÅÄÖ][\w-]*)(?:\s(?:för|och|i|mot|av|[a-zåäö][\w-]+)){1,8})$"
)
_HEADS: tuple[tuple[str, ActorKind], ...] = (
    ("myndigheten", "agency"),
    ("inspektionen", "agency"),
    ("institutet", "agency"),
    ("verket", "agency"),
    ("statens", "agency"),
    ("nämnden", "committee"),
    ("förbundet", "association"),
    ("föreningen", "association"),
    ("sveriges", "association"),
    ("svenska", "association"),
)
"""Words with which names of bodies begin, and the kind of body that each tells."""


@dataclass(frozen=True, slots=True)
class _Named:
    """The bodies that a document names, each by itself, in the order of its text."""

    sender: Actor | None
    by_block: Mapping[str, tuple[tuple[int, Actor], ...]]
    subjects: tuple[Actor, ...]


def introduced(document: Document, gazetteer: Gazetteer) -> Gazetteer:
    """Return the gazetteer with the abbreviations that a document gives: *Namnet (ABBR)*.

    A body that nobody knows is known from there on where its abbreviation is of its initials.
    """
    names: dict[str, Actor] = {}
    for block in document.blocks:
        for match in _SHORT.finditer(block.text):
            actor = _named_before(block.text[: match.start()], match["short"], gazetteer)
            if actor:
                names.setdefault(match["short"], actor)
                names.setdefault(actor.name, actor)
    return gazetteer.with_names(names)


def _named_before(text: str, short: str, gazetteer: Gazetteer) -> Actor | None:
    """Return the body with whose name a text ends, if ``short`` can stand for it."""
    if sum(letter.isupper() for letter in short) < LEAST_INITIALS:
        return None
    known = gazetteer.find(text)
    if known and known[-1].end == len(text):
        actor = gazetteer.resolve(text[known[-1].start :])
        return actor if actor and actor.id not in gazetteer.groups else None
    named = _NAME.search(text)
    if not named or not _initials(named["name"], short):
        return None
    head = named["head"].casefold()
    kind = next((kind for word, kind in _HEADS if head.endswith(word)), None)
    return Actor(slug(named["name"]), named["name"], kind, (short,)) if kind else None


def _initials(name: str, short: str) -> bool:
    """Return whether an abbreviation's letters stand in the name, in order, and two begin words.

    Others stand inside compounds (*vägljus* in MVL).
    """
    capitals = [letter.casefold() for letter in short if letter.isupper()]
    left = iter(name.casefold())
    words = [word[0] for word in name.casefold().split()]
    beginning = sum((Counter(words) & Counter(capitals)).values())
    in_order = all(letter in left for letter in capitals)
    return in_order and words[0] == capitals[0] and beginning >= LEAST_INITIALS


def referred(
    document: Document, found: Sequence[Recommendation], gazetteer: Gazetteer
) -> tuple[Recommendation, ...]:
    """Return the recommendations with the body that each *kommunen* or *nämnden* stands for.

    That is the last such body named before in the same paragraph, else the sender, else the only
    such body of which the document speaks; where there is none, the addressee stays as it is.
    """
    generic = _generic()
    if not any(one.named.casefold() in generic for r in found for one in r.addressees):
        return tuple(found)
    named = _names(document, gazetteer)
    return tuple(
        replace(
            r,
            addressees=tuple(_meant(one, r, document.blocks, named) for one in r.addressees),
        )
        for r in found
    )


def _meant(
    one: Addressee, recommendation: Recommendation, blocks: Sequence[Block], named: _Named
) -> Addressee:
    word = one.named.casefold()
    if word not in _generic():
        return one
    start = recommendation.text[:PLACE_LETTERS]
    places = ((block, block.text.find(start)) for block in blocks)
    block, place = next(((b, at) for b, at in places if at >= 0), (None, -1))
    nearby = named.by_block[block.id] if block else ()
    before = [a for at, a in nearby if at < place and word != "vi" and _fits(a, word)]
    sender = [named.sender] if named.sender and _fits(named.sender, word) else []
    only = [a for a in named.subjects if word != "vi" and _fits(a, word)]
    for meant in (before[-1:], sender, only if len(only) == 1 else []):
        if meant:
            return replace(one, actor=meant[0].id)
    return one


def _fits(actor: Actor, word: str) -> bool:
    """Return whether a word can stand for a body: by its kind, or by a word of its name."""
    kind = _generic()[word]
    if kind == "other" or (kind == actor.kind and kind != "committee"):
        return True
    stem = word.removesuffix("en").removesuffix("et")
    return any(part.endswith((word, stem)) for part in actor.name.casefold().split())


def _names(document: Document, gazetteer: Gazetteer) -> _Named:
    by_block = {
        block.id: tuple(
            (mention.start, actor)
            for mention in gazetteer.find(block.text)
            if (actor := gazetteer.resolve(block.text[mention.start : mention.end]))
            and actor.id not in gazetteer.groups
        )
        for block in document.blocks
    }
    times = Counter(actor for named in by_block.values() for _, actor in named)
    titled = {mention.actor_id for mention in gazetteer.find(document.title)}
    subjects = tuple(a for a, count in times.items() if count >= OFTEN or a.id in titled)
    return _Named(_sender(document.sender, gazetteer), by_block, subjects)


def _sender(name: str | None, gazetteer: Gazetteer) -> Actor | None:
    if not name:
        return None
    return gazetteer.resolve(name) or Actor(slug(name), name, "other")


@cache
def _generic() -> dict[str, ActorKind]:
    """Return the words that stand for a body named elsewhere, with its kind; *vi* has any."""
    data: dict[ActorKind, list[str]] = read_data("addressees.yml")["generic"]
    return {word: kind for kind, words in data.items() for word in words}
