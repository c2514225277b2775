"""PDFium's functions called many times over: for each character of a page, or each object.

The wrapped functions check and convert every argument, which takes three times as long as the
call itself. Here they are called by their address, in C where the module ``each`` is compiled, and
through ctypes without types where it is not: indexes must fit into a C int.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

HANDLE = ctypes.c_size_t
"""The type of a result that is a handle of PDFium: an address as an integer, 0 for none."""

SLOTS = 4096
"""Results for which ctypes holds memory: most pages have fewer characters, others go in turns."""

_KINDS = {ctypes.c_int: "i", ctypes.c_uint: "i", HANDLE: "Q", ctypes.c_double: "d"}
_NO_HANDLE = 0


def _compiled() -> Any:
    """Return the compiled module that makes the calls, or None where there was no compiler."""
    try:
        from ingest import each
    except ImportError:
        return None
    return each


_EACH = _compiled()


@lru_cache(maxsize=64)
def bound(name: str, result: Any = ctypes.c_int, *arguments: Any) -> Callable[..., Any]:
    """Return the function ``name`` of PDFium with its types bare.

    Only arguments that are handles given as integers need their type said. The interpreter's lock
    is held during the call, as it is too short to let another thread run.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(_address(name))


@lru_cache(maxsize=64)
def _address(name: str) -> int:
    import pypdfium2.raw as pdfium

    return ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0


@lru_cache(maxsize=16)
def _dtype(kind: Any) -> np.dtype[Any]:
    dtype: np.dtype[Any] = np.dtype(kind)
    return dtype


def results(name: str, handle: Any, indexes: Any, result: Any) -> NDArray[Any]:
    """Return what ``name(handle, index)`` gives for each index, as an array of type ``result``."""
    return _said(name, ctypes.addressof(handle.contents), indexes, result)


def of_each(name: str, handles: Any, result: Any = ctypes.c_int) -> NDArray[Any]:
    """Return what ``name(handle)`` gives for each handle, as an array of type ``result``."""
    return _said(name, _NO_HANDLE, handles, result)


def written(
    name: str, handle: Any, indexes: Any, kind: Any, width: int, pointers: int = 1
) -> NDArray[Any]:
    """Return what ``name(handle, index, …)`` writes for each index, as rows of ``width`` numbers.

    It writes to one struct of numbers of one ``kind``, or to ``pointers`` of them apart.
    """
    rows = np.zeros((len(indexes), width), _dtype(kind))
    _write(name, ctypes.addressof(handle.contents), indexes, rows, pointers)
    return rows


def written_of_each(
    name: str, handles: Any, kind: Any, width: int, pointers: int = 1
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return what ``name(handle, …)`` writes for each handle, as rows, and whether it did."""
    rows = np.zeros((len(handles), width), _dtype(kind))
    return rows, _write(name, _NO_HANDLE, handles, rows, pointers) != 0


def _said(name: str, handle: int, firsts: Any, result: Any) -> NDArray[Any]:
    if _EACH is None:
        given = map(*_calls(name, result, handle), _integers(firsts))
        return np.fromiter(given, _dtype(result), len(firsts))
    said = np.empty(len(firsts), _dtype(result))
    _EACH.said(_address(name), handle, _as_int64(firsts), _KINDS[result], said)
    return said


def _write(
    name: str, handle: int, firsts: Any, rows: NDArray[Any], pointers: int
) -> NDArray[np.int32]:
    """Let each call write to its row, and return what it returned."""
    if _EACH is None:
        return _write_by_ctypes(_calls(name, ctypes.c_int, handle), firsts, rows, pointers)
    returned = np.empty(len(firsts), np.int32)
    size = rows.itemsize
    _EACH.written(_address(name), handle, _as_int64(firsts), pointers, size, rows, returned)
    return returned


def _as_int64(firsts: Any) -> NDArray[np.int64]:
    """Return indexes, or handles, as an array in one piece."""
    if isinstance(firsts, range):
        return np.arange(firsts.start, firsts.stop, firsts.step, dtype=np.int64)
    return np.ascontiguousarray(firsts).astype(np.int64, copy=False)


# Without the compiled module


def _integers(firsts: Any) -> Iterable[int]:
    integers: Iterable[int] = firsts.tolist() if isinstance(firsts, np.ndarray) else firsts
    return integers


def _calls(name: str, result: Any, handle: int) -> list[Any]:
    """Return what ``map`` needs before the indexes, or the handles, to make its calls."""
    if handle == _NO_HANDLE:
        return [bound(name, result, HANDLE)]
    return [bound(name, result), repeat(ctypes.c_void_p(handle))]


def _write_by_ctypes(
    calls: list[Any], firsts: Any, rows: NDArray[Any], pointers: int
) -> NDArray[np.int32]:
    memory, references = _memory(np.ctypeslib.as_ctypes_type(rows.dtype), rows.shape[1])
    integers = list(_integers(firsts))
    returned: list[int] = []
    for start in range(0, len(integers), SLOTS):
        part = integers[start : start + SLOTS]
        memory[: len(part)] = 0
        returned += map(*calls, part, *references[:pointers])
        rows[start : start + SLOTS] = memory[: len(part)]
    return np.array(returned, np.int32)


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
