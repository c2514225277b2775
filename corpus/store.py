"""The store: the only writer of the database. Each document goes in whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.database import open_database, writing
from corpus.ids import carry_over, content_hash
from corpus.models import (
    Actor,
    Block,
    Box,
    Citation,
    Document,
    Evidence,
    Link,
    Problem,
    Reading,
    Recommendation,
    Section,
    Variant,
)
from corpus.reviewed import reviewed_evidence, reviewed_links
from corpus.stems import stem_text


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that has been read: where it lies, and the fingerprint of file and settings."""

    document: str
    path: str
    sha256: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be read; ``source`` is its name in ``problems``."""

    path: str
    source: str
    sha256: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of one document's recommendations that a build has added, kept or let go."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


def _boxes(boxes: Iterable[Box]) -> str:
    return json.dumps([list(box) for box in boxes], separators=(",", ":"))


class Store:
    """A database opened for writing."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        self.db = open_database(path, create=create)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    @contextmanager
    def _atomic(self) -> Iterator[None]:
        with writing(self.db, self.path):
            yield

    # Runs and problems

    def start_run(self, command: str, versions: Mapping[str, str], parameters: object) -> int:
        """Record that a run has begun and return its number."""
        with self._atomic():
            self.db.table("runs").insert(
                {
                    "started": _now(),
                    "command": command,
                    "versions": json.dumps(versions, sort_keys=True),
                    "parameters": json.dumps(parameters, sort_keys=True, ensure_ascii=False),
                }
            )
        return int(self.db.execute("select max(id) from runs").fetchone()[0])

    def finish_run(self, run: int, *, documents_read: int, problems: int) -> None:
        """Record that a run has come to its end."""
        values = {"finished": _now(), "documents_read": documents_read, "problems": problems}
        with self._atomic():
            self.db.table("runs").update(run, values)

    def replace_problems(self, kinds: Iterable[str], problems: Iterable[Problem]) -> None:
        """Put ``problems`` in place of all that were known of these ``kinds``."""
        run = self.db.execute("select max(id) from runs").fetchone()[0]
        with self._atomic():
            for kind in kinds:
                self.db.table("problems").delete_where("kind = ?", [kind])
            self._write_problems(problems, run)

    def _write_problems(self, problems: Iterable[Problem], run: int | None) -> None:
        for problem in problems:
            row = asdict(problem)
            key = content_hash(*(str(value) for value in row.values()))
            self.db.table("problems").upsert({"id": key, **row, "run": run}, pk="id")

    def write_unread(self, file: UnreadFile, problem: Problem, run: int) -> None:
        """Record why a file could not be read; what was read from it before is kept."""
        with self._atomic():
            self.db.table("problems").delete_where("source = ?", [file.source])
            self._write_problems([problem], run)
            self.db.table("unread").upsert(asdict(file), pk="path")

    def forget_unread(self, paths: Iterable[str]) -> None:
        """Forget files that could not be read and are gone, with their problems."""
        paths = tuple(paths)
        if not paths:
            return
        with self._atomic():
            for path in paths:
                self.db.execute(
                    "delete from problems where document is null"
                    " and source in (select source from unread where path = ?)",
                    [path],
                )
                self.db.table("unread").delete_where("path = ?", [path])

    # What is there

    def unread(self) -> dict[str, UnreadFile]:
        """Return the files that could not be read, by path."""
        rows = self.db.query("select path, source, sha256, fingerprint from unread")
        return {row["path"]: UnreadFile(**row) for row in rows}

    def files(self) -> dict[str, StoredFile]:
        """Return the files that have been read, by document."""
        rows = self.db.query("select document, path, sha256, fingerprint from files")
        return {row["document"]: StoredFile(**row) for row in rows}

    def linked_state(self) -> str | None:
        """Return the fingerprint under which links and evidence were last made, if still valid.

        It is not where the last run was broken off: its quotes may not have been proved.
        """
        row = self.db.execute(
            "select case when finished is not null then linked end"
            " from runs order by id desc limit 1"
        ).fetchone()
        return str(row[0]) if row and row[0] else None

    # Documents

    def write_reading(self, reading: Reading, file: StoredFile, run: int) -> Changes:
        """Put one document in the place of what was known of it, in one transaction.

        Recommendations keep their ids over changed wordings; those that are no longer found are
        dropped, or where a decision hangs on them marked as withdrawn.
        """
        document = reading.document
        with self._atomic():
            old = self._wordings(document.id)
            recommendations = carry_over(old, reading.recommendations)
            found = {recommendation.id for recommendation in recommendations}
            withdrawn = tuple(key for key in old if key not in found)
            self._forget(document.id, keep=self._decided(withdrawn))
            self._write_actors(reading.actors)
            self._write_document(document, run)
            withdrawn += self._replace_file(file)
            self._write_structure(document)
            for recommendation in recommendations:
                self._write_recommendation(recommendation, document)
            self._write_citations(document, reading.citations)
            self.db.table("problems").delete_where("source = ?", [document.source])
            self._write_problems(document.problems, run)
            self.db.execute("update runs set linked = null")
        return Changes(
            new=tuple(r.id for r in recommendations if r.id not in old),
            changed=tuple(r.id for r in recommendations if r.id in old and old[r.id][1] != r.text),
            withdrawn=withdrawn,
        )

    def _replace_file(self, file: StoredFile) -> tuple[str, ...]:
        """Record where a document was read, and drop what the same file was called before.

        Returns the recommendations that went with the former documents.
        """
        rows = self.db.query(
            "select document from files where path = ? and document <> ?",
            [file.path, file.document],
        )
        former = [str(row["document"]) for row in rows]
        self.db.table("files").upsert(asdict(file), pk="document")
        self.db.table("unread").delete_where("path = ?", [file.path])
        return tuple(key for document in former for key in self._drop(document))

    def _drop(self, document: str) -> tuple[str, ...]:
        """Delete a document, or but for its bare row where decisions hang on what it said."""
        withdrawn = tuple(self._wordings(document))
        self._forget(document, keep=self._decided(withdrawn))
        for table, column in (("documents", "answers"), ("citations", "target_document")):
            self.db.execute(f"update {table} set {column} = null where {column} = ?", [document])
        self.db.execute(
            "update recommendations set target_document = null where target_document = ?",
            [document],
        )
        for table in ("files", "problems"):
            self.db.table(table).delete_where("document = ?", [document])
        kept = self.db.table("recommendations").count_where("document = ?", [document])
        if not kept:
            self.db.table("documents").delete_where("id = ?", [document])
        return withdrawn

    def _wordings(self, document: str) -> dict[str, tuple[str, str]]:
        rows = self.db.query(
            "select id, kind, text from recommendations where document = ? and withdrawn = 0"
            " order by position",
            [document],
        )
        return {row["id"]: (row["kind"], row["text"]) for row in rows}

    def _decided(self, recommendations: Sequence[str]) -> set[str]:
        return {
            key
            for key in recommendations
            if self.db.execute(
                "select exists (select 1 from reviews where subject_id = ?)"
                " or exists (select 1 from status_events where recommendation = ?)",
                [key, key],
            ).fetchone()[0]
        }

    def _forget(self, document: str, keep: set[str]) -> None:
        """Delete what belongs to a document, but for recommendations that are kept withdrawn."""
        for key in sorted(keep):
            values = {"withdrawn": 1, "section": None, "body_section": None}
            self.db.table("recommendations").update(key, values)
        mine = "select id from recommendations where document = :d"
        for table in ("recommendations", "blocks"):
            self.db.execute(
                f"delete from {table}_fts where rowid in"
                f" (select rowid from {table} where document = :d)",
                {"d": document},
            )
        statements = (
            f"delete from links where source in ({mine}) or target in ({mine})",
            f"delete from evidence where recommendation in ({mine})"
            " or block in (select id from blocks where document = :d)",
            f"delete from addressees where recommendation in ({mine} and withdrawn = 0)",
            f"delete from variants where recommendation in ({mine} and withdrawn = 0)",
            "delete from recommendations where document = :d and withdrawn = 0",
            "delete from citations where document = :d",
            "delete from blocks where document = :d",
            "update sections set parent = null where document = :d",
            "delete from sections where document = :d",
            "delete from pages where document = :d",
        )
        for statement in statements:
            self.db.execute(statement, {"d": document})

    def _write_actors(self, actors: Iterable[Actor]) -> None:
        for actor in actors:
            row = {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "parent": actor.parent,
                "aliases": json.dumps(actor.aliases, ensure_ascii=False),
            }
            self.db.table("actors").upsert(row, pk="id")

    def _write_document(self, document: Document, run: int) -> None:
        facts = {name: asdict(fact) for name, fact in sorted(document.facts.items())}
        row = {
            "id": document.id,
            "title": document.title,
            "doctype": document.doctype,
            "sender": document.sender,
            "date": document.date,
            "dnr": document.dnr,
            "their_dnr": document.their_dnr,
            "language": document.language,
            "pages": len(document.pages) if document.paged else None,
            "sha256": document.sha256,
            "source": document.source,
            "url": document.url,
            "remitted": document.remitted,
            "remitted_number": document.remitted_number,
            "section_numbers": _listed(document.section_numbers),
            "answers": None,
            "text_layer": document.text_layer,
            "facts": json.dumps(facts, ensure_ascii=False),
            "run": run,
        }
        self.db.table("documents").upsert(row, pk="id")

    def _write_structure(self, document: Document) -> None:
        self.db.table("pages").insert_all(
            {
                "document": document.id,
                "page": page.number,
                "width": page.width,
                "height": page.height,
                "text": page.text,
                "ocr": int(page.ocr),
                "confidence": page.confidence,
            }
            for page in document.pages
        )
        self.db.table("sections").insert_all(
            {"document": document.id, **asdict(section), "page": _page(section, document)}
            for section in document.sections
        )
        for block in document.blocks:
            row = {
                "id": block.id,
                "document": document.id,
                "section": block.section,
                "page": _page(block, document),
                "position": block.position,
                "kind": block.kind,
                "level": block.level,
                "number": block.number,
                "text": block.text,
                "language": block.language,
                "boxes": _boxes(block.boxes),
                "anchor": block.anchor,
                "calls": _listed(block.calls),
                "cells": _listed(block.cells),
            }
            rowid = self._insert("blocks", row)
            self.db.execute(
                "insert into blocks_fts (rowid, text, stems) values (?, ?, ?)",
                [rowid, block.text, stem_text(block.text)],
            )

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        columns = ", ".join(f"[{name}]" for name in row)
        marks = ", ".join("?" for _ in row)
        cursor = self.db.execute(
            f"insert into {table} ({columns}) values ({marks})", list(row.values())
        )
        return int(cursor.lastrowid or 0)

    def _write_recommendation(self, recommendation: Recommendation, document: Document) -> None:
        row = asdict(recommendation)
        row["page"] = _page(recommendation, document)
        row["boxes"] = _boxes(recommendation.boxes)
        row["withdrawn"] = int(recommendation.withdrawn)
        row["target_document"] = None  # write_answers knows which documents there are
        del row["variants"], row["addressees"]
        self._unwithdraw(recommendation.id)
        rowid = self._insert("recommendations", row)
        self.db.execute(
            "insert into recommendations_fts (rowid, title, heading, text, stems)"
            " values (?, ?, ?, ?, ?)",
            [
                rowid,
                recommendation.title,
                recommendation.heading,
                recommendation.text,
                stem_text(f"{recommendation.title} {recommendation.heading} {recommendation.text}"),
            ],
        )
        for number, variant in enumerate(recommendation.variants, 1):
            self.db.table("variants").insert(
                {
                    "id": f"{recommendation.id}-v{number}",
                    "recommendation": recommendation.id,
                    "text": variant.text,
                    "role": variant.role,
                    "page": _page(variant, document),
                    "boxes": _boxes(variant.boxes),
                }
            )
        for number, addressee in enumerate(recommendation.addressees, 1):
            self.db.table("addressees").insert(
                {
                    "id": f"{recommendation.id}-a{number}",
                    "recommendation": recommendation.id,
                    "actor": addressee.actor,
                    "named": addressee.named,
                }
            )

    def _unwithdraw(self, recommendation: str) -> None:
        """Delete the withdrawn row of a recommendation that has been found again."""
        for table in ("variants", "addressees"):
            self.db.table(table).delete_where("recommendation = ?", [recommendation])
        self.db.table("recommendations").delete_where("id = ?", [recommendation])

    def _write_citations(self, document: Document, citations: Iterable[Citation]) -> None:
        self.db.table("citations").insert_all(
            {
                "id": f"{document.id}-c{number}",
                "document": document.id,
                **asdict(citation),
                "page": _page(citation, document),
            }
            for number, citation in enumerate(citations, 1)
        )

    # What holds between documents

    def write_answers(self, answers: Mapping[str, str], citations: Mapping[str, str]) -> None:
        """Record which document answers which, and which document a citation's number means.

        ``answers`` maps ids of documents to ids of documents; ``citations`` normal forms to ids.
        """
        with self._atomic():
            self.db.execute("update documents set answers = null")
            self.db.execute("update recommendations set target_document = null where withdrawn = 0")
            self.db.execute("update citations set target_document = null")
            for document, answered in sorted(answers.items()):
                self.db.table("documents").update(document, {"answers": answered})
                self.db.execute(
                    "update recommendations set target_document = ?"
                    " where document = ? and kind = 'position' and withdrawn = 0",
                    [answered, document],
                )
            for normalized, target in sorted(citations.items()):
                self.db.execute(
                    "update citations set target_document = ?"
                    " where normalized = ? and document <> ?",
                    [target, normalized, target],
                )

    def write_links(
        self, links: Iterable[Link], evidence: Iterable[Evidence], *, run: int, state: str
    ) -> None:
        """Put links and evidence in the place of all earlier ones, in one transaction.

        What people have decided on them stands.
        """
        links, evidence = reviewed_links(self.db, links), reviewed_evidence(self.db, evidence)
        with self._atomic():
            self.db.execute("delete from links")
            self.db.execute("delete from evidence")
            self.db.table("links").insert_all(
                {"id": f"{link.source}~{link.target}", **asdict(link), "run": run} for link in links
            )
            self.db.table("evidence").insert_all(
                {"id": f"{item.recommendation}~{item.block}", **asdict(item), "run": run}
                for item in evidence
            )
            self._drop_unused_actors()
            self.db.table("runs").update(run, {"linked": state})

    def _drop_unused_actors(self) -> None:
        self.db.execute(
            "with recursive used(id) as ("
            " select sender from documents union select actor from recommendations"
            " union select actor from addressees"
            " union select actors.parent from actors join used on actors.id = used.id)"
            " delete from actors where id not in (select id from used where id is not null)"
        )


def _page(
    placed: Block | Section | Recommendation | Variant | Citation, document: Document
) -> int | None:
    """Return the page on which something stands, None in a document without pages."""
    return placed.page if document.paged else None


def _listed(values: Sequence[Any]) -> str | None:
    """Return values as JSON, None where there are none."""
    return json.dumps(values, ensure_ascii=False) if values else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
