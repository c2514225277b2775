"""The gazetteer: Swedish public bodies as data, found in running text and resolved by name.

The names lie in ``data/actors/*.yml`` and are read by ``corpus.actor_data``. A body of
``corpus.yml`` is added to them and wins over a name that they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, get_args

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from corpus.actor_data import Body, Pattern, read_bodies, read_patterns
from corpus.ids import slug
from corpus.models import Actor, ActorKind

ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
ABBREVIATION_LENGTH = 4
"""Names of at most this many letters (Brå, IVO, HaV) count as abbreviations: exact case only."""

MISSPELT_LENGTH = 20
"""Letters of the shortest name that is known with one letter wrong, left out or too many: two names
of bodies that are so long differ by more (*Region Västmanland*, *Region Värmland*)."""

_WORD = re.compile(r"\w+")
_SHORT_FORM = re.compile(r"(?P<name>.+?) \((?P<short>[^()]{2,12})\)$")
_DEFINITE = re.compile(r"\w+(?:en|et|an) ")
"""A name that begins with a definite noun begins with a small letter in many texts."""
_SPACES = str.maketrans("\n\t\r\u00a0\u202f", "     ")
_INSIDE = re.compile(r"[a-zåäöé,] $")
# Definite singular endings of names that are common noun phrases, and their other forms.
_INFLECTIONS = {
    "nämnden": ("nämnd", "nämnder", "nämnderna"),
    "nämnderna": ("nämnder",),
    "styrelsen": ("styrelse", "styrelser", "styrelserna"),
    "förvaltningen": ("förvaltning", "förvaltningar", "förvaltningarna"),
    "revisionen": ("revision",),
    "kontoret": ("kontor", "kontoren"),
    "fullmäktige": ("fullmäktiges",),
}


class Mention(NamedTuple):
    """Where a body is named in a text: ``text[start:end]`` names the actor with ``actor_id``."""

    start: int
    end: int
    actor_id: str


@dataclass(frozen=True, slots=True)
class _Form:
    """One surface form of a name, ``lower`` in small letters.

    ``common`` forms match whatever their case, ``exact`` ones (abbreviations) in this very case;
    ``inside`` ones are plain words too, and names only with a capital inside a sentence.
    """

    text: str
    lower: str
    actor: Actor
    common: bool
    exact: bool
    inside: bool = False


class History(NamedTuple):
    """A body's former names with the last year of each, and what became of it.

    ``until`` is the last year of a body that is gone, ``became`` the ids of those that took over.
    """

    former: Mapping[str, int]
    until: int | None = None
    became: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Gazetteer:
    """All known bodies, with the indexes that find and resolve them.

    ``groups`` are the ids that stand for many bodies at once, such as *Kommunerna*.

    Bodies that a pattern forms (``Stadsdelsnämnden X``) are not in ``actors``: ``find`` gives the
    id that ``resolve`` gives for the same words, and ``resolve`` gives the actor.
    """

    actors: tuple[Actor, ...]
    groups: frozenset[str]
    _by_id: Mapping[str, Actor]
    _by_first_word: Mapping[str, tuple[_Form, ...]]
    _by_name: Mapping[str, Actor]
    _patterns: tuple[Pattern, ...]
    _history: Mapping[str, History]
    _long_names: tuple[str, ...]

    def get(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return self._by_id.get(actor_id)

    def history(self, actor_id: str) -> History:
        """Return a body's former names, and what became of it."""
        return self._history.get(actor_id, History({}))

    def with_names(self, names: Mapping[str, Actor]) -> Gazetteer:
        """Return this gazetteer with further names of bodies, such as a document gives them.

        A name that is known already keeps its meaning.
        """
        new = {name: actor for name, actor in names.items() if self.resolve(name) is None}
        if not new:
            return self
        forms = [
            _form(text, actor, common=False)
            for name, actor in new.items()
            for text in (name, *_genitives(name))
        ]
        index = dict(self._by_first_word)
        for word, added in _index(forms).items():
            index[word] = tuple(
                sorted((*added, *index.get(word, ())), key=lambda form: -len(form.text))
            )
        return replace(
            self,
            _by_id={**{actor.id: actor for actor in new.values()}, **self._by_id},
            _by_first_word=index,
            _by_name={**{_key(form): form.actor for form in forms}, **self._by_name},
        )

    def find(self, text: str) -> list[Mention]:
        """Return the bodies that ``text`` names, in order, the longest name at each place."""
        found = sorted(
            (*self._known(text), *self._formed(text)), key=lambda m: (m.start, -m.end, m.actor_id)
        )
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def resolve(self, name: str) -> Actor | None:
        """Return the actor that ``name`` is a name, alias or inflected form of, or None.

        ``Name (ABBR)`` is resolved by its name, else by its abbreviation; a long name may have one
        letter wrong.
        """
        cleaned = re.sub(r"\s+", " ", name).strip(" \t\n.,:;")
        if not cleaned:
            return None
        for key in (cleaned, cleaned.lower()):
            if key in self._by_name:
                return self._by_name[key]
        for pattern in self._patterns:
            matched = pattern.match.match(cleaned)
            if matched and len(cleaned) - matched.end() <= 2:
                return self._actor_of(pattern, matched)
        return self._place(cleaned) or self._with_short_form(cleaned) or self._misspelt(cleaned)

    def _with_short_form(self, name: str) -> Actor | None:
        """Return the body of a name that its abbreviation follows (*Statens skolverk (SKV)*)."""
        matched = _SHORT_FORM.match(name)
        if not matched:
            return None
        return self.resolve(matched["name"]) or self._by_name.get(matched["short"])

    def _misspelt(self, name: str) -> Actor | None:
        """Return the one body whose long name differs from this by one letter."""
        if len(name) < MISSPELT_LENGTH:
            return None
        near = {self._by_name[known].id for known in self._near(name.lower())}
        return self._by_id.get(near.pop()) if len(near) == 1 else None

    def _near(self, name: str) -> list[str]:
        found = process.extract(
            name, self._long_names, scorer=Levenshtein.distance, score_cutoff=1, limit=2
        )
        return [known for known, _, _ in found]

    def _place(self, name: str) -> Actor | None:
        """Return the municipality of a bare place name."""
        for ending in (" kommun", "s kommun", " stad", "s stad"):
            actor = self._by_name.get(name.lower() + ending)
            if actor:
                return actor
        return None

    def _known(self, text: str) -> Iterator[Mention]:
        lowered = _lower(text)
        if self._by_first_word.keys().isdisjoint(_WORD.findall(lowered)):
            return
        for word in _WORD.finditer(lowered):
            for form in self._by_first_word.get(word.group(), ()):
                end = word.start() + len(form.text)
                if (
                    lowered.startswith(form.lower, word.start())
                    and _at_word_edge(text, word.start(), end)
                    and _fits_case(form, text, word.start(), end)
                ):
                    yield Mention(word.start(), end, form.actor.id)
                    break

    def _formed(self, text: str) -> Iterator[Mention]:
        for pattern in self._patterns:
            if not any(word in text for word in pattern.needs):
                continue
            for matched in pattern.match.finditer(text):
                end = _past_genitive(text, matched.end())
                if _at_word_edge(text, matched.start(), end):
                    yield Mention(matched.start(), end, self._actor_of(pattern, matched).id)

    def _actor_of(self, pattern: Pattern, matched: re.Match[str]) -> Actor:
        groups = matched.groupdict()
        if pattern.genitive and groups[pattern.genitive].endswith("s"):
            groups[pattern.genitive] = groups[pattern.genitive][:-1]
        name = pattern.name.format(**groups)
        if pattern.capital:
            name = name[:1].upper() + name[1:]
        known = self._by_name.get(name.lower())
        return known or Actor(id=slug(name), name=name, kind=pattern.kind)


