"""The command line as a person meets it: one clear line, the right exit status, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import httpx
import pytest
from click.testing import CliRunner

from rodtrad.cli import main

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(database, sql):
    with sqlite3.connect(database) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def folder(tmp_path, sample):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(sample / "yttrande-hyresnamnden.pdf", folder)
    return folder


def walk(command, path=("rodtrad",)):
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(walk(main)), ids=lambda value: str(value)[:30])
def test_every_command_has_help_with_an_example(path, command):
    assert command.help
    if isinstance(command, click.Command) and not isinstance(command, click.Group):
        assert "Example:" in command.help
        assert f"rodtrad {path[-1]}" in command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_answers_without_heavy_imports():
    code = (
        "import sys; from click.testing import CliRunner; from rodtrad.cli import main;"
        "CliRunner().invoke(main, ['--help']);"
        "print(sorted({'torch','spacy','pypdfium2','datasette','numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_build_reads_then_has_nothing_new(folder, tmp_path):
    database = tmp_path / "c.db"
    first = run("build", database, folder)
    assert first.exit_code == 0, first.output
    assert "1 files read" in first.output
    before = database.read_bytes()
    second = run("build", database, folder)
    assert second.exit_code == 0
    assert "Nothing new." in second.output
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("tom.pdf", b"", "empty"),
        ("tom.txt", b"", "empty"),
        ("trasig.pdf", b"%PDF-1.7\nnothing more", "broken"),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "unsupported"),
        ("text.pdf", b"Bara text.", "wrong_type"),
        ("sida.xml", b"<?xml version='1.0'?><p>Vi tillstyrker.</p>", "unsupported"),
        ("data.json", b'{"text": "Vi tillstyrker."}', "unsupported"),
        ("brev.docx", b"PK\x03\x04" + b"0" * 100, "broken"),
        ("data.txt", bytes(range(256)) * 8, "wrong_type"),
    ],
)
def test_a_bad_file_is_one_row_and_costs_nothing_else(folder, tmp_path, name, content, kind):
    (folder / name).write_bytes(content)
    database = tmp_path / "c.db"
    result = run("build", database, folder)
    assert result.exit_code == 3, result.output
    assert rows(database, "select source, kind from problems") == [(name, kind)]
    assert rows(database, "select count(*) from documents") == [(1,)]
    (message,) = rows(database, "select message from problems")[0]
    assert "\n" not in message
    assert "Traceback" not in result.output


def test_a_pdf_with_the_wrong_name_is_read(folder, tmp_path):
    (folder / "yttrande-hyresnamnden.pdf").rename(folder / "yttrande.txt")
    database = tmp_path / "c.db"
    assert run("build", database, folder).exit_code == 0
    assert rows(database, "select id, pages from documents") == [("yttrande", 1)]


def test_a_file_that_becomes_broken_keeps_what_was_read_before(folder, tmp_path):
    database = tmp_path / "c.db"
    run("build", database, folder)
    before = rows(database, "select id, text from recommendations")
    assert before
    (folder / "yttrande-hyresnamnden.pdf").write_bytes(b"%PDF-1.7\nbroken")
    result = run("build", database, folder)
    assert result.exit_code == 3
    assert rows(database, "select id, text from recommendations") == before


def test_a_file_that_is_gone_keeps_what_was_read_before(folder, tmp_path):
    database = tmp_path / "c.db"
    run("build", database, folder)
    (folder / "yttrande-hyresnamnden.pdf").unlink()
    result = run("build", database, folder)
    assert result.exit_code == 3
    assert rows(database, "select kind from problems") == [("missing",)]
    assert rows(database, "select count(*) from documents") == [(1,)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "documents:\n- file: yttrande-hyresnamnden.pdf\n  titel: X\n",
            ["titel", "title", "line 3"],
        ),
        ("documents:\n- file: saknas.pdf\n", ["saknas.pdf", "line 2"]),
        ("documents: [\n", ["YAML"]),
    ],
)
def test_a_wrong_manifest_is_one_line_and_writes_nothing(folder, tmp_path, text, words):
    (folder / "corpus.yml").write_text(text)
    database = tmp_path / "c.db"
    result = run("build", database, folder)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    assert all(word in result.output for word in words)
    assert not database.exists()


def test_a_file_that_is_no_database_is_left_alone(folder, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("viktigt")
    for arguments in (("build", notes, folder), ("verify", notes), ("serve", notes)):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
    assert notes.read_text() == "viktigt"


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path):
    result = run("build", tmp_path / "c.db", tmp_path / "nope")
    assert result.exit_code == 2
    assert "nope" in result.output


def test_verify_fails_where_a_quote_was_changed(folder, tmp_path):
    database = tmp_path / "c.db"
    run("build", database, folder)
    assert run("verify", database).exit_code == 0
    with sqlite3.connect(database) as connection:
        connection.execute("update recommendations set text = text || ' Och mer därtill.'")
    result = run("verify", database)
    assert result.exit_code == 3
    assert "does not stand" in result.output
    report = json.loads(run("verify", database, "--json").stdout)
    assert len(report["failed"]) == rows(database, "select count(*) from recommendations")[0][0]


def test_another_wording_of_the_boxes_does_not_pass(folder, tmp_path):
    database = tmp_path / "c.db"
    run("build", database, folder)
    with sqlite3.connect(database) as connection:
        connection.execute("update recommendations set boxes = '[[1, 50.0, 60.0, 80.0, 70.0]]'")
    assert run("verify", database).exit_code == 3


def test_a_taken_port_is_one_line(folder, tmp_path):
    database = tmp_path / "c.db"
    run("build", database, folder)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", database, "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert "--port" in result.output


def test_json_tells_the_counts(folder, tmp_path):
    result = run("build", tmp_path / "c.db", folder, "--json")
    told = json.loads(result.stdout)
    assert (told["read"], told["documents"], told["quotes_failed"]) == (1, 1, 0)
    assert len(told["new"]) == told["recommendations"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(folder, tmp_path):
    (folder / "stängd.txt").write_text("text")
    (folder / "stängd.txt").chmod(0)
    result = run("build", tmp_path / "c.db", folder)
    assert result.exit_code == 3
    assert rows(tmp_path / "c.db", "select kind from problems") == [("no_permission",)]


def test_the_site_answers_on_loopback(folder, tmp_path):
    database = tmp_path / "c.db"
    run("build", database, folder)
    command = [sys.executable, "-m", "rodtrad", "serve", str(database), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            told = (re.search(r"http://127\.0\.0\.1:\d+/", line) for line in server.stderr)
            address = next(found[0] for found in told if found)
            assert httpx.get(address, timeout=30).status_code == 200
        finally:
            server.terminate()


def test_a_port_that_there_is_not_is_wrong_usage(tmp_path):
    result = run("serve", tmp_path / "c.db", "--port", "99999")
    assert result.exit_code == 2
    assert "99999" in result.output


def test_a_file_name_with_control_signs_stays_one_line(folder, tmp_path):
    (folder / "rad\nbyte\x1b[31m.pdf").write_bytes(b"%PDF-1.7 trasig")
    result = run("build", tmp_path / "c.db", folder)
    assert result.exit_code == 3
    assert "Problem: rad\\nbyte\\x1b[31m.pdf: " in result.output
    assert "\x1b" not in result.output


def test_a_demo_with_problems_is_told(folder, tmp_path):
    database = tmp_path / "demo.db"
    own = folder / "eget.txt"
    own.write_text("Yttrande\n\nVi tillstyrker förslaget i alla delar.\n", "utf-8")
    run("build", database, own)
    own.unlink()
    result = run("demo", "--no-serve", "--database", database)
    assert result.exit_code == 3, result.output
    assert rows(database, "select kind from problems") == [("missing",)]
    assert rows(database, "select count(*) > 10 from documents") == [(1,)]


def test_evaluate_tells_how_documents_were_read_where_gold_does(tmp_path):
    text = tmp_path / "plan.txt"
    text.write_text("1 Mål\n\nNämnden ska följa upp planen varje år.\n", "utf-8")
    gold = tmp_path / "gold"
    (gold / "structure").mkdir(parents=True)
    (gold / "units.json").write_text('{"plan": []}', "utf-8")
    blocks = [{"type": "heading", "text": "Mål", "number": "1", "level": 1},
              {"type": "paragraph", "text": "Nämnden ska följa upp planen varje år."}]  # fmt: skip
    (gold / "structure" / "plan.json").write_text(json.dumps({"blocks": blocks}), "utf-8")
    database = tmp_path / "plan.db"
    run("build", database, text)
    told = json.loads(run("evaluate", database, gold, "--json").output)["structure"]
    assert told["total"]["heading_f1"] == told["total"]["word_recall"] == 1.0
    assert "structure" in run("evaluate", database, gold).output
    assert "structure" not in run("evaluate", database, gold / "units.json").output


def test_evaluate_tells_which_facts_are_right_where_gold_does(tmp_path):
    text = tmp_path / "svar.txt"
    text.write_text(
        "Ljusverket\n\nYttrande\nDnr LJV 2025/1\n2025-01-02\n\nVägen är lång.\n", "utf-8"
    )
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "units.json").write_text('{"svar": []}', "utf-8")
    facts = {"svar": {"dnr": "LJV 2025/1", "date": "2025-01-03"}}
    (gold / "facts.json").write_text(json.dumps(facts), "utf-8")
    database = tmp_path / "svar.db"
    run("build", database, text)
    told = json.loads(run("evaluate", database, gold, "--json").output)["facts"]
    assert told["fields"] == {"date": {"right": 0, "of": 1}, "dnr": {"right": 1, "of": 1}}
    assert "wrong date of svar: 2025-01-02" in run("evaluate", database, gold).output


def held_out_gold(tmp_path, text):
    """Return a folder of stand-off gold on one text, in which nothing is to be found."""
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "gold.json").write_text(json.dumps({"texts": "..", "held_out": True}), "utf-8")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    content = {"document": text.stem, "file": text.name, "sha256": digest, "units": []}
    (gold / "svar.json").write_text(json.dumps(content | {"citations": []}), "utf-8")
    return gold


def test_evaluate_lists_what_held_out_documents_say_only_when_asked(tmp_path):
    text = tmp_path / "svar.txt"
    text.write_text("Ljusverket\n\nYttrande\n\nLjusverket tillstyrker förslaget.\n", "utf-8")
    gold, database = held_out_gold(tmp_path, text), tmp_path / "svar.db"
    run("build", database, text)
    told = run("evaluate", database, gold).output
    assert "Held out" in told
    assert "Ljusverket tillstyrker" not in told
    assert "Ljusverket tillstyrker" in run("evaluate", database, gold, "--misses").output
    assert json.loads(run("evaluate", database, gold, "--json").output)["misses"] == []
    opened = json.loads(run("evaluate", database, gold, "--json", "--misses").output)
    assert [miss["text"] for miss in opened["misses"]] == ["Ljusverket tillstyrker förslaget."]


def test_evaluate_says_which_texts_are_missing(tmp_path):
    text = tmp_path / "svar.txt"
    text.write_text("Ljusverket\n\nYttrande\n\nLjusverket tillstyrker förslaget.\n", "utf-8")
    gold, database = held_out_gold(tmp_path, text), tmp_path / "svar.db"
    run("build", database, text)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    told = run("evaluate", database, gold, "--texts", elsewhere).output
    assert "Skipped: svar: its text is not on this machine" in told
