"""Texts become vectors: the default encoder that ships with the project, or any other by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EncoderError

DEFAULT_ENCODER = "static-sv"
MODELS = Path(__file__).parent / "models"
BATCH = 1024  # texts handed to the model at once


@dataclass(frozen=True)
class Encoder:
    """A model that gives texts vectors of unit length; ``name`` belongs into the run's record."""

    name: str
    dim: int
    _vectors: Callable[[list[str]], Any] = field(repr=False)

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

    Folders and names of any sentence-transformers model work with the extra of that name; the
    default needs neither torch nor a network.

    Raises:
        EncoderError: The model or the library that reads it is not there.
    """
    if name in {None, DEFAULT_ENCODER}:
        return _static(MODELS / DEFAULT_ENCODER)
    return _sentence_transformer(str(name))


def _static(folder: Path) -> Encoder:
    if not (folder / "model.safetensors").is_file():
        raise EncoderError(
            f"The default encoder is missing from {folder}: install Rödtråd again, "
            "or name another model with --encoder"
        )
    from model2vec import StaticModel

    try:
        model = StaticModel.from_pretrained(folder, max_length=None, force_download=False)
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(
            f"The default encoder in {folder} can't be read ({error}): install Rödtråd again"
        ) from error
    model.embedding = model.embedding.astype(np.float32)

    def vectors(texts: list[str]) -> NDArray[np.float32]:
        return model.encode(texts, max_length=None, use_multiprocessing=False).astype(np.float32)

    return Encoder(DEFAULT_ENCODER, int(model.dim), vectors)


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

    def vectors(texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode(texts, show_progress_bar=False), dtype=np.float32)

    return Encoder(name, int(vectors(["text"]).shape[1]), vectors)


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
