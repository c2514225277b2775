import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.encoder import DEFAULT_ENCODER, MODELS, load_encoder
from corpus.errors import EncoderError

SENTENCES = [
    "Kommunen bör ta fram en plan för hur dricksvattnet säkras vid torka.",
    "Regionens kollektivtrafik ska bli tillgänglig för alla resenärer.",
    "Ö",
    "漢字 – ☂",
    "ord " * 3000,
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


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


def test_case_does_not_matter(encoder):
    first, second = encoder.encode(["LÄNSSTYRELSEN BESLUTAR", "länsstyrelsen beslutar"])
    assert first @ second == pytest.approx(1, abs=1e-5)


def test_the_default_answers_to_its_name(encoder):
    assert encoder.name == DEFAULT_ENCODER
    assert load_encoder(DEFAULT_ENCODER).name == encoder.name


def test_the_default_needs_no_torch():
    program = (
        "import sys; from analysis.encoder import load_encoder;"
        "load_encoder().encode(['text']); sys.exit('torch' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_the_model_is_small_enough_to_ship():
    size = sum(file.stat().st_size for file in (MODELS / DEFAULT_ENCODER).rglob("*"))
    assert size <= 20_000_000


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
    theirs = library.SentenceTransformer(str(MODELS / DEFAULT_ENCODER)).encode(texts)
    assert np.abs(theirs - encoder.encode(texts)).max() < 1e-3
    other = load_encoder(str(MODELS / DEFAULT_ENCODER))
    assert other.dim == encoder.dim
    assert np.abs(other.encode(texts) - encoder.encode(texts)).max() < 1e-3
