"""Which files a build is to read: walks folders, and heeds the ``corpus.yml`` of each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
        """Yield the files at or below ``root`` in a fixed order, but hidden and skipped ones."""
        if root.is_file():
            yield root
            return
        for folder, subfolders, names in os.walk(root, onerror=self._unreadable):
            skip = self.manifest(Path(folder)).skip
            subfolders[:] = sorted(
                name
                for name in subfolders
                if not name.startswith(".")
                and name not in skip
                and Path(folder, name) not in self.left_out
            )
            for name in sorted(names):
                path = Path(folder, name)
                hidden = name.startswith(".") or name == MANIFEST_NAME or name in skip
                if not hidden and path not in self.left_out:
                    yield path

    def _unreadable(self, error: OSError) -> None:
        message = f"the folder can't be read ({error.strerror}): give yourself the right to read it"
        self.problems.append(Problem(str(error.filename), "no_permission", message))

    def source(self, path: Path, root: Path) -> Source | None:
        name = path.name if path == root else path.relative_to(root).as_posix()
        try:
            sha256 = _sha256(path)
        except OSError as error:
            message = (
                f"the file can't be read ({error.strerror}): give yourself the right to read it"
            )
            self.problems.append(Problem(name, "no_permission", message))
            return None
        return Source(path, name, sha256, self.entry(path, root))


def collect(paths: Sequence[Path], database: Path) -> Found:
    """Return the files at and below ``paths``, with what their ``corpus.yml`` says of them.

    The database and what lies beside it are left out, a file that two paths lead to is taken
    once, and a second file with the same content becomes a problem.

    Raises:
        ManifestError: a ``corpus.yml`` can't be used.
    """
    database = database.absolute()
    beside = [f"{database}{end}" for end in ("", "-wal", "-shm", "-journal")]
    pictures = database.with_name(f"{database.stem}-sidor")
    walk = _Walk(frozenset({*(Path(name) for name in beside), pictures}))
    sources: dict[Path, Source] = {}
    contents: dict[str, Source] = {}
    for root in (path.absolute() for path in paths):
        for path in walk.files(root):
            source = None if path in sources else walk.source(path, root)
            if source is None:
                continue
            first = contents.setdefault(source.sha256, source)
            if first is not source and path.stat().st_size:
                message = f"the same file as {first.name}, which is read: remove one of them"
                walk.problems.append(Problem(source.name, "duplicate", message))
                continue
            sources[path] = source
    actors = {actor.id: actor for m in walk.manifests.values() for actor in m.actors}
    return Found(tuple(sources.values()), tuple(actors.values()), tuple(walk.problems))


def name_documents(sources: Sequence[Source], stored: Mapping[str, StoredFile]) -> dict[Path, str]:
    """Return the document id of each source.

    In this order: the id that ``corpus.yml`` gives; the id that the file at this path has had;
    the id of a document whose file has moved here; the file name as a slug, with four characters
    of its checksum where another file that still exists has that name.
    """
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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
