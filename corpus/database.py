"""Opening the database: whose it is, whether it may be written, and one build at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from corpus.errors import DatabaseError
from corpus.schema import migrations

BUSY_SECONDS = 30.0
"""How long a writer waits for another; a document of 500 pages is stored in under five."""

LOCK_ENDING = "-build"
"""What is put after the database's name to name the file that a build holds locked."""

_SQLITE_HEADER = b"SQLite format 3\x00"
_PRIMARY = 0xFF
"""The bits of SQLite's extended error codes that hold the primary code."""

_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)

_ADVICE = {
    sqlite3.SQLITE_FULL: "make room on the disk and try again",
    sqlite3.SQLITE_BUSY: "another program is writing to it; wait for it to end and try again",
    sqlite3.SQLITE_READONLY: "give yourself the right to write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "give yourself the right to write in its folder",
    sqlite3.SQLITE_IOERR: "check the disk and that it has room",
    sqlite3.SQLITE_CORRUPT: "it is damaged; put back a copy, or build anew under another name",
    sqlite3.SQLITE_NOTADB: "it is damaged; put back a copy, or build anew under another name",
}


def open_database(path: Path, *, create: bool) -> Database:
    """Return the database at ``path``, brought up to the present schema.

    Where ``create`` is false, a database that may not be written is opened for reading.

    Raises:
        DatabaseError: it is missing (and ``create`` is false), is no database of Rödtråd's, was
            made by a newer version, or can't be opened or written.
    """
    check_file(path, create=create)
    try:
        return _opened(path, create=create)
    except sqlite3.Error as error:
        if not create and _primary_code(error) in _NOT_WRITABLE:
            return _read_only(path)
        raise DatabaseError(worded(path, error)) from error


def _opened(path: Path, *, create: bool) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        db = Database(connection)
        refuse_foreign(db, path)
        db.enable_wal()
        connection.execute("pragma foreign_keys=on")
        if create or migrations.pending(db):
            migrations.apply(db)
    except BaseException:
        connection.close()
        raise
    return db


def _read_only(path: Path) -> Database:
    """Return a database that may not be written, or that lies where nothing may be."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        message = f"{path} is being written, and you may not: wait for the writer to end"
        raise DatabaseError(message)
    try:
        # SQLite makes files beside a database in WAL mode unless told that nobody changes it.
        uri = f"{path.absolute().as_uri()}?immutable=1"
        db = Database(sqlite3.connect(uri, uri=True))
        refuse_foreign(db, path)
        old = bool(migrations.pending(db))
    except sqlite3.Error as error:
        raise DatabaseError(worded(path, error)) from error
    if old:
        db.close()
        message = f"{path} is of an older version and may not be written: use a copy"
        raise DatabaseError(message)
    return db


def check_file(path: Path, *, create: bool) -> None:
    """Raise DatabaseError where ``path`` can't be a database, before anything is touched."""
    try:
        present = path.exists()
    except OSError as error:
        raise DatabaseError(f"{path} can't be a file ({error.strerror}): name another") from error
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder: name the database file, such as corpus.db")
    if not present:
        if not create:
            raise DatabaseError(f"{path} is not there: make it with 'rodtrad build {path} FOLDER'")
        if not path.parent.is_dir():
            raise DatabaseError(f"the folder {path.parent} is not there: make it first")
        return
    if not path.is_file():
        raise DatabaseError(f"{path} is no ordinary file: name another file for the database")
    try:
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise DatabaseError(f"{path} can't be read: {error.strerror}") from error
    if header and header != _SQLITE_HEADER:
        raise DatabaseError(f"{path} is no SQLite database: name another file for the database")


def refuse_foreign(db: Database, path: Path) -> None:
    """Raise DatabaseError for a database of another program or of a newer version."""
    tables = set(db.table_names())
    # A build that was killed at its very start leaves the table of migrations alone.
    if not tables - {"_sqlite_migrations"}:
        return
    applied = {migration.name for migration in migrations.applied(db)}
    if not applied:
        message = f"{path} is a database, but not one of Rödtråd's: name another file"
        raise DatabaseError(message)
    if applied - _known_migrations():
        message = f"{path} was made by a newer version: pip install --upgrade rodtrad"
        raise DatabaseError(message)


def _known_migrations() -> set[str]:
    empty = Database(memory=True)
    try:
        return {migration.name for migration in migrations.pending(empty)}
    finally:
        empty.close()


@contextmanager
def only_build(path: Path) -> Iterator[None]:
    """Keep other builds from a database; the lock ends with the process, however that ends.

    Raises:
        DatabaseError: another build is at work on it, or its folder may not be written.
    """
    beside = path.with_name(f"{path.name}{LOCK_ENDING}")
    lock = _lock(path, beside)
    try:
        yield
    finally:
        lock.close()
        beside.unlink(missing_ok=True)


def _lock(path: Path, beside: Path) -> sqlite3.Connection:
    lock: sqlite3.Connection | None = None
    try:
        lock = sqlite3.connect(beside, timeout=0, isolation_level=None)
        lock.execute("begin exclusive")
    except sqlite3.Error as error:
        if lock is not None:
            lock.close()
        if _primary_code(error) == sqlite3.SQLITE_BUSY:
            message = f"another build is at work on {path}: wait for it to end, then build again"
            raise DatabaseError(message) from error
        raise DatabaseError(worded(path, error)) from error
    return lock


@contextmanager
def writing(db: Database, path: Path) -> Iterator[None]:
    """Make all that is written in the body one transaction.

    Raises:
        DatabaseError: it could not be written; nothing of it is.
    """
    try:
        # At once, since a transaction that reads first can't wait for another writer any more.
        db.execute("begin immediate")
        try:
            yield
        except BaseException:
            db.rollback()
            raise
        db.commit()
    except sqlite3.IntegrityError:
        raise  # a mistake of ours, not of the disk
    except sqlite3.Error as error:
        raise DatabaseError(worded(path, error)) from error


def worded(path: Path, error: sqlite3.Error) -> str:
    """Return one line that says what became of the database and what to do."""
    advice = _ADVICE.get(_primary_code(error), "try again, and report it if it comes back")
    return f"{path} can't be used ({error}): {advice}"


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & _PRIMARY
