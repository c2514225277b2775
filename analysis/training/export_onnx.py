"""Write how to compute a trained folder's vectors in 8 bits, for builds without torch.

    python analysis/training/export_onnx.py FOLDER

Adds ``model.onnx`` to a folder that ``student.write_folder`` wrote. It holds the operations and
each row's scale, and takes the weights from the folder's own ``model.safetensors`` by their place
in the file: what sentence-transformers and onnxruntime read is the same, and shipped once.

onnxruntime turns the weights into 8-bit integers when it loads them, each row of a matrix with its
own scale, and before each product the states, each token with its own. So no token's numbers
depend on its neighbours', and the loss is small: see the model's README. The weights use 7 of the 8
bits, since processors without VNNI add two products in 16 bits, which 8 would overflow.
"""

from __future__ import annotations

import argparse
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

WIDTH = 384
HEADS = 12
EPSILON = 1e-12
OPSET = 18
WEIGHT_STEPS = 63  # either side of zero
STATE_STEPS = 127
MIDDLE = 128  # the unsigned byte that stands for zero
OWN = "com.microsoft"  # operations of onnxruntime itself
FILES = ("model.safetensors", "2_Dense/model.safetensors")
TYPES = {"F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}


class Weights:
    """The tensors of a folder by name: their values, and where they lie."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[str, tuple[str, dict[str, Any], int]] = {}
        for name in FILES:
            with (folder / name).open("rb") as file:
                (size,) = struct.unpack("<Q", file.read(8))
                header = json.loads(file.read(size))
            header.pop("__metadata__", None)
            self._found |= {key: (name, value, 8 + size) for key, value in header.items()}

    def layers(self) -> int:
        """Return how many layers the model has."""
        return sum(name.endswith("intermediate.dense.weight") for name in self._found)

    def values(self, name: str) -> NDArray[np.float32]:
        """Return a tensor."""
        file, about, start = self._found[name]
        first, last = about["data_offsets"]
        raw = (self._folder / file).read_bytes()[start + first : start + last]
        numbers = np.frombuffer(raw, np.float16 if about["dtype"] == "F16" else np.float32)
        return np.asarray(numbers.reshape(about["shape"]), dtype=np.float32)

    def reference(self, name: str) -> TensorProto:
        """Return a tensor whose values stay where they lie."""
        file, about, start = self._found[name]
        first, last = about["data_offsets"]
        tensor = TensorProto(
            name=name,
            data_type=TYPES[about["dtype"]],
            dims=about["shape"],
            data_location=TensorProto.EXTERNAL,
        )
        place = {"location": file, "offset": str(start + first), "length": str(last - first)}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=value)
        return tensor


class Graph:
    """Operations one after the other; each gives the name of what comes out of it."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.tensors: dict[str, TensorProto] = {}

    def run(self, kind: str, *inputs: str, **settings: Any) -> str:
        """Add an operation with one output."""
        return self.split(kind, 1, *inputs, **settings)[0]

    def split(self, kind: str, count: int, *inputs: str, **settings: Any) -> list[str]:
        """Add an operation with several outputs."""
        number = len(self.nodes)
        outputs = [f"{kind}_{number}_{place}" for place in range(count)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, f"{kind}_{number}", **settings))
        return outputs

    def constant(self, value: Any, kind: type[np.generic]) -> str:
        """Add a number or an array of numbers."""
        name = f"constant_{len(self.tensors)}"
        self.tensors[name] = numpy_helper.from_array(np.asarray(value, dtype=kind), name)
        return name

    def stored(self, name: str) -> str:
        """Add a tensor of the folder as it is stored."""
        self.tensors.setdefault(name, self.weights.reference(name))
        return name

    def weight(self, *names: str) -> str:
        """Add tensors of the folder in full precision, one below the other."""
        parts = [self.run("Cast", self.stored(name), to=TensorProto.FLOAT) for name in names]
        return parts[0] if len(parts) == 1 else self.run("Concat", *parts, axis=0)

    def norm(self, states: str, name: str) -> str:
        """Add a layer norm."""
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.run("LayerNormalization", states, scale, shift, epsilon=EPSILON)

    def linear(self, states: str, names: Sequence[str]) -> str:
        """Add a linear layer in integers; several are one with the outputs side by side."""
        rows = np.concatenate([self.weights.values(f"{name}.weight") for name in names])
        scales = self.constant(np.abs(rows).max(axis=1) / WEIGHT_STEPS, np.float32)
        zeros = self.constant(np.zeros(len(rows)), np.int8)
        matrix = self.weight(*(f"{name}.weight" for name in names))
        whole = self.run("QuantizeLinear", matrix, scales, zeros, axis=0)
        whole = self.run("Transpose", whole, perm=[1, 0])
        integers, steps = self._integers(states)
        product = self.run("MatMulInteger", integers, whole, self._middle(), zeros)
        product = self.run("Cast", product, to=TensorProto.FLOAT)
        product = self.run("Mul", self.run("Mul", product, steps), scales)
        return self.run("Add", product, self.weight(*(f"{name}.bias" for name in names)))

    def _integers(self, states: str) -> tuple[str, str]:
        """Return the states as bytes, and how much a step of each token's is worth."""
        largest = self.run("ReduceMax", self.run("Abs", states), self.constant([-1], np.int64))
        steps = self.run("Mul", largest, self.constant(1 / STATE_STEPS, np.float32))
        scaled = self.run("Div", states, steps)
        one = self.constant(1, np.float32)
        return self.run("QuantizeLinear", scaled, one, self._middle()), steps

    def _middle(self) -> str:
        return self.constant(MIDDLE, np.uint8)


