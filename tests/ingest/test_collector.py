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
