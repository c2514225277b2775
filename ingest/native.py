"""Whether the compiled modules of this package are used, or the source files that they came from.

``setup.py`` compiles what reads the pages of PDFs, where there is a compiler. Modules compiled
together call each other without looking at the source files, so all of them are used, or none:
none once a source file differs from the one that was compiled.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path
from typing import Literal

State = Literal["compiled", "stale", "switched off", "interpreted"]
"""Which code reads: that of the compiled modules, or that of the source files, as these are newer
than what was compiled, as ``RODTRAD_COMPILED=0`` asks for it, or as nothing was compiled."""

SWITCH = "RODTRAD_COMPILED"
"""The environment variable that is ``0`` where the source files are to be used."""

_INSTALL = "install Rödtråd again where there is a C compiler (Debian: apt install gcc libc6-dev)"
ADVICE: Mapping[State, str] = {
    "compiled": "",
    "stale": "the source files are newer than what was compiled; run make compiled",
    "switched off": f"the environment variable {SWITCH} is 0",
    "interpreted": f"{_INSTALL}; pip install -v tells why nothing was compiled",
}
"""What to do where the compiled modules are not used."""

CALLS = "ingest.each"
"""The compiled module that knows what was compiled with it; it is put in place last."""

PACKAGES = ("corpus", "ingest")
"""The packages whose source files the compiled modules are made of, or take types from."""


def sources_digest(root: Path) -> str:
    """Return what tells the source files of the packages below ``root`` from any others."""
    digest = hashlib.sha256()
    for file in sorted(file for name in PACKAGES for file in (root / name).glob("*.py")):
        content = file.read_bytes()
        digest.update(f"{file.parent.name}/{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def choose_modules(folder: Path) -> State:
    """See to it that the package in ``folder`` is imported from the right files; say from which."""
    if os.environ.get(SWITCH) == "0":
        _only_sources(folder)
        return "switched off"
    try:
        calls = import_module(CALLS)
    except ImportError:
        _only_sources(folder)
        return "interpreted"
    if Path(str(calls.__file__)).parent != folder:
        _only_sources(folder)
        return "interpreted"
    if sources_digest(folder.parent) != calls.SOURCES:
        _only_sources(folder)
        return "stale"
    return "compiled"


def _only_sources(folder: Path) -> None:
    """Let Python find nothing but source files in the folder, and forget what it found there.

    An installation in place finds modules by other ways than the folder, so the compiled calls are
    marked as missing by name.
    """
    if sys.modules.pop(CALLS, None):
        delattr(sys.modules[__package__], CALLS.rpartition(".")[2])
    sys.modules[CALLS] = None  # type: ignore[assignment]  # Python's way of saying: not there
    finder = FileFinder(str(folder), (SourceFileLoader, SOURCE_SUFFIXES))
    sys.path_importer_cache[str(folder)] = finder