def _layer(graph: Graph, states: str, name: str) -> str:
    mixed = graph.linear(
        states, [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    )
    parts = graph.split("Split", 3, mixed, axis=-1, num_outputs=3)
    seen = graph.run("MultiHeadAttention", *parts, domain=OWN, num_heads=HEADS)
    seen = graph.linear(seen, [f"{name}.attention.output.dense"])
    states = graph.norm(graph.run("Add", seen, states), f"{name}.attention.output.LayerNorm")
    inner = graph.run("Gelu", graph.linear(states, [f"{name}.intermediate.dense"]), domain=OWN)
    inner = graph.linear(inner, [f"{name}.output.dense"])
    return graph.norm(graph.run("Add", inner, states), f"{name}.output.LayerNorm")


def _first_states(graph: Graph, ids: str) -> str:
    words = graph.run("Gather", graph.stored("embeddings.word_embeddings.weight"), ids)
    places = graph.weight("embeddings.position_embeddings.weight")
    kinds = graph.weight("embeddings.token_type_embeddings.weight")
    start = graph.constant([0], np.int64)
    count = graph.run("Shape", ids, start=1, end=2)
    places = graph.run("Slice", graph.run("Add", places, kinds), start, count, start)
    states = graph.run("Add", graph.run("Cast", words, to=TensorProto.FLOAT), places)
    return graph.norm(states, "embeddings.LayerNorm")


def network(folder: Path) -> ModelProto:
    """Return the network: ``input_ids`` of texts of one length become ``sentence_embedding``.

    Shapes (texts, tokens) and (texts, WIDTH); the mean over the tokens, the last linear layer and
    the unit length are part of it.
    """
    weights = Weights(folder)
    graph = Graph(weights)
    states = _first_states(graph, "input_ids")
    for layer in range(weights.layers()):
        states = _layer(graph, states, f"encoder.layer.{layer}")
    mean = graph.run("ReduceMean", states, graph.constant([1], np.int64), keepdims=0)
    last = graph.run("Gemm", mean, graph.weight("linear.weight"), graph.weight("linear.bias"))
    graph.nodes[-1].attribute.append(helper.make_attribute("transB", 1))
    unit = helper.make_node("LpNormalization", [last], ["sentence_embedding"], axis=-1, p=2)
    whole = helper.make_graph(
        [*graph.nodes, unit],
        "encoder",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", WIDTH])],
        list(graph.tensors.values()),
    )
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(OWN, 1)]
    return helper.make_model(whole, opset_imports=versions, ir_version=9)


def main() -> None:
    """Write the folder's ``model.onnx``."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    (folder / "model.onnx").write_bytes(network(folder).SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