def load_gazetteer(extra: Sequence[Actor] = ()) -> Gazetteer:
    """Return the gazetteer with the bodies of ``extra`` added; a name of theirs wins."""
    return _build(tuple(extra))


@lru_cache(maxsize=8)
def _build(extra: tuple[Actor, ...]) -> Gazetteer:
    own = {actor.id for actor in extra}
    stored = tuple(body for body in read_bodies() if body.actor.id not in own)
    forms = [
        *(form for actor in extra for form in _forms(actor, None)),
        *(form for body in stored for form in _body_forms(body)),
    ]
    alone = {id(form) for form in forms if form.inside and form.exact}
    by_text: dict[str, _Form] = {}
    by_name: dict[str, Actor] = {}
    for form in forms:
        by_name.setdefault(_key(form), form.actor)
        if id(form) not in alone:
            by_text.setdefault(form.text, form)
    actors = (*extra, *(body.actor for body in stored))
    return Gazetteer(
        actors=actors,
        groups=frozenset(body.actor.id for body in stored if body.group),
        _by_id={actor.id: actor for actor in actors},
        _by_first_word=_index(by_text.values()),
        _by_name=by_name,
        _patterns=read_patterns(),
        _history=_histories(stored, by_name),
        _long_names=tuple(name for name in by_name if len(name) >= MISSPELT_LENGTH - 1),
    )


