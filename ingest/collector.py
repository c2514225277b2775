"""Python's cyclic garbage collector, put off while a page or document is made."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def without_collector(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with the collector put off until it returns.

    Words and lines hold no cycles and are freed without it; looking through all that is alive
    while hundreds of thousands of them are made takes some percent of the time, as it does when
    it is turned on again: so all that was made counts as old then, unseen.
    """

    @wraps(function)
    def run(*arguments: P.args, **named: P.kwargs) -> T:
        if not gc.isenabled():
            return function(*arguments, **named)
        gc.disable()
        try:
            return function(*arguments, **named)
        finally:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()

    return run
