"""What is installed and what is missing: told in under a second, for nothing heavy is imported."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

OLDEST_PYTHON = (3, 11)
SHOWN = ("datasette", "pypdfium2", "spacy", "onnxruntime")
"""Packages that are told with their versions; of the others only those that are missing."""

PIPELINES = ("sv_core_news_lg", "sv_core_news_md", "sv_core_news_sm")
DEFAULT_ENCODER = Path("models", "small-sv")
"""Where the default encoder lies in the package ``analysis``."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")

State = Literal["ok", "option", "missing"]


class Finding(NamedTuple):
    """A thing looked for: there, an option that is not there, or missing though it is needed."""

    name: str
    state: State
    version: str = ""
    advice: str = ""


def examine() -> list[Finding]:
    """Return what is installed and what is missing, the required things first."""
    return [
        _python(),
        *_sqlite(),
        *_packages(),
        _default_encoder(),
        _reading(),
        *_tesseract(),
        _option("sentence-transformers", "other encoders by --encoder", _encoders_advice()),
        _option("torch", "what sentence-transformers runs on", _encoders_advice()),
        _pipeline(),
    ]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    is_new = sys.version_info[:2] >= OLDEST_PYTHON
    return Finding("Python", "ok" if is_new else "missing", found, "install Python 3.11 or newer")


def _sqlite() -> Iterator[Finding]:
    """Yield SQLite, and whether it can search text."""
    yield Finding("SQLite", "ok", sqlite3.sqlite_version)
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("create virtual table words using fts5(text)")
        except sqlite3.OperationalError:
            advice = "use a Python whose SQLite has FTS5, such as Debian's or python.org's"
            yield Finding("SQLite FTS5", "missing", advice=advice)
        else:
            yield Finding("SQLite FTS5", "ok")


def _packages() -> Iterator[Finding]:
    """Yield the packages that Rödtråd needs: those worth telling, and all that are missing."""
    for name in _required():
        found = _version(name)
        if found is None:
            yield Finding(name, "missing", advice=f"pip install {name}")
        elif name in SHOWN:
            yield Finding(name, "ok", found)


def _required() -> list[str]:
    try:
        listed = requires("rodtrad") or []
    except PackageNotFoundError:
        return list(SHOWN)
    needed = (line for line in listed if "extra ==" not in line)
    return [name[0] for line in needed if (name := _NAME.match(line))]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _default_encoder() -> Finding:
    spec = find_spec("analysis")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    is_there = (folder / DEFAULT_ENCODER).is_dir()
    advice = "its files are missing: install Rödtråd again"
    return Finding("default encoder", "ok" if is_there else "missing", DEFAULT_ENCODER.name, advice)


def _reading() -> Finding:
    """Return whether PDFs are read by compiled modules, and if not, why."""
    from ingest import MODULES
    from ingest.native import ADVICE

    advice = f"PDFs are read, but more slowly: {ADVICE[MODULES]}"
    return Finding("compiled reading", "ok" if MODULES == "compiled" else "option", advice=advice)


def _tesseract() -> Iterator[Finding]:
    """Yield tesseract, and whether it reads Swedish and tells how a page is turned."""
    from ingest.tesseract import INSTALL, engine

    used = engine()
    if used is None:
        yield Finding("tesseract", "option", advice=f"scanned pages are not read: {INSTALL}")
        return
    yield Finding("tesseract", "ok", used.version)
    for language, package, what in (
        ("swe", "tesseract-ocr-swe", "scanned pages are not read"),
        ("osd", "tesseract-ocr-osd", "scans that lie on their side are not turned"),
    ):
        state: State = "ok" if language in used.languages else "option"
        advice = f"{what}: install it (Debian: apt install {package})"
        yield Finding(f"tesseract {language}", state, advice=advice)


def _encoders_advice() -> str:
    return "pip install 'rodtrad[sentence-transformers]', torch first"


def _option(package: str, purpose: str, advice: str) -> Finding:
    found = _version(package)
    if found is None:
        return Finding(package, "option", advice=f"{purpose}: {advice}")
    return Finding(package, "ok", found)


def _pipeline() -> Finding:
    """Return whether spaCy has a trained pipeline for Swedish, which nothing needs."""
    for name in PIPELINES:
        found = _version(name) or _version(name.replace("_", "-"))
        if found:
            return Finding(name, "ok", found)
    return Finding("sv_core_news", "option", advice="not needed: sentences are parted by rules")


def worded(finding: Finding) -> str:
    """Return a finding as a line: its state, its name and version, and what to do."""
    named = f"{finding.name} {finding.version}".strip()
    return f"{finding.state:8} {named}" + (f": {finding.advice}" if finding.state != "ok" else "")
