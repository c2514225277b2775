"""Which files a build is to read: walks folders, and heeds the ``corpus.yml`` of each."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.actors import load_gazetteer
from corpus.database import LOCK_ENDING
from corpus.errors import ManifestError
from corpus.ids import document_id, unique_id
from corpus.manifest import MANIFEST_NAME, Manifest, ManifestEntry, read_manifest
from corpus.models import Actor, Problem
from corpus.store import StoredFile


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; ``name`` is its path below the folder that was named, as people know it."""

    path: Path
    name: str
    sha256: str
    entry: ManifestEntry | None


@dataclass(frozen=True, slots=True)
class Found:
    """What walking the given paths gave."""

    sources: tuple[Source, ...] = ()
    actors: tuple[Actor, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Walk:
    """State of one walk: manifests are read once a folder, errors are kept and not raised."""

    left_out: frozenset[Path]
    manifests: dict[Path, Manifest] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def manifest(self, folder: Path) -> Manifest:
        if folder not in self.manifests:
            self.manifests[folder] = read_manifest(folder)
        return self.manifests[folder]

    def entry(self, path: Path, root: Path) -> ManifestEntry | None:
        """Return what the nearest ``corpus.yml`` from the file's folder up to ``root`` says."""
        top = path.parent if path == root else root
        for folder in path.parents:
            if entry := self.manifest(folder).entry(path.relative_to(folder).as_posix()):
                return entry
            if folder == top:
                break
        return None

    def files(self, root: Path) -> Iterator[Path]:
        """Yield the files at or below ``root`` in a fixed order, but hidden and skipped ones.

        Links to folders are followed, each folder once, so that a link upwards ends.
        """
        if not root.is_dir():
            yield root
            return
        walked: set[Path] = set()
        for folder, subfolders, names in os.walk(root, onerror=self._unreadable, followlinks=True):
            real = Path(folder).resolve()
            if real in walked:
                subfolders.clear()
                continue
            walked.add(real)
            skip = self.manifest(Path(folder)).skip
            subfolders[:] = [
                name for name in sorted(subfolders) if self._is_open(Path(folder, name), skip)
            ]
            yield from (
                Path(folder, name)
                for name in sorted(names)
                if name != MANIFEST_NAME and self._is_open(Path(folder, name), skip)
            )

    def _is_open(self, path: Path, skip: frozenset[str]) -> bool:
        hidden = path.name.startswith(".") or path.name in skip
        return not hidden and path not in self.left_out

    def _unreadable(self, error: OSError) -> None:
        message = f"the folder can't be read ({error.strerror}): give yourself the right to read it"
        self.problems.append(Problem(_told(str(error.filename)), "no_permission", message))

    def source(self, path: Path, root: Path) -> Source | None:
        """Return the file as a source, or None where it has become a problem."""
        name = path.name if path == root else path.relative_to(root).as_posix()
        if wrong := _wrong_with(path, name):
            self.problems.append(wrong)
            return None
        try:
            sha256 = _sha256(path)
        except OSError as error:
            message = (
                f"the file can't be read ({error.strerror}): give yourself the right to read it"
            )
            self.problems.append(Problem(name, "no_permission", message))
            return None
        return Source(path, name, sha256, self.entry(path, root))


def _wrong_with(path: Path, name: str) -> Problem | None:
    """Return why a path is no file that can be read and named, without opening it."""
    if name != _told(name):
        message = "the file's name is not in UTF-8: give the file another name"
        return Problem(_told(name), "wrong_name", message)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if path.is_symlink():
            message = f"the link leads nowhere ({error.strerror}): mend or remove it"
            return Problem(name, "missing", message)
        message = f"the file can't be read ({error.strerror}): give yourself the right to read it"
        return Problem(name, "no_permission", message)
    if not stat.S_ISREG(mode):
        # A named pipe would be waited for without end.
        message = "no ordinary file: take it out of the folder, or name it under skip in corpus.yml"
        return Problem(name, "no_file", message)
    return None


def _told(name: str) -> str:
    """Return a name of the file system as text; bytes that are not UTF-8 as their number."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")


def collect(paths: Sequence[Path], database: Path, known: Container[str] = ()) -> Found:
    """Return the files at and below ``paths``, with what their ``corpus.yml`` says of them.

    The database and what lies beside it are left out, a file that two paths lead to is taken
    once, and a second file with the same content becomes a problem. Of two such files the one
    that is among the ``known`` paths is taken, else the first.

    Raises:
        ManifestError: a ``corpus.yml`` can't be used, or two of them contradict each other.
    """
    database = database.absolute()
    beside = [f"{database}{end}" for end in ("", "-wal", "-shm", "-journal", LOCK_ENDING)]
    pictures = database.with_name(f"{database.stem}-sidor")
    walk = _Walk(frozenset({*(Path(name) for name in beside), pictures}))
    sources: dict[Path, Source] = {}
    for root in (path.absolute() for path in paths):
        for path in walk.files(root):
            source = None if path in sources else walk.source(path, root)
            if source:
                sources[path] = source
    copies = _copies(sources.values(), known)
    sources = {path: source for path, source in sources.items() if path not in copies}
    _refuse_shared_ids(sources.values())
    actors = {actor.id: actor for m in walk.manifests.values() for actor in m.actors}
    _refuse_unknown_parents(actors)
    told = (*walk.problems, *copies.values())
    return Found(tuple(sources.values()), tuple(actors.values()), told)


def _copies(sources: Iterable[Source], known: Container[str]) -> dict[Path, Problem]:
    """Return a problem for each file that has the content of another one; empty files apart."""
    taken: dict[str, Source] = {}
    copies: dict[Path, Problem] = {}
    for source in sorted(sources, key=lambda source: str(source.path) not in known):
        first = taken.setdefault(source.sha256, source)
        if first is not source and source.path.stat().st_size:
            message = f"the same file as {first.name}, which is read: remove one of them"
            copies[source.path] = Problem(source.name, "duplicate", message)
    return copies


def _refuse_shared_ids(sources: Iterable[Source]) -> None:
    """Raise ManifestError where the ``corpus.yml`` of two folders give files the same id."""
    given: dict[str, Source] = {}
    for source in sources:
        if source.entry and source.entry.id:
            first = given.setdefault(source.entry.id, source)
            if first is not source:
                message = (
                    f"{MANIFEST_NAME}: the id {source.entry.id!r} is given both to {first.name!r}"
                    f" and to {source.name!r}; give one of them another id"
                )
                raise ManifestError(message)


def _refuse_unknown_parents(actors: Mapping[str, Actor]) -> None:
    """Raise ManifestError where a body's parent is neither introduced nor in the gazetteer."""
    if all(actor.parent is None or actor.parent in actors for actor in actors.values()):
        return
    gazetteer = load_gazetteer(tuple(actors.values()))
    for actor in actors.values():
        if actor.parent and not gazetteer.get(actor.parent):
            message = (
                f"{MANIFEST_NAME}: the parent {actor.parent!r} of {actor.name!r} is not known;"
                " write its canonical name, or introduce it under actors too"
            )
            raise ManifestError(message)


def name_documents(sources: Sequence[Source], stored: Mapping[str, StoredFile]) -> dict[Path, str]:
    """Return the document id of each source.

    In this order: the id that ``corpus.yml`` gives; the id that the file at this path has had;
    the id of a document whose file has moved here; the file name as a slug, with four characters
    of its checksum where another file that still exists has that name.

    Raises:
        ManifestError: ``corpus.yml`` gives an id that another file, of another folder, has.
    """
    _refuse_taken_ids(sources, stored)
    by_path = {file.path: file.document for file in stored.values()}
    gone = {file.document for file in stored.values() if not Path(file.path).exists()}
    moved = {stored[name].sha256: name for name in sorted(gone, reverse=True)}
    given = {source.entry.id for source in sources if source.entry and source.entry.id}
    names: dict[Path, str] = {}
    for source in sources:
        known = by_path.get(str(source.path)) or moved.get(source.sha256)
        if source.entry and source.entry.id:
            names[source.path] = source.entry.id
        elif known and known not in given and known not in names.values():
            names[source.path] = known
        else:
            taken = (set(stored) - gone) | given | set(names.values())
            wanted = document_id(source.path.name)
            names[source.path] = unique_id(wanted, taken, source.sha256)
    return names


def _refuse_taken_ids(sources: Sequence[Source], stored: Mapping[str, StoredFile]) -> None:
    here = {str(source.path) for source in sources}
    for source in sources:
        other = stored.get(source.entry.id) if source.entry and source.entry.id else None
        if other is None or other.path in here or other.sha256 == source.sha256:
            continue
        if Path(other.path).exists():
            message = (
                f"{MANIFEST_NAME}: the id {other.document!r} of {source.name!r} is that of"
                f" {other.path}, which is in the database; give one of them another id"
            )
            raise ManifestError(message)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
