import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.encoder import DEFAULT_ENCODER, MODELS, STATIC_ENCODER, load_encoder
from corpus.errors import EncoderError

SENTENCES = [
    "Kommunen bör ta fram en plan för hur dricksvattnet säkras vid torka.",
    "Regionens kollektivtrafik ska bli tillgänglig för alla resenärer.",
    "Ö",
    "漢字 – ☂",
    "ord " * 3000,
]


LEAST_COSINE = {DEFAULT_ENCODER: 0.99, STATIC_ENCODER: 0.999}
"""Between whole weights and those of 8 bits; the static model has the same."""
SHIPPED_FOLDERS = {DEFAULT_ENCODER: "small-sv", STATIC_ENCODER: "static-sv"}


@pytest.fixture(scope="module", params=SHIPPED_FOLDERS)
def encoder(request):
    return load_encoder(request.param)


def test_rows_have_unit_length(encoder):
    rows = encoder.encode(SENTENCES)
    assert rows.shape == (len(SENTENCES), encoder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(SENTENCES)), abs=1e-5)


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dim)


@pytest.mark.parametrize("text", ["", "  \n", "…", "☂"])
def test_text_without_words_gets_a_valid_vector(encoder, text):
    (row,) = encoder.encode([text])
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1)


def test_one_string_is_refused(encoder):
    with pytest.raises(TypeError, match="list"):
        encoder.encode("en text")


def test_a_text_has_the_same_vector_alone_and_among_others(encoder):
    alone = encoder.encode([SENTENCES[0]])[0]
    many = encoder.encode([*SENTENCES * 500, SENTENCES[0]])
    assert (many[0] == alone).all()
    assert (many[-1] == alone).all()


def test_the_same_matter_is_nearer_than_another(encoder):
    own, same, other = encoder.encode(
        [
            "Kommunen bör säkra dricksvattnet vid torka.",
            "Kommunerna behöver trygga vattenförsörjningen när det är torrt.",
            "Bibliotekets öppettider bör förlängas.",
        ]
    )
    assert own @ same > own @ other + 0.2


@pytest.mark.parametrize(("one", "other"), [("bör", "bor"), ("får", "far")])
def test_letters_with_and_without_marks_differ(encoder, one, other):
    first, second = encoder.encode([one, other])
    assert first @ second < 0.9


def test_a_heading_in_capitals_means_the_same(encoder):
    first, second = encoder.encode(["LÄNSSTYRELSEN BESLUTAR", "länsstyrelsen beslutar"])
    assert first @ second == pytest.approx(1, abs=1e-5)


def test_each_answers_to_its_name(encoder):
    assert load_encoder(encoder.name).name == encoder.name
    assert load_encoder().name == DEFAULT_ENCODER


def test_the_default_reads_words_in_their_order():
    one, other = load_encoder().encode(["Staten granskar kommunen.", "Kommunen granskar staten."])
    assert one @ other < 0.98


def test_what_is_shipped_needs_no_torch(encoder):
    program = (
        "import sys; from analysis.encoder import load_encoder;"
        f"load_encoder({encoder.name!r}).encode(['text']); sys.exit('torch' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_two_loadings_give_the_same_bits(encoder):
    again = load_encoder(encoder.name).encode(SENTENCES)
    assert (again == encoder.encode(SENTENCES)).all()


def test_the_models_are_small_enough_to_ship():
    assert sum(file.stat().st_size for file in MODELS.rglob("*")) <= 64_000_000


def test_a_broken_file_says_what_to_do(tmp_path, monkeypatch):
    shutil.copytree(MODELS / "small-sv", tmp_path / "small-sv")
    (tmp_path / "small-sv" / "model.onnx").write_bytes(b"not a network")
    monkeypatch.setattr("analysis.encoder.MODELS", tmp_path)
    with pytest.raises(EncoderError, match="install Rödtråd again"):
        load_encoder()


def test_an_unknown_model_says_what_to_do():
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    with pytest.raises(EncoderError, match=r"folder|path"):
        load_encoder("/nowhere/such-a-model")


def test_without_the_library_the_message_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"pip install 'rodtrad\[sentence-transformers\]'"):
        load_encoder("any-model")


def test_sentence_transformers_gives_the_same_vectors(encoder):
    library = pytest.importorskip(
        "sentence_transformers", reason="sentence-transformers is not installed"
    )
    texts = [text for text in SENTENCES if text.isascii() or "ö" in text.lower()]
    folder = str(MODELS / SHIPPED_FOLDERS[encoder.name])
    theirs = library.SentenceTransformer(folder).encode(texts, precision="float32").astype(float)
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)  # the static model's are of 16 bits
    assert ((theirs * encoder.encode(texts)).sum(axis=1) > LEAST_COSINE[encoder.name]).all()
    other = load_encoder(folder)
    assert other.dim == encoder.dim
    assert np.abs(other.encode(texts) - theirs).max() < 1e-3


def test_models_of_the_family_e5_see_their_prefix(tmp_path):
    pytest.importorskip("sentence_transformers")
    folder = tmp_path / "small-e5-sv"
    shutil.copytree(MODELS / "static-sv", folder)
    prefixed = load_encoder(str(folder)).encode(["Bygg om."])
    plain = load_encoder(str(MODELS / "static-sv")).encode(["query: Bygg om."])
    assert prefixed == pytest.approx(plain, abs=1e-6)


def test_the_version_of_a_model_follows_its_files(tmp_path, encoder):
    assert len(encoder.version) == 16
    assert load_encoder(encoder.name).version == encoder.version
