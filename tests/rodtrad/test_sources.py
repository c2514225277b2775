import os

import pytest

from corpus.errors import ManifestError
from corpus.store import StoredFile
from rodtrad.sources import collect, name_documents


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    (folder / "svar").mkdir(parents=True)
    (folder / "plan.txt").write_text("En plan")
    (folder / "svar" / "yttrande.txt").write_text("Ett yttrande")
    (folder / ".dold.txt").write_text("dold")
    return folder


def names(found):
    return [source.name for source in found.sources]


def test_a_folder_is_walked_in_order_without_hidden_files(folder, tmp_path):
    assert names(collect([folder], tmp_path / "c.db")) == ["plan.txt", "svar/yttrande.txt"]


def test_a_file_that_two_paths_lead_to_is_taken_once(folder, tmp_path):
    found = collect([folder / "svar", folder], tmp_path / "c.db")
    assert names(found) == ["yttrande.txt", "plan.txt"]
    assert found.problems == ()


def test_the_database_and_its_pictures_are_no_documents(folder):
    (folder / "c.db").write_bytes(b"x")
    (folder / "c.db-wal").write_bytes(b"x")
    (folder / "c-sidor").mkdir()
    (folder / "c-sidor" / "1.png").write_bytes(b"x")
    assert names(collect([folder], folder / "c.db")) == ["plan.txt", "svar/yttrande.txt"]


def test_a_copy_is_read_once_and_told(folder, tmp_path):
    (folder / "zopia.txt").write_text("En plan")
    found = collect([folder], tmp_path / "c.db")
    assert "zopia.txt" not in names(found)
    (problem,) = found.problems
    assert (problem.kind, problem.source) == ("duplicate", "zopia.txt")
    assert "plan.txt" in problem.message


def test_a_manifest_speaks_of_files_below_and_of_what_to_skip(folder, tmp_path):
    (folder / "corpus.yml").write_text(
        "documents:\n- file: svar/yttrande.txt\n  id: svaret\nactors:\n- name: Näckö kommun\n"
        "  kind: municipality\nskip:\n- plan.txt\n"
    )
    found = collect([folder], tmp_path / "c.db")
    assert names(found) == ["svar/yttrande.txt"]
    assert found.sources[0].entry.id == "svaret"
    assert [actor.name for actor in found.actors] == ["Näckö kommun"]


def test_a_manifest_beside_a_single_file_is_heeded(folder, tmp_path):
    (folder / "svar" / "corpus.yml").write_text("documents:\n- file: yttrande.txt\n  id: svaret\n")
    found = collect([folder / "svar" / "yttrande.txt"], tmp_path / "c.db")
    assert found.sources[0].entry.id == "svaret"


