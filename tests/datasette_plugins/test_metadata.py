import sqlite3

import pytest

from datasette_plugins.site import METADATA_DATABASE, NEEDED_TABLES, read_metadata

NOT_SHOWN = (
    "files",
    "unread",
    "vectors",
    "meanings",
    "_sqlite_migrations",
    "sqlite_sequence",
    "sqlite_stat1",
)


@pytest.fixture(scope="module")
def described():
    return read_metadata("x")["databases"]["x"]


@pytest.fixture(scope="module")
def tables(made):
    connection = sqlite3.connect(made.database)
    names = [n for (n,) in connection.execute("select name from sqlite_master where type='table'")]
    columns = {n: [c[1] for c in connection.execute(f"pragma table_info([{n}])")] for n in names}
    connection.close()
    return columns


def test_the_database_gets_its_own_name():
    assert METADATA_DATABASE not in read_metadata("annan")["databases"]


def test_every_table_is_described_or_hidden(described, tables):
    for name in tables:
        about = described["tables"].get(name, {})
        if name.startswith("sqlite_"):
            continue
        if "_fts" in name or name in NOT_SHOWN:
            assert about.get("hidden") is True, name
        else:
            assert about.get("title"), name
            assert about.get("description"), name


def test_every_column_is_described_and_none_is_invented(described, tables):
    for name in set(NEEDED_TABLES) - {"files"}:
        assert list(described["tables"][name]["columns"]) == tables[name], name


def test_labels_facets_and_sort_name_real_columns(described, tables):
    for name, about in described["tables"].items():
        named = [about.get(key) for key in ("label_column", "sort", "sort_desc")]
        for column in [*filter(None, named), *about.get("facets", [])]:
            assert column in tables[name], (name, column)


def test_every_query_runs(described, made):
    connection = sqlite3.connect(made.database)
    for name, query in described["queries"].items():
        assert query["title"]
        assert query["description"]
        rows = connection.execute(
            query["sql"], dict.fromkeys(query.get("params", []), "")
        ).fetchall()
        assert rows or name == "utan_underlag", name
    connection.close()


def test_open_recommendations_leave_out_what_is_done(described, tmp_path, fill):
    made = fill(tmp_path, tmp_path / "eget.db")
    connection = sqlite3.connect(made.database)
    query = described["queries"]["oppna_rekommendationer"]["sql"]
    before = {row[-1] for row in connection.execute(query, {"adressat": "", "blad": ""})}
    connection.execute(
        "insert into status_events (id, recommendation, addressee, aspect, status, date, by, at)"
        " values ('e2', 'plan-vagar', 'regionen', 'implementation', 'done', '2026-05-01', 'x', 'y')"
    )
    after = {row[-1] for row in connection.execute(query, {"adressat": "", "blad": ""})}
    connection.close()
    assert before - after == {"plan-vagar"}


def test_positions_on_a_section_include_its_subsections(described, made):
    query = described["queries"]["stallningstaganden_om_ett_avsnitt"]["sql"]
    connection = sqlite3.connect(made.database)

    def count(section):
        return len(connection.execute(query, {"dokument": "plan", "avsnitt": section}).fetchall())

    counts = [count(section) for section in ("1", "1.1", "1.10", "2")]
    connection.close()
    assert counts == [1, 1, 0, 0]


def test_sections_come_in_the_order_of_their_numbers(described, tmp_path, fill):
    made = fill(tmp_path, tmp_path / "eget.db")
    connection = sqlite3.connect(made.database)
    for number in ("10", "4", "4.10", "4.2", "4.2.11", "4.2.3"):
        connection.execute(
            "insert into recommendations"
            " (id, document, kind, position, title, text, page, boxes, target_section,"
            "  target_document, withdrawn)"
            " values (?, 'svar', 'position', 9, 't', 't', 1, '[]', ?, 'plan', 0)",
            (f"p-{number}", number),
        )
    query = described["queries"]["stallningstaganden_om_ett_avsnitt"]["sql"]
    rows = connection.execute(query, {"dokument": "plan", "avsnitt": ""}).fetchall()
    connection.close()
    assert [row[0] for row in rows] == ["1.1", "4", "4.2", "4.2.3", "4.2.11", "4.10", "10"]


@pytest.mark.parametrize(
    "name", ["oppna_rekommendationer", "rekommendationer_efter_status", "utan_underlag"]
)
def test_long_lists_come_in_sheets_of_200_or_whole(described, tmp_path, fill, name):
    made = fill(tmp_path, tmp_path / "eget.db")
    connection = sqlite3.connect(made.database)
    connection.executemany(
        "insert into recommendations"
        " (id, document, kind, position, title, text, page, boxes, withdrawn)"
        " values (?, 'plan', 'measure', ?, 't', 't', 1, '[]', 0)",
        [(f"m{number:03}", number) for number in range(10, 390)],
    )
    query = described["queries"][name]
    empty = dict.fromkeys(query["params"], "")

    def read(sheet):
        return connection.execute(query["sql"], {**empty, "blad": sheet}).fetchall()

    first, second, whole = read(""), read("2"), read("alla")
    connection.close()
    assert len(first) == 200
    assert first + second == whole
    assert len(whole) >= 380


async def test_table_search_uses_the_full_text(get):
    text = (await get("/n~C3~A4svik/recommendations.json?_search=skola&_shape=array")).json()
    assert {row["id"] for row in text} == {"plan-skolor", "granskning-skolor"}
    blocks = (await get("/n~C3~A4svik/blocks.json?_search=v%C3%A4gar&_shape=array")).json()
    assert blocks


async def test_hidden_tables_are_not_listed(get):
    tables = (await get("/n~C3~A4svik.json")).json()["tables"]
    hidden = {table["name"] for table in tables if table["hidden"]}
    assert "files" in hidden
    assert {table["name"] for table in tables} - hidden == set(NEEDED_TABLES) - {"files"}
