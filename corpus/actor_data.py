"""Reads the bodies of ``data/actors/*.yml``: names, what follows from them by rule, and history.

Each file says at its head how a body is added to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import yaml

from corpus.ids import slug
from corpus.models import Actor, ActorKind

LAST_COUNTY_COUNCILS = 2018
"""Year after which no *landsting* is left; some had become a region in the years before."""

_SECTIONS = ("actors", "common", "alone")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OWN_S = re.compile(r"(?:ås|näs|fors|grums)$", re.I)
"""Places whose own name ends in -s, so that no genitive can be taken off (Tranås, Hofors)."""


class Other(NamedTuple):
    """Another name of a body; ``until``: last year of a former one; ``alone``: not in prose."""

    name: str
    until: int | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the data has it.

    ``common`` bodies are named by nouns that take any case and form (*socialnämnden*); a
    ``group`` stands for many bodies; the main name of an ``alone`` body is a plain word too
    (*Ledarna*). ``until`` is the last year of a body that is gone, ``became`` the names of those
    that took over what it did.
    """

    actor: Actor
    others: tuple[Other, ...] = ()
    common: bool = False
    group: bool = False
    alone: bool = False
    until: int | None = None
    became: tuple[str, ...] = ()

    def is_alone(self, name: str) -> bool:
        """Return whether ``name``, of this body, is known only where it stands by itself."""
        if name == self.actor.name:
            return self.alone
        return any(other.alone for other in self.others if other.name == name)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way in which names are formed: ``Stadsdelsnämnden X``; one of ``needs`` is in the text."""

    kind: ActorKind
    needs: tuple[str, ...]
    match: re.Pattern[str]
    name: str
    genitive: str | None
    capital: bool


class _Entry(NamedTuple):
    """One body of a file, before it has an id."""

    kind: ActorKind
    name: str
    others: tuple[Other, ...]
    section: str
    until: int | None = None
    became: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def read_bodies() -> tuple[Body, ...]:
    """Return the bodies of all data files, by file and in the order of each."""
    bodies: dict[str, Body] = {}
    for file in sorted(_data().iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".yml") or file.name == "patterns.yml":
            continue
        for entry in _entries(_read(file)):
            actor_id = _free_id(slug(entry.name), bodies)
            aliases = tuple(other.name for other in entry.others)
            bodies[actor_id] = Body(
                Actor(actor_id, entry.name, entry.kind, aliases),
                others=entry.others,
                common=entry.section in {"common", "groups"},
                group=entry.section == "groups",
                alone=entry.section == "alone",
                until=entry.until,
                became=entry.became,
            )
    return tuple(bodies.values())


@lru_cache(maxsize=1)
def read_patterns() -> tuple[Pattern, ...]:
    """Return the patterns by which names are formed, the first that fits counts."""
    return tuple(
        Pattern(
            kind=entry["kind"],
            needs=tuple(entry["needs"]),
            match=re.compile(r"(?<!\w)" + entry["match"]),
            name=entry["name"],
            genitive=entry.get("genitive"),
            capital=entry.get("capital", False),
        )
        for entry in _read(_data() / "patterns.yml")["patterns"]
    )


def _read(file: Traversable) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=_LOADER)
    return content


def _data() -> Traversable:
    return files("corpus") / "data" / "actors"


def _free_id(wanted: str, taken: Mapping[str, Body]) -> str:
    """Return ``wanted``, numbered where å and ä fold two names into one (Habo, Håbo)."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _entries(content: Mapping[str, Any]) -> Iterator[_Entry]:
    """Yield the bodies of one data file, whatever sections it has."""
    kind = content.get("kind", "other")
    for section in _SECTIONS:
        for name, listed in (content.get(section) or {}).items():
            yield _Entry(kind, name, _others(name, kind, listed), section)
    for group_kind, group in content.get("kinds", {}).items():
        for name, listed in group.items():
            yield _Entry(group_kind, name, _others(name, group_kind, listed), "groups")
    for name, facts in content.get("former", {}).items():
        others = _others(name, kind, facts.get("aliases", []))
        became = tuple(facts.get("became", ()))
        yield _Entry(kind, name, others, "actors", facts["until"], became)
    for name, facts in content.get("regions", {}).items():
        by_rule = _region_names(facts["county"])
        others = _unique(name, (*_others(name, kind, facts.get("names", [])), *by_rule))
        yield _Entry(kind, name, others, "actors")
    yield from _by_county(kind, content.get("counties", {}))


def _by_county(kind: ActorKind, counties: Mapping[str, Any]) -> Iterator[_Entry]:
    """Yield the county boards (one name for each county) or the municipalities (a list)."""
    for county, names in counties.items():
        if isinstance(names, str):
            others = tuple(Other(one) for one in _county_board_names(county, names))
            yield _Entry(kind, names, others, "actors")
            continue
        for name in names:
            others = tuple(Other(one) for one in _municipality_names(name))
            yield _Entry(kind, name, others, "actors")


def _others(
    name: str, kind: ActorKind, listed: list[str | dict[str, int | str]]
) -> tuple[Other, ...]:
    """Return a body's other names: those listed, and for companies those with and without AB."""
    found = [_other(item) for item in listed]
    if kind == "company" and "AB" not in name.split():
        found.append(Other(f"{name} AB"))
    return _unique(name, found)


def _other(item: str | dict[str, int | str]) -> Other:
    if isinstance(item, str):
        return Other(item)
    ((name, fact),) = item.items()
    return Other(name, alone=True) if fact == "alone" else Other(name, until=int(fact))


def _unique(name: str, others: tuple[Other, ...] | list[Other]) -> tuple[Other, ...]:
    found = {other.name: other for other in reversed(others) if other.name != name}
    return tuple(reversed(found.values()))


def _county_board_names(county: str, name: str) -> list[str]:
    in_county = name.removeprefix("Länsstyrelsen i ")
    return [
        f"Länsstyrelsen {in_county}",
        f"Länsstyrelsen i {county}",
        f"Länsstyrelsen {county}",
        f"Länsstyrelsen, {county}",
        f"{in_county}s länsstyrelse",
    ]


def _region_names(county: str) -> tuple[Other, ...]:
    """Return the names that a region has from its county, in the genitive (*Hallands*)."""
    place = county if _OWN_S.search(county) else county.removesuffix("s")
    until = LAST_COUNTY_COUNCILS
    return (
        Other(f"Region {place}"),
        Other(f"Region {county} län"),
        Other(f"{county} läns landsting", until),
        Other(f"Landstinget i {county} län", until),
        Other(f"Landstinget i {place}", until),
        Other(f"Landstinget {place}", until),
    )


def _municipality_names(name: str) -> list[str]:
    """Return other ways to name a municipality: *X stad* for *X kommun*, its place without -s."""
    place, _, form = name.rpartition(" ")
    forms = [f"{place} {'kommun' if form == 'stad' else 'stad'}"]
    if place.endswith("s") and not _OWN_S.search(place):
        forms += [f"{place[:-1]} kommun", f"{place[:-1]} stad"]
    return forms
