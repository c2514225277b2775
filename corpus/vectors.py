"""Vectors of texts, kept by model and text, so that no text is encoded twice; part of the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from corpus.database import writing

ASKED_AT_ONCE = 5_000
"""Texts looked up, encoded and written together: 8 MB of vectors, some ten seconds of encoding."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def text_key(text: str) -> str:
    """Return the key by which a text's vector is kept."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class KeptVectors:
    """Encodes with one model what has no vector yet, and takes the others from the database."""

    def __init__(self, db: Database, path: Path, model: str, dim: int, encode: Encode) -> None:
        self._db, self._path, self._model = db, path, model
        self._dim, self._encode = dim, encode
        self._used: set[str] = set()
        self.encoded = 0
        """How many texts the model had to encode."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row for each text, shape (n, dim), the same as the model's own."""
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        for start in range(0, len(texts), ASKED_AT_ONCE):
            part = texts[start : start + ASKED_AT_ONCE]
            keys = [text_key(text) for text in part]
            known = self._known(keys)
            self._encode_missing(dict(zip(keys, part, strict=True)), known)
            for place, key in enumerate(keys, start):
                rows[place] = known[key]
            self._used.update(keys)
        return rows

    def _known(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        found = self._db.execute(
            "select text, vector from vectors"
            " where model = ? and text in (select value from json_each(?))",
            [self._model, json.dumps(keys)],
        )
        return {key: np.frombuffer(vector, dtype="<f4") for key, vector in found}

    def _encode_missing(
        self, texts: Mapping[str, str], known: dict[str, NDArray[np.float32]]
    ) -> None:
        missing = [key for key in texts if key not in known]
        if not missing:
            return
        vectors = self._encode([texts[key] for key in missing])
        self.encoded += len(missing)
        known.update(zip(missing, vectors, strict=True))
        with writing(self._db, self._path):
            self._db.conn.executemany(
                "insert or replace into vectors (model, text, vector) values (?, ?, ?)",
                ((self._model, key, known[key].astype("<f4").tobytes()) for key in missing),
            )

    def forget_others(self) -> None:
        """Delete vectors of texts that were not asked for: the corpus no longer has them."""
        with writing(self._db, self._path):
            self._db.execute(
                "delete from vectors where text not in (select value from json_each(?))",
                [json.dumps(sorted(self._used))],
            )


def write_meanings(
    db: Database, path: Path, model: str, vectors: Iterable[tuple[str, NDArray[np.float32]]]
) -> None:
    """Put the recommendations' vectors, by id, in the place of all that search had before."""
    with writing(db, path):
        db.execute("delete from meanings")
        db.conn.executemany(
            "insert into meanings (recommendation, model, vector) values (?, ?, ?)",
            ((key, model, row.astype("<f4").tobytes()) for key, row in vectors),
        )
