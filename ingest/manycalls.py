"""PDFium's functions called many times over: for each character of a page, or each object.

The wrapped functions check and convert every argument, which takes three times as long as the
call itself. Here they are bound without types: arguments are handles as ctypes holds them and
integers that fit into a C int, and what PDFium writes lands in memory that is used again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

HANDLE = ctypes.c_size_t
"""The type of a result that is a handle of PDFium: an address as an integer, 0 for none."""

SLOTS = 4096
"""Results for which memory is held: most pages have fewer characters, others go in turns."""


@lru_cache(maxsize=64)
def bound(name: str, result: Any = ctypes.c_int, *arguments: Any) -> Callable[..., Any]:
    """Return the function ``name`` of PDFium with its types bare.

    Only arguments that are handles given as integers need their type said. The interpreter's lock
    is held during the call, as it is too short to let another thread run.
    """
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def results(name: str, handle: Any, indexes: Sequence[int], result: Any) -> list[Any]:
    """Return what ``name(handle, index)`` gives for each index."""
    return list(map(bound(name, result), repeat(handle), indexes))


def of_each(name: str, handles: Iterable[int], result: Any = ctypes.c_int) -> list[Any]:
    """Return what ``name(handle)`` gives for each handle."""
    return list(map(bound(name, result, HANDLE), handles))


def written(
    name: str, handle: Any, indexes: Sequence[int], kind: Any, width: int, pointers: int = 1
) -> NDArray[Any]:
    """Return what ``name(handle, index, …)`` writes for each index, as rows of ``width`` numbers.

    It writes to one struct of numbers of one ``kind``, or to ``pointers`` of them apart.
    """
    call = partial(bound(name), handle)
    return _written(call, indexes, kind, width, pointers)[0]


def written_of_each(
    name: str, handles: Sequence[int], kind: Any, width: int, pointers: int = 1
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return what ``name(handle, …)`` writes for each handle, as rows, and whether it did."""
    rows, did = _written(bound(name, ctypes.c_int, HANDLE), handles, kind, width, pointers)
    return rows, np.array(did, np.bool_)


def _written(
    call: Callable[..., int], firsts: Sequence[int], kind: Any, width: int, pointers: int
) -> tuple[NDArray[Any], list[int]]:
    memory, references = _memory(kind, width)
    rows = np.empty((len(firsts), width), memory.dtype)
    returned: list[int] = []
    for start in range(0, len(firsts), SLOTS):
        part = firsts[start : start + SLOTS]
        memory[: len(part)] = 0
        returned += map(call, part, *references[:pointers])
        rows[start : start + SLOTS] = memory[: len(part)]
    return rows, returned


@lru_cache(maxsize=8)
def _memory(kind: Any, width: int) -> tuple[NDArray[Any], list[list[Any]]]:
    """Return memory for ``SLOTS`` rows of numbers, and for each column the references to it."""
    memory = (kind * (width * SLOTS))()
    size = ctypes.sizeof(kind)
    references = [
        [ctypes.byref(memory, (row * width + column) * size) for row in range(SLOTS)]
        for column in range(width)
    ]
    return np.frombuffer(memory, np.dtype(kind)).reshape(SLOTS, width), references
