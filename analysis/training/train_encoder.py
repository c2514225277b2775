"""Train a Swedish sentence encoder on a GPU (minutes) or a CPU (days).

Run once by a person, never imported by the program:

    python analysis/training/train_encoder.py DATA --start START --teachers MINILM MPNET --out OUT

START is what ``vocabulary.py`` wrote: multilingual-e5-small with the word pieces of Swedish. The
teachers are folders of English sentence-transformers models with mean pooling (all-MiniLM-L6-v2,
all-mpnet-base-v2). What it does, each stage kept in OUT so that a stopped run goes on there:

1. ``teachers``: the English sides of the translations as unit vectors of the teachers together,
   turned onto their 384 strongest directions.
2. ``distilled``: a linear layer by ridge regression, then all weights, so that a Swedish sentence
   gets the vector that the teachers give its translation, and lies as near to others.
3. ``contrasted``: the same, and Swedish texts on the same matter find each other among the batch,
   every other time among texts on alike matters.
4. ``small``: the model with six of its layers learns to give the vectors of the whole.

Measured results, data and licences: the model card, ``analysis/models/small-sv/README.md``.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sources import (  # type: ignore[import-not-found]
    Pair,
    Translation,
    read_pairs,
    read_translations,
)
from student import (  # type: ignore[import-not-found]
    WIDTH,
    Student,
    read_bert,
    shrunk,
    write_folder,
)

SEED = 20261126
TOKENS = 128  # read of a training text
BATCH = 1024
SECONDS = {"distilled": 75.0, "contrasted": 225.0, "small": 75.0}
"""Of each stage on an H200: 0.9, 2.6 and 1.6 million texts."""
RATES = {"distilled": 3e-4, "contrasted": 2e-4, "small": 5e-4}  # highest learning rates
CONTRAST_SHARE = 1.2  # of the contrastive loss beside the distillation
SCALE = 20.0  # of the cosines in the contrastive loss
NEARER = 2.0  # a text that scores so much above the pair itself is likely no wrong answer
TEMPERATURE = 0.05  # of the likenesses that are compared as distributions
CENTRES = 400  # random texts that alike ones gather around
KEPT_LAYERS = (0, 2, 4, 7, 9, 11)
WARM_STEPS = 100
SAVED_EVERY = 300.0  # seconds
SOURCE_WEIGHTS = {
    "gettext": 0.5,
    "powershell-docs": 0.6,
    "kde-docs": 0.8,
    "gimp-help": 0.5,
    "gnome-help": 0.9,
    "mediawiki": 0.7,
    "tat": 1.3,
    "ntrex": 3.0,
    "flores": 3.0,
    "pud": 3.0,
}
KIND_WEIGHTS = {
    "q": 1.5,
    "subj": 0.8,
    "adj": 0.45,
    "ict": 0.6,
    "law": 0.7,
    "lawt": 0.35,
    "lawict": 0.5,
    "yrk": 2.0,
    "titel": 0.7,
    "rubrik": 2.0,
    "bethead": 0.5,
    "betadj": 0.5,
    "madj": 0.5,
}
Rows = NDArray[np.int64]
Step = Callable[[Student, int, float], torch.Tensor]


class Texts:
    """Texts as token ids on the device, one after the other."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str], device: str) -> None:
        ids: list[list[int]] = []
        for start in range(0, len(texts), 10_000):
            ids += [one.ids for one in tokenizer.encode_batch_fast(texts[start : start + 10_000])]
        self.lengths = np.array([len(one) for one in ids])
        self._lengths = torch.from_numpy(self.lengths).to(device)
        self._starts = self._lengths.cumsum(0) - self._lengths
        self._ids = torch.tensor([token for one in ids for token in one], device=device)

    def __len__(self) -> int:
        return len(self.lengths)

    def pick(self, rows: Rows, padding: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
        """Return ids, shape (rows, tokens), and lengths of some texts."""
        chosen = torch.from_numpy(rows).to(self._ids.device)
        lengths = self._lengths[chosen]
        steps = torch.arange(int(self.lengths[rows].max()), device=self._ids.device)[None]
        places = (self._starts[chosen][:, None] + steps).clamp(max=len(self._ids) - 1)
        return torch.where(steps < lengths[:, None], self._ids[places], padding), lengths


@dataclass(frozen=True)
class Lessons:
    """All that the stages draw from."""

    swedish: Texts
    wanted: torch.Tensor
    """The teachers' vector of each Swedish sentence's translation."""
    weights: NDArray[np.float64]
    texts: Texts
    ends: Rows
    """The two texts of each pair, shape (pairs, 2)."""
    documents: torch.Tensor
    pair_weights: NDArray[np.float64]

    def sentences(self, draw: np.random.Generator, count: int) -> Rows:
        """Return random sentences, those of the better sources more often."""
        return draw.choice(len(self.swedish), count, p=self.weights)

    def pairs(self, draw: np.random.Generator, count: int) -> Rows:
        """Return random pairs, those of the better kinds more often."""
        return draw.choice(len(self.ends), count, p=self.pair_weights)


def teacher_vectors(folders: Sequence[Path], english: Sequence[str], device: str) -> torch.Tensor:
    """Return unit vectors of WIDTH values, as alike to each other as all teachers find together."""
    together = torch.cat([_taught(folder, english, device) for folder in folders], dim=1)
    together /= math.sqrt(len(folders))
    if together.shape[1] <= WIDTH:
        return together
    sample = together[torch.randperm(len(together), device=device)[:60_000]]
    directions = torch.linalg.svd(sample, full_matrices=False).Vh[:WIDTH]
    return functional.normalize(together @ directions.T, dim=1)


@torch.no_grad()
def _taught(folder: Path, english: Sequence[str], device: str) -> torch.Tensor:
    from transformers import AutoModel

    model: Any = AutoModel.from_pretrained(folder).to(device).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    texts = Texts(tokenizer, english, device)
    vectors = torch.zeros(len(texts), model.config.hidden_size, device=device)
    for rows in _by_length(texts):
        ids, lengths = texts.pick(rows, padding=model.config.pad_token_id or 0)
        real = torch.arange(ids.shape[1], device=device)[None] < lengths[:, None]
        with _half(device):
            states = model(input_ids=ids, attention_mask=real.long()).last_hidden_state.float()
        mean = (states * real[..., None]).sum(1) / lengths[:, None]
        vectors[torch.from_numpy(rows).to(device)] = functional.normalize(mean, dim=1)
    return vectors


def _by_length(texts: Texts, rows: Rows | None = None) -> list[Rows]:
    chosen = np.arange(len(texts)) if rows is None else rows
    order = chosen[np.argsort(texts.lengths[chosen], kind="stable")]
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def _half(device: str) -> torch.autocast:
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda")


@torch.no_grad()
def encoded(student: Student, texts: Texts) -> torch.Tensor:
    """Return the vectors of all texts."""
    training, device = student.training, student.dense.weight.device
    student.eval()
    vectors = torch.zeros(len(texts), WIDTH, device=device)
    for rows in _by_length(texts):
        with _half(device.type):
            vectors[torch.from_numpy(rows).to(device)] = student(*texts.pick(rows))
    student.train(training)
    return vectors


def _vectors(student: Student, texts: Texts, rows: Rows) -> torch.Tensor:
    """Return the vectors of some texts to learn from; short and long ones apart, to pad less."""
    order = np.argsort(texts.lengths[rows], kind="stable")
    parts = np.array_split(order, max(1, min(4, len(rows) // 256)))
    with _half(student.dense.weight.device.type):
        vectors = torch.cat([student(*texts.pick(rows[part])) for part in parts])
    return vectors[torch.from_numpy(np.argsort(order)).to(vectors.device)]


@torch.no_grad()
def fit_dense(student: Student, lessons: Lessons, draw: np.random.Generator) -> None:
    """Set the linear layer by ridge regression from the mean states to the wanted vectors."""
    rows = np.unique(lessons.sentences(draw, min(60_000, len(lessons.swedish))))
    student.eval()
    parts = _by_length(lessons.swedish, rows)
    means = torch.cat([student.pooled(*lessons.swedish.pick(part)) for part in parts]).float()
    order = torch.from_numpy(np.concatenate(parts)).to(means.device)
    wanted = lessons.wanted[order]
    centred = means - means.mean(0)
    square = centred.T @ centred
    ridge = 1e-4 * square.diagonal().mean() * torch.eye(WIDTH, device=means.device)
    solved = torch.linalg.solve(square + ridge, centred.T @ (wanted - wanted.mean(0)))
    student.dense.weight.copy_(solved.T)
    student.dense.bias.copy_(wanted.mean(0) - means.mean(0) @ solved)


def distillation(vectors: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return how far vectors are from the wanted ones, each and in how they lie to each other."""
    own, theirs = vectors @ vectors.T, wanted @ wanted.T
    others = ~torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    near = 1.0 + 10.0 * theirs.clamp(min=0) ** 2  # the few near ones matter most
    squares = (near * (own - theirs) ** 2)[others].mean()
    itself = torch.zeros_like(own).masked_fill(~others, -1e4)
    order = functional.kl_div(
        functional.log_softmax(own / TEMPERATURE + itself, dim=1),
        functional.log_softmax(theirs / TEMPERATURE + itself, dim=1),
        reduction="batchmean",
        log_target=True,
    )
    return 4.0 * (1.0 - (vectors * wanted).sum(1).mean()) + order + 10.0 * squares


def contrast(student: Student, lessons: Lessons, rows: Rows) -> torch.Tensor:
    """Return the loss of each text finding its own pair among the batch, both ways.

    Texts of the same document, and those that score far above the pair itself, aren't counted as
    wrong answers.
    """
    vectors = _vectors(student, lessons.texts, lessons.ends[rows].T.ravel())
    one, two = vectors[: len(rows)], vectors[len(rows) :]
    scores = SCALE * one @ two.T
    itself = torch.eye(len(rows), dtype=torch.bool, device=scores.device)
    documents = lessons.documents[torch.from_numpy(rows).to(scores.device)]
    ends = torch.from_numpy(lessons.ends[rows]).to(scores.device)
    same = (documents[:, None] == documents[None]) & ~itself
    for side in (0, 1):
        same |= (ends[:, side][:, None] == ends[:, side][None]) & ~itself
    same |= (scores.detach() > scores.detach().diagonal()[:, None] + NEARER) & ~itself
    among_ones = (SCALE * one @ one.T).masked_fill(same | itself, -1e4)
    forth = torch.cat([scores.masked_fill(same, -1e4), among_ones], dim=1)
    back = scores.T.masked_fill(same.T, -1e4)
    right = torch.arange(len(rows), device=scores.device)
    return (functional.cross_entropy(forth, right) + functional.cross_entropy(back, right)) / 2


class Alike:
    """Batches of pairs on alike matters, gathered anew a few times in a stage."""

    def __init__(self, lessons: Lessons, draw: np.random.Generator) -> None:
        self._lessons, self._draw = lessons, draw
        self._groups: list[Rows] = []
        self._gathered = -1.0

    def rows(self, student: Student, passed: float, count: int) -> Rows:
        """Return pairs of a few groups; ``passed`` is the share of the stage that is over."""
        if passed > self._gathered + 0.34 or not self._groups:
            self._groups, self._gathered = self._gather(student), passed
        taken: list[Rows] = []
        weights = self._lessons.pair_weights
        sizes = np.array([weights[group].sum() for group in self._groups])
        for _ in range(64):
            group = self._groups[self._draw.choice(len(sizes), p=sizes / sizes.sum())]
            own = weights[group] / weights[group].sum()
            some = min(len(group), max(8, count // 4))
            taken.append(self._draw.choice(group, some, replace=False, p=own))
            if sum(map(len, taken)) >= count:
                break
        rows = np.unique(np.concatenate(taken))
        self._draw.shuffle(rows)
        return rows[:count]

    @torch.no_grad()
    def _gather(self, student: Student) -> list[Rows]:
        vectors = encoded(student, self._lessons.texts)
        seconds = vectors[torch.from_numpy(self._lessons.ends[:, 1]).to(vectors.device)]
        count = max(1, min(CENTRES, len(seconds) // 16))
        centres = seconds[torch.randperm(len(seconds), device=seconds.device)[:count]]
        for _ in range(6):
            chunks = seconds.split(65_536)  # type: ignore[no-untyped-call]
            parts = [(part @ centres.T).argmax(1) for part in chunks]
            nearest = torch.cat(parts)
            sums = torch.zeros_like(centres).index_add_(0, nearest, seconds)
            centres = functional.normalize(sums + 1e-6, dim=1)
        labels = nearest.cpu().numpy()
        groups = [np.flatnonzero(labels == index) for index in range(count)]
        return [group for group in groups if len(group) >= 8]


def run_stage(student: Student, name: str, step: Step, kept: Path, limits: Limits) -> None:
    """Train in place until the stage's time or steps are over; a stopped stage goes on.

    The weights that stay are the moving average of the last steps.
    """
    rate = RATES[name]
    adam = torch.optim.AdamW(student.parameters(), rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = {key: value.detach().clone() for key, value in student.state_dict().items()}
    done, spent = _resumed(kept, student, adam, average)
    seconds = limits.seconds or SECONDS[name]
    started = saved = time.monotonic()
    student.train()
    while spent + time.monotonic() - started < seconds and done < limits.steps:
        passed = max((spent + time.monotonic() - started) / seconds, done / limits.steps)
        for group in adam.param_groups:
            group["lr"] = rate * min(1.0, (done + 1) / WARM_STEPS) * (1 - 0.95 * passed)
        loss = step(student, done, passed)
        adam.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        adam.step()
        done += 1
        _follow(average, student, min(0.995, 1 - 1 / (done + 1) ** 0.75))
        if done % 100 == 0:
            print(f"{name:12}{done:7}{time.monotonic() - started:8.0f} s {loss.item():8.4f}")
        if time.monotonic() - saved > SAVED_EVERY:
            saved = time.monotonic()
            state = {"student": student.state_dict(), "adam": adam.state_dict()}
            run = {"average": average, "done": done, "spent": spent + saved - started}
            torch.save(state | run, kept.with_suffix(".part"))
    student.load_state_dict(average)


@dataclass(frozen=True, slots=True)
class Limits:
    """When a stage ends: after so many seconds (0 for its own number) or steps."""

    seconds: float = 0.0
    steps: int = 10**9


def _resumed(
    kept: Path, student: Student, adam: torch.optim.Optimizer, average: dict[str, torch.Tensor]
) -> tuple[int, float]:
    part = kept.with_suffix(".part")
    if not part.exists():
        return 0, 0.0
    state = torch.load(part, map_location=student.dense.weight.device)
    student.load_state_dict(state["student"])
    adam.load_state_dict(state["adam"])
    for key, value in state["average"].items():
        average[key].copy_(value)
    return int(state["done"]), float(state["spent"])


@torch.no_grad()
def _follow(average: dict[str, torch.Tensor], student: Student, share: float) -> None:
    for key, value in student.state_dict().items():
        average[key].lerp_(value, 1 - share)


def stages(lessons: Lessons, draw: np.random.Generator, batch: int) -> dict[str, Step]:
    """Return what a step of the first two stages learns from."""
    alike = Alike(lessons, draw)

    def distil(student: Student, _done: int, _passed: float) -> torch.Tensor:
        rows = lessons.sentences(draw, batch)
        wanted = lessons.wanted[torch.from_numpy(rows).to(lessons.wanted.device)]
        return distillation(_vectors(student, lessons.swedish, rows), wanted)

    def both(student: Student, done: int, passed: float) -> torch.Tensor:
        hard = done % 2 == 1
        rows = alike.rows(student, passed, batch) if hard else lessons.pairs(draw, batch)
        found = contrast(student, lessons, rows)
        return distil(student, done, passed) + CONTRAST_SHARE * found

    return {"distilled": distil, "contrasted": both}


def imitation(whole: Student, lessons: Lessons, draw: np.random.Generator, batch: int) -> Step:
    """Return what a step of the small model learns from: the whole model's vectors of all texts."""
    sentences, texts = encoded(whole, lessons.swedish), encoded(whole, lessons.texts)

    def imitate(student: Student, done: int, _passed: float) -> torch.Tensor:
        if done % 3:
            rows, source, wanted = draw.integers(0, len(texts), batch), lessons.texts, texts
        else:
            rows, source, wanted = lessons.sentences(draw, batch), lessons.swedish, sentences
        chosen = wanted[torch.from_numpy(rows).to(wanted.device)]
        loss = distillation(_vectors(student, source, rows), chosen)
        if done % 2 == 0:
            loss = loss + 0.3 * contrast(student, lessons, lessons.pairs(draw, batch // 2))
        return loss

    return imitate


def _lessons(
    tokenizer: Tokenizer,
    translations: Sequence[Translation],
    pairs: Sequence[Pair],
    wanted: torch.Tensor,
) -> Lessons:
    device = str(wanted.device)
    places: dict[str, int] = {}
    ends = [[places.setdefault(text, len(places)) for text in pair.texts] for pair in pairs]
    weights = np.array([SOURCE_WEIGHTS.get(one.source, 1.0) for one in translations])
    kinds = np.array([KIND_WEIGHTS.get(pair.kind, 1.0) for pair in pairs])
    return Lessons(
        swedish=Texts(tokenizer, [one.swedish for one in translations], device),
        wanted=wanted,
        weights=weights / weights.sum(),
        texts=Texts(tokenizer, list(places), device),
        ends=np.array(ends, dtype=np.int64),
        documents=torch.tensor([pair.document for pair in pairs], device=device),
        pair_weights=kinds / kinds.sum(),
    )


def _kept(path: Path, make: Callable[[], Any], device: str) -> Any:
    if not path.exists():
        torch.save(make(), path)
    return torch.load(path, map_location=device)


def main() -> None:
    """Train the models and write their folders."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="folder with pairs*.jsonl.gz and sv-en*.tsv.gz")
    parser.add_argument("--start", type=Path, required=True, help="what vocabulary.py wrote")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True, help="stages and models; goes on there")
    parser.add_argument("--batch", type=int, default=BATCH)
    parser.add_argument("--steps", type=int, default=10**9, help="at most, of each stage")
    parser.add_argument("--seconds", type=float, default=0.0, help="of each stage")
    parser.add_argument("--texts", type=int, help="use only so many translations and pairs")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(SEED)
    draw = np.random.default_rng(SEED)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    translations = read_translations(options.data)[: options.texts]
    pairs = read_pairs(options.data)[: options.texts]
    english = [one.english for one in translations]
    wanted = _kept(
        out / "teachers.pt", lambda: teacher_vectors(options.teachers, english, device), device
    )
    tokenizer = Tokenizer.from_file(str(options.start / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS)
    lessons = _lessons(tokenizer, translations, pairs, wanted)
    limits = Limits(options.seconds, options.steps)

    student = _started(options.start).to(device)
    if not (out / "distilled.pt").exists():
        fit_dense(student, lessons, draw)
    for name, step in stages(lessons, draw, options.batch).items():
        _stage(student, name, step, out, limits)
    run = f"analysis/training/train_encoder.py, seed {SEED}"
    write_folder(student, options.start / "tokenizer.json", out / "whole", run)
    small = shrunk(student, KEPT_LAYERS).to(device)
    step = imitation(student, lessons, draw, options.batch)
    _stage(small, "small", step, out, limits)
    write_folder(small, options.start / "tokenizer.json", out / "six-layers", run)


def _started(folder: Path) -> Student:
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    return read_bert(weights, sum(".output.dense.weight" in name for name in weights) // 2)


def _stage(student: Student, name: str, step: Step, out: Path, limits: Limits) -> None:
    kept = out / f"{name}.pt"
    if not kept.exists():
        run_stage(student, name, step, kept, limits)
        torch.save(student.state_dict(), kept)
        kept.with_suffix(".part").unlink(missing_ok=True)
    student.load_state_dict(torch.load(kept, map_location=student.dense.weight.device))


if __name__ == "__main__":
    main()
