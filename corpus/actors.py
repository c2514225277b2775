"""The gazetteer: Swedish public bodies as data, found in running text and resolved by name.

The names lie in ``data/actors/*.yml``. A body of ``corpus.yml`` is added to them and wins over
a name that they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple, get_args

import yaml

from corpus.ids import slug
from corpus.models import Actor, ActorKind

ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
ABBREVIATION_LENGTH = 4
"""Names of at most this many letters (Brå, IVO, HaV) count as abbreviations: exact case only."""

_WORD = re.compile(r"\w+")
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
    """One surface form of a name; ``common`` forms match whatever their case."""

    text: str
    actor: Actor
    common: bool

    @property
    def exact(self) -> bool:
        """Whether only this very case counts, as for abbreviations."""
        letters = self.text.split(":")[0]
        return not self.common and (len(letters) <= ABBREVIATION_LENGTH or _is_acronym(letters))


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A way in which names are formed: ``Stadsdelsnämnden X``; one of ``needs`` is in the text."""

    kind: ActorKind
    needs: tuple[str, ...]
    match: re.Pattern[str]
    name: str
    genitive: str | None
    capital: bool


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
    _patterns: tuple[_Pattern, ...]

    def get(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return self._by_id.get(actor_id)

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
        """Return the actor that ``name`` is a name, alias or inflected form of, or None."""
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
        return self._place(cleaned)

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
                    lowered.startswith(form.text.lower(), word.start())
                    and _at_word_edge(text, word.start(), end)
                    and _fits_case(form, text[word.start() : end])
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

    def _actor_of(self, pattern: _Pattern, matched: re.Match[str]) -> Actor:
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
    stored, common_ids, groups = _read_all()
    extra_ids = {actor.id for actor in extra}
    actors = (*extra, *(actor for actor in stored if actor.id not in extra_ids))
    forms: dict[str, _Form] = {}
    by_name: dict[str, Actor] = {}
    for actor in actors:
        marked = None if actor.id in extra_ids else actor.id in common_ids
        for form in _forms(actor, marked):
            forms.setdefault(form.text, form)
            by_name.setdefault(form.text if form.exact else form.text.lower(), actor)
    return Gazetteer(
        actors=actors,
        groups=groups - extra_ids,
        _by_id={actor.id: actor for actor in actors},
        _by_first_word=_index(forms.values()),
        _by_name=by_name,
        _patterns=_read_patterns(),
    )


def _index(forms: Iterable[_Form]) -> dict[str, tuple[_Form, ...]]:
    """Return the forms by their first word in lower case, the longest first."""
    index: dict[str, list[_Form]] = {}
    for form in forms:
        first = _WORD.search(form.text.lower())
        if first:
            index.setdefault(first.group(), []).append(form)
    return {
        word: tuple(sorted(several, key=lambda form: -len(form.text)))
        for word, several in index.items()
    }


def _forms(actor: Actor, marked_common: bool | None) -> Iterator[_Form]:
    """Yield the forms of an actor's names; None lets each name show if it is a common noun."""
    for name in (actor.name, *actor.aliases):
        common = _looks_common(name) if marked_common is None else marked_common
        for inflected in (name, *(_inflected(name) if common else ())):
            yield _Form(inflected, actor, common)
            yield from (_Form(form, actor, common) for form in _genitives(inflected))


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


def _fits_case(form: _Form, surface: str) -> bool:
    """Return whether the case of ``surface`` is one that a writer gives this name."""
    if form.common or surface == form.text:
        return True
    return not form.exact and surface[0].isupper()


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
    """Return ``text`` in lower case, character for character."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@lru_cache(maxsize=1)
def _read_all() -> tuple[tuple[Actor, ...], frozenset[str], frozenset[str]]:
    """Return the bodies of all data files, the ids of common nouns among them, and of groups."""
    actors: dict[str, Actor] = {}
    common: list[str] = []
    groups: list[str] = []
    for file in sorted(_data().iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".yml") or file.name == "patterns.yml":
            continue
        content = yaml.safe_load(file.read_text("utf-8"))
        for kind, name, aliases, is_common in _entries(content):
            actor_id = _free_id(slug(name), actors)
            actors[actor_id] = Actor(actor_id, name, kind, tuple(aliases))
            if is_common:
                common.append(actor_id)
            if "kinds" in content:
                groups.append(actor_id)
    return tuple(actors.values()), frozenset(common), frozenset(groups)


def _free_id(wanted: str, taken: Mapping[str, Actor]) -> str:
    """Return ``wanted``, numbered where å and ä fold two names into one (Habo, Håbo)."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _entries(content: dict[str, Any]) -> Iterator[tuple[ActorKind, str, list[str], bool]]:
    """Yield kind, name, aliases and whether the name is a common noun, of one data file."""
    for key, is_common in (("actors", False), ("common", True)):
        for name, aliases in content.get(key, {}).items():
            yield content["kind"], name, aliases, is_common
    for kind, group in content.get("kinds", {}).items():
        for name, aliases in group.items():
            yield kind, name, aliases, True
    for county, names in content.get("counties", {}).items():
        if isinstance(names, str):
            yield content["kind"], names, _county_board_aliases(county, names), False
            continue
        for name in names:
            yield content["kind"], name, _municipality_aliases(name), False


def _county_board_aliases(county: str, name: str) -> list[str]:
    in_county = name.removeprefix("Länsstyrelsen i ")
    return [
        f"Länsstyrelsen {in_county}",
        f"Länsstyrelsen i {county}",
        f"Länsstyrelsen {county}",
        f"Länsstyrelsen, {county}",
        f"{in_county}s länsstyrelse",
    ]


def _municipality_aliases(name: str) -> list[str]:
    """Return the ways to name a municipality other than its own: *X stad*, *kommunen i X*."""
    place, _, form = name.rpartition(" ")
    aliases = [f"{place} {'kommun' if form == 'stad' else 'stad'}"]
    if form == "stad" and place.endswith("s"):
        aliases.append(f"{place[:-1]} stad")
    return aliases


@lru_cache(maxsize=1)
def _read_patterns() -> tuple[_Pattern, ...]:
    content = yaml.safe_load((_data() / "patterns.yml").read_text("utf-8"))
    return tuple(
        _Pattern(
            kind=entry["kind"],
            needs=tuple(entry["needs"]),
            match=re.compile(r"(?<!\w)" + entry["match"]),
            name=entry["name"],
            genitive=entry.get("genitive"),
            capital=entry.get("capital", False),
        )
        for entry in content["patterns"]
    )


def _data() -> Traversable:
    return files("corpus") / "data" / "actors"
