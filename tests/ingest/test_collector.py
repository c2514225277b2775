import gc

import pytest

from ingest.collector import without_collector


def test_the_collector_is_put_off_and_back_whatever_happens():
    assert without_collector(gc.isenabled)() is False
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        without_collector(lambda: 1 / 0)()
    assert gc.isenabled()


def test_who_has_no_collector_gets_none():
    gc.disable()
    try:
        without_collector(int)("7")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_made_is_not_looked_through_at_once():
    made: list[list[int]] = []

    def make() -> None:
        made.extend([number] for number in range(10_000))

    before = gc.get_stats()[0]["collections"]
    without_collector(make)()
    after = gc.get_count()[0]
    assert gc.get_stats()[0]["collections"] == before
    assert after < len(made) / 10


def test_what_is_frozen_stays_so():
    gc.freeze()
    try:
        without_collector(list)("abc")
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
