"""The training of the encoder, from data to what ships, on invented text and with two steps."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.encoder import MODELS
from analysis.network import read_network

TRAINING = Path(__file__).resolve().parents[2] / "analysis" / "training"
TOKENIZER = MODELS / "small-sv" / "tokenizer.json"
PLACES = ["Fjällköping", "Näckö", "Ekstad", "Tallmark", "Granby", "Svalnäs", "Lerdala", "Vikholm"]
MATTERS = [
    "biblioteken",
    "bussarna",
    "badplatserna",
    "skolgårdarna",
    "cykelvägarna",
    "äldreboendena",
]
SWEDISH = [f"{place} ska se över {matter}." for place in PLACES for matter in MATTERS]
ENGLISH = [f"The town of {place} is to review {matter}." for place in PLACES for matter in MATTERS]


def load(name):
    sys.path.insert(0, str(TRAINING))
    try:
        return __import__(name)
    finally:
        sys.path.remove(str(TRAINING))


def written(path, lines):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    pairs = zip(SWEDISH, ENGLISH, strict=True)
    written(folder / "sv-en.tsv.gz", (f"{one}\t{other}\ttat" for one, other in pairs))
    rows = ([text, f"{text} Det har dröjt.", "q", text.split()[0]] for text in SWEDISH * 3)
    written(folder / "pairs.jsonl.gz", (json.dumps(row, ensure_ascii=False) for row in rows))
    return folder


def test_a_document_is_learnt_from_or_held_out_as_a_whole(data):
    sources = load("sources")
    learnt = {pair.document for pair in sources.read_pairs(data)}
    held = {pair.document for pair in sources.held_out_pairs(data)}
    assert learnt
    assert not learnt & held


def test_each_swedish_sentence_is_translated_once(data):
    found = load("sources").read_translations(data)
    assert [one.swedish for one in found] == SWEDISH


def test_the_vocabulary_keeps_letters_and_what_is_frequent():
    pytest.importorskip("torch", reason="torch is not installed")
    from tokenizers import Tokenizer

    vocabulary = load("vocabulary")
    whole = Tokenizer.from_file(str(TOKENIZER))
    kept = vocabulary.kept_pieces(whole, SWEDISH)
    content = json.loads(TOKENIZER.read_text("utf-8"))
    content["model"]["vocab"] = [*content["model"]["vocab"], ["▁oanvänt", -20.0]]
    cut = Tokenizer.from_str(json.dumps(vocabulary.cut_tokenizer(content, kept)))
    assert cut.encode(SWEDISH[0]).tokens == whole.encode(SWEDISH[0]).tokens
    assert cut.token_to_id("▁oanvänt") is None


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    """Return the folder of a training of two steps a stage, from random weights."""
    torch = pytest.importorskip("torch", reason="torch is not installed")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    student = load("student")
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("training")
    whole = student.Student(count_pieces(), max(load("train_encoder").KEPT_LAYERS) + 1)
    student.write_folder(whole, TOKENIZER, folder / "start", "no run")
    teacher = transformers.BertConfig(
        vocab_size=count_pieces(),
        hidden_size=student.WIDTH,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=64,
        pad_token_id=1,
    )
    transformers.BertModel(teacher).save_pretrained(folder / "teacher")
    (folder / "teacher" / "tokenizer.json").write_bytes(TOKENIZER.read_bytes())
    train(data, folder)
    return folder


def count_pieces():
    return len(json.loads(TOKENIZER.read_text("utf-8"))["model"]["vocab"])


def train(data, folder):
    command = [sys.executable, str(TRAINING / "train_encoder.py"), str(data)]
    command += ["--start", str(folder / "start"), "--teachers", str(folder / "teacher")]
    command += ["--out", str(folder / "out"), "--steps", "2", "--batch", "16"]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.slow
def test_what_is_trained_is_read_alike_with_and_without_torch(trained):
    library = pytest.importorskip(
        "sentence_transformers", reason="sentence-transformers is not installed"
    )
    pytest.importorskip("onnx", reason="onnx is not installed")
    folder = trained / "out" / "six-layers"
    subprocess.run([sys.executable, str(TRAINING / "export_onnx.py"), str(folder)], check=True)
    dim, vectors = read_network(folder)
    theirs = library.SentenceTransformer(str(folder)).encode(SWEDISH)
    assert theirs.shape == (len(SWEDISH), dim)
    assert (theirs * vectors(SWEDISH)).sum(axis=1).min() > 0.98
    assert np.linalg.norm(theirs[0] - theirs[1]) > 1e-4


@pytest.mark.slow
def test_a_stopped_training_goes_on_after_the_stages_that_are_done(data, trained):
    out = trained / "out"
    before = {name: (out / f"{name}.pt").stat().st_mtime_ns for name in ("distilled", "contrasted")}
    (out / "small.pt").unlink()
    train(data, trained)
    assert (out / "small.pt").exists()
    assert before == {name: (out / f"{name}.pt").stat().st_mtime_ns for name in before}


@pytest.mark.slow
def test_the_shipped_network_is_what_its_script_writes(tmp_path):
    pytest.importorskip("onnx", reason="onnx is not installed")
    made = load("export_onnx").network(MODELS / "small-sv")
    shipped = (MODELS / "small-sv" / "model.onnx").read_bytes()
    assert made.SerializeToString(deterministic=True) == shipped
