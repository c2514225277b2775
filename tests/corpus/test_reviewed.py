import pytest

from corpus import reader
from corpus.ids import with_ids
from corpus.models import Evidence, Link
from corpus.store import Store, StoredFile


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "corpus.db")
    yield store
    store.close()


@pytest.fixture
def ends(store, document, reading, recommendation):
    """The ids of two recommendations, in the order of their documents."""
    run = store.start_run("build", {}, {})
    for name in ("audit", "plan"):
        doc = document("Rusta skolan.", id=name)
        items = with_ids([recommendation("Rusta skolan.", document=name)])
        file = StoredFile(name, f"/x/{name}.pdf", "0" * 64, "f")
        store.write_reading(reading(doc, *items), file, run)
    return [item.id for item in reader.recommendations(store.db)]


@pytest.fixture
def review(store):
    def add(subject, key, verdict, at="2026-01-01", field=None, value=None):
        number = store.db.table("reviews").count
        store.db.table("reviews").insert(
            {
                "id": str(number),
                "subject": subject,
                "subject_id": key,
                "verdict": verdict,
                "field": field,
                "value": value,
                "by": "Kim Lind",
                "at": at,
            }
        )

    return add


@pytest.fixture
def stored(store, ends):
    """Return what is stored where a build finds one link, or with None no link."""

    def write(relation):
        links = [Link(*ends, relation, 0.4, 1, "ord")] if relation else []
        store.write_links(
            links, [Evidence(ends[0], "plan-b0", 0.5, "unknown", "")], run=1, state="s"
        )
        return [link.relation for link in reader.links(store.db)]

    return write


def test_a_rejected_link_never_comes_back(ends, review, stored):
    review("link", "~".join(ends), "rejected")
    assert stored("same") == []


def test_it_does_not_come_back_from_the_other_end_either(ends, review, stored):
    review("link", "~".join(ends[::-1]), "rejected")
    assert stored("same") == []


def test_the_last_decision_counts(ends, review, stored):
    review("link", "~".join(ends), "rejected", at="2026-01-02")
    review("link", "~".join(ends), "accepted", at="2026-01-03")
    assert stored("same") == ["same"]


def test_an_accepted_link_that_is_no_longer_found_is_kept(store, ends, review, stored):
    review("link", "~".join(ends), "accepted")
    assert stored(None) == ["related"]
    (link,) = reader.links(store.db)
    assert link.why == "Godkänd vid granskning av Kim Lind."


def test_an_accepted_near_one_is_a_link(ends, review, stored):
    review("link", "~".join(ends), "accepted")
    assert stored("near") == ["related"]


def test_a_corrected_relation_stands(ends, review, stored):
    review("link", "~".join(ends), "corrected", field="relation", value="same")
    assert stored("related") == ["same"]
    assert stored(None) == ["same"]


def test_an_unsure_one_is_as_it_was_found(ends, review, stored):
    review("link", "~".join(ends), "unsure")
    assert stored("near") == ["near"]
    assert stored(None) == []


def test_rejected_evidence_never_comes_back(store, ends, review, stored):
    stored(None)
    assert len(list(reader.evidence(store.db))) == 1
    review("evidence", f"{ends[0]}~plan-b0", "rejected")
    stored(None)
    assert list(reader.evidence(store.db)) == []
