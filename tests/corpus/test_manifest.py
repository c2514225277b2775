"""``corpus.yml`` is read strictly: every mistake is one line that says where and what to do."""

import pytest

from corpus.errors import ManifestError
from corpus.manifest import Manifest, ManifestEntry, read_manifest
from corpus.models import Actor

GOOD = """\
documents:
  - file: svar.pdf
    id: vastby-svar
    title: Yttrande över planen
    doctype: response
    sender: Västby kommun
    date: 2025-03-27
    dnr: KS 2025/76
    their_dnr: 118
    answers: plan
    url: https://example.org/svar
  - file: plan.pdf
actors:
  - name: Västby kommun
    kind: municipality
    aliases: [Västby, kommunen i Västby]
  - name: Fiktiva nämnden
    parent: Västby kommun
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("svar.pdf", "plan.pdf"):
        (tmp_path / name).touch()
    return tmp_path


def write(folder, text):
    (folder / "corpus.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_manifest_says_nothing(tmp_path):
    assert read_manifest(tmp_path) == Manifest()


@pytest.mark.parametrize("text", ["", "documents:\n", "# bara en kommentar\n"])
def test_an_empty_manifest_says_nothing(folder, text):
    assert read_manifest(write(folder, text)) == Manifest()


def test_entries_and_actors_are_read(folder):
    manifest = read_manifest(write(folder, GOOD))
    assert manifest.entry("svar.pdf") == ManifestEntry(
        file="svar.pdf",
        id="vastby-svar",
        title="Yttrande över planen",
        doctype="response",
        sender="Västby kommun",
        date="2025-03-27",
        dnr="KS 2025/76",
        their_dnr="118",
        answers="plan",
        url="https://example.org/svar",
    )
    assert manifest.entry("plan.pdf") == ManifestEntry(file="plan.pdf")
    assert manifest.entry("annat.pdf") is None
    assert manifest.actors == (
        Actor("vastby-kommun", "Västby kommun", "municipality", ("Västby", "kommunen i Västby")),
        Actor("fiktiva-namnden", "Fiktiva nämnden", "other", (), "vastby-kommun"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "advice"),
    [
        ("doctype", "doktype", 5, "unknown key 'doktype' in a document; did you mean 'doctype'?"),
        ("response", "respons", 5, "did you mean 'response'?"),
        ("response", "okänt", 5, "use one of: strategy, audit"),
        ("2025-03-27", "27 mars 2025", 7, "write it as 2025-03-27"),
        ("2025-03-27", "2025-02-30", 7, "bad date"),
        ("2025-03-27", "20250327", 7, "write it as 2025-03-27"),
        ("file: plan.pdf", "file: plann.pdf", 12, "did you mean 'plan.pdf'?"),
        ("file: plan.pdf", "file: svar.pdf", 12, "described twice"),
        ("file: plan.pdf", "title: Utan fil", 12, "a document without 'file'"),
        ("id: vastby-svar", "id: plan", 12, "is also that of 'svar.pdf'"),
        ("id: vastby-svar", "id: Västby svar", 3, "write 'vastby-svar'"),
        ("https://example.org", "example.org", 11, "it must begin with https://"),
        ("kind: municipality", "kind: kommun", 15, "unknown kind 'kommun'; use one of: agency"),
        ("[Västby, kommunen i Västby]", "Västby", 16, "'aliases' must be a list"),
        ("name: Fiktiva nämnden", "name: Västby kommun", 17, "stands twice"),
        ("title: Yttrande över planen", "title: [a, b]", 4, "must be a single text"),
        ("actors:", "actor:", 13, "did you mean 'actors'?"),
        ("    title:", "    id: ett-till\n    title:", 4, "stands twice in a document"),
    ],
)
def test_a_mistake_is_named_with_line_and_advice(folder, old, new, line, advice):
    with pytest.raises(ManifestError) as caught:
        read_manifest(write(folder, GOOD.replace(old, new, 1)))
    message = str(caught.value)
    assert message.startswith(f"{folder / 'corpus.yml'}, line {line}: ")
    assert advice in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("documents: [", "not valid YAML"),
        ("documents:\n\t- file: a", "not valid YAML"),
        ("- file: svar.pdf", "the file must be a mapping with the keys documents, actors"),
        ("documents:\n  svar.pdf: x", "'documents' must be a list"),
        ("documents:\n  - svar.pdf", "a document must be a mapping"),
        ("actors:\n  - kind: agency", "an actor without 'name'"),
        ("documents:\n  - file: ../svar.pdf", "is outside"),
    ],
)
def test_a_wrong_shape_is_explained(folder, text, advice):
    with pytest.raises(ManifestError, match=r"corpus\.yml") as caught:
        read_manifest(write(folder, text))
    assert advice in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_encodings_are_refused(folder):
    (folder / "corpus.yml").write_bytes("documents:\n  - file: sv\u00e5r.pdf".encode("latin-1"))
    with pytest.raises(ManifestError, match="save it again as UTF-8"):
        read_manifest(folder)


def test_a_misspelt_manifest_is_not_passed_over(folder):
    (folder / "corpus.yaml").touch()
    with pytest.raises(ManifestError, match=r"rename it"):
        read_manifest(folder)


def test_files_in_subfolders_are_named_by_their_path(folder):
    (folder / "svar").mkdir()
    (folder / "svar" / "a.pdf").touch()
    manifest = read_manifest(write(folder, "documents:\n  - file: ./svar/a.pdf\n    dnr: 7\n"))
    entry = manifest.entry("svar/a.pdf")
    assert entry is not None
    assert entry.dnr == "7"


def test_numbers_of_what_is_answered_are_read_as_they_are_written(folder):
    text = "documents:\n  - file: svar.pdf\n    remitted_number: SOU 2031:12\n"
    manifest = read_manifest(write(folder, text + "    section_numbers: [6.4, 6.10, 8]\n"))
    entry = manifest.entry("svar.pdf")
    assert entry.remitted_number == "SOU 2031:12"
    assert entry.section_numbers == ("6.4", "6.10", "8")


@pytest.mark.parametrize("numbers", ["[6.4, sex]", "6.4", "[kap. 3]"])
def test_what_is_no_section_number_is_refused(folder, numbers):
    write(folder, f"documents:\n  - file: svar.pdf\n    section_numbers: {numbers}\n")
    with pytest.raises(ManifestError, match=r"line 3: .*section"):
        read_manifest(folder)
