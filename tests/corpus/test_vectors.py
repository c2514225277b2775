import numpy as np
import pytest

from corpus.ids import with_ids
from corpus.store import Store, StoredFile
from corpus.vectors import KeptVectors, write_meanings


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "corpus.db")
    yield store
    store.close()


def by_length(texts):
    return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def refuse(texts):
    raise AssertionError(f"encoded again: {texts}")


def kept(store, encode, model="m 1"):
    return KeptVectors(store.db, store.path, model, 2, encode)


def test_vectors_are_those_of_the_model_in_the_order_of_the_texts(store):
    texts = ["Bygg om.", "Rusta upp skolan.", "Bygg om."]
    assert (kept(store, by_length).encode(texts) == by_length(texts)).all()


def test_no_text_is_encoded_twice(store):
    first = kept(store, by_length)
    first.encode(["Bygg om.", "Bygg om.", "Rusta upp."])
    assert first.encoded == 2
    again = kept(store, refuse).encode(["Rusta upp.", "Bygg om."])
    assert (again == by_length(["Rusta upp.", "Bygg om."])).all()


def test_another_model_has_vectors_of_its_own(store):
    kept(store, by_length).encode(["Bygg om."])
    other = kept(store, lambda texts: by_length(texts) * 2, model="m 2").encode(["Bygg om."])
    assert (other == by_length(["Bygg om."]) * 2).all()
    assert (kept(store, refuse).encode(["Bygg om."]) == by_length(["Bygg om."])).all()


def test_vectors_of_texts_that_are_gone_are_deleted(store):
    kept(store, by_length).encode(["Bygg om.", "Rusta upp."])
    later = kept(store, refuse)
    later.encode(["Rusta upp."])
    later.forget_others()
    assert store.db.table("vectors").count == 1


def test_meanings_go_with_their_recommendation(store, document, reading, recommendation):
    doc = document("Rusta upp skolan.")
    (item,) = with_ids([recommendation("Rusta upp skolan.")])
    run = store.start_run("build", {}, {})
    file = StoredFile(doc.id, "/x/plan.pdf", "0" * 64, "f")
    store.write_reading(reading(doc, item), file, run)
    write_meanings(store.db, store.path, "m", [(item.id, np.ones(2, dtype=np.float32))])
    store.write_reading(reading(doc), file, run)
    assert store.db.table("meanings").count == 0