def _histories(bodies: Iterable[Body], by_name: Mapping[str, Actor]) -> dict[str, History]:
    """Return the histories of the bodies that have one, by their ids."""
    found: dict[str, History] = {}
    for body in bodies:
        former = {other.name: other.until for other in body.others if other.until}
        if former or body.until:
            became = tuple(by_name[name.lower()].id for name in body.became)
            found[body.actor.id] = History(former, body.until, became)
    return found


def _index(forms: Iterable[_Form]) -> dict[str, tuple[_Form, ...]]:
    """Return the forms by their first word in lower case, the longest first."""
    index: dict[str, list[_Form]] = {}
    for form in forms:
        first = _WORD.search(form.lower)
        if first:
            index.setdefault(first.group(), []).append(form)
    return {
        word: tuple(sorted(several, key=lambda form: -len(form.text)))
        for word, several in index.items()
    }


def _body_forms(body: Body) -> Iterator[_Form]:
    """Yield the forms of a stored body's names, those that are plain words too marked."""
    for form in _forms(body.actor, body.common):
        base = form.text.removesuffix("s").removesuffix(":")
        alone = body.is_alone(form.text) or body.is_alone(base)
        yield replace(form, inside=True) if alone else form


def _forms(actor: Actor, marked_common: bool | None) -> Iterator[_Form]:
    """Yield the forms of an actor's names; None lets each name show if it is a common noun."""
    for name in (actor.name, *actor.aliases):
        common = _looks_common(name) if marked_common is None else marked_common
        for inflected in (name, *(_inflected(name) if common else ())):
            for text in (inflected, *_genitives(inflected)):
                yield _form(text, actor, common=common)


def _form(text: str, actor: Actor, *, common: bool) -> _Form:
    letters = text.split(":", maxsplit=1)[0]
    short = len(letters) <= ABBREVIATION_LENGTH or _is_acronym(letters)
    return _Form(text, text.lower(), actor, common, exact=not common and short)


def _key(form: _Form) -> str:
    """Return the key by which a form is resolved: as it stands where only this case counts."""
    return form.text if form.exact else form.lower


def _looks_common(name: str) -> bool:
    return name[0].islower() or (" " not in name and name.endswith(tuple(_INFLECTIONS)))


def _inflected(name: str) -> Iterator[str]:
    for ending, others in _INFLECTIONS.items():
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            yield from (stem + other for other in others)


def _genitives(name: str) -> tuple[str, ...]:
    if name[-1] in "sxz":
        return ()
    return (f"{name}:s", f"{name}s") if _is_acronym(name) else (f"{name}s",)


def _is_acronym(name: str) -> bool:
    return " " not in name and sum(letter.isupper() for letter in name) >= 2 and "-" not in name


def _fits_case(form: _Form, text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` has a case that a writer gives this name there."""
    surface = text[start:end]
    if form.inside:
        inside = bool(_INSIDE.search(text[max(start - 2, 0) : start]))
        return surface == form.text and inside and not text[end : end + 2].strip().isdigit()
    if form.common or surface == form.text:
        return True
    if form.exact:
        return False
    return surface[0].isupper() or (surface[1:] == form.text[1:] and bool(_DEFINITE.match(surface)))


def _at_word_edge(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is whole words and no part of a hyphenated compound."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    inside_before = before[-1:].isalnum() or (before[-1:] == "-" and before[:1].isalnum())
    inside_after = after[:1].isalnum() or (after[:1] == "-" and after[1:2].isalnum())
    return not (inside_before or inside_after)


def _past_genitive(text: str, end: int) -> int:
    """Return ``end`` moved past a definite ending and a genitive -s that follow it."""
    matched = re.compile(r"(?:en|erna)?s?\b").match(text, end)
    return matched.end() if matched else end


def _lower(text: str) -> str:
    """Return ``text`` in lower case with plain spaces, character for character."""
    text = text.translate(_SPACES)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
