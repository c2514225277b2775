"""Reading ``corpus.yml``: what a folder says of its documents and of bodies that nobody knows.

The reading is strict: a key, value or file that does not fit is a ``ManifestError`` of one line
that names the place and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import yaml

from corpus.errors import ManifestError
from corpus.ids import document_id, slug
from corpus.models import Actor, ActorKind, DocType

MANIFEST_NAME = "corpus.yml"
_NULLS = ("", "~", "null", "Null", "NULL")
_URL = re.compile(r"https?://\S+$")
_SECTION_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*$")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What ``corpus.yml`` says of one file; None where it says nothing."""

    file: str
    id: str | None = None
    title: str | None = None
    doctype: DocType | None = None
    sender: str | None = None
    date: str | None = None
    dnr: str | None = None
    their_dnr: str | None = None
    remitted: str | None = None
    remitted_number: str | None = None
    section_numbers: tuple[str, ...] | None = None
    language: str | None = None
    answers: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A folder's ``corpus.yml``: its entries by file name, and the bodies that it introduces.

    ``skip`` names files and subfolders that are no documents of the corpus.
    """

    entries: Mapping[str, ManifestEntry] = field(default_factory=dict)
    actors: tuple[Actor, ...] = ()
    skip: frozenset[str] = frozenset()

    def entry(self, file: str) -> ManifestEntry | None:
        """Return the entry of a file, by its path below the folder with forward slashes."""
        return self.entries.get(file)


@dataclass(frozen=True, slots=True)
class _Place:
    """A value of the file and where it stands, for messages."""

    path: Path
    node: yaml.Node

    def error(self, message: str) -> ManifestError:
        """Return the error with file and line before the message."""
        return ManifestError(f"{self.path}, line {self.node.start_mark.line + 1}: {message}")


_ENTRY_KEYS = tuple(entry_field.name for entry_field in fields(ManifestEntry))
_ACTOR_KEYS = ("name", "kind", "aliases", "parent")


def read_manifest(folder: Path) -> Manifest:
    """Return what the folder's ``corpus.yml`` says; an empty manifest where there is none.

    Raises ``ManifestError`` with one line for the first thing that can't be used.
    """
    path = folder / MANIFEST_NAME
    if not path.exists():
        _refuse_other_spelling(folder)
        return Manifest()
    root = _parse(path)
    if root is None:
        return Manifest()
    top = _mapping(_Place(path, root), ("documents", "actors", "skip"), "the file")
    entries: dict[str, ManifestEntry] = {}
    ids: dict[str, str] = {}
    for place in _sequence(top.get("documents"), "documents"):
        entry = _entry(place, folder)
        _refuse_duplicate(place, entry, entries, ids)
        entries[entry.file] = entry
    return Manifest(
        entries,
        _actors(_sequence(top.get("actors"), "actors")),
        frozenset(_text(place, "skip") or "" for place in _sequence(top.get("skip"), "skip")),
    )


def _refuse_other_spelling(folder: Path) -> None:
    other = folder / "corpus.yaml"
    if other.exists():
        raise ManifestError(f"{other}: the file must be called {MANIFEST_NAME}; rename it")


def _parse(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path}: not UTF-8; save it again as UTF-8") from error
    except OSError as error:
        raise ManifestError(
            f"{path}: can't be read ({error.strerror}); check its rights"
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = (error.problem or "not YAML").replace("\n", " ")
        raise ManifestError(
            f"{path}, line {line}: not valid YAML ({reason}); check indentation, colons and quotes"
        ) from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ManifestError(f"{path}: not valid YAML ({reason})") from error


def _mapping(place: _Place, known: Sequence[str], what: str) -> dict[str, _Place]:
    """Return the values of a mapping by key; raises for unknown or repeated keys."""
    if not isinstance(place.node, yaml.MappingNode):
        raise place.error(f"{what} must be a mapping with the keys {', '.join(known)}")
    values: dict[str, _Place] = {}
    for key_node, value_node in place.node.value:
        key, key_place = str(key_node.value), _Place(place.path, key_node)
        if key not in known:
            raise key_place.error(f"unknown key {key!r} in {what}; {_suggestion(key, known)}")
        if key in values:
            raise key_place.error(f"the key {key!r} stands twice in {what}; keep one")
        values[key] = _Place(place.path, value_node)
    return values


def _sequence(place: _Place | None, key: str) -> Iterator[_Place]:
    """Yield the items of a list; nothing where the key is missing or empty."""
    if place is None or _is_null(place.node):
        return
    if not isinstance(place.node, yaml.SequenceNode):
        raise place.error(f"{key!r} must be a list; begin each item with a hyphen")
    for node in place.node.value:
        yield _Place(place.path, node)


def _text(place: _Place, key: str) -> str | None:
    """Return a single value as it is written; None where it is empty."""
    if not isinstance(place.node, yaml.ScalarNode):
        raise place.error(f"{key!r} must be a single text; put it in quotes")
    return None if _is_null(place.node) else str(place.node.value).strip()


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS


def _entry(place: _Place, folder: Path) -> ManifestEntry:
    values = _mapping(place, _ENTRY_KEYS, "a document")
    numbers = values.pop("section_numbers", None)
    texts: dict[str, Any] = {key: _text(value, key) for key, value in values.items()}
    if numbers:
        texts["section_numbers"] = _section_numbers(numbers)
    if not texts.get("file"):
        raise place.error("a document without 'file'; name the file that it describes")
    texts["file"] = texts["file"].removeprefix("./")
    _check_file(values["file"], texts["file"], folder)
    for key, check in _CHECKS.items():
        if texts.get(key) is not None:
            check(values[key], texts[key])
    return ManifestEntry(**texts)


def _section_numbers(place: _Place) -> tuple[str, ...] | None:
    """Return the numbers as they are written (*6.10* is not *6.1*); None where the key is empty."""
    if _is_null(place.node):
        return None
    numbers = []
    for item in _sequence(place, "section_numbers"):
        number = _text(item, "section_numbers")
        if not number or not _SECTION_NUMBER.match(number):
            raise item.error(f"bad section number {number!r}; write them as [6.4, 7.2.1]")
        numbers.append(number)
    return tuple(numbers)


def _check_file(place: _Place, name: str, folder: Path) -> None:
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise place.error(f"the file {name!r} is outside {folder}; name one below it")
    if (folder / name).is_file():
        return
    present = sorted(path.name for path in folder.iterdir() if path.is_file())
    raise place.error(f"the file {name!r} is not in {folder}; {_suggestion(name, present, 3)}")


def _check_doctype(place: _Place, value: str) -> None:
    kinds: tuple[str, ...] = get_args(DocType)
    if value not in kinds:
        raise place.error(f"unknown doctype {value!r}; {_suggestion(value, kinds)}")


def _check_date(place: _Place, value: str) -> None:
    try:
        parsed = date.fromisoformat(value)
    except ValueError:
        parsed = None
    if parsed is None or parsed.isoformat() != value:
        raise place.error(f"bad date {value!r}; write it as 2025-03-27")


def _check_id(place: _Place, value: str) -> None:
    if slug(value) != value:
        raise place.error(f"bad id {value!r}; write {slug(value)!r} (a-z, 0-9 and hyphens)")


def _check_url(place: _Place, value: str) -> None:
    if not _URL.match(value):
        raise place.error(f"bad url {value!r}; it must begin with https:// or http://")


_CHECKS = {
    "doctype": _check_doctype,
    "date": _check_date,
    "id": _check_id,
    "url": _check_url,
}


def _refuse_duplicate(
    place: _Place,
    entry: ManifestEntry,
    entries: Mapping[str, ManifestEntry],
    ids: dict[str, str],
) -> None:
    if entry.file in entries:
        raise place.error(f"the file {entry.file!r} is described twice; keep one of them")
    entry_id = entry.id or document_id(entry.file)
    if entry_id in ids:
        raise place.error(
            f"the id {entry_id!r} of {entry.file!r} is also that of {ids[entry_id]!r}; "
            "give one of them another id"
        )
    ids[entry_id] = entry.file


def _actors(places: Iterator[_Place]) -> tuple[Actor, ...]:
    actors: dict[str, Actor] = {}
    for place in places:
        actor = _actor(place)
        if actor.id in actors:
            raise place.error(f"the actor {actor.name!r} stands twice; put its names in one entry")
        actors[actor.id] = actor
    return tuple(actors.values())


def _actor(place: _Place) -> Actor:
    values = _mapping(place, _ACTOR_KEYS, "an actor")
    name = _text(values["name"], "name") if "name" in values else None
    if not name:
        raise place.error("an actor without 'name'; give its canonical name")
    parent = _text(values["parent"], "parent") if "parent" in values else None
    return Actor(
        id=slug(name),
        name=name,
        kind=_kind(values.get("kind")),
        aliases=tuple(
            alias
            for item in _sequence(values.get("aliases"), "aliases")
            if (alias := _text(item, "aliases"))
        ),
        parent=slug(parent) if parent else None,
    )


def _kind(place: _Place | None) -> ActorKind:
    value = _text(place, "kind") if place else None
    for kind in get_args(ActorKind):
        if value == kind:
            found: ActorKind = kind
            return found
    if place and value:
        raise place.error(f"unknown kind {value!r}; {_suggestion(value, get_args(ActorKind))}")
    return "other"


def _suggestion(word: str, known: Sequence[str], at_most: int = 12) -> str:
    """Return the known word that is nearest, or all of them where none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    if not known:
        return "the folder holds no files"
    shown = ", ".join(known[:at_most]) + (" …" if len(known) > at_most else "")
    return f"use one of: {shown}"
