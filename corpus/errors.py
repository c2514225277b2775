"""Every error that Rödtråd raises on purpose; the command line and the pages word them.

Each carries in its message what happened and what to do, in one line.
"""

from __future__ import annotations

import traceback
from pathlib import Path


class RodtradError(Exception):
    """Something the user can act on; the message is one line that says what to do."""


class UnreadableDocument(RodtradError):
    """A file that can't be read; ``kind`` is the short name that goes into ``problems.kind``.

    ``docs/reading.md`` explains every kind.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class ManifestError(RodtradError):
    """A ``corpus.yml`` that can't be used as it stands."""


class DatabaseError(RodtradError):
    """A database file that is missing, is no database, or was made by another version."""


class EncoderError(RodtradError):
    """An encoder that can't be loaded."""


class GoldError(RodtradError):
    """A gold file or folder that can't be used as it stands."""


def mistake(error: Exception) -> str:
    """Return what went wrong in our own code, and where, as one line to report."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = " ".join(f"{type(error).__name__}: {error}".split())
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"a mistake in Rödtråd ({what} at {place}): report it with the file"
