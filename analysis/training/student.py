"""The network that is trained as an encoder: BERT, the mean of its words, one linear layer.

Written out in plain torch so that it trains the same with every version of transformers; it reads
and writes the names of transformers' ``BertModel`` and leaves a sentence-transformers folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

WIDTH = 384
INNER = 1536
HEADS = 12
POSITIONS = 512
PADDING = 1  # the id of <pad>, as in XLM-R
EPSILON = 1e-12
DROPOUT = 0.05
SEQUENCE = 256  # tokens that the finished model reads of a text
Weights = dict[str, torch.Tensor]


class Layer(nn.Module):
    """One layer of BERT; queries, keys and values in one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the next states, shape (texts, tokens, WIDTH)."""
        texts, tokens, _ = states.shape
        parts = self.mixed(states).view(texts, tokens, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.attended(seen.transpose(1, 2).reshape(texts, tokens, WIDTH))
        states = self.norm(states + functional.dropout(seen, DROPOUT, self.training))
        inner = self.down(functional.gelu(self.up(states)))
        kept: torch.Tensor = self.last_norm(
            states + functional.dropout(inner, DROPOUT, self.training)
        )
        return kept


class Student(nn.Module):
    """Token ids of texts become unit vectors of WIDTH values."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH, padding_idx=PADDING)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dense = nn.Linear(WIDTH, WIDTH)

    def pooled(self, ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Return the mean of each text's last states, before the linear layer."""
        tokens = ids.shape[1]
        real = torch.arange(tokens, device=ids.device)[None] < lengths[:, None]
        states = self.norm(self.words(ids) + self.positions.weight[:tokens][None])
        states = functional.dropout(states, DROPOUT, self.training)
        for layer in self.layers:
            states = layer(states, real[:, None, None, :])
        mean: torch.Tensor = (states.float() * real[..., None]).sum(1) / lengths[:, None]
        return mean

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Return unit vectors, shape (texts, WIDTH), in full precision."""
        mean = self.pooled(ids, lengths)
        with torch.autocast(ids.device.type, enabled=False):
            return functional.normalize(self.dense(mean.float()), dim=1)


def _names(layers: int) -> list[tuple[str, list[str]]]:
    """Pair the student's module names with those of ``BertModel``; a list of three is stacked."""
    pairs = [("words", ["embeddings.word_embeddings"]), ("norm", ["embeddings.LayerNorm"])]
    for index in range(layers):
        theirs = f"encoder.layer.{index}."
        pairs += [
            (
                f"layers.{index}.mixed",
                [f"{theirs}attention.self.{part}" for part in ("query", "key", "value")],
            ),
            (f"layers.{index}.attended", [f"{theirs}attention.output.dense"]),
            (f"layers.{index}.norm", [f"{theirs}attention.output.LayerNorm"]),
            (f"layers.{index}.up", [f"{theirs}intermediate.dense"]),
            (f"layers.{index}.down", [f"{theirs}output.dense"]),
            (f"layers.{index}.last_norm", [f"{theirs}output.LayerNorm"]),
        ]
    return pairs


def read_bert(weights: Mapping[str, torch.Tensor], layers: int) -> Student:
    """Return a student with the weights of a ``BertModel``; its linear layer changes nothing."""
    student = Student(len(weights["embeddings.word_embeddings.weight"]), layers)
    own: Weights = {}
    for name, theirs in _names(layers):
        for kind in ("weight", "bias"):
            if f"{theirs[0]}.{kind}" in weights:
                own[f"{name}.{kind}"] = torch.cat([weights[f"{one}.{kind}"] for one in theirs])
    kinds = weights["embeddings.token_type_embeddings.weight"]
    own["positions.weight"] = weights["embeddings.position_embeddings.weight"] + kinds[0]
    own["dense.weight"], own["dense.bias"] = torch.eye(WIDTH), torch.zeros(WIDTH)
    student.load_state_dict(own)
    return student


def bert_weights(student: Student) -> Weights:
    """Return the weights under the names of ``BertModel``, in half precision."""
    own = student.state_dict()
    theirs: Weights = {
        "embeddings.position_embeddings.weight": own["positions.weight"],
        "embeddings.token_type_embeddings.weight": torch.zeros(1, WIDTH),
        "pooler.dense.weight": torch.zeros(WIDTH, WIDTH),  # unused; BertModel warns without it
        "pooler.dense.bias": torch.zeros(WIDTH),
    }
    for name, names in _names(len(student.layers)):
        for kind in ("weight", "bias"):
            if f"{name}.{kind}" in own:
                parts = own[f"{name}.{kind}"].chunk(len(names))
                theirs |= {f"{one}.{kind}": part for one, part in zip(names, parts, strict=True)}
    return {name: value.detach().half().cpu().contiguous() for name, value in theirs.items()}


def shrunk(student: Student, kept: Sequence[int]) -> Student:
    """Return a student with only some of the layers, to be trained to do what all did."""
    small = Student(student.words.num_embeddings, len(kept))
    whole = student.state_dict()
    own = {name: value for name, value in whole.items() if not name.startswith("layers.")}
    for place, index in enumerate(kept):
        own |= {
            name.replace(f"layers.{index}.", f"layers.{place}.", 1): value
            for name, value in whole.items()
            if name.startswith(f"layers.{index}.")
        }
    small.load_state_dict(own)
    return small


def write_folder(student: Student, tokenizer: Path, folder: Path, run: str) -> None:
    """Write a folder that ``SentenceTransformer(folder)`` loads; ``run`` says what made it."""
    from safetensors.torch import save_file

    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    (folder / "2_Dense").mkdir(exist_ok=True)
    (folder / "3_Normalize").mkdir(exist_ok=True)
    header = {"format": "pt", "run": run}
    save_file(bert_weights(student), folder / "model.safetensors", metadata=header)
    dense = {
        f"linear.{kind}": value.detach().float().cpu().contiguous()
        for kind, value in student.dense.state_dict().items()
    }
    save_file(dense, folder / "2_Dense" / "model.safetensors", metadata=header)
    shutil.copy(tokenizer, folder / "tokenizer.json")
    for name, content in _configurations(student).items():
        (folder / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _configurations(student: Student) -> dict[str, Any]:
    kind = "sentence_transformers.models"
    paths = ("", "1_Pooling", "2_Dense", "3_Normalize")
    types = ("Transformer", "Pooling", "Dense", "Normalize")
    special = {
        f"{name}_token": sign
        for name, sign in (
            ("bos", "<s>"),
            ("cls", "<s>"),
            ("eos", "</s>"),
            ("sep", "</s>"),
            ("pad", "<pad>"),
            ("unk", "<unk>"),
        )
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",  # the weights are stored in half precision
            "vocab_size": student.words.num_embeddings,
            "hidden_size": WIDTH,
            "intermediate_size": INNER,
            "num_attention_heads": HEADS,
            "num_hidden_layers": len(student.layers),
            "max_position_embeddings": POSITIONS,
            "layer_norm_eps": EPSILON,
            "hidden_act": "gelu",
            "pad_token_id": PADDING,
            "type_vocab_size": 1,
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"{kind}.{one}"}
            for index, (path, one) in enumerate(zip(paths, types, strict=True))
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": WIDTH,
            "pooling_mode_mean_tokens": True,
        },
        "2_Dense/config.json": {
            "in_features": WIDTH,
            "out_features": WIDTH,
            "bias": True,
            "activation_function": "torch.nn.modules.linear.Identity",
        },
        "sentence_bert_config.json": {"max_seq_length": SEQUENCE, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": {}, "similarity_fn_name": "cosine"},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": POSITIONS,
            **special,
        },
        "special_tokens_map.json": special,
    }
