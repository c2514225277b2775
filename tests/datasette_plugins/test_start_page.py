import sqlite3

from corpus.store import Store
from datasette_plugins.site import make_site
from datasette_plugins.start_page import read_start


def start(database):
    connection = sqlite3.connect(database)
    try:
        return read_start(connection)
    finally:
        connection.close()


def test_counts_and_kinds(made):
    content = start(made.database)
    assert (content["documents"], content["recommendations"]) == (3, 4)
    assert [group["doctype"] for group in content["by_kind"]] == ["strategy", "audit", "response"]
    assert (content["first"], content["last"]) == ("2024-03-27", "2025-11-02")


def test_state_takes_the_latest_status_and_unknown_where_there_is_none(made):
    state = {document["id"]: document["statuses"] for document in start(made.database)["state"]}
    assert state == {"granskning": {"unknown": 1}, "plan": {"partly": 1, "unknown": 1}}


def test_bars_add_up(made):
    from datasette_plugins.start_page import _bar

    for document in start(made.database)["state"]:
        segments = _bar(document)["segments"]
        assert sum(segment["width"] for segment in segments) == 100


def test_last_decisions_are_the_newest_first(made):
    assert [d["by"] for d in start(made.database)["decisions"]] == ["Kim Lind", "Bo Ek"]


async def test_page_shows_the_state_as_words(get):
    text = (await get("/")).text
    assert "delvis genomförd" in text
    assert "tillstyrker" in text
    assert "27 mars 2024" in text


async def test_empty_database_says_what_to_do(tmp_path):
    path = tmp_path / "tom.db"
    Store(path).close()
    datasette = make_site(path)
    text = (await datasette.client.get("/")).text
    assert "rodtrad build" in text
    assert "rodtrad review" in text
