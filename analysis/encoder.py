"""Texts become vectors: the default encoder that ships with the project, or any other by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.network import Vectors, read_network
from corpus.errors import EncoderError

DEFAULT_ENCODER = "small-sv"
STATIC_ENCODER = "static"
"""Some ten times as fast, and knows no order of words: for big corpora."""
MODELS = Path(__file__).parent / "models"
BATCH = 1024  # texts handed to the model at once
READ_WHOLE = 64 * 2**20
"""Bytes of a file that are read for a checksum, in 0.05 seconds; the shipped have less."""
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])", re.IGNORECASE)
E5_PREFIX = "query: "
"""What models of the family E5 were trained to see before texts that are compared with their like
(Wang et al. 2022; the models' own cards)."""


@dataclass(frozen=True)
class Encoder:
    """A model that gives texts vectors of unit length; ``name`` belongs into the run's record.

    ``version`` is a checksum of the model's files, empty where it isn't known which they are.
    """

    name: str
    dim: int
    _vectors: Vectors = field(repr=False)
    version: str = ""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of unit length for each text, shape (n, dim).

        A text of which the model knows nothing (empty, or only unknown signs) gets the same fixed
        unit vector each time, never zeros or NaN.
        """
        if isinstance(texts, str):
            raise TypeError("encode takes a list of texts, not one string")
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        parts = [
            self._vectors(list(texts[start : start + BATCH]))
            for start in range(0, len(texts), BATCH)
        ]
        return _unit_rows(np.asarray(np.concatenate(parts), dtype=np.float32))


def load_encoder(name: str | None = None) -> Encoder:
    """Return the encoder with this name: None for the default, else a folder or a model's name.

    The default and ``static`` come with the project and need neither torch nor a network. Folders
    and names of any sentence-transformers model work with the extra of that name.

    Raises:
        EncoderError: The model or the library that reads it is not there.
    """
    if name in {None, DEFAULT_ENCODER}:
        return _shipped(DEFAULT_ENCODER, MODELS / DEFAULT_ENCODER, read_network)
    if name == STATIC_ENCODER:
        return _shipped(STATIC_ENCODER, MODELS / "static-sv", _read_static)
    return _sentence_transformer(str(name))


def _shipped(name: str, folder: Path, read: Callable[[Path], tuple[int, Vectors]]) -> Encoder:
    if not (folder / "model.safetensors").is_file():
        raise EncoderError(
            f"The encoder {name} is missing from {folder}: install Rödtråd again, "
            "or name another model with --encoder"
        )
    try:
        dim, vectors = read(folder)
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(
            f"The encoder {name} in {folder} can't be read ({_first_line(error)}): "
            "install Rödtråd again"
        ) from error
    return Encoder(name, dim, vectors, _checksum(folder))


def _checksum(folder: Path) -> str:
    """Return a checksum of what a model's vectors depend on, empty where there is no folder.

    Weights are known by their size and time, since those of other models are of many gigabytes.
    """
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix != ".md":
            digest.update(str(path.relative_to(folder)).encode())
            size = path.stat().st_size
            large = size > READ_WHOLE
            digest.update(
                f"{size} {path.stat().st_mtime_ns}".encode() if large else path.read_bytes()
            )
    return digest.hexdigest() if folder.is_dir() else ""


def _read_static(folder: Path) -> tuple[int, Vectors]:
    from model2vec import StaticModel

    model = StaticModel.from_pretrained(folder, max_length=None, force_download=False)
    model.embedding = model.embedding.astype(np.float32)

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        found = model.encode(list(texts), max_length=None, use_multiprocessing=False)
        return np.asarray(found, dtype=np.float32)

    return int(model.dim), vectors


def _sentence_transformer(name: str) -> Encoder:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"The encoder {name} needs sentence-transformers: "
            "pip install 'rodtrad[sentence-transformers]'"
        ) from error
    try:
        model = SentenceTransformer(name)
    except Exception as error:  # the hub's client raises errors of many libraries
        raise EncoderError(
            f"The encoder {name} can't be loaded ({_first_line(error)}): give the path of a model "
            "folder, or fetch the model once while online"
        ) from error

    before = E5_PREFIX if _E5.search(Path(name).name) else ""

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        prefixed = [before + text for text in texts]
        return np.asarray(model.encode(prefixed, show_progress_bar=False), dtype=np.float32)

    return Encoder(name, int(vectors(["text"]).shape[1]), vectors, _checksum(Path(name)))


def _unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = np.nan_to_num(rows)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    blank = lengths[:, 0] < np.finfo(np.float32).tiny
    lengths[blank] = 1
    unit: NDArray[np.float32] = rows / lengths
    unit[blank] = np.eye(1, rows.shape[1], dtype=np.float32)
    return unit


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
