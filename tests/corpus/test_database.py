"""Opening databases that are foreign, newer, locked or not to be written; none is harmed."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.database import check_file, only_build, open_database, worded, writing
from corpus.errors import DatabaseError
from corpus.store import Store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "corpus.db"
    Store(path).close()
    return path


def execute(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_database_of_another_program_that_uses_migrations_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    execute(
        path,
        "create table _sqlite_migrations (id integer primary key, migration_set, name, applied_at)",
        "insert into _sqlite_migrations values (1, 'accounts', 'm1', 'x')",
        "create table accounts (id integer)",
    )
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not one of Rödtråd's"):
        open_database(path, create=True)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_version_is_left_alone(path):
    execute(
        path,
        "insert into _sqlite_migrations (migration_set, name, applied_at)"
        " values ('rodtrad', 'm999_later', 'x')",
    )
    with pytest.raises(DatabaseError, match="newer version"):
        open_database(path, create=True)


def test_a_build_killed_at_its_very_start_leaves_a_database_that_can_be_built(tmp_path):
    path = tmp_path / "killed.db"
    execute(
        path,
        "create table _sqlite_migrations (id integer primary key, migration_set, name, applied_at)",
    )
    with contextlib.closing(open_database(path, create=True)) as db:
        assert "documents" in db.table_names()


def test_names_that_can_be_no_database_are_told_in_one_line(tmp_path):
    for name in (tmp_path / ("n" * 300), Path(os.devnull)):
        with pytest.raises(DatabaseError, match="name another") as raised:
            check_file(name, create=True)
        assert "\n" not in str(raised.value)


def test_two_builds_at_once_are_refused_and_the_lock_ends_with_the_first(path):
    with only_build(path), pytest.raises(DatabaseError, match="another build"), only_build(path):
        pass
    with only_build(path):
        pass
    assert list(path.parent.glob("*-build")) == []


def test_a_folder_that_is_gone_is_told_in_one_line(tmp_path):
    with pytest.raises(DatabaseError, match="right to write"), only_build(tmp_path / "no" / "c.db"):
        pass


def test_the_lock_of_a_killed_build_does_not_hold(path):
    code = (
        "import os, sys; from pathlib import Path; from corpus.database import only_build\n"
        "with only_build(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    with only_build(path):
        pass


def test_a_failed_transaction_leaves_nothing_and_says_what_to_do(path):
    with contextlib.closing(open_database(path, create=False)) as db:
        db.execute(f"pragma max_page_count = {db.execute('pragma page_count').fetchone()[0]}")
        with pytest.raises(DatabaseError, match=r"full.*make room"), writing(db, path):
            db.execute("insert into runs (command) values (?)", ["x" * 1_000_000])
        assert db.table("runs").count == 0


def test_a_damaged_database_is_told_in_one_line(path):
    path.write_bytes(path.read_bytes()[:100] + b"\x55" * (path.stat().st_size - 100))
    with pytest.raises(DatabaseError, match="can't be used"):
        open_database(path, create=False)


def test_an_unknown_error_is_worded_too():
    assert worded(Path("c.db"), sqlite3.OperationalError("odd")).startswith("c.db can't be used")


def test_a_database_that_may_not_be_written_is_read(path, tmp_path):
    """As root nothing is unwritable, so the folder is entered without root's privilege."""
    folder = tmp_path / "closed"
    folder.mkdir()
    path.rename(folder / "c.db")
    (folder / "c.db").chmod(0o444)
    folder.chmod(0o555)
    command = [sys.executable, "-m", "rodtrad", "verify", str(folder / "c.db")]
    if os.geteuid() == 0:
        drop = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}", *command]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("root, and no setpriv to put its privileges down")
    finally:
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "0 of 0 quotes" in done.stdout
