"""Compiles what reads the pages of PDFs, where there is a compiler: they are then read faster.

Everything else stands in pyproject.toml. ``RODTRAD_COMPILE`` tells whether: ``0`` never, ``1``
also for an editable install, which else uses the source files. Where nothing can be compiled, what
is built reads all the same, from its source files. ``ingest/native.py`` tells which are used.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import warnings
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

ROOT = Path(__file__).resolve().parent
BUILDING = {"bdist_wheel", "build", "build_ext", "install"}
"""The commands of setuptools for which there is something to compile."""

INTERPRETED = (
    *("__init__", "native", "collector"),
    *("ocr", "proof", "raised", "scanwords", "tesseract"),
    *("opening", "pdf", "reading", "textproof", "unpaged"),
    *("plaintext", "textlayout", "textlines"),
)
"""Modules of ``ingest`` that stay source files: what opens files and what tests put aside, and what
reads other files than PDFs with text, which would gain little."""

INTERPRETED_KINDS = ("web", "word")
"""How the names of more such modules begin."""

MYPY = ("--config-file=", "--ignore-missing-imports", "--disable-error-code=import-untyped")
"""How mypy looks at the modules that it compiles: ``make test`` looks strictly."""


def modules() -> list[str]:
    """Return the source files to compile, by their paths from the project's root."""
    files = sorted(Path("ingest").glob("*.py"))
    return [
        file.as_posix()
        for file in files
        if file.stem not in INTERPRETED and not file.stem.startswith(INTERPRETED_KINDS)
    ]


def calls() -> Extension:
    """Return the module of calls to PDFium, which knows the source files that it goes with."""
    spec = importlib.util.spec_from_file_location("native", ROOT / "ingest" / "native.py")
    assert spec is not None
    assert spec.loader is not None
    native = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(native)
    digest = f'"{native.sources_digest(ROOT)}"'
    return Extension(
        "ingest.each",
        ["ingest/each.c"],
        define_macros=[("SOURCES", digest)],
        depends=[file.as_posix() for name in native.PACKAGES for file in Path(name).glob("*.py")],
    )


def extensions() -> list[Extension]:
    """Return what is to be compiled: nothing where it is not asked for, or where mypy fails.

    The module of calls, which vouches for the others, is the last.
    """
    asked = os.environ.get("RODTRAD_COMPILE", "")
    wanted = BUILDING | ({"editable_wheel", "develop"} if asked == "1" else set())
    if asked == "0" or not wanted & set(sys.argv):
        return []
    try:
        from mypyc.build import mypycify

        compiled = mypycify(
            [*MYPY, *modules()], opt_level="1", debug_level="0", group_name="ingest.compiled"
        )
    except (ImportError, SystemExit) as error:
        stay_source_files(f"mypy says: {error}")
        return []
    return [*compiled, calls()]


def stay_source_files(why: str) -> None:
    """Tell that the modules will not be compiled."""
    warnings.warn(
        f"the modules of ingest stay source files, which read slower: {why}", stacklevel=2
    )


class AllOrNothing(build_ext):
    """Compiles all modules, or goes on without any where one can't be compiled."""

    def run(self) -> None:
        """Build the extensions; take away those that were built if one was not."""
        try:
            super().run()
        except (BaseError, CCompilerError) as error:
            stay_source_files(str(error))
            for extension in self.extensions:
                Path(self.get_ext_fullpath(extension.name)).unlink(missing_ok=True)
            self.extensions = []


setup(ext_modules=extensions(), cmdclass={"build_ext": AllOrNothing})
