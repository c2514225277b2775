"""The default encoder's network: a small BERT, run by onnxruntime without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]


def read_network(folder: Path) -> tuple[int, Vectors]:
    """Return the number of values of a vector, and what gives texts their vectors.

    ``model.onnx`` says how to compute; the weights are those of the sentence-transformers folder
    that it lies in. Each text is run by itself on one thread, so that its vector is the same, bit
    for bit, whatever other texts it is read with and however many cores there are. A text in
    capitals, as headings can be set, is read as if in small letters: the model tells them apart.

    Raises:
        OSError: A file is missing.
        ValueError: A file can't be read.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    settings = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
    network = (folder / "model.onnx").resolve(strict=True)
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = onnxruntime.InferenceSession(
            str(network), _one_thread(onnxruntime), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # both libraries raise errors of their own, and bare ones
        raise ValueError(str(error).strip().splitlines()[0]) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(int(settings["max_seq_length"]))

    def vector(ids: list[int]) -> NDArray[np.float32]:
        (rows,) = session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})
        return np.asarray(rows[0], dtype=np.float32)

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        tokens = [one.ids for one in tokenizer.encode_batch([_calm(text) for text in texts])]
        with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            return np.stack(list(threads.map(vector, tokens)))

    return int(session.get_outputs()[0].shape[-1]), vectors


def _calm(text: str) -> str:
    return text.lower() if text.isupper() and len(text.split()) > 1 else text


def _one_thread(onnxruntime: Any) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return options