def test_a_wrong_manifest_stops_before_anything_is_read(folder, tmp_path):
    (folder / "corpus.yml").write_text("documents:\n- file: nope.txt\n")
    with pytest.raises(ManifestError, match=r"nope\.txt"):
        collect([folder], tmp_path / "c.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_an_unreadable_folder_is_a_problem_and_the_rest_is_read(folder, tmp_path):
    (folder / "svar").chmod(0)
    try:
        found = collect([folder], tmp_path / "c.db")
    finally:
        (folder / "svar").chmod(0o700)
    assert names(found) == ["plan.txt"]
    assert [problem.kind for problem in found.problems] == ["no_permission"]


def sources_of(folder, tmp_path):
    return collect([folder], tmp_path / "c.db").sources


def test_documents_are_named_by_their_files(folder, tmp_path):
    ids = name_documents(sources_of(folder, tmp_path), {})
    assert list(ids.values()) == ["plan", "yttrande"]


def test_files_of_one_name_in_two_folders_are_two_documents(folder, tmp_path):
    (folder / "svar" / "plan.txt").write_text("En annan plan")
    first, second = list(name_documents(sources_of(folder, tmp_path), {}).values())[:2]
    assert first == "plan"
    assert second.startswith("plan-")


def test_a_document_keeps_its_id_when_its_file_changes_or_moves(folder, tmp_path):
    plan = next(s for s in sources_of(folder, tmp_path) if s.name == "plan.txt")
    changed = StoredFile("gammalt-id", str(plan.path), "other", "f")
    assert name_documents([plan], {"gammalt-id": changed})[plan.path] == "gammalt-id"
    moved = StoredFile("gammalt-id", "/gone/elsewhere.txt", plan.sha256, "f")
    assert name_documents([plan], {"gammalt-id": moved})[plan.path] == "gammalt-id"


def test_another_file_of_the_same_name_does_not_take_an_id_in_use(folder, tmp_path):
    plan = next(s for s in sources_of(folder, tmp_path) if s.name == "plan.txt")
    other = tmp_path / "plan.txt"
    other.write_text("annan")
    stored = {"plan": StoredFile("plan", str(other), "other", "f")}
    assert name_documents([plan], stored)[plan.path] == f"plan-{plan.sha256[:4]}"


def test_linked_folders_are_walked_and_a_link_upwards_ends(folder, tmp_path):
    elsewhere = tmp_path / "annanstans"
    elsewhere.mkdir()
    (elsewhere / "bilaga.txt").write_text("En bilaga")
    (folder / "länkad").symlink_to(elsewhere, target_is_directory=True)
    (folder / "svar" / "upp").symlink_to(folder, target_is_directory=True)
    found = collect([folder], tmp_path / "c.db")
    assert names(found) == ["plan.txt", "länkad/bilaga.txt", "svar/yttrande.txt"]
    assert found.problems == ()


def test_what_is_no_file_is_told_and_not_waited_for(folder, tmp_path):
    os.mkfifo(folder / "rör.pdf")
    (folder / "slinga").symlink_to("slinga")
    (folder / "tom.pdf").symlink_to("ingenstans.pdf")
    found = collect([folder], tmp_path / "c.db")
    assert [(p.source, p.kind) for p in found.problems] == [
        ("rör.pdf", "no_file"),
        ("slinga", "missing"),
        ("tom.pdf", "missing"),
    ]
    assert len(names(found)) == 2


def test_a_name_that_is_not_utf_8_is_told_with_what_to_do(folder, tmp_path):
    try:
        (folder / os.fsdecode(b"l\xe5t.txt")).write_text("text")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    found = collect([folder], tmp_path / "c.db")
    (problem,) = found.problems
    assert (problem.source, problem.kind) == ("l\\xe5t.txt", "wrong_name")
    assert problem.source.encode()


def test_of_two_copies_the_one_that_was_read_before_is_kept(folder, tmp_path):
    (folder / "a-kopia.txt").write_text("En plan")
    before = frozenset({str(folder / "plan.txt")})
    assert "plan.txt" in names(collect([folder], tmp_path / "c.db", before))
    assert "a-kopia.txt" in names(collect([folder], tmp_path / "c.db"))


def test_one_id_in_two_manifests_is_refused(folder, tmp_path):
    (folder / "corpus.yml").write_text("documents:\n- file: plan.txt\n  id: samma\n")
    (folder / "svar" / "corpus.yml").write_text("documents:\n- file: yttrande.txt\n  id: samma\n")
    with pytest.raises(ManifestError, match=r"plan\.txt.*yttrande\.txt"):
        collect([folder], tmp_path / "c.db")


def test_an_id_that_another_folders_document_has_is_refused(folder, tmp_path):
    (folder / "corpus.yml").write_text("documents:\n- file: plan.txt\n  id: tagen\n")
    other = tmp_path / "annan.txt"
    other.write_text("annan")
    stored = {"tagen": StoredFile("tagen", str(other), "other", "f")}
    with pytest.raises(ManifestError, match="tagen"):
        name_documents(sources_of(folder, tmp_path), stored)


def test_a_parent_that_nobody_knows_is_refused(folder, tmp_path):
    (folder / "corpus.yml").write_text(
        "actors:\n- name: Badnämnden i Näckö\n  parent: Näckö kommun\n"
    )
    with pytest.raises(ManifestError, match="Badnämnden i Näckö"):
        collect([folder], tmp_path / "c.db")
    (folder / "svar" / "corpus.yml").write_text("actors:\n- name: Näckö kommun\n")
    assert len(collect([folder], tmp_path / "c.db").actors) == 2
